//! Where a workflow is in its repository: GitHub runs those of the folder `.github/workflows` at the top, and no others.

use memchr::memmem;

use crate::sources::Source;
use crate::sources::context::BuildContexts;

/// The folder of workflows.
const FOLDER: &str = ".github/workflows";

/// Folders that hold other people's code, or files that something copies elsewhere.
const FOREIGN: &[&str] = &[
    "boilerplate",
    "cookiecutter",
    "deps",
    "extern",
    "external",
    "node_modules",
    "scaffold",
    "scaffolding",
    "skeleton",
    "skeletons",
    "submodules",
    "subprojects",
    "template",
    "templates",
    "third-party",
    "third_party",
    "thirdparty",
    "vendor",
    "vendored",
];

/// Whether GitHub never runs a workflow: it is below `.github` but not in the folder of workflows, or in that folder of other people's code, of a
/// template, or of a folder inside a repository that has workflows of its own.
pub(in crate::model) fn is_idle(source: &Source, contexts: &BuildContexts) -> bool {
    let path = source.path.as_ref();
    let Some(start) = github(path) else {
        return false;
    };
    let above = path[..start].trim_end_matches('/');
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folder != path[..start].to_owned() + FOLDER {
        return true;
    }
    let is_foreign = |part: &str| {
        let part = part.to_ascii_lowercase();
        FOREIGN.contains(&part.as_str()) || part.contains("{{") || part.contains("{%")
    };
    let parts: Vec<&str> = above.split('/').filter(|part| !part.is_empty()).collect();
    // A fixture of `hullmark test` is a repository of its own.
    let own = parts
        .iter()
        .rposition(|part| part.starts_with("bad") || part.starts_with("good"))
        .map_or(0, |at| at + 1);
    let parts = &parts[own..];
    if !parts.is_empty() && !path.starts_with('/') && parts.iter().any(|part| is_foreign(part)) {
        return true;
    }
    // Each folder above is asked whether it has workflows and holds this file.
    (0..parts.len()).any(|from| {
        let below = [&parts[from..].join("/"), &path[start..]].join("/");
        let asked = [FOLDER.to_owned(), below];
        contexts
            .context(source, &asked)
            .is_some_and(|context| asked.iter().all(|path| context.has(path)))
    })
}

/// Whether a repository and a path in it name a workflow or an action of the repository that the file is in: the path is there, and a repository
/// that workflows are called from is none that others share. Without a path, the repository is an action and has the name.
pub(super) fn is_own(
    source: &Source,
    contexts: &BuildContexts,
    repository: &str,
    path: &str,
) -> bool {
    if path.is_empty() {
        return contexts.is_action_named(source, repository);
    }
    if !path.starts_with('.') && !source.path.ends_with(path) {
        let asked = ["action.yml", "action.yaml"].map(|file| [path, "/", file].concat());
        let context = contexts.context(source, &asked);
        return context.is_some_and(|context| asked.iter().any(|path| context.has(path)));
    }
    if !path.starts_with(FOLDER) || is_shared(repository) || source.path.ends_with(path) {
        return false;
    }
    let asked = [path.to_owned()];
    let context = contexts.context(source, &asked);
    context.is_some_and(|context| context.has(path))
}

/// The account that owns the repository of a file: what its conditions compare with, or what files of the repository say.
pub(super) fn owner(source: &Source, contexts: &BuildContexts) -> Option<String> {
    let text: &str = &source.text;
    let of_conditions = ["github.repository_owner == '", "github.repository == '"]
        .iter()
        .find_map(|start| {
            let at = memmem::find(text.as_bytes(), start.as_bytes())?;
            let rest = text.get(at + start.len()..)?;
            let name = rest.split(['\'', '/']).next()?;
            (!name.is_empty()).then(|| name.to_owned())
        });
    of_conditions.or_else(|| contexts.owner(source))
}

/// Whether the name of a repository says that it holds workflows for others.
fn is_shared(repository: &str) -> bool {
    let name = repository.to_ascii_lowercase();
    let shared = [
        "workflow", "action", "ci", "cicd", "shared", "common", "reusable", "template", "infra",
        "devops", "pipeline",
    ];
    name.starts_with('.')
        || name
            .split(['-', '_', '.'])
            .any(|part| shared.contains(&part.strip_suffix('s').unwrap_or(part)))
}

/// Where the part `.github` of a path begins.
fn github(path: &str) -> Option<usize> {
    if path.starts_with(".github/") {
        return Some(0);
    }
    path.rfind("/.github/").map(|at| at + 1)
}

//! Files that a kustomization names and that something makes before it is built: git ignores them, or a template of them lies beside.

use std::path::{Component, Path, PathBuf};

use crate::regular;
use crate::render::kustomize::loader::SourceFile;
use crate::render::kustomize::refusal::{Cause, Refusal};
use crate::sources::git_ignore;

/// How the names of templates end, after the name of what is made of them.
const TEMPLATES: &[&str] = &[
    "tmpl", "tpl", "template", "example", "sample", "in", "j2", "envsubst", "gotmpl", "dist",
    "enc", "sops", "jsonnet",
];

/// The largest kustomization whose comments are read.
const LARGEST: u64 = 1 << 20;

/// How many bytes a path has at most.
const LONGEST: usize = 1024;

/// Whether a refusal is about a file that is not there and that something makes. Paths of `sources` count from the `root` of the repository.
pub(super) fn is_made(root: &Path, sources: &[SourceFile], refusal: &Refusal) -> bool {
    if refusal.cause != Cause::MissingFile || refusal.at.file == 0 {
        return false;
    }
    let source = sources.get(refusal.at.file as usize - 1);
    let target = source.and_then(|source| {
        let named = refusal.at.span.of(&source.text).trim();
        let named = named.trim_matches(['"', '\'']);
        let folder = source
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        (named.len() < LONGEST && !named.contains('\n'))
            .then(|| plain(&Path::new(folder).join(named)))?
    });
    target.is_some_and(|target| has_template(root, &target) || is_ignored(root, &target))
}

/// Whether a kustomization is switched off: another one names its folder in a comment, as a scaffold does with what is not used yet. Paths of `folders`
/// and `folder` count from the `root`.
pub(super) fn is_switched_off(root: &Path, folders: &[String], folder: &str) -> bool {
    folders
        .iter()
        .filter(|other| *other != folder)
        .any(|other| {
            let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"].into_iter();
            let mut texts = names
                .filter_map(|name| regular::read_text(&root.join(other).join(name), LARGEST).ok());
            texts.next().is_some_and(|text| {
                let lines = text
                    .lines()
                    .filter_map(|line| line.trim_start().strip_prefix('#'));
                let mut entries =
                    lines.filter_map(|line| line.trim_start_matches('#').trim().strip_prefix("- "));
                entries.any(|entry| {
                    plain(&Path::new(other).join(entry.trim()))
                        .is_some_and(|path| path == Path::new(folder))
                })
            })
        })
}

/// A path without `.` and `..`; `None` if it leads out of the repository.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => plain.push(part),
            Component::CurDir => {}
            Component::ParentDir if plain.pop() => {}
            _ => return None,
        }
    }
    Some(plain)
}

/// Whether a template lies beside: `web.yaml.tmpl`, `web.tmpl.yaml`.
fn has_template(root: &Path, target: &Path) -> bool {
    let Some(name) = target.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    TEMPLATES.iter().any(|template| {
        let names = [
            format!("{name}.{template}"),
            format!("{stem}.{template}.{ending}"),
            format!("{stem}.{template}"),
        ];
        names
            .iter()
            .any(|name| root.join(target.with_file_name(name)).is_file())
    })
}

/// Whether git ignores the path by a `.gitignore` in one of the folders above it.
fn is_ignored(root: &Path, target: &Path) -> bool {
    let mut folders: Vec<&Path> = target.ancestors().skip(1).collect();
    folders.reverse();
    folders.into_iter().any(|folder| {
        let folder = root.join(folder);
        let Some((globs, _)) = git_ignore::read(&folder, usize::MAX) else {
            return false;
        };
        let full = root.join(target);
        let is_of = |is_folder: bool| {
            full.starts_with(&folder)
                && globs
                    .matched_path_or_any_parents(&full, is_folder)
                    .is_ignore()
        };
        is_of(false) || is_of(true)
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_ignored_or_has_a_template_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("deploy/base")).unwrap();
        fs::write(root.join(".gitignore"), "_cache/\nnot a glob [\n").unwrap();
        fs::write(root.join("deploy/.gitignore"), "/base/secret.yaml\n").unwrap();
        fs::write(root.join("deploy/base/web.tmpl.yaml"), "").unwrap();
        fs::write(root.join("deploy/base/db.yaml.in"), "").unwrap();
        for path in ["_cache/x/config", "deploy/base/secret.yaml"] {
            assert!(is_ignored(root, Path::new(path)), "{path}");
        }
        for path in ["cache/x", "deploy/secret.yaml"] {
            assert!(!is_ignored(root, Path::new(path)), "{path}");
        }
        assert!(has_template(root, Path::new("deploy/base/web.yaml")));
        assert!(has_template(root, Path::new("deploy/base/db.yaml")));
        assert!(!has_template(root, Path::new("deploy/base/other.yaml")));
        fs::create_dir_all(root.join("config/default")).unwrap();
        let text = "resources:\n  - ../manager\n#- ../webhook\n";
        fs::write(root.join("config/default/kustomization.yaml"), text).unwrap();
        let folders = ["config/default".to_owned()];
        assert!(is_switched_off(root, &folders, "config/webhook"));
        assert!(!is_switched_off(root, &folders, "config/manager"));
        assert_eq!(plain(Path::new("a/./b/../c")), Some("a/c".into()));
        assert_eq!(plain(Path::new("a/../../c")), None);
    }
}

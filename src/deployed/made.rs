//! Files that a kustomization names and that something makes before it is built: git ignores them, or a template of them lies beside.

use std::cell::OnceCell;
use std::fs;
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

/// What makes files of a repository; its scripts are read when they are asked for the first time.
pub(super) struct Makers<'a> {
    /// The root of the repository.
    root: &'a Path,
    scripts: OnceCell<Scripts>,
}

impl<'a> Makers<'a> {
    pub(super) fn of(root: &'a Path) -> Self {
        Self {
            root,
            scripts: OnceCell::new(),
        }
    }

    /// Whether a refusal is about a file that is not there and that something makes. Paths of `sources` count from the root of the repository.
    pub(super) fn make(&self, sources: &[SourceFile], refusal: &Refusal) -> bool {
        missing(sources, refusal).is_some_and(|target| {
            let scripts = || self.scripts.get_or_init(|| Scripts::of(self.root));
            has_template(self.root, &target)
                || is_ignored(self.root, &target)
                || is_written_beside(self.root, &target)
                || scripts().write(&target)
        })
    }

    /// Whether a kustomization is switched off: another one names its folder in a comment, as a scaffold does with what is not used yet. Paths of `folders`
    /// and `folder` count from the root.
    pub(super) fn switch_off(&self, folders: &[String], folder: &str) -> bool {
        folders
            .iter()
            .filter(|other| *other != folder)
            .any(|other| {
                let names =
                    ["kustomization.yaml", "kustomization.yml", "Kustomization"].into_iter();
                let mut texts = names.filter_map(|name| {
                    regular::read_text(&self.root.join(other).join(name), LARGEST).ok()
                });
                texts.next().is_some_and(|text| {
                    let lines = text
                        .lines()
                        .filter_map(|line| line.trim_start().strip_prefix('#'));
                    let mut entries = lines
                        .filter_map(|line| line.trim_start_matches('#').trim().strip_prefix("- "));
                    entries.any(|entry| {
                        plain(&Path::new(other).join(entry.trim()))
                            .is_some_and(|path| path == Path::new(folder))
                    })
                })
            })
    }
}

/// Whether a refusal is about a file whose whole folder is not there.
pub(super) fn lacks_folder(root: &Path, sources: &[SourceFile], refusal: &Refusal) -> bool {
    let target = missing(sources, refusal);
    target.is_some_and(|target| {
        let folder = target.parent();
        folder.is_some_and(|folder| !root.join(folder).is_dir())
    })
}

/// Whether a kustomization names nothing that it builds on: a tool such as Fleet, or a post-renderer of Helm, puts in what its patches change.
pub(super) fn builds_nothing(sources: &[SourceFile], folder: &str) -> bool {
    const SOURCES: [&str; 7] = [
        "resources",
        "bases",
        "components",
        "generators",
        "helmCharts",
        "configMapGenerator",
        "secretGenerator",
    ];
    let mut own = sources.iter().filter(|source| {
        let (parent, name) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
        parent == folder && name.to_ascii_lowercase().starts_with("kustomization")
    });
    own.any(|source| {
        let mut keys = source.text.lines().filter_map(|line| line.split_once(':'));
        !keys.any(|(key, value)| SOURCES.contains(&key) && value.trim() != "[]")
    })
}

/// The path from the root of a file that a refusal says is not there.
fn missing(sources: &[SourceFile], refusal: &Refusal) -> Option<PathBuf> {
    if refusal.cause != Cause::MissingFile || refusal.at.file == 0 {
        return None;
    }
    let source = sources.get(refusal.at.file as usize - 1)?;
    let named = refusal.at.span.of(&source.text).trim();
    let named = named.trim_matches(['"', '\'']);
    // `key=path` of a generator.
    let named = named.split_once('=').map_or(named, |(_, path)| path);
    let folder = source
        .path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    if named.len() >= LONGEST || named.contains('\n') {
        return None;
    }
    plain(&Path::new(folder).join(named))
}

/// How many files are read for what writes a file, how many folders are looked into, how deep, and how much of each file is read.
const SCRIPTS: usize = 400;
const FOLDERS: usize = 2_000;
const DEPTH: usize = 6;
const GLANCE: u64 = 128 << 10;

/// What writes files, in a line of a script.
const WRITERS: [&str; 10] = [
    "cp ", "mv ", "ln ", "curl ", "wget ", ">", "tee ", "install ", " -o ", "--output",
];

/// The scripts of a repository: Makefiles, shell scripts, and pipelines that hold scripts.
struct Scripts(Vec<String>);

impl Scripts {
    /// Those below the root, as far as they are near it.
    fn of(root: &Path) -> Self {
        let mut texts = Vec::new();
        let mut folders = vec![(root.to_owned(), 0)];
        let mut count = 0;
        while let Some((folder, depth)) = folders.pop() {
            count += 1;
            if count > FOLDERS || texts.len() > SCRIPTS {
                break;
            }
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
            entries.sort_by_key(fs::DirEntry::file_name);
            for entry in entries {
                let name = entry.file_name().to_string_lossy().into_owned();
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                if kind.is_dir() {
                    let is_own = !matches!(name.as_str(), ".git" | "vendor" | "node_modules");
                    if is_own && depth < DEPTH {
                        folders.push((entry.path(), depth + 1));
                    }
                } else if kind.is_file() && is_script(&name) {
                    texts.extend(regular::read_text(&entry.path(), GLANCE).ok());
                }
            }
        }
        Self(texts)
    }

    /// Whether a line of them writes the file: it copies, moves, links, fetches or redirects to the file and its folder, to the file in a folder that a
    /// variable names, or the file to its folder; or a generator of custom resource definitions is called and the name is one that it gives.
    fn write(&self, target: &Path) -> bool {
        let Some(name) = target.file_name().and_then(|name| name.to_str()) else {
            return false;
        };
        let folder = target.parent().and_then(Path::file_name);
        let folder = folder.map(|folder| folder.to_string_lossy());
        let end = folder
            .as_ref()
            .map_or_else(|| name.to_owned(), |folder| format!("{folder}/{name}"));
        let variables = [format!("}}/{name}"), format!("/{name}\"")];
        let around = target.parent().map(|folder| folder.to_string_lossy());
        let around = around.filter(|around| around.contains('/'));
        let writes = |line: &str| WRITERS.iter().any(|word| line.contains(word));
        let is_written = |line: &str| {
            let has_variable =
                || line.contains('$') && variables.iter().any(|end| line.contains(end.as_str()));
            let has_folder = || {
                around
                    .as_ref()
                    .is_some_and(|folder| line.contains(&**folder))
            };
            line.contains(&end) || line.contains(name) && (has_variable() || has_folder())
        };
        let is_definition = name
            .split_once('_')
            .is_some_and(|(group, plural)| group.contains('.') && plural.ends_with(".yaml"));
        self.0.iter().any(|text| {
            let makes =
                text.contains(name) && text.lines().any(|line| writes(line) && is_written(line));
            let generates = is_definition
                && ["controller-gen", "CONTROLLER_GEN", "controller_gen"]
                    .iter()
                    .any(|word| text.contains(word));
            makes || generates
        })
    }
}

/// Whether a file is one that holds scripts, by its name.
fn is_script(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let (_, ending) = lower.rsplit_once('.').unwrap_or(("", ""));
    lower.starts_with("makefile")
        || matches!(
            lower.as_str(),
            "justfile"
                | "jenkinsfile"
                | "taskfile.yml"
                | "taskfile.yaml"
                | "magefile.go"
                | "tiltfile"
        )
        || matches!(ending, "sh" | "bash" | "mk" | "yaml" | "yml" | "py")
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

/// How many files of a folder are looked at.
const BESIDE: usize = 100;

/// Whether a script in the same folder writes the file: a post-renderer of Helm, which has `cat > all.yaml` and is called by its name alone.
fn is_written_beside(root: &Path, target: &Path) -> bool {
    let folder = target.parent().map(|folder| root.join(folder));
    let name = target.file_name().and_then(|name| name.to_str());
    let (Some(folder), Some(name)) = (folder, name) else {
        return false;
    };
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut entries = entries.filter_map(Result::ok).take(BESIDE);
    let redirect = format!("> {name}");
    entries.any(|entry| {
        let path = entry.path();
        path.extension().is_none_or(|ending| ending == "sh")
            && regular::read_text(&path, GLANCE).is_ok_and(|text| text.contains(&redirect))
    })
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
        assert!(Makers::of(root).switch_off(&folders, "config/webhook"));
        assert!(!Makers::of(root).switch_off(&folders, "config/manager"));
        fs::create_dir_all(root.join("hack")).unwrap();
        let script = "set -e\ncurl -fsSL \"$URL\" > ${DIR}/base/release.yaml\n";
        fs::write(root.join("hack/fetch.sh"), script).unwrap();
        fs::write(root.join("Makefile"), "crds:\n\t$(CONTROLLER_GEN) crd\n").unwrap();
        let scripts = Scripts::of(root);
        for path in [
            "deploy/base/release.yaml",
            "config/crd/example.com_apps.yaml",
        ] {
            assert!(scripts.write(Path::new(path)), "{path}");
        }
        let script = "cp ../deploy/operator.yaml ../config/manager/cluster\nmv out \"$target/role.yaml\"\nln -sf v1.yaml base/controller.yaml\n";
        fs::write(root.join("hack/stage.sh"), script).unwrap();
        let staged = Scripts::of(root);
        for path in [
            "config/manager/cluster/operator.yaml",
            "config/rbac/cluster/role.yaml",
            "deploy/base/controller.yaml",
        ] {
            assert!(staged.write(Path::new(path)), "{path}");
        }
        assert!(!staged.write(Path::new("config/rbac/cluster/operator.yaml")));
        for path in ["deploy/other/release.yaml", "config/crd/apps.yaml"] {
            assert!(!scripts.write(Path::new(path)), "{path}");
        }
        assert_eq!(plain(Path::new("a/./b/../c")), Some("a/c".into()));
        assert_eq!(plain(Path::new("a/../../c")), None);
    }
}

//! The kustomizations of a repository: those that are deployed, built, and the files that they reach.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::deployed::chart::Refused;
use crate::deployed::find::Group;
use crate::deployed::{Files, Rendering, written};
use crate::render::kustomize::build::Build;
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::files::Disk;
use crate::sources::SourceDb;
use crate::span::{FileId, FileSpan};

/// The kustomizations of a repository.
#[derive(Debug, Default)]
pub struct Kustomizations {
    /// The files that take part.
    pub files: Files,
    /// Those that no other one builds on, in the order of their folders.
    pub roots: Vec<Root>,
    /// The folders of those that kustomize refuses, and why.
    pub refused: Vec<(String, Refused)>,
}

/// A kustomization that no other one builds on.
#[derive(Debug)]
pub struct Root {
    /// Its folder, as paths are shown.
    pub path: String,
    /// Whether something is missing that lies elsewhere, so that objects may be missing.
    pub is_incomplete: bool,
    /// The files that it is made of.
    pub files: BTreeSet<FileId>,
    build: Build,
}

impl Root {
    /// Its objects as a text.
    pub fn rendering(&self, files: &Files) -> Rendering {
        written::write(&self.build, files)
    }
}

/// Builds the roots among the kustomizations of a repository.
pub fn build(db: &SourceDb, group: &Group) -> Kustomizations {
    let mut found = Kustomizations::default();
    let Some(disk) = Disk::new(&group.repository) else {
        return found;
    };
    let below = |folder: &Path| {
        let real = folder.canonicalize().ok()?;
        let below = real.strip_prefix(disk.root()).ok()?;
        Some(below.to_string_lossy().replace('\\', "/"))
    };
    let folders: Vec<String> = group
        .folders
        .iter()
        .filter_map(|folder| below(folder))
        .collect();
    let mut engine = Engine::new(&disk, None);
    let shown = |path: &str| db.shown(&group.repository.join(path));
    let mut refused = Vec::new();
    for folder in engine.roots(&folders) {
        match engine.build(&folder) {
            Ok(build) => found.roots.push(Root {
                path: shown(&folder),
                is_incomplete: !build.missing.is_empty(),
                files: build.files.iter().map(|file| FileId::new(*file)).collect(),
                build,
            }),
            Err(refusal) => {
                let at = refusal.at;
                let at = at
                    .is_some()
                    .then(|| FileSpan::new(FileId::new(at.file), at.span));
                let message = refusal.message;
                refused.push((shown(&folder), Refused { message, at }));
            }
        }
    }
    found.refused = refused;
    // Numbers of the engine begin at 1.
    found.files.add("", "");
    for source in engine.loader().sources() {
        found.files.add(&shown(&source.path), &source.text);
    }
    found
}

impl Kustomizations {
    /// The files that the roots are made of, other than kustomizations: they are judged as what is built of them.
    pub fn parts(&self) -> impl Iterator<Item = &Arc<str>> {
        let reached: BTreeSet<FileId> = self
            .roots
            .iter()
            .flat_map(|root| root.files.iter().copied())
            .collect();
        let files = reached.into_iter().filter_map(|file| self.files.get(file));
        let paths = files.map(|file| &file.path);
        paths.filter(|path| {
            let name = path.rsplit('/').next().unwrap_or_default();
            !name.eq_ignore_ascii_case("kustomization.yaml")
                && !name.eq_ignore_ascii_case("kustomization.yml")
                && name != "Kustomization"
        })
    }
}

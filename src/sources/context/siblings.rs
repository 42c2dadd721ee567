//! What the repository of a Dockerfile builds beside it, as far as the names of folders and files show.

use std::path::Path;

use crate::sources::Source;
use crate::sources::context::BuildContexts;
use crate::sources::context::dir_cache::Listing;

/// Folders that hold a folder for each image.
const GROUPS: &[&str] = &[
    "",
    "base",
    "build",
    "common",
    "containers",
    "core",
    "docker",
    "docker-images",
    "dockerfiles",
    "images",
];

/// Files that name the contexts of a build, and what `--from` may mean by them.
const BAKE_FILES: &[&str] = &[
    "docker-bake.hcl",
    "docker-bake.json",
    "docker-bake.override.hcl",
    "docker-bake.override.json",
];

/// How many folders above a Dockerfile are asked.
const HEIGHT: usize = 6;

/// The name as folders are named in some repositories: `NodeBase` for `node-base`.
fn capitalized(name: &str) -> String {
    let parts = name.split(['-', '_']).map(|part| {
        let mut part = part.to_owned();
        if let Some(first) = part.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        part
    });
    parts.collect()
}

impl BuildContexts {
    /// Whether a folder of the repository, named like an image, holds a Dockerfile: `base/Dockerfile` for `acme/base`.
    pub fn builds_image(&self, dockerfile: &Source, name: &str) -> bool {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if name.is_empty() || name.starts_with('.') || !name.chars().all(is_plain) {
            return false;
        }
        let capital = capitalized(name);
        let names = if capital == name {
            vec![name]
        } else {
            vec![name, &capital]
        };
        let own = dockerfile.full().and_then(Path::parent);
        self.any_above(dockerfile, |beside, folder| {
            let groups = GROUPS.iter();
            let groups = groups.filter(|group| group.is_empty() || beside.has(group));
            let mut places = groups.flat_map(|group| {
                let beside = if group.is_empty() { "" } else { "/" };
                names
                    .iter()
                    .map(move |name| format!("{group}{beside}{name}"))
            });
            places.any(|place| {
                let dockerfile = format!("{place}/Dockerfile");
                beside.has(&dockerfile) && Some(folder.join(place).as_path()) != own
            })
        })
    }

    /// Whether a bake file lies beside the Dockerfile or above it.
    pub fn has_bake_file(&self, dockerfile: &Source) -> bool {
        self.any_above(dockerfile, |beside, _| {
            BAKE_FILES.iter().any(|name| beside.has(name))
        })
    }

    /// Asks the folder of a Dockerfile and those above it in the project.
    fn any_above(&self, dockerfile: &Source, asked: impl Fn(&Listing, &Path) -> bool) -> bool {
        let Some(site) = self.site(dockerfile) else {
            return false;
        };
        let Some(own) = site.file.parent() else {
            return false;
        };
        let top = site.top(own);
        let folders = own.ancestors().take(HEIGHT);
        let mut folders = folders.take_while(|folder| folder.starts_with(&top));
        folders.any(|folder| asked(&site.directories.listing(folder), folder))
    }
}

//! What the repository of a Dockerfile builds beside it, as far as the names of folders and files show.

use std::path::Path;

use crate::sources::Source;
use crate::sources::context::BuildContexts;
use crate::sources::context::dir_cache::Listing;
use crate::sources::context::owner::is_same;
use crate::sources::source_map::Origin;

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

/// Files of build tools that fill in the Dockerfiles of their projects.
const BUILD_FILES: &[&str] = &[
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "build.sbt",
    "build.xml",
    "project.clj",
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

/// Whether a folder is named like an image, but for what says that it holds a Dockerfile: `docker-minecraft-server`, `kafka-docker`.
fn is_named(folder: &Path, name: &str) -> bool {
    let folder = folder
        .file_name()
        .map(|name| name.to_string_lossy().to_ascii_lowercase());
    let plain = |text: &str| {
        let text = text.to_ascii_lowercase();
        let text = ["docker-", "docker_", "dockerfile-"]
            .iter()
            .find_map(|start| text.strip_prefix(start))
            .unwrap_or(&text)
            .to_owned();
        ["-docker", "_docker", "-dockerfile", "-image"]
            .iter()
            .find_map(|end| text.strip_suffix(end))
            .unwrap_or(&text)
            .to_owned()
    };
    folder.is_some_and(|folder| plain(&folder) == plain(name))
}

impl BuildContexts {
    /// Whether a Dockerfile beside another is named for an image, or for the end of its name: `Dockerfile.base` for `acme/app-base`.
    pub fn builds_beside(&self, dockerfile: &Source, name: &str) -> bool {
        let (Some(site), Some(full)) = (self.site(dockerfile), dockerfile.full()) else {
            return false;
        };
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if name.is_empty() || !name.chars().all(is_plain) {
            return false;
        }
        let (Some(folder), Some(own)) = (site.file.parent(), full.file_name()) else {
            return false;
        };
        let own = own.to_string_lossy();
        let ends = name.match_indices('-').map(|(at, _)| &name[at + 1..]);
        std::iter::once(name).chain(ends).any(|end| {
            let files = [
                format!("Dockerfile.{end}"),
                format!("Dockerfile_{end}"),
                format!("Dockerfile-{end}"),
                format!("{end}.Dockerfile"),
            ];
            let mut others = files.iter().filter(|file| file.as_str() != own);
            !end.is_empty() && others.any(|file| site.directories.has(folder, file))
        })
    }

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
            let mut places = groups.flat_map(|group| names.iter().map(move |name| (*group, *name)));
            places.any(|(group, name)| {
                let place = match group {
                    // Nearly no folder has one of that name.
                    "" if !beside.has(name) => return false,
                    "" => name.to_owned(),
                    group => format!("{group}/{name}"),
                };
                let dockerfile = format!("{place}/Dockerfile");
                beside.has(&dockerfile) && Some(folder.join(place).as_path()) != own
            })
        })
    }

    /// Whether the repository of a file builds the image of a name: a folder named like it holds a Dockerfile or one for each release, the repository
    /// itself is named like it and holds one, or the repository is its owner's. A base is never built by the Dockerfile that begins with it.
    pub fn is_home_of(&self, source: &Source, repository: &str, is_base: bool) -> bool {
        let (owner, name) = repository.rsplit_once('/').unwrap_or(("", repository));
        if name.is_empty() || name.starts_with('.') || name.contains(['$', '{']) {
            return false;
        }
        let owner = owner.rsplit('/').next().unwrap_or(owner);
        let Some(site) = self.site(source) else {
            return false;
        };
        let Some(own) = site.file.parent() else {
            return false;
        };
        let top = site.top(own);
        let is_owner = || {
            let remote = site.directories.owner(&top);
            remote.is_some_and(|remote| is_same(&remote, owner))
        };
        let is_module = || {
            let mut files = ["pom.xml", "build.gradle", "build.gradle.kts"].into_iter();
            files.any(|file| site.directories.has(&top, &format!("{name}/{file}")))
        };
        self.builds_image(source, name)
            || (!is_base && is_module())
            || self.builds_release(source, name)
            || (!is_base && site.directories.has(own, "Dockerfile") && is_named(own, name))
            || ((!is_base || own != top)
                && site.directories.has(&top, "Dockerfile")
                && is_named(&top, name))
            || is_owner()
    }

    /// Whether a folder named like an image has a folder `latest` or `stable` with a Dockerfile.
    fn builds_release(&self, source: &Source, name: &str) -> bool {
        let own = source.full().and_then(Path::parent);
        self.any_above(source, |beside, folder| {
            let groups = GROUPS
                .iter()
                .filter(|group| group.is_empty() || beside.has(group));
            let groups = groups.filter(|group| !group.is_empty() || beside.has(name));
            let mut places = groups.map(|group| match *group {
                "" => name.to_owned(),
                group => format!("{group}/{name}"),
            });
            places.any(|place| {
                beside.has(&place)
                    && ["latest", "stable", "nightly", "alpine", "debian", "ubuntu"]
                        .iter()
                        .any(|release| {
                            let below = format!("{place}/{release}");
                            beside.has(&format!("{below}/Dockerfile"))
                                || beside.has(&format!("{below}/Containerfile"))
                                    && Some(folder.join(below).as_path()) != own
                        })
            })
        })
    }

    /// Whether a bake file lies beside the Dockerfile or above it.
    pub fn has_bake_file(&self, dockerfile: &Source) -> bool {
        self.any_above(dockerfile, |beside, _| {
            BAKE_FILES.iter().any(|name| beside.has(name))
        })
    }

    /// Whether a build that the repository describes may put something else in place of a base: a context named by Bake, Compose or
    /// `--build-context`.
    pub fn replaces(&self, dockerfile: &Source, base: &str) -> bool {
        if base.is_empty() || base.contains(['$', '@']) {
            return false;
        }
        let Some(site) = self.site(dockerfile) else {
            return false;
        };
        let name = base.strip_suffix(":latest").unwrap_or(base);
        self.any_above(dockerfile, |_, folder| {
            let contexts = site.directories.contexts(folder);
            contexts.has(base) || (name != base && contexts.has(name))
        })
    }

    /// The root of what a text was rendered from, as a file with nothing in it that has the place of the root; `None` for what is written.
    pub fn root_of(&self, source: &Source) -> Option<Source> {
        let directories = self.directories.as_ref()?;
        if source.full().is_some() || !matches!(source.origin(), Origin::Rendered(_)) {
            return None;
        }
        let path = source.path.split('#').next().unwrap_or_default();
        let place = directories.folder().join(path);
        Some(Source::new(source.id(), path, source.kind, "").on_disk(&place))
    }

    /// Whether a script or a workflow of the repository builds an image of that name.
    pub fn tags_image(&self, dockerfile: &Source, repository: &str) -> bool {
        let Some(site) = self.site(dockerfile) else {
            return false;
        };
        self.any_above(dockerfile, |beside, folder| {
            let mut groups = GROUPS.iter().filter(|group| !group.is_empty());
            site.directories.contexts(folder).tags(repository)
                || groups.any(|group| {
                    beside.has(group)
                        && site
                            .directories
                            .contexts(&folder.join(group))
                            .tags(repository)
                })
        })
    }

    /// Whether a build tool that fills in placeholders builds the project of a Dockerfile.
    pub fn has_build_file(&self, dockerfile: &Source) -> bool {
        self.any_above(dockerfile, |beside, _| {
            BUILD_FILES.iter().any(|name| beside.has(name))
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

//! Releases of a project that files near a manifest pin: a `HelmRelease` with its version, an image with its tag.

use std::path::PathBuf;

use crate::sources::context::documents::whole;
use crate::sources::context::{BuildContexts, Site};
use crate::sources::{Entry, EntryKind, Source};

/// How many folders and files near a manifest are read, how large a file may be, and how many entries of a folder are listed.
const FOLDERS: usize = 24;
const FILES: usize = 80;
const LARGEST: u64 = 128 << 10;
const ENTRIES: usize = 1_000;

/// How many lines below the name of a project its version is looked for.
const BELOW: usize = 8;

/// The keys of versions: of charts, images and applications.
const KEYS: [&str; 3] = ["version", "tag", "targetRevision"];

impl BuildContexts {
    /// Whether the manifest, or files of its folder or of one beside it, pin a release of a project, and each that they pin is older than `oldest`.
    pub fn pins_older(&self, manifest: &Source, project: &str, oldest: &str) -> bool {
        let Some(oldest) = numbers(oldest) else {
            return false;
        };
        let site = self.site(manifest);
        let texts = site.map(|site| site.texts()).unwrap_or_default();
        // What is built holds what is installed beside it.
        let texts = texts.iter().map(String::as_str).chain([&*manifest.text]);
        let mut pinned = texts.flat_map(|text| versions(text, project));
        let mut found = false;
        pinned.all(|version| {
            found = true;
            version < oldest
        }) && found
    }
}

impl Site<'_> {
    /// The manifests of the file's folder and of those beside it.
    fn texts(&self) -> Vec<String> {
        let files = self.directories.files();
        let Some(own) = self.file.parent() else {
            return Vec::new();
        };
        let top = self.top(own);
        let mut folders = vec![own.to_owned()];
        if let Some(above) = own.parent().filter(|above| above.starts_with(&top)) {
            folders.push(above.to_owned());
            folders.extend(self.directories.folders(above).iter().cloned());
        }
        folders.dedup();
        let manifests = folders.into_iter().take(FOLDERS).flat_map(|folder| {
            let entries = files.entries(&folder, ENTRIES).unwrap_or_default();
            let entries = entries.into_iter().filter(|Entry { name, kind }| {
                *kind == EntryKind::File && (name.ends_with(".yaml") || name.ends_with(".yml"))
            });
            let paths = entries.map(move |entry| folder.join(entry.name));
            paths.collect::<Vec<PathBuf>>()
        });
        let texts = manifests.take(FILES).filter_map(|path| {
            let bytes = whole(files, &path, LARGEST)?;
            String::from_utf8(bytes).ok()
        });
        texts.collect()
    }
}

/// The releases of a project that a text pins: on a line that names it, or below `version` and the like a few lines further down.
fn versions(text: &str, project: &str) -> Vec<(u32, u32)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some((_, after)) = line.split_once(project) else {
            continue;
        };
        let image = after.rsplit_once(':').map(|(_, tag)| tag);
        if let Some(version) = image.and_then(numbers) {
            found.push(version);
            continue;
        }
        let below = lines.iter().skip(number + 1).take(BELOW);
        let mut pairs =
            below.filter_map(|line| line.trim_start_matches([' ', '-']).split_once(':'));
        let version = pairs.find(|(key, _)| KEYS.contains(key));
        found.extend(version.and_then(|(_, text)| numbers(text)));
    }
    found
}

/// The major and the minor number of a release.
fn numbers(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().trim_matches(['"', '\'']);
    let text = text.strip_prefix('v').unwrap_or(text);
    let (major, rest) = text.split_once('.')?;
    let end = rest
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(rest.len());
    Some((major.parse().ok()?, rest[..end].parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{numbers, versions};

    #[test]
    fn releases_are_read_from_charts_and_images() {
        let chart = "chart:\n  spec:\n    chart: rook-ceph\n    version: v1.6.7\n";
        assert_eq!(versions(chart, "rook"), [(1, 6)]);
        let image = "image: rook/ceph:v0.9.3\nname: rook-ceph\n";
        assert_eq!(versions(image, "rook"), [(0, 9)]);
        assert!(versions("name: web\nversion: 1.2.3\n", "rook").is_empty());
        assert_eq!(numbers("\"1.20.4\""), Some((1, 20)));
        assert_eq!(numbers("latest"), None);
    }
}

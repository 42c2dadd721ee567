//! Which releases of images get no updates any more, and which images were given up as a whole; the tables in `data` say so, and are compiled in.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::reference::Reference;

/// Releases, as written.
const RELEASES_TABLE: &str = include_str!("../../data/end-of-life.tsv");

/// Images given up as a whole, as written.
const GIVEN_UP_TABLE: &str = include_str!("../../data/given-up-images.tsv");

/// The releases of each image, with the month in which each ended.
type Releases = FxHashMap<&'static str, Vec<(&'static str, &'static str)>>;

static RELEASES: LazyLock<Releases> = LazyLock::new(|| {
    let mut releases = Releases::default();
    for cells in rows(RELEASES_TABLE) {
        if let [image, release, ended, ..] = cells.as_slice() {
            releases.entry(image).or_default().push((release, ended));
        }
    }
    releases
});

/// An image that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GivenUp {
    /// The month of its last updates.
    pub since: &'static str,
    /// What takes its place, if something does.
    pub successor: Option<&'static str>,
    /// Whether the registry itself was shut down, so that nothing can be pulled.
    pub is_gone: bool,
}

static GIVEN_UP: LazyLock<FxHashMap<&'static str, GivenUp>> = LazyLock::new(|| {
    let images = rows(GIVEN_UP_TABLE).filter_map(|cells| match cells.as_slice() {
        [image, since, successor, ..] => {
            let is_gone = *successor == "-";
            let successor = Some(*successor).filter(|name| !name.is_empty() && !is_gone);
            let found = GivenUp {
                since,
                successor,
                is_gone,
            };
            Some((*image, found))
        }
        _ => None,
    });
    images.collect()
});

/// The cells of a table's lines, comments left out.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

/// Whether an image was given up as a whole.
pub(super) fn given_up(reference: &Reference) -> Option<GivenUp> {
    let name = official(reference.registry, reference.repository?);
    let folders = name.match_indices('/').map(|(end, _)| &name[..end]);
    let mut above = folders.filter_map(|folder| GIVEN_UP.get(format!("{folder}/*").as_str()));
    GIVEN_UP.get(&*name).or_else(|| above.next()).copied()
}

/// The image in the registry that took the place of its own, if a registry did.
pub(super) fn moved(reference: &Reference, image: GivenUp) -> Option<String> {
    let host = image
        .successor
        .filter(|name| name.contains('.') && !name.contains('/'))?;
    let repository = reference.repository?;
    // The folder that the old registry kept them in stays behind.
    let name = ["google-containers/", "google_containers/"]
        .iter()
        .find_map(|folder| repository.strip_prefix(folder))
        .unwrap_or(repository);
    let tag = reference.tag.map(|tag| format!(":{tag}"));
    let digest = reference.digest.map(|digest| format!("@{digest}"));
    Some(
        [
            host,
            "/",
            name,
            &tag.unwrap_or_default(),
            &digest.unwrap_or_default(),
        ]
        .concat(),
    )
}

/// What has ended, and when: the image's own release, or that of the distribution that its tag names.
pub(super) fn ended(reference: &Reference) -> Option<(String, Cow<'static, str>)> {
    let name = official(reference.registry, reference.repository?);
    let tag = reference.tag.unwrap_or_default();
    let releases = RELEASES.get(&*name).into_iter().flatten();
    let own = releases.filter(|(release, _)| is_of(tag, release));
    // `2.7` says more of `2.7.18` than `2` does.
    match own.max_by_key(|(release, _)| release.len()) {
        Some((release, ended)) => Some((format!("{name}:{release}"), Cow::Borrowed(ended))),
        None => before_all(&name, tag).or_else(|| {
            let own = usize::from(!begins_with_distribution(&name));
            let mut parts = tag.split('-').skip(own);
            let (release, ended) = parts.find_map(distribution)?;
            Some((release, Cow::Borrowed(ended)))
        }),
    }
}

/// Whether a tag of an image may begin with the name of a distribution's release: `buildpack-deps:buster-curl`, `node:bookworm`. Other publishers name
/// their own releases as they like, as ROS does.
fn begins_with_distribution(name: &str) -> bool {
    name == "buildpack-deps" || LANGUAGES.contains(&name)
}

/// Images of languages that are built on each release of Debian, whose tags without a version begin with its name.
const LANGUAGES: &[&str] = &[
    "erlang", "gcc", "golang", "haskell", "node", "openjdk", "perl", "php", "pypy", "python",
    "ruby", "rust", "swift",
];

/// What has ended, and when, of the releases that repositories of `NodeSource` install: `https://deb.nodesource.com/setup_8.x`.
pub(super) fn of_address(text: &str) -> Option<(String, &'static str)> {
    // Most words of scripts are shorter than any such address.
    let long = Some(text).filter(|text| text.len() > 24)?;
    let (_, path) = long.split_once(".nodesource.com/")?;
    let mut parts = path.split(['/', ' ']);
    let release = parts.find_map(|part| {
        let starts = ["setup_", "node_", "pub_"].iter();
        starts.copied().find_map(|start| part.strip_prefix(start))
    })?;
    let number = release.strip_suffix(".x")?;
    let mut releases = RELEASES.get("node")?.iter();
    let (number, ended) = releases.find(|(known, _)| *known == number)?;
    Some((format!("node:{number}"), ended))
}

/// Images whose long-term releases outlive newer ones: an old number says nothing of theirs.
const LONG_TERM: [&str; 2] = ["amazoncorretto", "eclipse-temurin"];

/// A release that is older than each in the table, which ended no later than the oldest of them: `redis:3.2`, `elasticsearch:5.6.0`.
fn before_all(name: &str, tag: &str) -> Option<(String, Cow<'static, str>)> {
    // Windows is tagged with its builds as well: `10.0.20348.1850` is no older than `1803`.
    if LONG_TERM.contains(&name) || name.starts_with("mcr.microsoft.com/windows") {
        return None;
    }
    let written = tag.split('-').next().unwrap_or_default();
    let version = numbers(written)?;
    let releases = RELEASES.get(name)?.iter();
    let oldest = releases.filter_map(|(release, ended)| Some((numbers(release)?, ended)));
    let (oldest, ended) = oldest.min_by_key(|(oldest, _)| (oldest[0], oldest.get(1).copied()))?;
    let is_older = version[0] < oldest[0]
        || version[0] == oldest[0]
            && matches!((version.get(1), oldest.get(1)), (Some(own), Some(least)) if own < least);
    is_older.then(|| {
        let ended = Cow::Owned(format!("{ended} or earlier"));
        (format!("{name}:{written}"), ended)
    })
}

/// The numbers of a version: `v1.7.34`, `3.2`.
fn numbers(version: &str) -> Option<Vec<u32>> {
    let version = version.strip_prefix('v').unwrap_or(version);
    version.split('.').map(|part| part.parse().ok()).collect()
}

/// The name in the tables: one of Docker's own without `library`, one of another registry with that.
fn official<'a>(registry: Option<&str>, repository: &'a str) -> Cow<'a, str> {
    match registry {
        None | Some("docker.io" | "index.docker.io") => {
            Cow::Borrowed(repository.strip_prefix("library/").unwrap_or(repository))
        }
        Some(registry) => Cow::Owned(format!("{registry}/{repository}")),
    }
}

/// Whether a tag is of a release: `3.8.1-slim` of `3.8`, `bookworm-slim` of `bookworm`. `3` is whatever is newest.
fn is_of(tag: &str, release: &str) -> bool {
    let rest = tag.strip_prefix(release);
    let is_number = !release.contains('.') && release.bytes().all(|byte| byte.is_ascii_digit());
    rest.is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with('-')
            || (rest.starts_with('.') && (is_number || release.contains('.')))
    })
}

/// The distribution that a part of a tag names: `buster`, `alpine3.12`.
fn distribution(part: &str) -> Option<(String, &'static str)> {
    let (image, release) = match part.strip_prefix("alpine") {
        Some(release) if !release.is_empty() => ("alpine", release),
        _ if part.len() > 4 && part.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            let holds = |image: &&str| {
                let releases = RELEASES.get(*image);
                releases
                    .is_some_and(|releases| releases.iter().any(|(release, _)| *release == part))
            };
            (["debian", "ubuntu"].into_iter().find(holds)?, part)
        }
        _ => return None,
    };
    let (release, ended) = RELEASES
        .get(image)?
        .iter()
        .find(|(known, _)| is_of(release, known))?;
    Some((format!("{image}:{release}"), ended))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reference;

    fn tells(text: &str, expected: Option<(&str, &str)>) {
        let found = ended(&reference::parse(text));
        let found = found
            .as_ref()
            .map(|(what, month)| (what.as_str(), &**month));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn releases_end_by_number_by_name_and_by_what_they_build_on() {
        tells("debian:10.3-slim", Some(("debian:10", "2024-06")));
        tells(
            "docker.io/library/debian:buster-slim",
            Some(("debian:buster", "2024-06")),
        );
        tells("python:3.8", Some(("python:3.8", "2024-10")));
        tells(
            "python:3.13-slim-buster",
            Some(("debian:buster", "2024-06")),
        );
        tells("node:22-alpine3.12", Some(("alpine:3.12", "2022-05")));
        tells(
            "mcr.microsoft.com/dotnet/sdk:6.0-jammy",
            Some(("mcr.microsoft.com/dotnet/sdk:6.0", "2024-11")),
        );
        tells("python:2", Some(("python:2", "2020-01")));
        tells("php:7.2-fpm", Some(("php:7.2", "2020-11")));
        tells(
            "elasticsearch:5.6.0",
            Some(("elasticsearch:5.6.0", "2022-02 or earlier")),
        );
        tells(
            "buildpack-deps:buster-curl",
            Some(("debian:buster", "2024-06")),
        );
        tells("buildpack-deps:xenial", Some(("ubuntu:xenial", "2021-04")));
        tells("node:buster-slim", Some(("debian:buster", "2024-06")));
        tells(
            "golang:1.9-alpine",
            Some(("golang:1.9", "2019-02 or earlier")),
        );
        tells("node:0.12", Some(("node:0.12", "2018-04 or earlier")));
    }

    #[test]
    fn addresses_of_repositories_name_releases() {
        for (address, release) in [
            ("https://deb.nodesource.com/setup_8.x", Some("node:8")),
            (
                "deb [signed-by=/k] http://deb.nodesource.com/node_12.x focal main",
                Some("node:12"),
            ),
            ("https://deb.nodesource.com/setup_24.x", None),
            ("https://deb.nodesource.com/setup_lts.x", None),
            ("https://example.org/setup_8.x", None),
        ] {
            let found = of_address(address).map(|(release, _)| release);
            assert_eq!(found.as_deref(), release, "{address}");
        }
    }

    #[test]
    fn images_are_given_up_by_name_and_by_folder() {
        let successor = |text: &str| given_up(&reference::parse(text)).map(|found| found.successor);
        assert_eq!(successor("openjdk:21"), Some(Some("eclipse-temurin")));
        assert_eq!(
            successor("k8s.gcr.io/pause:3.6"),
            Some(Some("registry.k8s.io"))
        );
        assert_eq!(successor("bitnamilegacy/redis"), Some(None));
        let moved = |text: &str| {
            let reference = reference::parse(text);
            moved(&reference, given_up(&reference)?)
        };
        assert_eq!(
            moved("gcr.io/google_containers/pause:3.6").as_deref(),
            Some("registry.k8s.io/pause:3.6")
        );
        assert_eq!(moved("openjdk:21"), None);
        for text in [
            "someone/openjdk:21",
            "eclipse-temurin:21",
            "registry.k8s.io/pause:3.6",
        ] {
            assert_eq!(successor(text), None, "{text}");
        }
    }

    #[test]
    fn what_still_lives_or_is_not_known_has_no_end() {
        for text in [
            "debian:12.8-slim",
            "debian",
            "python:3",
            "python:3.14-bookworm",
            "node:22",
            "ubuntu:24.04",
            "example.org/debian:10",
            "someone/debian:10",
            "postgres:16",
            "php:8",
            "golang:1",
            "amazoncorretto:8",
            "eclipse-temurin:11-jre",
            "redis:latest",
            "node:lts",
            "ros:kinetic",
            "buildpack-deps:bookworm-scm",
        ] {
            tells(text, None);
        }
    }
}

//! Which releases of images get no updates any more; `data/end-of-life.tsv` says so, and is compiled in.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::image::Reference;

/// The table, as written.
const TABLE: &str = include_str!("../../data/end-of-life.tsv");

/// The releases of each image, with the month in which each ended.
type Releases = FxHashMap<&'static str, Vec<(&'static str, &'static str)>>;

static RELEASES: LazyLock<Releases> = LazyLock::new(|| {
    let mut releases = Releases::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        if let (Some(image), Some(release), Some(ended)) =
            (cells.next(), cells.next(), cells.next())
        {
            releases.entry(image).or_default().push((release, ended));
        }
    }
    releases
});

/// What has ended, and when: the image's own release, or that of the distribution that its tag names.
pub(super) fn ended(reference: &Reference) -> Option<(String, &'static str)> {
    let repository = reference.repository?;
    let name = official(reference.registry, repository)?;
    let tag = reference.tag.unwrap_or_default();
    if let Some(releases) = RELEASES.get(name.as_str()) {
        let own = releases
            .iter()
            .find(|(release, _)| *release == "*" || is_of(tag, release));
        if let Some((release, ended)) = own {
            let shown = if *release == "*" {
                name.clone()
            } else {
                format!("{name}:{release}")
            };
            return Some((shown, ended));
        }
    }
    tag.split('-').skip(1).find_map(distribution)
}

/// The name in the table: that of an official image, or of one of another registry with its registry.
fn official(registry: Option<&str>, repository: &str) -> Option<String> {
    match registry {
        None | Some("docker.io" | "index.docker.io") => {
            let name = repository.strip_prefix("library/").unwrap_or(repository);
            (!name.contains('/')).then(|| name.to_owned())
        }
        Some(registry) => Some(format!("{registry}/{repository}")),
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
    use crate::model::image;

    fn tells(text: &str, expected: Option<(&str, &str)>) {
        let found = ended(&image::parse(text));
        let found = found.as_ref().map(|(what, month)| (what.as_str(), *month));
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
        tells("openjdk:21", Some(("openjdk", "2022-07")));
        tells("python:2", Some(("python:2", "2020-01")));
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
        ] {
            tells(text, None);
        }
    }
}

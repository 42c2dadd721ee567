//! References to images: registry, repository, tag and digest.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::model::official_images;
use crate::model::placeholder;
use crate::model::words::in_values;

/// A reference, taken apart as the distribution project's grammar does; parts that are left to run time are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reference<'a> {
    pub registry: Option<&'a str>,
    pub repository: Option<&'a str>,
    pub tag: Option<&'a str>,
    pub digest: Option<&'a str>,
    pub has_registry: bool,
    pub has_tag: bool,
    pub has_digest: bool,
    /// Nothing in it is left to run time.
    pub is_known: bool,
    pub is_valid: bool,
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 255;
/// The longest tag, in characters.
const LONGEST_TAG: usize = 128;

/// Takes a reference apart.
pub(super) fn parse(text: &str) -> Reference<'_> {
    let text = text.trim();
    if text.starts_with("ko://") {
        // The path of a Go program: ko builds it and puts the image's digest here.
        return Reference {
            has_tag: true,
            has_digest: true,
            is_valid: true,
            ..Reference::default()
        };
    }
    let (name, digest) = match text.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (text, None),
    };
    let (name, tag) = split_tag(name);
    if is_filled_in_later(text, name, digest) {
        // What is put in its place is another reference, of which nothing is known.
        return Reference {
            has_tag: true,
            has_digest: true,
            is_valid: true,
            ..Reference::default()
        };
    }
    let (registry, repository) = split_registry(name);
    let is_known = !is_left_open(text);
    // Nothing is left open in a part of what is known as a whole.
    let is_open = |part: &str| !is_known && is_left_open(part);
    let is_valid = !is_known
        || (valid_name(registry, repository)
            && tag.is_none_or(valid_tag)
            && digest.is_none_or(valid_digest));
    Reference {
        has_registry: registry.is_some(),
        registry: registry.filter(|part| !is_open(part)),
        repository: Some(repository).filter(|part| !part.is_empty() && !is_open(part)),
        tag: tag.filter(|part| !part.is_empty() && !is_open(part)),
        digest: digest.filter(|part| !is_open(part)),
        // A name that is a variable as a whole may bring its tag with it.
        has_tag: tag.is_some() || (digest.is_none() && is_open(last_part(name))),
        has_digest: digest.is_some() || (tag.is_none() && is_open(last_part(name))),
        is_known,
        is_valid,
    }
}

/// Why a text is no reference, as words that follow it.
pub(super) fn problem(text: &str, reference: &Reference, is_padded: bool) -> &'static str {
    let (name, digest) = match text.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (text, None),
    };
    let (name, tag) = split_tag(name);
    let (_, repository) = split_registry(name);
    if text.trim().is_empty() {
        "is empty"
    } else if is_padded {
        "begins or ends with a space"
    } else if text.contains("://") {
        "begins with the scheme of a URL"
    } else if text.trim().contains(char::is_whitespace) {
        "contains a space"
    } else if text.contains(',') {
        "contains a comma"
    } else if repository.contains(char::is_uppercase) {
        "has capital letters"
    } else if tag == Some("") {
        "has no tag behind its colon"
    } else if tag.is_some_and(|tag| !valid_tag(tag)) {
        "has an invalid tag"
    } else if digest.is_some_and(|digest| !valid_digest(digest)) {
        "has an invalid digest"
    } else if reference.has_registry && repository.is_empty() {
        "has no repository"
    } else {
        "is not a valid image reference"
    }
}

/// Whether words hold the place of the reference, of a part of its name, or of its digest.
fn is_filled_in_later(text: &str, name: &str, digest: Option<&str>) -> bool {
    let hex = digest.and_then(|digest| digest.split_once(':'));
    placeholder::is_placeholder(text)
        || name.split('/').any(placeholder::is_part)
        || hex.is_some_and(|(_, hex)| placeholder::is_digest(hex))
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Whether a text holds what only run time knows: a variable, an expression, a template, a placeholder.
pub(super) fn is_left_open(text: &str) -> bool {
    text.contains(['$', '{', '<', '%', '('])
        || text.contains("@@")
        || is_told_by_digest(text)
        || text.split(['/', ':', '@']).any(is_placeholder)
        || is_told_to_fill(text)
}

/// Whether a part of a reference is words in capitals, which stand for what is put in later: `PROJECT_ID`, `REPLACE_ME`, `FILLED BY …`. The name of an
/// image that somebody wrote in capitals is none.
fn is_placeholder(part: &str) -> bool {
    let mut letters = part.chars().filter(|letter| letter.is_alphabetic());
    let is_framed = part.starts_with("__") || part.ends_with("__");
    is_framed
        || part.len() > 1
            && part.contains(char::is_alphabetic)
            && letters.all(char::is_uppercase)
            && !official_images::is_one(&part.to_ascii_lowercase())
}

/// Whether words are where the digest belongs: `@sha256:set-me`.
fn is_told_by_digest(text: &str) -> bool {
    let digest = text
        .split_once('@')
        .and_then(|(_, digest)| digest.split_once(':'));
    digest.is_some_and(|(_, hex)| hex.contains(['-', '_', ' ']))
}

/// Words that say that something belongs here.
static REQUESTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    in_values([
        "replace-",
        "replace_",
        "replaceme",
        "placeholder",
        "change-me",
        "changeme",
        "change_me",
        "your-",
        "your_",
        "to-be-",
        "set-me",
        "set_me",
        "fill-",
        "filled",
        "todo",
        "fixme",
        "dummy-digest",
    ])
});

/// Whether a text says in words that something belongs here.
fn is_told_to_fill(text: &str) -> bool {
    REQUESTS.is_match(text)
}

/// Splits off what follows the last colon, unless that colon belongs to a registry's port or to a variable's default.
fn split_tag(name: &str) -> (&str, Option<&str>) {
    let mut depth = 0usize;
    let mut split = None;
    for (offset, letter) in name.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => split = None,
            ':' if depth == 0 => split = Some(offset),
            _ => {}
        }
    }
    match split {
        Some(offset) => (&name[..offset], Some(&name[offset + 1..])),
        None => (name, None),
    }
}

/// The part before the first slash is a registry if it looks like a host.
fn split_registry(name: &str) -> (Option<&str>, &str) {
    match name.split_once('/') {
        Some((host, rest))
            if host.contains(['.', ':']) || host == "localhost" || is_left_open(host) =>
        {
            (Some(host), rest)
        }
        _ => (None, name),
    }
}

fn valid_name(registry: Option<&str>, repository: &str) -> bool {
    let component = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let separator = |byte: u8| plain(byte) || b"._-".contains(&byte);
        !part.is_empty()
            && part.bytes().all(separator)
            && part.bytes().next().is_some_and(plain)
            && part.bytes().last().is_some_and(plain)
    };
    let host = |host: &str| {
        let (name, port) = host.split_once(':').unwrap_or((host, "1"));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        !name.is_empty()
            && name.bytes().all(plain)
            && !port.is_empty()
            && port.bytes().all(|byte| byte.is_ascii_digit())
    };
    repository.split('/').all(component)
        && registry.is_none_or(host)
        && repository.chars().count() <= LONGEST_NAME
}

fn valid_tag(tag: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut bytes = tag.bytes();
    bytes.next().is_some_and(word)
        && bytes.all(|byte| word(byte) || b".-".contains(&byte))
        && tag.len() <= LONGEST_TAG
}

fn valid_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hex)| {
        let long_enough = match algorithm {
            "sha256" => hex.len() == 64,
            "sha512" => hex.len() == 128,
            _ => hex.len() >= 32,
        };
        !algorithm.is_empty() && long_enough && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_come_apart() {
        let plain = parse("nginx");
        assert_eq!(
            (plain.registry, plain.repository, plain.has_tag),
            (None, Some("nginx"), false)
        );
        let port = parse("localhost:5000/team/app");
        assert_eq!(
            (port.registry, port.repository, port.has_tag),
            (Some("localhost:5000"), Some("team/app"), false)
        );
        let full = parse(
            "ghcr.io/a/b:1.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        );
        assert_eq!(
            (full.tag, full.has_digest, full.is_valid),
            (Some("1.2"), true, true)
        );
    }

    #[test]
    fn what_is_left_to_run_time_is_no_fault() {
        for text in [
            "$BASE",
            "${REGISTRY}/app:${VERSION}",
            "app:${TAG:-1.2}",
            "{{ .Values.image }}",
            "<image>",
            "{IMAGE}",
            "app:#{Build.BuildId}#",
            "REPLACE_ME",
            "@@IMAGE@@",
            "gcr.io/PROJECT_ID/app:v1",
            "SET BY THE CONTROLLER",
            "alpine@sha256:set-me-to-the-digest",
        ] {
            let reference = parse(text);
            assert!(
                !reference.is_known && reference.is_valid && reference.has_tag,
                "{text}: {reference:?}"
            );
        }
        assert!(!parse("$REGISTRY/app").has_tag);
    }

    #[test]
    fn bad_references_are_told() {
        for text in [
            "Nginx",
            "nginx:",
            "nginx:-a",
            "a//b",
            "nginx@sha256:12",
            "ngi nx",
        ] {
            assert!(!parse(text).is_valid, "{text}");
        }
    }
}

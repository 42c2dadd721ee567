//! What the value of a label may pass for: the types that a label schema knows.

use chrono::DateTime;
use spdx::{Expression, ParseMode};

/// Licences as they are written: names that SPDX has retired among them.
const LICENCES: ParseMode = ParseMode {
    allow_deprecated: true,
    ..ParseMode::STRICT
};

/// The longest value that is looked at, in bytes.
const LONGEST: usize = 1024;

/// A type: its name, and whether a value has it.
type Type = (&'static str, fn(&str) -> bool);

/// The types that a value may have.
const TYPES: [Type; 6] = [
    ("email", is_email),
    ("hash", is_hash),
    ("rfc3339", |value| {
        DateTime::parse_from_rfc3339(value).is_ok()
    }),
    ("semver", |value| semver::Version::parse(value).is_ok()),
    ("spdx", |value| {
        Expression::parse_mode(value, LICENCES).is_ok()
    }),
    ("url", is_url),
];

/// The names of the types that a value has.
pub(super) fn looks_like(value: &str) -> Vec<&'static str> {
    if value.is_empty() || value.len() > LONGEST {
        return Vec::new();
    }
    let types = TYPES.iter().filter(|(_, is)| is(value));
    types.map(|(name, _)| *name).collect()
}

/// An address alone, without a name before it.
fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else {
        return false;
    };
    let is_atom = |atom: &str| {
        let plain =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
        !atom.is_empty() && atom.bytes().all(plain)
    };
    let is_label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty()
            && label.bytes().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    local.len() <= 64 && local.split('.').all(is_atom) && domain.split('.').all(is_label)
}

/// A hash of Git's, whole or cut short as Git does it.
fn is_hash(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (matches!(value.len(), 7..=40) || value.len() == 64) && value.bytes().all(plain)
}

/// An absolute address; one on the web has a host.
fn is_url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once(':') else {
        return false;
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let is_scheme =
        scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(plain);
    let is_text = rest
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte));
    let has_host = match rest.strip_prefix("//") {
        Some(rest) => {
            scheme == "file" || !(rest.is_empty() || rest.starts_with(['/', '?', '#', ':']))
        }
        None => !matches!(scheme, "http" | "https" | "ftp" | "ssh" | "git") && !rest.is_empty(),
    };
    is_scheme && is_text && has_host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_pass_for_what_they_are() {
        for (value, types) in [
            ("https://example.com/a?b=c#d", &["url"][..]),
            ("git@example.com:acme/web", &[]),
            ("ssh://git@example.com/acme/web", &["url"]),
            ("urn:isbn:0451450523", &["url"]),
            ("https:example.com", &[]),
            ("https://", &[]),
            ("https://example.com/a b", &[]),
            ("example.com", &[]),
            ("web@example.com", &["email"]),
            ("o'neil+tag@mail.example.co.uk", &["email"]),
            ("Web <web@example.com>", &[]),
            ("web@@example.com", &[]),
            ("web@example..com", &[]),
            ("deadbee", &["hash"]),
            ("DEADBEE", &[]),
            ("deadbe", &[]),
            ("9f8e7d6c5b4a39281706f5e4d3c2b1a098765432", &["hash"]),
            ("1.2.3", &["semver"]),
            ("1.2.3-rc.1+build.5", &["semver"]),
            ("v1.2.3", &[]),
            ("1.2", &[]),
            ("2026-11-23T10:11:12Z", &["rfc3339"]),
            ("2026-11-23T10:11:12.5+01:00", &["rfc3339"]),
            ("2026-11-23", &[]),
            ("2026-13-23T10:11:12Z", &[]),
            ("MIT", &["spdx"]),
            ("Apache-2.0 OR MIT", &["spdx"]),
            ("GPL-2.0", &["spdx"]),
            ("GPL-2.0-only WITH Classpath-exception-2.0", &["spdx"]),
            ("Apache License 2.0", &[]),
            ("(MIT", &[]),
            ("", &[]),
        ] {
            assert_eq!(looks_like(value), types, "{value}");
        }
    }
}

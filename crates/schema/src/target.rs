//! The releases of Kubernetes that objects are for.

use std::fmt::{Display, Formatter, Result};

/// A range of minor versions of Kubernetes 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The minor version of the oldest release.
    pub oldest: u8,
    /// That of the newest.
    pub newest: u8,
}

impl Target {
    /// The newest minor version of a range without an end.
    pub const OPEN: u8 = 99;

    /// Reads `1.34`, `v1.34.2` or `1.29-1.36`.
    pub fn parse(text: &str) -> Option<Self> {
        let (oldest, newest) = text.split_once('-').unwrap_or((text, text));
        let (oldest, newest) = (minor(oldest.trim())?, minor(newest.trim())?);
        (oldest <= newest).then_some(Self { oldest, newest })
    }

    /// The release that a version begins with, whatever follows: `v1.29.1+k3s1`, `1.29.4-gke.1043000`, `1.29.x`.
    pub fn of_version(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.")?;
        let end = rest.find(|letter: char| !letter.is_ascii_digit());
        let (digits, after) = rest.split_at(end.unwrap_or(rest.len()));
        let is_end = after.is_empty() || after.starts_with(['.', '-', '+', '@']);
        let minor: u8 = digits.parse().ok()?;
        (is_end && (1..100).contains(&minor)).then_some(Self {
            oldest: minor,
            newest: minor,
        })
    }

    /// The smallest range that holds two.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            oldest: self.oldest.min(other.oldest),
            newest: self.newest.max(other.newest),
        }
    }
}

impl Display for Target {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        if self.oldest == self.newest {
            write!(formatter, "1.{}", self.oldest)
        } else if self.newest == Self::OPEN {
            write!(formatter, "1.{} and later", self.oldest)
        } else {
            write!(formatter, "1.{}-1.{}", self.oldest, self.newest)
        }
    }
}

fn minor(release: &str) -> Option<u8> {
    let rest = release.trim_start_matches('v').strip_prefix("1.")?;
    let (minor, patch) = rest.split_once('.').unwrap_or((rest, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let minor = minor.parse().ok().filter(|_| is_number(minor))?;
    (is_number(patch) && (1..100).contains(&minor)).then_some(minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_of_a_release() {
        for (text, expected) in [
            ("v1.29.1+k3s1", Some(29)),
            ("1.29.4-gke.1043000", Some(29)),
            ("1.29.x", Some(29)),
            (" 1.30 ", Some(30)),
            ("v1.31.2@sha256:00", Some(31)),
            ("1.2x", None),
            ("v0.20.0", None),
            ("11.29", None),
            ("latest", None),
        ] {
            let found = Target::of_version(text).map(|target| target.oldest);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_release_or_a_range_is_read() {
        for (text, expected) in [
            ("1.34", Some((34, 34))),
            ("v1.34.2", Some((34, 34))),
            ("1.29-1.36", Some((29, 36))),
            ("1.36-1.29", None),
            ("2.0", None),
            ("1.x", None),
            ("1.29.x", None),
            ("1.400", None),
            ("", None),
        ] {
            let found = Target::parse(text).map(|target| (target.oldest, target.newest));
            assert_eq!(found, expected, "{text}");
        }
        let range = Target::parse("1.29-1.36").map(|target| target.to_string());
        assert_eq!(range.as_deref(), Some("1.29-1.36"));
    }
}

//! What a rule found, as plain data: every room above passes it on, and it knows none of them.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

pub use hullmark_policy::rule::Severity;

use crate::span::{Position, Span};

/// A stretch of one file with the positions a person reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Relative to the working folder, with `/`.
    pub path: Arc<str>,
    /// Bytes of the file's decoded text.
    pub span: Span,
    /// Of the first byte.
    pub start: Position,
    /// Of the byte after the last.
    pub end: Position,
}

/// A second place that belongs to a finding, such as the stage that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What is to be seen there.
    pub message: String,
    /// Where.
    pub location: Location,
}

/// One change of a [`Fix`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub location: Location,
    /// By what.
    pub text: String,
}

/// Why a finding was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The comment that did it.
    pub location: Location,
    /// What follows ` -- ` in the comment.
    pub reason: Option<String>,
}

/// A fault, where it stands and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, `domain/name`.
    pub rule: Arc<str>,
    /// After the configuration's overrides.
    pub severity: Severity,
    /// One line.
    pub message: String,
    /// The peers' ids that this finding satisfies, `peer:ID`.
    pub aliases: Arc<[Arc<str>]>,
    /// The culprit: one key or token.
    pub location: Location,
    /// `Kind/namespace/name` or `Kind/name` of the Kubernetes object it stands in.
    pub resource: Option<Arc<str>>,
    /// Its rule and where it stands, in terms that survive moved lines.
    pub place: Place,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What mends it, if a rule knows.
    pub fix: Vec<Edit>,
    /// The same as long as rule, path, place and ordinal are the same.
    pub fingerprint: Fingerprint,
    /// Set if a comment set it aside.
    pub suppressed: Option<Box<Suppressed>>,
}

/// Findings where they are sorted and passed on. A run may have 100,000, and copies of them side by side would take more
/// memory than all else.
pub type Findings = Vec<Box<Finding>>;

/// A rule, a path, and a structural place such as `Deployment/web/spec/template/spec/containers[name=app]/image`: what they
/// come to as a number, for a run may have 100,000 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place(u128);

impl Place {
    /// The place below the file of that path, as the rule points at it.
    pub fn of(rule: &str, path: &str, place: &str) -> Self {
        let mut hash = Fnv::NEW;
        for part in [rule, path, place] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        Self(hash.0)
    }
}

/// What tells a finding from all others of a report; shown in hexadecimal, as 32 digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Gives each finding its fingerprint. Findings of one rule at one place of one file are told apart by their order, so
/// no two of a report are the same; lines do not count, so a finding keeps its own when they move.
pub fn fingerprints(findings: &mut [Box<Finding>]) {
    let mut seen = FxHashMap::default();
    for finding in findings {
        let mut hash = Fnv(finding.place.0);
        let ordinal: &mut u32 = seen.entry(finding.place).or_default();
        hash.write(&ordinal.to_le_bytes());
        *ordinal += 1;
        finding.fingerprint = Fingerprint(hash.0);
    }
}

/// FNV-1a with 128 bits: the standard library's hashers promise no stable result, and a fingerprint lives for years.
struct Fnv(u128);

impl Fnv {
    const NEW: Self = Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(Self::PRIME);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        let mut hash = Fnv::NEW;
        hash.write(b"a");
        assert_eq!(hash.0, 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}

//! What a rule found, as plain data: every room above passes it on, and it knows none of them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::span::{Position, Span};

/// How much a finding matters; `Info` is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// The word used in metadata, flags and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

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
    /// Where it stands, in terms that survive moved lines: `Deployment/web/spec/template/spec/containers[name=app]/image`.
    pub place: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What mends it, if a rule knows.
    pub fix: Vec<Edit>,
    /// Hexadecimal; the same as long as rule, path, place and ordinal are the same.
    pub fingerprint: String,
    /// Set if a comment set it aside.
    pub suppressed: Option<Box<Suppressed>>,
}

/// Gives each finding its fingerprint. Findings of one rule at one place of one file are told apart by their order, so
/// no two of a report are the same; lines do not count, so a finding keeps its own when they move.
pub fn fingerprints(findings: &mut [Finding]) {
    let mut seen = HashMap::new();
    for finding in findings {
        let mut hash = Fnv::NEW;
        for part in [&*finding.rule, &*finding.location.path, &finding.place] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        let ordinal: &mut u32 = seen.entry(hash.0).or_default();
        hash.write(&ordinal.to_le_bytes());
        *ordinal += 1;
        finding.fingerprint = format!("{:032x}", hash.0);
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

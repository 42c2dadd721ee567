//! A diagnostic: what a rule reports about a file, as plain data. Every layer above passes it on, and it knows none of them.
//!
//! Places are bytes of files; lines and columns are made by whoever draws them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use hullmark_policy::rule::Rule;
pub use hullmark_policy::rule::Severity;

use crate::span::{FileId, FileSpan, Span};

/// A second place that belongs to a diagnostic, such as the stage that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub at: FileSpan,
    /// What is to be seen there.
    pub message: String,
}

/// The comment or annotation that suppresses a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppressedBy {
    /// Its bytes.
    pub at: FileSpan,
    /// The reason it gives: what follows ` -- ` in a comment of ours.
    pub reason: Option<String>,
}

/// What a diagnostic adds to one that is made of several about the same subject: of its rule's family, or of its rule where that
/// reports a subject once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyPart {
    /// The id of the family's rule, or its own.
    pub family: Cow<'static, str>,
    /// The subject, such as a container or a file.
    pub subject: FileSpan,
    /// The family's key for this subject.
    pub key: FingerprintKey,
    /// What the subject is called.
    pub name: Box<str>,
    /// What the message lists; empty if that is nothing.
    pub text: Box<str>,
    /// What the help shows, as YAML; empty if that is nothing.
    pub block: Box<str>,
    /// What ends the message, such as the values that a chart is rendered with; empty if that is nothing.
    pub note: Box<str>,
    /// Whether a value at the diagnostic's place is at fault, not the lack of one.
    pub is_written: bool,
}

/// A diagnostic that became part of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The rule's id.
    pub rule: Arc<str>,
    /// After the configuration's overrides.
    pub severity: Severity,
    /// One line.
    pub message: String,
    /// The ids of other tools' rules that it satisfies.
    pub aliases: Arc<[Arc<str>]>,
    /// The culprit.
    pub primary: FileSpan,
}

/// What a diagnostic in a rendered text says of a collection: that it lacks something, or that all of it is at fault. The place
/// to change is then not where the text comes from that is shown, but where the collection is decided upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The bytes of the collection in the rendered text.
    pub within: Span,
    /// The keys below it that are not there, outermost first.
    pub absent: Vec<String>,
}

/// A fault and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id, `domain/name`.
    pub rule: Arc<str>,
    /// After the configuration's overrides.
    pub severity: Severity,
    /// One line.
    pub message: String,
    /// What to do about it here, in Markdown; `None` if that is what the rule's METADATA says, word for word.
    pub help: Option<Box<str>>,
    /// The ids of other tools' rules that this diagnostic satisfies, `tool:ID`, and those of its members.
    pub aliases: Arc<[Arc<str>]>,
    /// The culprit: one key or token.
    pub primary: FileSpan,
    /// `Kind/namespace/name` or `Kind/name` of the Kubernetes object that it is in.
    pub resource: Option<Arc<str>>,
    /// Its rule and its place in terms that survive moved lines.
    pub key: FingerprintKey,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What it adds to the diagnostic of its family; `None` if its rule is in none.
    pub part: Option<Box<FamilyPart>>,
    /// Those of which it was made, or that it implies.
    pub members: Box<[Member]>,
    /// The same as long as rule, path, structural place and ordinal are the same.
    pub fingerprint: Fingerprint,
    /// What suppresses it, if anything does.
    pub suppressed: Option<Box<SuppressedBy>>,
    /// The collection that it is about, if the text is rendered.
    pub holder: Option<Box<Holder>>,
    /// Whether it is to be expected where it is: it is reported only where its rule is selected by an id or `ALL`.
    pub is_minor: bool,
}

impl Diagnostic {
    /// What to do about it: filled in for this place, else what the `rule` says for every place.
    pub fn help<'d>(&'d self, rule: Option<&'d Rule>) -> &'d str {
        let of_rule = || rule.map_or("", |rule| rule.remediation.trim_end());
        self.help.as_deref().unwrap_or_else(of_rule)
    }
}

/// Diagnostics where they are sorted and passed on. A run may have 100,000, and copies of them side by side would take
/// more memory than all else.
pub type Diagnostics = Vec<Box<Diagnostic>>;

/// A rule and what it is about in a file, such as `Deployment/web/spec/template/spec/containers[name=app]/image`, as the number that they
/// hash to: a run may have 100,000 of them. It stays the same where lines move, neighbours change, or the file gets another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FingerprintKey(u128);

impl FingerprintKey {
    /// The key of a rule's diagnostic at `place`, a structural path inside its file.
    pub fn of(rule: &str, place: &str) -> Self {
        let mut hash = Fnv::NEW;
        for part in [rule, place] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        Self(hash.0)
    }

    /// The key as 64 bits, enough to tell what a rule reports in one file.
    pub fn short(self) -> u64 {
        let bytes = self.0.to_le_bytes();
        let half = |from: usize| {
            let bytes = bytes[from..].iter().take(8);
            bytes.fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
        };
        half(0) ^ half(8)
    }
}

/// What distinguishes a diagnostic from all others of a report; shown in hexadecimal, as 32 digits.
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

/// Gives each diagnostic its fingerprint, from its key and the path of its file. Diagnostics of one rule about one place of one file are
/// numbered in their order, so no two of a report are the same; lines do not count, so a diagnostic keeps its own when they move.
pub fn fingerprints<'p>(
    diagnostics: &mut [Box<Diagnostic>],
    path: &dyn Fn(FileId) -> Option<&'p str>,
) {
    let mut seen = FxHashMap::default();
    for diagnostic in diagnostics {
        let path = path(diagnostic.primary.file).unwrap_or_default();
        let mut hash = Fnv(diagnostic.key.0);
        hash.write(path.as_bytes());
        hash.write(&[0]);
        let ordinal: &mut u32 = seen.entry(hash.0).or_default();
        hash.write(&ordinal.to_le_bytes());
        *ordinal += 1;
        diagnostic.fingerprint = Fingerprint(hash.0);
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

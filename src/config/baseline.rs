//! A baseline: the findings that a project has today, in a file, so that a check shows only what is new.
//!
//! One line a finding, in the order of paths, rules and keys: two branches that both change it merge line by line, and a review sees which finding of which
//! file came or went. What a finding is told by is its [`FingerprintKey`], which neither moved lines nor changed neighbours alter; several of one key are
//! counted.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::config::error::{Error, Mistake, MistakeKind};
use crate::diagnostic::FingerprintKey;
use crate::inert::{clipped, visible};
use crate::regular;

/// The first line of the file.
const HEADER: &str = "# hullmark baseline, version 1: findings that `hullmark check` does not report; written by `hullmark baseline`";

/// What the first line begins with, whatever its words are.
const MARK: &str = "# hullmark baseline, version ";

/// The largest file that is read: a million findings come to less.
pub(super) const LARGEST: u64 = 128 << 20;

/// How much of a line is quoted.
const QUOTED: usize = 60;

/// Findings that are told from others by the same words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The path of the file from the root of the project, with `/`.
    pub path: Box<str>,
    /// The id of the rule.
    pub rule: Box<str>,
    /// What it is about in the file: [`FingerprintKey::short`].
    pub key: u64,
}

impl Entry {
    /// The entry of a rule's finding in the file of that path.
    pub fn new(path: &str, rule: &str, key: FingerprintKey) -> Self {
        Self {
            path: path.into(),
            rule: rule.into(),
            key: key.short(),
        }
    }
}

/// How many findings there are of each entry; none has 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By path, rule and key.
    pub entries: BTreeMap<Entry, u32>,
}

/// The file of a baseline that a configuration names.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Where it is in the checkout, absolute.
    pub path: PathBuf,
    /// How its place is shown.
    pub shown: String,
    /// Its text; `None` if it is not there.
    pub text: Option<String>,
}

impl Stored {
    /// Reads the file at an absolute path, shown from the folder `working`.
    ///
    /// # Errors
    /// If it is there and cannot be read.
    pub fn read(path: &Path, working: &Path) -> Result<Self, Error> {
        let shown = path.strip_prefix(working).unwrap_or(path);
        let shown = shown.to_string_lossy().replace('\\', "/");
        let text = match regular::read_text(path, LARGEST) {
            Ok(text) => Some(text),
            Err(source) if source.kind() == io::ErrorKind::NotFound => None,
            Err(source) => {
                return Err(Error::Unreadable {
                    path: shown,
                    source,
                });
            }
        };
        Ok(Self {
            path: path.to_owned(),
            shown,
            text,
        })
    }

    /// The findings in it; none if it is not there.
    ///
    /// # Errors
    /// If it is no baseline: all mistakes in it.
    pub fn baseline(&self) -> Result<Baseline, Error> {
        let text = self.text.as_deref();
        text.map_or_else(
            || Ok(Baseline::default()),
            |text| Baseline::parse(text, &self.shown),
        )
    }
}

impl Baseline {
    /// Reads a baseline; `shown` is how its place is named. Of two lines of one entry, as a merge may leave them, the higher number counts.
    ///
    /// # Errors
    /// If it is none: all mistakes in it.
    pub fn parse(text: &str, shown: &str) -> Result<Self, Error> {
        let mut found = Self::default();
        let mut mistakes = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let version = text.strip_prefix(MARK);
        let version = version.map(|rest| rest.split([':', '\n', '\r']).next().unwrap_or_default());
        let mut report = |line: usize, what: String| {
            mistakes.push(Mistake {
                place: format!("{shown}:{line}:1"),
                kind: MistakeKind::Syntax(what),
            });
        };
        match version {
            Some("1") => {}
            Some(other) => report(
                1,
                format!("is a baseline of version {}, not 1", clipped(other, QUOTED)),
            ),
            None => report(
                1,
                "is no baseline: `hullmark baseline` writes one".to_owned(),
            ),
        }
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match entry(line) {
                Some((entry, count)) => {
                    let known = found.entries.entry(entry).or_default();
                    *known = count.max(*known);
                }
                None => report(number + 1, what_is_wrong(line)),
            }
        }
        if mistakes.is_empty() {
            Ok(found)
        } else {
            Err(Error::Invalid(mistakes))
        }
    }

    /// Counts one more finding.
    pub fn add(&mut self, entry: Entry) {
        let count = self.entries.entry(entry).or_default();
        *count = count.saturating_add(1);
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        let counts = self.entries.values();
        counts.map(|count| *count as usize).sum()
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Whatever `out` fails with.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{HEADER}")?;
        for (Entry { path, rule, key }, count) in &self.entries {
            let path = escaped(path);
            match count {
                1 => writeln!(out, "{path} {rule} {key:016x}")?,
                count => writeln!(out, "{path} {rule} {key:016x} x{count}")?,
            }
        }
        Ok(())
    }
}

/// `docker/Dockerfile image/latest-tag 4f0c1d2e3a5b6978 x2`, read from its end: a path may hold blanks.
fn entry(line: &str) -> Option<(Entry, u32)> {
    let (rest, last) = line.rsplit_once(' ')?;
    let (rest, key, count) = match last.strip_prefix('x') {
        Some(count) => {
            let (rest, key) = rest.rsplit_once(' ')?;
            (rest, key, count.parse().ok().filter(|count| *count > 0)?)
        }
        None => (rest, last, 1),
    };
    let (path, rule) = rest.rsplit_once(' ')?;
    let is_key = key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_rule = rule.contains('/') && rule.bytes().all(is_of_id);
    if path.is_empty() || !is_key || !is_rule {
        return None;
    }
    let entry = Entry {
        path: plain(path)?.into(),
        rule: rule.into(),
        key: u64::from_str_radix(key, 16).ok()?,
    };
    Some((entry, count))
}

fn is_of_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_')
}

fn what_is_wrong(line: &str) -> String {
    let is_conflict = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
        .iter()
        .any(|mark| line.starts_with(mark));
    if is_conflict {
        return "a conflict that git left: keep the lines of both sides, then run `hullmark baseline --prune`".to_owned();
    }
    format!(
        "`{}` is no entry: `<path> <rule> <16 hexadecimal digits>`, and ` x2` if there are two",
        clipped(line, QUOTED)
    )
}

/// A path with nothing in it that is shown otherwise, or that begins a line of another kind.
fn escaped(path: &str) -> String {
    let mut found = String::with_capacity(path.len());
    for (at, c) in path.char_indices() {
        let is_first = at == 0 && !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '/');
        if visible(c) != c || c == '\t' || matches!(c, '\\' | '#') || is_first {
            // Writing to a String does not fail.
            let _ = write!(found, "\\{{{:x}}}", u32::from(c));
        } else {
            found.push(c);
        }
    }
    found
}

/// The path that [`escaped`] shows; `None` if it is none.
fn plain(shown: &str) -> Option<String> {
    let mut parts = shown.split('\\');
    let mut path = parts.next()?.to_owned();
    for part in parts {
        let (number, rest) = part.strip_prefix('{')?.split_once('}')?;
        path.push(char::from_u32(u32::from_str_radix(number, 16).ok()?)?);
        path.push_str(rest);
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inert::{Inert, Medium};
    use proptest::prelude::*;

    fn written(baseline: &Baseline) -> String {
        let mut out = Vec::new();
        let medium = Medium::Lines { has_escapes: false };
        baseline.write(&mut Inert::new(&mut out, medium)).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_whatever_a_path_holds(paths in proptest::collection::vec("\\PC{1,12}|.{1,6}", 0..8), key in any::<u64>()) {
            let mut baseline = Baseline::default();
            for (number, path) in paths.iter().enumerate() {
                let path = format!("{path}{}", if number % 2 == 0 { "" } else { "::x ##[y]" });
                for _ in 0..=number % 3 {
                    baseline.add(Entry { path: path.as_str().into(), rule: "image/latest-tag".into(), key });
                }
            }
            let text = written(&baseline);
            prop_assert_eq!(text.lines().count(), baseline.entries.len() + 1);
            prop_assert_eq!(Baseline::parse(&text, "b").unwrap(), baseline);
        }
    }

    #[test]
    fn lines_that_a_merge_leaves_twice_count_once() {
        let line = "a b/Dockerfile image/latest-tag 00000000000000ff";
        let text = format!("{HEADER}\n{line}\n{line} x3\n\n");
        let baseline = Baseline::parse(&text, "b").unwrap();
        assert_eq!(
            (baseline.entries.len(), baseline.findings()),
            (1, 3),
            "{baseline:?}"
        );
    }

    #[test]
    fn all_mistakes_are_said_with_their_lines() {
        let error = |text: &str| Baseline::parse(text, "b").unwrap_err().to_string();
        assert_eq!(
            error(""),
            "b:1:1: is no baseline: `hullmark baseline` writes one"
        );
        let text = format!("{HEADER}\na b c\n<<<<<<< HEAD\na x/y 00000000000000ff x0\n");
        let said = error(&text);
        assert!(
            said.contains("b:2:1: `a b c` is no entry")
                && said.contains("b:3:1: a conflict")
                && said.contains("b:4:1: "),
            "{said}"
        );
        let next = "# hullmark baseline, version 2: x\n";
        assert_eq!(error(next), "b:1:1: is a baseline of version 2, not 1");
    }
}

//! Broken files through the whole program: sources, parsers, model, every rule and every report. Whatever is in a file, no rule fails and nothing
//! panics.
//!
//! The mutants are the same in each run. `HULLMARK_MUTANTS` is how many there are, `HULLMARK_MUTANTS_SEED` begins with others, and
//! `HULLMARK_MUTANTS_OF` names a folder of files to begin with instead of the fixtures. Mutants that fail are kept in the folder of temporary files of
//! the build, which the failure names.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hullmark::evaluate::guarded;
use hullmark::lint::{DefaultSeverities, Linter, Options, Outcome};
use hullmark::report::statistics::{self, Grouping};
use hullmark::report::{self, Format, Report, Style};
use hullmark::rules::{self, Catalogue, Settings};
use hullmark::sources::SourceDb;

/// How many mutants there are if nobody says.
const MUTANTS: usize = 1_000;

/// How many are checked together, as the files of a project.
const TOGETHER: usize = 20;

/// The largest file that is changed, in bytes.
const LARGEST: u64 = 64 << 10;

/// Texts that mean something to some parser.
const WORDS: &[&str] = &[
    "${{ ",
    " }}",
    "{{ ",
    "\"",
    "'",
    "`",
    "\\",
    "\\\n",
    "<<EOF",
    "EOF\n",
    "$(",
    ")",
    "${",
    "}",
    "{",
    "[",
    "]",
    ",",
    ": ",
    "- ",
    "---\n",
    "...\n",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "| ",
    "|\n",
    ">-\n",
    "#",
    "# hullmark: ignore[",
    "\t",
    "\r",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{a0}",
    "\u{202e}",
    "ä",
    "😀",
    "ONBUILD ",
    "FROM ",
    "RUN ",
    "ARG ",
    "&& ",
    "; ",
    " | ",
    "kind: List\nitems:\n- ",
    "%",
    "@",
    "1e999",
    "0x",
    "null",
    "~",
    "\u{1b}[31m",
];

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`; 0 if there is none.
    fn below(&mut self, end: usize) -> usize {
        let next = usize::try_from(self.next() >> 33).unwrap();
        if end == 0 { 0 } else { next % end }
    }
}

/// A file to begin with: its path and its bytes.
type Original = (String, Vec<u8>);

fn is_checked(name: &str) -> bool {
    let ends = [".yaml", ".yml", ".json", ".Dockerfile", ".Containerfile"];
    ends.iter().any(|end| name.ends_with(end))
        || ["Dockerfile", "Containerfile"]
            .iter()
            .any(|start| name.starts_with(start))
}

fn originals(folder: &Path, below: &Path, found: &mut Vec<Original>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(below)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            originals(folder, &path, found);
        } else if is_checked(&name) && path.metadata().is_ok_and(|data| data.len() <= LARGEST) {
            let shown = path
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            found.push((shown, fs::read(&path).unwrap()));
        }
    }
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

/// A file with one to four changes: bytes flipped, lines cut, doubled or swapped, a word put in, the end of another file instead of its own.
fn mutant(random: &mut Random, originals: &[Original]) -> Original {
    let (name, bytes) = &originals[random.below(originals.len())];
    let mut bytes = bytes.clone();
    for _ in 0..=random.below(4) {
        let mut rows = lines(&bytes);
        let at = random.below(rows.len());
        match random.below(8) {
            0 | 1 => {
                for _ in 0..=random.below(6) {
                    let place = random.below(bytes.len());
                    if let Some(byte) = bytes.get_mut(place) {
                        *byte ^= 1 << random.below(8);
                    }
                }
                continue;
            }
            2 if !rows.is_empty() => {
                let end = (at + 1 + random.below(3)).min(rows.len());
                rows.drain(at..end);
            }
            3 if !rows.is_empty() => {
                let end = (at + 1 + random.below(8)).min(rows.len());
                let doubled: Vec<Vec<u8>> = rows[at..end].to_vec();
                rows.splice(at..at, doubled);
            }
            4 if !rows.is_empty() => {
                let other = random.below(rows.len());
                rows.swap(at, other);
            }
            5 => {
                let (_, other) = &originals[random.below(originals.len())];
                let mut other = lines(other);
                rows.truncate(at);
                rows.extend(other.split_off(random.below(other.len())));
            }
            6 => {
                let word = WORDS[random.below(WORDS.len())].as_bytes();
                let place = random.below(bytes.len());
                bytes.splice(place..place, word.iter().copied());
                continue;
            }
            _ => {
                bytes.truncate(random.below(bytes.len()));
                continue;
            }
        }
        bytes = rows.concat();
    }
    (name.clone(), bytes)
}

/// What went wrong with files that are checked together.
fn faults(linter: &Linter, catalogue: &Catalogue, mutants: &[Original]) -> Vec<String> {
    let checked = guarded(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let mut db = SourceDb::on_disk(folder);
        let files = mutants.iter().enumerate().map(|(number, (name, bytes))| {
            db.set_text(&format!("m{number}/{name}"), bytes.clone())
        });
        let files: Vec<_> = files.collect();
        let outcome = linter.check_project(&db, &files);
        write(&outcome, catalogue);
        outcome
    });
    let outcome = match checked {
        Ok(outcome) => outcome,
        Err(panic) => return vec![panic],
    };
    let failed = outcome.diagnostics.iter().filter(|diagnostic| {
        ["hullmark/internal-error", "hullmark/rule-error"].contains(&&*diagnostic.rule)
    });
    let failed = failed.map(|diagnostic| {
        let path = outcome
            .sources
            .get(&diagnostic.primary.file)
            .map(|source| source.path.to_string());
        format!("{}: {}", path.unwrap_or_default(), diagnostic.message)
    });
    failed.collect()
}

/// Writes every report.
fn write(outcome: &Outcome, catalogue: &Catalogue) {
    let report = Report {
        files: outcome.files,
        diagnostics: &outcome.diagnostics,
        rules: &catalogue.rules,
        sources: &outcome.sources,
        show_suppressed: true,
        test_data: report::LeftOut::default(),
        owners: None,
    };
    for format in Format::ALL {
        for style in [
            Style::default(),
            Style {
                color: true,
                links: true,
            },
        ] {
            report::write(&report, format, style, &mut io::sink()).unwrap();
        }
    }
    for by in Grouping::ALL {
        for format in [
            Format::Text,
            Format::Json,
            Format::JsonLines,
            Format::Markdown,
        ] {
            statistics::write(&report, by, format, &mut io::sink()).unwrap();
        }
    }
}

#[test]
fn no_mutant_fails_a_rule_or_the_program() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<usize>().unwrap())
    };
    let count = number("HULLMARK_MUTANTS").unwrap_or(MUTANTS);
    let seed = number("HULLMARK_MUTANTS_SEED").unwrap_or_default();
    let folder = std::env::var_os("HULLMARK_MUTANTS_OF").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"),
        PathBuf::from,
    );
    let mut files = Vec::new();
    originals(&folder, &folder, &mut files);
    assert!(files.len() > 100, "{} files", files.len());
    let catalogue = rules::catalogue();
    let numbered = catalogue.rules.iter().enumerate();
    let active = numbered.filter(|(_, rule)| !rule.needs_program());
    let active: Vec<usize> = active.map(|(number, _)| number).collect();
    let settings = Settings::default();
    let linter = Linter::new(Options {
        catalogue: &catalogue,
        active: &active,
        settings: &settings,
        shellcheck: None,
        severities: &DefaultSeverities,
        past: None,
        folds: true,
        today: "2026-11-23".parse().unwrap(),
    });
    let linter = linter.unwrap();
    let mut failures = Vec::new();
    for round in 0..count.div_ceil(TOGETHER) {
        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (((seed + round + 1) as u64) << 20));
        let mutants: Vec<Original> = (0..TOGETHER).map(|_| mutant(&mut random, &files)).collect();
        let found = faults(&linter, &catalogue, &mutants);
        if found.is_empty() {
            continue;
        }
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutants-{}", seed + round));
        for (number, (name, bytes)) in mutants.iter().enumerate() {
            let path = kept.join(format!("m{number}/{name}"));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        failures.extend(
            found
                .iter()
                .map(|fault| format!("{}: {fault}", kept.display())),
        );
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

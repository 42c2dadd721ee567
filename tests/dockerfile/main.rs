//! Dockerfiles are read as two other parsers read them, wherever both accept the file: what a generator writes, whose meaning is
//! known beforehand, and our fixtures.
//!
//! Where the two are known to read otherwise than `BuildKit`, and so than we do:
//! - `parse-dockerfile` takes a doubled escape at the end of a line for a continuation, knows a here-document of `RUN` only as its
//!   first word (and leaves it out), of `COPY` by its content alone, and does not say whether `COPY` was a list;
//! - `dockerfile-parser` knows no here-documents, no escape directive, flags of `FROM` and `COPY` alone and lists of `RUN`, `CMD` and
//!   `ENTRYPOINT` alone; elsewhere they are text. It takes quotes and escapes off values, and reads a list in single quotes as one.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

mod generated;
mod peers;
mod seen;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::generated::{blank, instruction, spelled};
use crate::peers::{first_peer, second_peer};
use crate::seen::{loosened, ours, ours_loosely, without_forms};

/// How many files both read, for each peer.
#[derive(Default)]
struct Both {
    first: Cell<usize>,
    second: Cell<usize>,
}

impl Both {
    fn compare(&self, text: &str) -> Result<(), TestCaseError> {
        if let (Some(ours), Some(theirs)) = (ours(text), first_peer(text)) {
            self.first.set(self.first.get() + 1);
            prop_assert_eq!(without_forms(ours), theirs, "parse-dockerfile: {}", text);
        }
        // Single quotes, or a comma behind the last item, make it no list: BuildKit runs a shell then, dockerfile-parser does not.
        let is_quoted_list = text.contains("['") || text.contains(",]");
        if !is_quoted_list
            && let (Some(ours), Some(theirs)) = (ours_loosely(text), second_peer(text))
        {
            self.second.set(self.second.get() + 1);
            prop_assert_eq!(
                loosened(ours),
                loosened(theirs),
                "dockerfile-parser: {}",
                text
            );
        }
        Ok(())
    }
}

fn dockerfiles(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            dockerfiles(&path, found);
        } else if path
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .ends_with("Dockerfile")
        {
            found.push(path);
        }
    }
}

#[test]
fn fixtures_are_read_as_by_others() {
    let mut files = Vec::new();
    dockerfiles(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"),
        &mut files,
    );
    files.sort();
    let both = Both::default();
    for file in &files {
        let text = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
        if let Err(fault) = both.compare(&text) {
            panic!("{}: {fault}", file.display());
        }
    }
    let (first, second) = (both.first.get(), both.second.get());
    assert!(first * 10 > files.len() * 8, "{first} of {}", files.len());
    assert!(second * 10 > files.len() * 4, "{second} of {}", files.len());
}

#[test]
fn generated_files_are_read_as_written_and_as_by_others() {
    let config = Config {
        cases: 2000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let both = Both::default();
    let one = (
        instruction(),
        prop::collection::vec(blank(), 4),
        any::<bool>(),
    );
    let files = (prop::collection::vec(one, 1..7), prop::bool::weighted(0.2));
    let outcome = runner.run(&files, |(file, is_backtick)| {
        let mut text = if is_backtick {
            "# escape=`\n".to_owned()
        } else {
            String::new()
        };
        text += "FROM scratch\n";
        let escape = if is_backtick { "`" } else { "\\" };
        let mut expected = Vec::new();
        for (written, blanks, is_lower) in &file {
            let blanks = blanks.iter().map(|blank| blank.replace('\\', escape));
            expected.push(written.seen(text.len()));
            text += &spelled(written, &blanks.collect::<Vec<_>>(), *is_lower);
        }
        let ours = ours(&text);
        prop_assert!(ours.is_some(), "{}", text);
        prop_assert_eq!(&ours.unwrap()[1..], &expected[..], "{}", text);
        both.compare(&text)
    });
    outcome.unwrap();
    assert!(both.first.get() > 1500, "{}", both.first.get());
    assert!(both.second.get() > 700, "{}", both.second.get());
}

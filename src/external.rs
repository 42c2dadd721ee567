//! Programs that are installed beside hullmark, and run only where the user asks for it: `ShellCheck` by choosing a rule, git by `--config-from`.
//!
//! Which program that is comes from the user's own environment, never from a file of the project: checking an untrusted repository must not run
//! what the repository names.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

/// How long one script may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much of an answer is read.
const LONGEST_ANSWER: u64 = 16 << 20;

/// The longest script that is handed over; none that is written by hand comes near.
const LONGEST_SCRIPT: usize = 1 << 20;

/// How many variables are declared to a script.
const MOST_VARIABLES: usize = 200;

/// Why a program gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is nowhere on the path.
    #[error(
        "ShellCheck is not installed: install it (https://www.shellcheck.net), or say in HULLMARK_SHELLCHECK where it is"
    )]
    Missing,
    /// It does not start, or stops answering.
    #[error("{}: {source}", program.display())]
    Broken {
        /// The program.
        program: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// It takes longer than a script may.
    #[error("{}: gave no answer in {} seconds", program.display(), PATIENCE.as_secs())]
    Slow {
        /// The program.
        program: PathBuf,
    },
    /// It says something else than a report.
    #[error("{}: gave no report that can be read (ShellCheck 0.7 or later does): {said}", program.display())]
    Unreadable {
        /// The program.
        program: PathBuf,
        /// What it says, one line of it.
        said: String,
    },
}

/// An installed `ShellCheck`.
#[derive(Clone, Debug)]
pub struct ShellCheck {
    program: PathBuf,
}

/// A diagnostic of the program about a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalDiagnostic {
    /// `2086`
    pub code: u32,
    /// `error`, `warning`, `info` or `style`.
    pub level: String,
    /// Its own words.
    pub message: String,
    /// The bytes of the script that it is about.
    pub range: Range<usize>,
}

#[derive(Deserialize)]
struct Report {
    comments: Vec<Comment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    line: usize,
    end_line: usize,
    column: usize,
    end_column: usize,
    level: String,
    code: u32,
    message: String,
}

/// The first program of that name on the path. Relative folders are left out: they may be the checkout's.
pub fn on_path(name: &str, path: Option<&OsStr>) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    let mut folders = path.into_iter().flat_map(env::split_paths);
    folders.find_map(|folder| {
        let program = folder.join(&name);
        (folder.is_absolute() && program.is_file()).then_some(program)
    })
}

impl ShellCheck {
    /// The program that the user names, or else the first of its name on the path. Relative folders are left out.
    ///
    /// # Errors
    /// If there is none.
    pub fn find(named: Option<OsString>, path: Option<&OsStr>) -> Result<Self, Error> {
        if let Some(named) = named.filter(|named| !named.is_empty()) {
            return Ok(Self {
                program: PathBuf::from(named),
            });
        }
        let program = on_path("shellcheck", path).ok_or(Error::Missing)?;
        Ok(Self { program })
    }

    /// What it says about a script in a dialect (`sh`, `bash`, `dash` or `ksh`); `variables` have a value before the script begins.
    ///
    /// # Errors
    /// If the program does not answer, or not with a report.
    pub fn check(
        &self,
        dialect: &str,
        script: &str,
        variables: &[String],
    ) -> Result<Vec<ExternalDiagnostic>, Error> {
        if script.len() > LONGEST_SCRIPT {
            return Ok(Vec::new());
        }
        let preamble = Preamble::new(script, variables);
        let answer = self.run(dialect, &preamble.before(script))?;
        let report: Report =
            serde_json::from_slice(&answer.out).map_err(|_| self.unreadable(&answer))?;
        let starts = line_starts(script);
        let diagnostics = report.comments.into_iter().filter_map(|comment| {
            let start = offset(
                script,
                &starts,
                preamble.line(comment.line)?,
                comment.column,
            );
            let end = preamble.line(comment.end_line);
            let end = end.map(|line| offset(script, &starts, line, comment.end_column));
            Some(ExternalDiagnostic {
                code: comment.code,
                level: comment.level,
                message: comment.message,
                range: start..end.unwrap_or(start).max(start),
            })
        });
        Ok(diagnostics.collect())
    }

    fn run(&self, dialect: &str, script: &str) -> Result<Answer, Error> {
        let broken = |source| Error::Broken {
            program: self.program.clone(),
            source,
        };
        let mut child = Command::new(&self.program)
            .args(["--norc", "--format=json1", "--shell", dialect, "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(broken)?;
        let input = child.stdin.take();
        let script = script.to_owned();
        // It may answer before it has read all, and then both would wait for each other.
        let writer = thread::spawn(move || {
            // What it does not care to read it need not get.
            input.map(|mut input| input.write_all(script.as_bytes()))
        });
        let out = child.stdout.take().map(drained);
        let errors = child.stderr.take().map(drained);
        let ended = wait(&mut child);
        if !matches!(ended, Ok(true)) {
            // It is gone, or will be.
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = writer.join();
        let read = |reader: Option<thread::JoinHandle<Vec<u8>>>| {
            reader
                .and_then(|reader| reader.join().ok())
                .unwrap_or_default()
        };
        let answer = Answer {
            out: read(out),
            errors: read(errors),
        };
        if ended.map_err(broken)? {
            return Ok(answer);
        }
        Err(Error::Slow {
            program: self.program.clone(),
        })
    }

    fn unreadable(&self, answer: &Answer) -> Error {
        let texts = [&answer.errors, &answer.out].map(|bytes| String::from_utf8_lossy(bytes));
        let mut lines = texts.iter().flat_map(|text| text.lines());
        let said = lines.find(|line| !line.trim().is_empty());
        Error::Unreadable {
            program: self.program.clone(),
            said: said.unwrap_or("nothing").chars().take(200).collect(),
        }
    }
}

struct Answer {
    out: Vec<u8>,
    errors: Vec<u8>,
}

/// Reads all that a program writes, beside it.
fn drained(from: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before it broke off is what there is.
        let _ = from.take(LONGEST_ANSWER).read_to_end(&mut bytes);
        bytes
    })
}

/// Whether the program ended by itself in time.
fn wait(child: &mut Child) -> io::Result<bool> {
    let begun = Instant::now();
    let mut pause = Duration::from_millis(1);
    while child.try_wait()?.is_none() {
        if begun.elapsed() > PATIENCE {
            return Ok(false);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
    Ok(true)
}

/// A line that gives variables a value that nobody knows, behind the comments that a script begins with: directives for all of it are there.
struct Preamble {
    text: String,
    /// Where in the script it is put.
    offset: usize,
    /// How many lines are before it.
    lines: usize,
}

impl Preamble {
    fn new(script: &str, variables: &[String]) -> Self {
        let names = variables.iter().filter(|name| is_name(name));
        let names: Vec<&str> = names.map(String::as_str).take(MOST_VARIABLES).collect();
        let mut preamble = Self {
            text: String::new(),
            offset: 0,
            lines: 0,
        };
        if names.is_empty() {
            return preamble;
        }
        let names = names.join(" ");
        preamble.text = format!("read -r {names}; export {names}\n");
        for line in script.split_inclusive('\n') {
            if !(line.trim().is_empty() || line.starts_with('#')) || !line.ends_with('\n') {
                break;
            }
            preamble.offset += line.len();
            preamble.lines += 1;
        }
        preamble
    }

    /// The script with the line in it.
    fn before(&self, script: &str) -> String {
        let (head, rest) = script.split_at(self.offset);
        [head, &self.text, rest].concat()
    }

    /// The line of the script, counted from 0, that a line of the answer means; none for the preamble itself.
    fn line(&self, line: usize) -> Option<usize> {
        let line = line.checked_sub(1)?;
        match (self.text.is_empty(), line.cmp(&self.lines)) {
            (true, _) | (_, std::cmp::Ordering::Less) => Some(line),
            (_, std::cmp::Ordering::Equal) => None,
            (_, std::cmp::Ordering::Greater) => Some(line - 1),
        }
    }
}

fn is_name(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.is_empty()
        && !name.starts_with(|letter: char| letter.is_ascii_digit())
}

fn line_starts(text: &str) -> Vec<usize> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(ends).collect()
}

/// The byte of a line, counted from 0, and a column, counted in characters from 1.
fn offset(text: &str, starts: &[usize], line: usize, column: usize) -> usize {
    let Some(start) = starts.get(line) else {
        return text.len();
    };
    let rest = &text[*start..];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let before = line.chars().take(column.saturating_sub(1));
    start + before.map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bytes_of_the_script_with_or_without_a_preamble() {
        let script = "# one\n\necho ä $x\n";
        let names = ["PATH".to_owned(), "not a name".to_owned()];
        let preamble = Preamble::new(script, &names);
        assert_eq!(
            preamble.before(script),
            "# one\n\nread -r PATH; export PATH\necho ä $x\n"
        );
        assert_eq!(preamble.line(1), Some(0));
        assert_eq!(preamble.line(3), None);
        assert_eq!(preamble.line(4), Some(2));
        let starts = line_starts(script);
        let at = offset(script, &starts, 2, 8);
        assert_eq!(&script[at..], "$x\n");
        assert_eq!(offset(script, &starts, 99, 1), script.len());
        let plain = Preamble::new(script, &[]);
        assert_eq!(
            (plain.before(script).as_str(), plain.line(2)),
            (script, Some(1))
        );
    }

    #[test]
    fn only_absolute_folders_are_searched() {
        let found = ShellCheck::find(None, Some(OsStr::new(".:bin")));
        assert!(matches!(found, Err(Error::Missing)));
        assert!(ShellCheck::find(Some("/opt/shellcheck".into()), None).is_ok());
    }
}

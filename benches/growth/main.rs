//! How what the program takes grows with one dimension of its input: each is grown until it takes a second or has 4 MB, and the
//! exponent of time over bytes between the two largest sizes is printed. Nothing should grow faster than n log n, which is an
//! exponent of 1.15 at most; below 50 ms the start of the program hides the rest, and there is none.
//!
//! `cargo bench --bench growth` runs all; `cargo bench --bench growth -- comment` those whose name has the word.

#![expect(clippy::print_stdout, reason = "what a bench is for")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

mod dimensions;

use crate::dimensions::{ANY, DOCKERFILE, Files, MANIFEST, WORKFLOW};

/// What no exponent should be above.
const STEEPEST: f64 = 1.15;
/// From what time on the next size is not tried.
const LONG: Duration = Duration::from_secs(1);
/// The largest input, in bytes.
const LARGEST: f64 = 4_000_000.0;
/// The first size, and by how much the next is larger.
const FIRST: usize = 250;
const STEP: usize = 4;
/// About how many bytes more that is.
const GROWTH: f64 = 4.0;
/// What can be told from the noise.
const SHORT: f64 = 0.05;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let wanted: Vec<&String> = wanted
        .iter()
        .filter(|word| !word.starts_with('-'))
        .collect();
    let start = Measured::of(&[]).seconds;
    println!("exponent  seconds       MB      bytes  dimension");
    let all = DOCKERFILE.iter().chain(WORKFLOW).chain(MANIFEST).chain(ANY);
    for (name, files) in all {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())) {
            println!("{}", grown(name, *files, start));
        }
    }
}

/// A line about a dimension.
fn grown(name: &str, files: fn(usize) -> Files, start: f64) -> String {
    let mut size = FIRST;
    let (mut last, mut exponent): (Option<Measured>, Option<f64>) = (None, None);
    loop {
        let now = Measured::of(&files(size));
        let (time, bytes) = (now.seconds - start, now.bytes);
        if let Some(before) = &last
            && before.seconds - start > SHORT
        {
            let by_time = (time / (before.seconds - start)).ln();
            exponent = Some(by_time / (bytes / before.bytes).ln());
        }
        let is_last = now.seconds > LONG.as_secs_f64() || bytes * GROWTH > LARGEST;
        last = Some(now);
        if is_last {
            break;
        }
        size *= STEP;
    }
    let last = last.unwrap_or_default();
    let mark = exponent.is_some_and(|exponent| exponent > STEEPEST);
    let exponent = exponent.map_or("-".to_owned(), |exponent| format!("{exponent:.2}"));
    format!(
        "{exponent:>8} {:>8.2} {:>8} {:>10}  {name}{}",
        last.seconds,
        last.megabytes
            .map_or("-".to_owned(), |megabytes| megabytes.to_string()),
        last.bytes,
        if mark { "  STEEP" } else { "" },
    )
}

/// What a run of the program took.
#[derive(Default)]
struct Measured {
    bytes: f64,
    seconds: f64,
    /// The most memory, where the system tells.
    megabytes: Option<u64>,
}

impl Measured {
    fn of(files: &[(String, String)]) -> Self {
        let folder = written(files);
        let mut program = Command::new(env!("CARGO_BIN_EXE_hullmark"));
        program.args(["check", "--isolated", "--exit-zero", "--select", "ALL"]);
        program
            .args(["--format", "json", "."])
            .current_dir(folder.path());
        program.stdout(Stdio::null()).stderr(Stdio::null());
        let begun = Instant::now();
        let mut child = program.spawn().expect("the program was built");
        let mut megabytes = None;
        while child.try_wait().expect("it is ours").is_none() {
            megabytes = peak(child.id()).max(megabytes);
            std::thread::sleep(Duration::from_millis(2));
        }
        let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
        Self {
            bytes: f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)),
            seconds: begun.elapsed().as_secs_f64(),
            megabytes,
        }
    }
}

/// The most memory that a process had so far.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes >> 10)
}

fn written(files: &[(String, String)]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    for (name, text) in files {
        let path: &Path = &folder.path().join(name);
        let above = path.parent().expect("it is in the folder");
        fs::create_dir_all(above).expect("there is room");
        fs::write(path, text).expect("there is room");
    }
    folder
}

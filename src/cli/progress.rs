//! What a person at a terminal sees of a run that takes longer than a moment, and what `--timings` says of it afterwards; all of it on standard error.

use std::env;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::meter::{Meter, Spent, Stage};

/// How long a run is silent.
const SILENT: Duration = Duration::from_secs(1);

/// How often the line is drawn.
const STEP: Duration = Duration::from_millis(150);

/// How many rules `--timings` lists.
const MOST_RULES: usize = 30;

/// A line on standard error that says how many files are checked, and is gone at the end.
pub(super) struct Progress {
    /// Ends the thread.
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins if somebody sees it.
    pub(super) fn begin(meter: &Arc<Meter>, files: usize) -> Self {
        if !is_seen() {
            return Self {
                end: None,
                thread: None,
            };
        }
        let (end, ended) = mpsc::channel();
        let meter = Arc::clone(meter);
        let thread = thread::spawn(move || {
            let mut wait = SILENT;
            let mut is_drawn = false;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                draw(&line(meter.files(), files));
                (wait, is_drawn) = (STEP, true);
            }
            if is_drawn {
                draw("");
            }
        });
        Self {
            end: Some(end),
            thread: Some(thread),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // A line that could not be drawn is no failure of the run.
            let _ = thread.join();
        }
    }
}

/// Whether standard error is a terminal on which a line can be drawn again.
fn is_seen() -> bool {
    io::stderr().is_terminal()
        && env::var_os("TERM").is_none_or(|term| term != "dumb")
        && env::var_os("CI").is_none()
}

/// Replaces the last line.
fn draw(line: &str) {
    let _ = write!(io::stderr(), "\r\u{1b}[K{line}");
    let _ = io::stderr().flush();
}

fn line(done: usize, all: usize) -> String {
    match all {
        all if done < all => format!("hullmark: checked {done} of {all} files"),
        all => format!("hullmark: checked {all} files, comparing them"),
    }
}

/// The table of `--timings`; `before` is what the configuration and the search for files took, `all` the whole run.
pub(super) fn timings(meter: &Meter, before: Duration, all: Duration) -> String {
    let mut text = String::from(
        "  milliseconds  (threads work side by side: parts may add up to more than the run)\n",
    );
    let mut row = |time: Duration, what: &str| {
        // Writing to a String does not fail.
        let _ = writeln!(text, "{:>14.1}  {what}", time.as_secs_f64() * 1000.0);
    };
    row(all, "the run");
    row(before, "configuration, and finding files");
    for stage in Stage::ALL {
        row(meter.stage(stage), stage.name());
    }
    let rules = meter.rules();
    row(
        rules.iter().map(|(_, spent)| spent.time).sum(),
        "rules, and what their findings become",
    );
    for (id, Spent { time, runs }) in rules.iter().take(MOST_RULES) {
        row(*time, &format!("  {id} ({runs} evaluations)"));
    }
    if rules.len() > MOST_RULES {
        let rest = rules[MOST_RULES..]
            .iter()
            .map(|(_, spent)| spent.time)
            .sum();
        row(rest, &format!("  {} other rules", rules.len() - MOST_RULES));
    }
    text
}

/// Writes the table of a run that began at `start`.
pub(super) fn say_timings(meter: &Meter, before: Duration, start: Instant) {
    // If nobody listens, nobody needs to know.
    let _ = write!(io::stderr(), "{}", timings(meter, before, start.elapsed()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_the_run_is() {
        assert_eq!(line(12, 340), "hullmark: checked 12 of 340 files");
        assert_eq!(
            line(340, 340),
            "hullmark: checked 340 files, comparing them"
        );
    }
}

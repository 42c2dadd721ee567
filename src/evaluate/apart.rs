//! Runs a user's rule on a thread of its own, which is abandoned if the rule takes too long or too much memory: a single call
//! of a built-in function may do both, and nothing in the engine stops it.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long one rule may take over one file, or over the project. Instructions are what bounds it, alike on every machine.
pub(super) const TIME: Duration = Duration::from_secs(10);

/// How much longer the engine has to notice that itself.
const GRACE: Duration = Duration::from_secs(5);

/// How long all rules that fail may take together, in milliseconds; then the user's rules do not run any more.
const RUN: u64 = 30_000;

/// By how many bytes the program may grow while a rule runs.
const MEMORY: u64 = 512 << 20;

/// How long to wait between two looks at the memory.
const LOOK: Duration = Duration::from_millis(10);

/// The stack of the thread; the engine recurses over rules and expressions.
const STACK: usize = 16 << 20;

/// The size of a page where nobody says otherwise.
const PAGE: u64 = 4096;

/// How long the rules that failed took so far, in milliseconds.
static FAILED: AtomicU64 = AtomicU64::new(0);

/// What `run` gives, or why it was not waited for.
pub(super) fn run<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    if FAILED.load(Ordering::Relaxed) > RUN {
        return Err(
            "not run: the rules of this project that failed took all the time that they may take"
                .to_owned(),
        );
    }
    let begun = Instant::now();
    let found = wait(run, begun);
    if found.is_err() {
        let taken = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        FAILED.fetch_add(taken, Ordering::Relaxed);
    }
    found
}

fn wait<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, String> + Send + 'static,
    begun: Instant,
) -> Result<T, String> {
    let before = resident();
    let (sender, receiver) = mpsc::channel();
    let thread = thread::Builder::new().stack_size(STACK).spawn(move || {
        // Nobody listens if the rule was abandoned.
        _ = sender.send(run());
    });
    if let Err(error) = thread {
        return Err(format!("no thread to run it: {error}"));
    }
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(found) => return found,
            Err(RecvTimeoutError::Disconnected) => return Err("panicked".to_owned()),
            Err(RecvTimeoutError::Timeout) if begun.elapsed() > TIME + GRACE => {
                return Err(too_long());
            }
            Err(RecvTimeoutError::Timeout) => {
                if resident() > before.saturating_add(MEMORY) {
                    return Err(format!("took more than {} MiB of memory", MEMORY >> 20));
                }
            }
        }
    }
}

/// What is said of a rule that takes too long.
pub(super) fn too_long() -> String {
    format!("took longer than {} seconds", TIME.as_secs())
}

/// How many bytes of memory the program takes; 0 where the system does not tell.
fn resident() -> u64 {
    let read = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = read.split_whitespace().nth(1);
    pages
        .and_then(|pages| pages.parse::<u64>().ok())
        .unwrap_or(0)
        .saturating_mul(PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_takes_too_much_memory_is_abandoned() {
        assert_eq!(run(|| Ok(1)), Ok(1));
        assert_eq!(run::<()>(|| Err("no".to_owned())), Err("no".to_owned()));
        let found = run(|| {
            let mut held: Vec<Vec<u8>> = Vec::new();
            while held.len() < 1024 {
                held.push(vec![1; 1 << 20]);
                thread::sleep(Duration::from_millis(1));
            }
            Ok(held.len())
        });
        if cfg!(target_os = "linux") {
            let message = found.unwrap_err();
            assert!(message.contains("512 MiB"), "{message}");
        }
    }
}

//! What a run spends its time on, and how far it is. Nothing of it is in a report.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Part of a run. Threads work side by side, so that all parts together may take longer than the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading files.
    Read,
    /// Their trees.
    Parse,
    /// The rows of the tables.
    Model,
    /// Suppressions in comments.
    Suppressions,
    /// Charts and kustomizations, with what is judged of them.
    Deployed,
}

impl Stage {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [
        Self::Read,
        Self::Parse,
        Self::Model,
        Self::Suppressions,
        Self::Deployed,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "reading files",
            Self::Parse => "parsers",
            Self::Model => "model",
            Self::Suppressions => "suppressions",
            Self::Deployed => "charts and kustomizations, with their parsers, model and rules",
        }
    }
}

/// Counts files and, if it is asked to, time.
#[derive(Debug, Default)]
pub struct Meter {
    is_timed: bool,
    files: AtomicUsize,
    /// Nanoseconds of each of [`Stage::ALL`].
    stages: [AtomicU64; 5],
    /// By the rules' ids.
    rules: Mutex<BTreeMap<Arc<str>, Spent>>,
}

/// What a rule took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// How long.
    pub time: Duration,
    /// In how many evaluations.
    pub runs: usize,
}

impl Meter {
    /// One that measures time too.
    pub fn timed() -> Self {
        Self {
            is_timed: true,
            ..Self::default()
        }
    }

    /// Notes that a file was checked.
    pub fn add_file(&self) {
        self.files.fetch_add(1, Ordering::Relaxed);
    }

    /// How many files were checked.
    pub fn files(&self) -> usize {
        self.files.load(Ordering::Relaxed)
    }

    /// The time since `start` belongs to a rule, or to nobody if there was none.
    pub fn add_rule(&self, id: &Arc<str>, start: Option<Instant>) {
        if let (Some(start), Ok(mut rules)) = (start, self.rules.lock()) {
            let spent = rules.entry(Arc::clone(id)).or_default();
            spent.time += start.elapsed();
            spent.runs += 1;
        }
    }

    /// How long a stage took.
    pub fn stage(&self, stage: Stage) -> Duration {
        Duration::from_nanos(self.stages[stage as usize].load(Ordering::Relaxed))
    }

    /// What the rules took, the longest first.
    pub fn rules(&self) -> Vec<(Arc<str>, Spent)> {
        let rules = self.rules.lock().map(|rules| rules.clone());
        let mut rules: Vec<(Arc<str>, Spent)> = rules.unwrap_or_default().into_iter().collect();
        rules.sort_by(|a, b| b.1.time.cmp(&a.1.time).then_with(|| a.0.cmp(&b.0)));
        rules
    }
}

/// Now, if somebody asks.
pub fn now(meter: Option<&Meter>) -> Option<Instant> {
    meter.filter(|meter| meter.is_timed).map(|_| Instant::now())
}

/// What `work` gives; the time that it takes belongs to the stage.
pub fn timed<T>(meter: Option<&Meter>, stage: Stage, work: impl FnOnce() -> T) -> T {
    let start = now(meter);
    let made = work();
    if let (Some(meter), Some(start)) = (meter, start) {
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        meter.stages[stage as usize].fetch_add(nanos, Ordering::Relaxed);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_measured_where_it_is_asked_for() {
        let (timed_one, other) = (Meter::timed(), Meter::default());
        for meter in [&timed_one, &other] {
            let pause = || std::thread::sleep(Duration::from_millis(2));
            timed(Some(meter), Stage::Parse, pause);
            let start = now(Some(meter));
            pause();
            meter.add_rule(&Arc::from("a/b"), start);
            meter.add_file();
        }
        assert!(timed_one.stage(Stage::Parse) >= Duration::from_millis(2));
        assert_eq!(timed_one.stage(Stage::Model), Duration::ZERO);
        assert_eq!(timed_one.rules()[0].1.runs, 1);
        assert_eq!((other.files(), other.rules().len()), (1, 0));
        assert_eq!(other.stage(Stage::Parse), Duration::ZERO);
    }
}

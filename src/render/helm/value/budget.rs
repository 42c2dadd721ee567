//! What is left of a rendering's limits.

use std::cell::Cell;

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::limits;

/// Counts steps and bytes; shared by all that walk values.
#[derive(Debug)]
pub struct Budget {
    steps: Cell<u64>,
    bytes: Cell<u64>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: Cell::new(limits::STEPS),
            bytes: Cell::new(limits::OUTPUT_BYTES),
        }
    }
}

impl Budget {
    /// Takes a step.
    pub fn step(&self) -> Fallible<()> {
        self.steps(1)
    }

    /// Takes several steps.
    pub fn steps(&self, count: usize) -> Fallible<()> {
        match self.steps.get().checked_sub(count as u64) {
            Some(left) => self.steps.set(left),
            None => return fault(format!("the chart takes more than {} steps", limits::STEPS)),
        }
        Ok(())
    }

    /// Visits a value at a depth of nesting.
    pub fn visit(&self, depth: u32) -> Fallible<()> {
        if depth > limits::VALUE_DEPTH {
            return fault(format!(
                "value is nested more than {} levels deep",
                limits::VALUE_DEPTH
            ));
        }
        self.step()
    }

    /// Whether a text that is being made is not too long yet.
    pub fn fits(bytes: usize) -> Fallible<()> {
        if bytes > limits::TEXT_BYTES {
            return fault(format!("text is larger than {} bytes", limits::TEXT_BYTES));
        }
        Ok(())
    }

    /// Makes a text of some bytes.
    pub fn text(&self, bytes: usize) -> Fallible<()> {
        Self::fits(bytes)?;
        match self.bytes.get().checked_sub(bytes as u64) {
            Some(left) => self.bytes.set(left),
            None => {
                return fault(format!(
                    "the chart makes more than {} bytes",
                    limits::OUTPUT_BYTES
                ));
            }
        }
        Ok(())
    }

    /// Makes a list of some elements.
    pub fn list(&self, items: usize) -> Fallible<()> {
        if items > limits::LIST_ITEMS {
            return fault(format!(
                "list has more than {} elements",
                limits::LIST_ITEMS
            ));
        }
        // An element costs memory rather than time.
        self.steps(items / 16)
    }
}

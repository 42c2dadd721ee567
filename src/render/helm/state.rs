//! The state of a rendering that functions read and write too.

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::render::helm::fault::Fault;
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::{Val, Value};
use crate::render::place::{Origins, Place};

/// What a rendering remembers.
#[derive(Default)]
pub struct State {
    /// The files, frames and missing keys that places refer to.
    pub origins: Origins,
    /// What is left of the limits.
    pub budget: Budget,
    /// The frame that runs.
    pub via: u32,
    /// The command that runs.
    pub site: Place,
    /// Whether `required` and `fail` are passed over.
    pub is_lenient: bool,
    /// What `required` and `fail` said while they were passed over, in order.
    pub passed_over: Vec<Fault>,
    /// The patterns that were compiled.
    pub patterns: FxHashMap<String, Result<Regex, String>>,
}

impl State {
    /// A value that stands in for another, which is missing or empty, and remembers where that one would be set.
    pub fn standing_in(&mut self, stand_in: Val, other: &Val) -> Val {
        let hole = match other.hole {
            0 => self.origins.hole_at(other.at),
            hole => hole,
        };
        stand_in.with_hole(hole)
    }

    /// Nothing, with the key that is missing.
    pub fn missing(&mut self, map: &Val, name: &str, typed: bool) -> Val {
        Val {
            hole: self.origins.hole_of(map.at, map.hole, name),
            unknown: map.unknown,
            ..Value::Nil { typed }.into()
        }
    }
}

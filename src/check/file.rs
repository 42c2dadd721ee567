//! What one file is: its tree, its rows, and what an installed program says about its scripts.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hullmark_tables::faults;

use crate::check::{Request, remarks};
use crate::model::table::TableSet;
use crate::model::{self, FileTables};
use crate::parse::problem::Problem;
use crate::parse::{self, Parsed};
use crate::sources::{ReadProblem, Source};
use crate::span::Span;

/// Tree and rows of a file. A panic in either is a fault of ours that costs this file alone, and is said.
pub(super) fn facts_of(
    number: u32,
    source: &Source,
    problem: Option<&ReadProblem>,
    tables: TableSet,
) -> (Parsed, FileTables) {
    let built =
        catch_unwind(AssertUnwindSafe(|| {
            let mut parsed = parse::parse(source);
            parsed.problems.extend(problem.map(|problem| {
                Problem::new(faults::UNREADABLE_FILE, problem.span, &problem.message)
            }));
            let facts = model::build(number, source, &parsed, tables);
            (parsed, facts)
        }));
    built.unwrap_or_else(|_| {
        let message = "hullmark failed on this file; please report it with the file";
        let span = Span::new(0, source.text.find('\n').unwrap_or(source.text.len()));
        let empty = Source {
            path: Arc::clone(&source.path),
            kind: source.kind,
            text: String::new(),
            lines: crate::span::Lines::of(""),
            surroundings: None,
        };
        let mut parsed = parse::parse(&empty);
        parsed.problems = vec![Problem::new(faults::INTERNAL_ERROR, span, message)];
        let facts = model::build(number, source, &parsed, tables);
        (parsed, facts)
    })
}

/// What `ShellCheck` says about the file's scripts, if it is asked.
pub(super) fn remark(request: &Request, facts: &mut FileTables) -> Result<(), String> {
    let asked = request.shellcheck.filter(|_| !facts.scripts.is_empty());
    asked.map_or(Ok(()), |program| {
        remarks::fill(facts, program).map_err(|error| error.to_string())
    })
}

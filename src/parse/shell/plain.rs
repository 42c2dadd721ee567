//! Scripts of simple commands, alone or in plain compound ones, as nearly all are, read without the grammar: it takes most
//! of the time that a short script costs. What is read here is what [`super::grammar`] would have read; all else is left to
//! it.

mod block;
mod compound;
mod reader;
mod settled;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::build::Builder;
use super::frame::{Context, Frame, Seat};
use super::script::Command;
use super::word::Word;

/// Longer scripts are the grammar's to refuse.
const MAX_LENGTH: usize = 64 * 1024;

/// Commands that follow each other.
type List = Vec<Pipeline>;

/// Commands that hand their output on, and where they stand.
#[derive(Default)]
struct Pipeline {
    before: &'static str,
    is_negated: bool,
    steps: Vec<Step>,
    range: Range<usize>,
}

enum Step {
    Simple(Command),
    /// A compound command and where its output goes.
    Compound(Compound, Vec<Word>),
}

/// Lists that stand under one head.
enum Compound {
    Group(List),
    Subshell(List),
    /// Conditions with what follows when they hold; `else` has none.
    If(Vec<(Option<List>, List)>),
    /// What is asked, and what is done: `while` and `until`.
    Loop(List, List),
    /// A variable, whether its values are plain words, these, and what is done.
    For(String, bool, Vec<Word>, List),
}

/// Reads the stretch `range`; false, and nothing is read, if anything in it is more than plain.
pub(super) fn read(
    builder: &mut Builder,
    frame: &Frame,
    range: Range<usize>,
    context: Context,
) -> bool {
    if range.len() > MAX_LENGTH {
        return false;
    }
    let Some(lists) = block::read(frame.text, range) else {
        return false;
    };
    for list in lists {
        hand_over(builder, frame, list, context);
    }
    true
}

/// Gives the builder what the grammar's tree would have given it.
fn hand_over(builder: &mut Builder, frame: &Frame, list: List, context: Context) {
    let befores: Vec<&'static str> = list.iter().map(|pipeline| pipeline.before).collect();
    for (number, pipeline) in list.into_iter().enumerate() {
        let length = pipeline.steps.len();
        let name = builder.pipeline(length);
        builder.end_pipeline(frame, name, pipeline.range);
        let seat = Seat {
            pipeline: name,
            before: pipeline.before,
            after: befores.get(number + 1).copied().unwrap_or(";"),
            is_negated: pipeline.is_negated,
            ..Seat::default()
        };
        let context = Context {
            in_subshell: context.in_subshell || length > 1,
            ..context
        };
        for (place, step) in pipeline.steps.into_iter().enumerate() {
            let seat = Seat {
                place: u32::try_from(place).unwrap_or(u32::MAX),
                is_last: place + 1 == length,
                ..seat
            };
            match step {
                Step::Simple(command) => builder.command(frame, command, &[], seat, context),
                Step::Compound(compound, targets) => {
                    hand_over_compound(builder, frame, compound, context);
                    for target in targets {
                        builder.loose(frame, &[target], context);
                    }
                }
            }
        }
    }
}

fn hand_over_compound(builder: &mut Builder, frame: &Frame, compound: Compound, context: Context) {
    let condition = Context {
        in_condition: true,
        ..context
    };
    match compound {
        Compound::Group(list) => hand_over(builder, frame, list, context),
        Compound::Subshell(list) => {
            let known = (builder.is_errexit, builder.is_pipefail);
            let inside = Context {
                in_subshell: true,
                ..context
            };
            hand_over(builder, frame, list, inside);
            (builder.is_errexit, builder.is_pipefail) = known;
        }
        Compound::If(branches) => {
            for (asked, list) in branches {
                if let Some(asked) = asked {
                    hand_over(builder, frame, asked, condition);
                }
                hand_over(builder, frame, list, context);
            }
        }
        Compound::Loop(asked, list) => {
            hand_over(builder, frame, asked, condition);
            hand_over(builder, frame, list, context);
        }
        Compound::For(variable, are_plain, words, list) => {
            builder.script.loops.push((variable, are_plain));
            for word in words {
                builder.loose(frame, &[word], context);
            }
            hand_over(builder, frame, list, context);
        }
    }
}

//! `format('{0} of {1}', …)`: placeholders and arguments that do not meet.

use rustc_hash::FxHashSet;

use crate::model::workflow::expression_scope::Fault;
use crate::parse::expression::Expression;
use hullmark_tables::faults;

/// `format` with a string that is written there.
pub(super) fn formats(expression: &Expression, found: &mut Vec<Fault>) {
    for function in expression
        .functions
        .iter()
        .filter(|function| function.name == "format")
    {
        let start = function.span.start;
        let mut inside = expression.literals.iter().filter(|literal| {
            literal.is_string && start <= literal.span.start && literal.span.start <= start + 8
        });
        let Some(literal) = inside.next() else {
            continue;
        };
        let given = function.arguments.saturating_sub(1);
        let mut push = |kind, message| {
            found.push(Fault {
                help: None,
                kind,
                span: function.span,
                message,
            });
        };
        match placeholders(&literal.text) {
            None => push(
                faults::INVALID_FORMAT_STRING,
                format!("`{}` has a brace that is no placeholder", literal.text),
            ),
            Some(numbers) => {
                if let Some(number) = numbers.iter().find(|number| **number >= given) {
                    push(
                        faults::FORMAT_ARG_COUNT_MISMATCH,
                        format!("`{{{number}}}` has no argument"),
                    );
                } else if let Some(number) = (0..given).find(|number| !numbers.contains(number)) {
                    push(
                        faults::FORMAT_ARGS,
                        format!("the argument for `{{{number}}}` is not used"),
                    );
                }
            }
        }
    }
}

/// The numbers in `{0}`, or `None` if a brace is out of place.
fn placeholders(text: &str) -> Option<FxHashSet<usize>> {
    let mut numbers = FxHashSet::default();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let tail = &rest[at..];
        if tail.starts_with("{{") || tail.starts_with("}}") {
            rest = &tail[2..];
            continue;
        }
        let inside = tail.strip_prefix('{')?;
        let end = inside.find('}')?;
        numbers.insert(inside[..end].parse().ok()?);
        rest = &inside[end + 1..];
    }
    Some(numbers)
}

/// Whether nothing that a run decides goes into the expression.
pub(super) fn is_constant(expression: &Expression) -> bool {
    const PURE: &[&str] = &[
        "contains",
        "startswith",
        "endswith",
        "format",
        "join",
        "tojson",
        "fromjson",
    ];
    expression.contexts.is_empty()
        && !expression.text.is_empty()
        && expression
            .functions
            .iter()
            .all(|function| PURE.contains(&function.name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbers_in_braces() {
        assert_eq!(placeholders("{0} {{x}} {1}").unwrap().len(), 2);
        assert!(placeholders("{0").is_none());
        assert!(placeholders("{abc}").is_none());
    }
}

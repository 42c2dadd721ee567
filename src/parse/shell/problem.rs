//! How a place that breaks the grammar is told.

use std::ops::Range;

use super::tree::{Fault, Tree};

/// Where a script that fills `range` of the text breaks the grammar, whether the token there is what does not fit (not just the
/// last one of a script that ends too early), and what to say about it; `None` if there is nothing to say.
pub(super) fn explain(
    tree: &Tree,
    text: &str,
    range: Range<usize>,
) -> Option<(Range<usize>, bool, String)> {
    let problem = tree.problem()?;
    let place = problem.range.clone();
    Some(match problem.fault {
        Fault::Unclosed(what) => (place, true, what.to_owned()),
        Fault::Unexpected => {
            let place = match text.get(place.clone()) {
                Some("\n") => last_token(text, range.start..place.start),
                _ => place,
            };
            let token = text.get(place.clone()).unwrap_or_default();
            let message = unexpected(token);
            (place, true, message)
        }
        Fault::Ended => {
            let message = ENDED.to_owned();
            (last_token(text, range), false, message)
        }
        Fault::OpenDocument | Fault::TooDeep => return None,
    })
}

/// What is said of a script that ends too early.
pub(super) const ENDED: &str = "the script ends before what it begins is closed";

/// Why a token cannot be where it is.
pub(super) fn unexpected(token: &str) -> String {
    let token = token.escape_debug();
    match token.to_string().as_str() {
        ";;" => "`;;` is only valid at the end of a `case` branch".to_owned(),
        "fi" | "then" | "else" | "elif" => {
            format!("`{token}` without an `if` before it, or without `;` in front of it")
        }
        "done" | "do" => {
            format!("`{token}` without a loop before it, or without `;` in front of it")
        }
        "esac" => "`esac` without a `case` before it, or without `;;` in front of it".to_owned(),
        ")" | "}" => format!("`{token}` closes nothing that is open here"),
        "|" | "||" | "&&" | ";" | "&" => {
            format!("no command between `{token}` and what is before it")
        }
        _ => format!("unexpected `{token}`"),
    }
}

/// The last token of a stretch.
fn last_token(text: &str, range: Range<usize>) -> Range<usize> {
    let is_blank = |c: char| c.is_whitespace() || c == ';';
    let stretch = text.get(range.clone()).unwrap_or_default();
    let stretch = stretch.trim_end_matches(is_blank);
    let start = stretch.rfind(is_blank).map_or(0, |blank| {
        blank + stretch[blank..].chars().next().map_or(1, char::len_utf8)
    });
    range.start + start..range.start + stretch.len()
}

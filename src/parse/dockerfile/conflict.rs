//! Merge conflicts that were committed: the markers of Git and the two versions between them.

use std::borrow::Cow;

use crate::parse::problem::Problem;
use crate::span::Span;
use hullmark_tables::faults;

/// How many conflicts of a file are reported.
const MOST: usize = 20;

/// The text with each conflict reduced to its first version; the other lines become comments of the same length, so that every byte stays where it was.
pub(super) fn without<'t>(text: &'t str, problems: &mut Vec<Problem>) -> Cow<'t, str> {
    if !text.contains("<<<<<<< ") || !text.contains("\n=======") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut offset = 0;
    // Where the open conflict begins, and whether its first version is over.
    let mut open: Option<(usize, bool)> = None;
    let mut found = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end();
        let is_marker = |sign: &str| {
            shown == sign
                || shown
                    .strip_prefix(sign)
                    .is_some_and(|rest| rest.starts_with(' '))
        };
        match open {
            None if is_marker("<<<<<<<") && has_end(&text[offset..]) => {
                open = Some((offset, false));
                comment(line, &mut out);
            }
            Some((start, _)) if is_marker(">>>>>>>") => {
                open = None;
                found += 1;
                if found <= MOST {
                    let span = Span::new(start, offset + shown.len());
                    problems.push(Problem::new(
                        faults::MERGE_CONFLICT,
                        span,
                        "unresolved merge conflict",
                    ));
                }
                comment(line, &mut out);
            }
            Some((start, _)) if is_marker("=======") || is_marker("|||||||") => {
                open = Some((start, true));
                comment(line, &mut out);
            }
            Some((_, true)) => comment(line, &mut out),
            _ => out.push_str(line),
        }
        offset += line.len();
    }
    Cow::Owned(out)
}

/// Whether the conflict that a text begins with is closed; an open one would hide the rest of the file.
fn has_end(text: &str) -> bool {
    text.contains("\n=======") && text.contains("\n>>>>>>>")
}

/// The line as a comment of as many bytes.
fn comment(line: &str, out: &mut String) {
    for (number, byte) in line.bytes().enumerate() {
        out.push(match byte {
            b'\n' | b'\r' => char::from(byte),
            _ if number == 0 => '#',
            _ => ' ',
        });
    }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn the_first_version_stays_where_it_was() {
        let text = "FROM a\n<<<<<<< HEAD\nRUN b\n=======\nRUN \u{e9}\n>>>>>>> x\nRUN d\n";
        let mut problems = Vec::new();
        let out = without(text, &mut problems);
        assert_eq!(out.len(), text.len());
        assert!(out.contains("RUN b") && !out.contains('\u{e9}') && out.ends_with("RUN d\n"));
        assert_eq!(problems.len(), 1);
        let open = "FROM a\n<<<<<<< HEAD\nRUN b\n=======\n";
        assert_eq!(without(open, &mut problems), open);
    }
}

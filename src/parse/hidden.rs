//! Characters that a reader does not see: text that runs the other way, and spaces without a width.

use crate::parse::problem::Problem;
use crate::span::Span;
use hullmark_tables::faults;

/// How many lines of a file are told of.
const LINES: usize = 100;

/// Notes the first such character of each line.
pub(super) fn find(text: &str, problems: &mut Vec<Problem>) {
    if text.is_ascii() {
        return;
    }
    let mut start = 0;
    let mut left = LINES;
    for line in text.split_inclusive('\n') {
        if left > 0
            && let Some((span, message)) = first(line, start)
        {
            problems.push(Problem::new(faults::HIDDEN_CHARACTERS, span, message));
            left -= 1;
        }
        start += line.len();
    }
}

/// From how many invisible spaces on a line is padded with them, as mails are so that their preview ends there.
const PADDING: usize = 12;

/// Whether a letter is a space without a width, or a mark that is as invisible.
fn is_padding(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{34f}'
    )
}

fn first(line: &str, start: usize) -> Option<(Span, String)> {
    if line.is_ascii() {
        return None;
    }
    let is_comment = line.trim_start().starts_with(['#', '\u{feff}']);
    let is_padded = line.chars().filter(|letter| is_padding(*letter)).count() > PADDING;
    let mut before = None;
    for (offset, letter) in line.char_indices() {
        let at = start + offset;
        let fault = match letter {
            _ if turns(letter) => Some("changes the order in which the text after it is shown"),
            // Marks the flags of regions: a black flag, and the letters of the region in tags.
            '\u{e0000}'..='\u{e007f}' if !before.is_some_and(is_flag) => Some("is invisible"),
            '\u{200b}' | '\u{2060}' | '\u{feff}' if !is_comment && !is_padded && at > 0 => {
                Some("is invisible")
            }
            _ => None,
        };
        if let Some(fault) = fault {
            let number = u32::from(letter);
            let span = Span::new(at, at + letter.len_utf8());
            return Some((span, format!("character `U+{number:04X}` {fault}")));
        }
        before = Some(letter);
    }
    None
}

/// Whether it changes the direction of what follows: the embeddings, overrides and isolates of Unicode's annex 9.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_flag(letter: char) -> bool {
    matches!(letter, '\u{1f3f4}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<(u32, u32)> {
        let mut problems = Vec::new();
        find(text, &mut problems);
        let spans = problems.iter().map(|problem| problem.span);
        spans.map(|span| (span.start, span.end)).collect()
    }

    #[test]
    fn what_hides_is_found_where_it_stands() {
        assert_eq!(spans("RUN a\u{202e}b\nRUN \u{200b}c\n"), [(5, 8), (14, 17)]);
        assert_eq!(spans("# a\u{2067}\n"), [(3, 6)]);
        assert_eq!(spans("a\u{e0041}\n"), [(1, 5)]);
    }

    #[test]
    fn what_scripts_and_pictures_need_is_none() {
        assert!(spans("LABEL a=\u{1f468}\u{200d}\u{1f4bb} b=\u{646}\u{200c}\u{6cc}\n").is_empty());
        assert!(spans("# a\u{200b}b\nLABEL c=\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}\n").is_empty());
        let preview = "\u{200c}\u{200b}\u{200d}\u{feff}".repeat(20);
        assert!(spans(&format!("<div>{preview}</div>\n")).is_empty());
        assert!(spans("LABEL a=\u{5e9}\u{5dc}\u{5d5}\u{5dd}\n").is_empty());
    }
}

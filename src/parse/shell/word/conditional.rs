//! The words of a `[[ … ]]`.

use std::ops::Range;

use super::{Text, Word, next};

/// The words that fill `range`, from `[[` on; operators among them are none.
pub fn of_test(text: Text, range: Range<usize>) -> Vec<Word> {
    let Range { start: mut at, end } = range;
    let mut words = Vec::new();
    while at < end {
        let rest = text.masked.get(at..end).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        if blank > 0 {
            at += blank;
            continue;
        }
        let word = next(text, at, text.masked.len());
        if word.range.is_empty() {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        at = word.range.end;
        words.push(word);
    }
    words
}

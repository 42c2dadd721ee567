//! Words of an instruction: divided by blanks, quotes kept together, or the strings of a JSON list.

use crate::parse::dockerfile::Word;
use crate::span::LocatedText;

/// How many words of an instruction are told apart. Each becomes rows, and megabytes of words would be gigabytes of rows.
const MOST: usize = 5_000;

/// Ranges of the words of `text` from the byte `from`; blanks inside quotes and behind an escape do not divide when `quotes` count.
pub(super) fn ranges(
    text: &str,
    from: usize,
    escape: char,
    quotes: bool,
) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut letters = text[from..].char_indices();
    while let Some((offset, letter)) = letters.next() {
        let offset = from + offset;
        if quote.is_none() && letter.is_whitespace() {
            if let Some(start) = start.take() {
                found.push(start..offset);
                if found.len() >= MOST {
                    return found;
                }
            }
            continue;
        }
        start.get_or_insert(offset);
        if !quotes {
            continue;
        }
        match quote {
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if open == letter => quote = None,
            _ if letter == escape && quote != Some('\'') => {
                letters.next();
            }
            _ => {}
        }
    }
    if let Some(start) = start {
        found.push(start..text.len());
    }
    found
}

/// The words in those ranges.
pub(super) fn words(text: &LocatedText, ranges: Vec<std::ops::Range<usize>>) -> Vec<Word> {
    let words = ranges.into_iter().map(|range| Word {
        text: text.text[range.clone()].to_owned(),
        span: text.span(range),
    });
    words.collect()
}

/// The items of a JSON list of strings, as `BuildKit` takes it; nothing if the text is none.
pub(super) fn exec(text: &LocatedText) -> Option<Vec<Word>> {
    let trimmed = text.text.trim();
    if !trimmed.starts_with('[') {
        return None;
    }
    let items: Vec<String> = serde_json::from_str(trimmed).ok()?;
    let mut ranges = Vec::new();
    let mut start = None;
    let mut letters = text.text.char_indices();
    while let Some((offset, letter)) = letters.next() {
        match (letter, start) {
            ('"', None) => start = Some(offset),
            ('"', Some(open)) => {
                ranges.push(open..offset + 1);
                start = None;
            }
            ('\\', Some(_)) => {
                letters.next();
            }
            _ => {}
        }
    }
    let words = items.into_iter().zip(ranges).map(|(item, range)| Word {
        text: item,
        span: text.span(range),
    });
    Some(words.collect())
}

/// A word without its quotes and escapes.
pub fn unquote(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    let mut quote = None;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('\\', None) => plain.extend(letters.next()),
            ('\\', Some('"')) => match letters.peek() {
                Some('"' | '\\' | '$') => plain.extend(letters.next()),
                _ => plain.push('\\'),
            },
            _ => plain.push(letter),
        }
    }
    plain
}

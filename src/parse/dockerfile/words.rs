//! Words of an instruction: divided by spaces, quotes kept together, or the strings of a JSON list.

use std::iter;
use std::ops::Range;

use crate::parse::dockerfile::Word;
use crate::span::LocatedText;

/// How many words of an instruction are told apart. Each becomes rows, and megabytes of words would be gigabytes of rows.
const MOST: usize = 5_000;

/// Ranges of the words of `text` from the byte `from`; spaces inside quotes and behind an escape do not divide when `quotes` count.
pub(super) fn ranges(
    text: &str,
    from: usize,
    escape: char,
    quotes: bool,
) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    let word = move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(|letter: char| !letter.is_whitespace())?;
        at = end(text, start, escape, quotes);
        Some(start..at)
    };
    iter::from_fn(word).take(MOST)
}

/// Whether a byte may end a word, or change how the next ones are read; of letters outside ASCII some are spaces.
const fn is_telling(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ' | b'"' | b'\'' | b'\\' | b'`' | 0x80..)
}

/// Where the word ends that begins at the byte `start`.
fn end(text: &str, start: usize, escape: char, quotes: bool) -> usize {
    let mut quote = None;
    let mut at = start;
    while let Some(&byte) = text.as_bytes().get(at) {
        if !is_telling(byte) {
            at += 1;
            continue;
        }
        let mut letters = text[at..].chars();
        let Some(letter) = letters.next() else { break };
        if quote.is_none() && letter.is_whitespace() {
            return at;
        }
        match quote {
            _ if !quotes => {}
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if open == letter => quote = None,
            _ if letter == escape && quote != Some('\'') => {
                letters.next();
            }
            _ => {}
        }
        at = text.len() - letters.as_str().len();
    }
    at
}

/// The words in those ranges.
pub(super) fn words(text: &LocatedText, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Word> {
    let words = ranges.map(|range| Word {
        text: text.text[range.clone()].to_owned(),
        span: text.span(range),
    });
    words.collect()
}

/// What a text that may be a JSON list is.
#[derive(Debug)]
pub(super) enum List {
    /// A list of strings: exec form.
    Strings(Vec<Word>),
    /// A list that holds something else, which `BuildKit` refuses.
    Mixed,
    /// No list: shell form.
    None,
}

/// Reads a JSON list of strings as `BuildKit` takes it.
pub(super) fn exec(text: &LocatedText) -> List {
    let trimmed = text.text.trim();
    if !trimmed.starts_with('[') {
        return List::None;
    }
    let Ok(items) = serde_json::from_str::<Vec<serde_json::Value>>(trimmed) else {
        return List::None;
    };
    let strings = items.into_iter().map(|item| match item {
        serde_json::Value::String(item) => Some(item),
        _ => None,
    });
    let Some(items) = strings.collect::<Option<Vec<String>>>() else {
        return List::Mixed;
    };
    let words = items
        .into_iter()
        .zip(strings_of(&text.text))
        .map(|(item, range)| Word {
            text: item,
            span: text.span(range),
        });
    List::Strings(words.take(MOST).collect())
}

/// Where the strings of a JSON list stand, quotes and all.
fn strings_of(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = None;
    let mut letters = text.char_indices();
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
    ranges
}

/// A word without its quotes and escapes.
pub fn unquote(word: &str) -> String {
    unquote_as(word, '\\')
}

/// A word without its quotes and escapes, in a file whose escape character `# escape=` may have changed.
pub fn unquote_as(word: &str, escape: char) -> String {
    let mut plain = String::with_capacity(word.len());
    let mut quote = None;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            (letter, None) if letter == escape => plain.extend(letters.next()),
            (letter, Some('"')) if letter == escape => match letters.peek() {
                Some('"' | '$') => plain.extend(letters.next()),
                Some(next) if *next == escape => plain.extend(letters.next()),
                _ => plain.push(escape),
            },
            _ => plain.push(letter),
        }
    }
    plain
}

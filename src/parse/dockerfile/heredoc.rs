//! Here-documents of RUN, COPY and ADD: several on one line, in the middle of a command, quoted or not.

use std::ops::Range;

use crate::parse::dockerfile::lexer::Lexer;
use crate::parse::dockerfile::lines::Cursor;
use crate::parse::dockerfile::{Heredoc, Instruction};
use crate::parse::problem::Problem;
use crate::span::{LocatedText, Span};
use hullmark_tables::faults;

/// Reads the bodies of the here-documents that an instruction announces.
pub(super) fn read(
    cursor: &mut Cursor,
    instruction: &mut Instruction,
    problems: &mut Vec<Problem>,
) {
    let holder = match instruction.keyword.as_str() {
        "ONBUILD" => match &mut instruction.inner {
            Some(inner) => inner.as_mut(),
            None => return,
        },
        _ => instruction,
    };
    if !matches!(holder.keyword.as_str(), "RUN" | "COPY" | "ADD") || holder.is_exec {
        return;
    }
    for announced in announced(&holder.body) {
        let heredoc = body(cursor, announced, problems);
        holder.heredocs.push(heredoc);
    }
}

/// `<<NAME` as it is in a command.
struct Announced {
    name: String,
    expands: bool,
    strips: bool,
    span: Span,
}

/// The here-documents that a command announces: words that begin with `<<`, perhaps behind the number of a descriptor.
fn announced(body: &LocatedText) -> Vec<Announced> {
    if !body.text.contains("<<") {
        return Vec::new();
    }
    let words = Lexer::new(&body.text).words().unwrap_or_default();
    words
        .into_iter()
        .filter_map(|word| one(body, word))
        .collect()
}

/// The here-document that a word announces. `cat<<EOF` is none to `BuildKit`, and neither is `<<<word`.
fn one(body: &LocatedText, word: Range<usize>) -> Option<Announced> {
    let text = &body.text[word.clone()];
    let rest = text
        .trim_start_matches(|letter: char| letter.is_ascii_digit())
        .strip_prefix("<<")?;
    let (strips, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.trim_start();
    if rest.is_empty() || rest.contains('<') {
        return None;
    }
    let (name, is_quoted) = plain(rest);
    (!name.is_empty()).then(|| Announced {
        name,
        expands: !is_quoted,
        strips,
        span: body.span(word),
    })
}

/// A word without its quotes and escapes, and whether it had quotes.
fn plain(word: &str) -> (String, bool) {
    let mut name = String::new();
    let mut quote = None;
    let mut is_quoted = false;
    let mut letters = word.chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('"' | '\'', None) => {
                quote = Some(letter);
                is_quoted = true;
            }
            (letter, Some(open)) if letter == open => quote = None,
            ('\\', None | Some('"')) => name.extend(letters.next()),
            _ => name.push(letter),
        }
    }
    (name, is_quoted)
}

fn body(cursor: &mut Cursor, announced: Announced, problems: &mut Vec<Problem>) -> Heredoc {
    let mut text = LocatedText::default();
    // Who forgets the blank in `<<EOF; echo` gets `EOF;`, and closes with `EOF`.
    let meant = announced.name.split([';', '|', '&', '<', '>', '(', ')']);
    let meant = meant.into_iter().next().unwrap_or_default();
    let mut is_closed = false;
    let mut has_carriage_returns = false;
    let mut fault = format!(
        "here-document is not closed: no line is `{}` alone",
        announced.name
    );
    while let Some((start, line)) = cursor.physical() {
        let inner = if announced.strips {
            line.trim_start_matches('\t')
        } else {
            line
        };
        if inner == announced.name {
            is_closed = true;
            break;
        }
        if inner == meant && announced.expands && !meant.is_empty() {
            fault = format!(
                "the delimiter of a here-document ends at the next space: this one is `{}`",
                announced.name
            );
            break;
        }
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        text.push(inner, narrow(start + line.len() - inner.len()));
        // The last line of a file may lack its line break.
        let next = cursor.offset();
        has_carriage_returns |= next > start + line.len() + 1;
        if next > start + line.len() {
            text.push("\n", narrow(next - 1));
        }
    }
    if !is_closed {
        problems.push(Problem::new(faults::OPEN_HEREDOC, announced.span, fault));
    }
    Heredoc {
        name: announced.name,
        expands: announced.expands,
        text,
        span: announced.span,
        has_carriage_returns,
    }
}

//! Here-documents of RUN, COPY and ADD: several on one line, in the middle of a command, quoted or not.

use crate::parse::dockerfile::lines::Cursor;
use crate::parse::dockerfile::{Heredoc, Instruction, SYNTAX_ERROR};
use crate::parse::problem::Problem;
use crate::span::{LocatedText, Span};

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

/// `<<NAME` as it stands in a command.
struct Announced {
    name: String,
    expands: bool,
    strips: bool,
    span: Span,
}

/// The here-documents that a command announces; `<<<` is none, nor is what stands in quotes or arithmetic.
fn announced(body: &LocatedText) -> Vec<Announced> {
    let text = body.text.as_bytes();
    let mut found = Vec::new();
    let mut quote = None;
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        match (byte, quote) {
            (b'\\', None | Some(b'"')) => at += 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            (b'<', None) if text[at..].starts_with(b"<<<") => at += 2,
            (b'<', None) if text[at..].starts_with(b"<<") => {
                if let Some((heredoc, end)) = one(body, at) {
                    found.push(heredoc);
                    at = end;
                    continue;
                }
                at += 1;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The here-document announced at the byte `at`, and the byte behind it.
fn one(body: &LocatedText, at: usize) -> Option<(Announced, usize)> {
    let text = &body.text;
    let mut cursor = at + 2;
    let strips = text[cursor..].starts_with('-');
    cursor += usize::from(strips);
    let rest = &text[cursor..];
    let quote = rest
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''));
    let (name, end) = if let Some(quote) = quote {
        let inner = &rest[1..];
        let length = inner.find(quote)?;
        (&inner[..length], cursor + length + 2)
    } else {
        let length = rest
            .find(|letter: char| !(letter.is_alphanumeric() || "_-.".contains(letter)))
            .unwrap_or(rest.len());
        (&rest[..length], cursor + length)
    };
    let named = name
        .chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_');
    // A digit behind `<<` is a shift in arithmetic.
    named.then(|| {
        let heredoc = Announced {
            name: name.to_owned(),
            expands: quote.is_none(),
            strips,
            span: body.span(at..end),
        };
        (heredoc, end)
    })
}

fn body(cursor: &mut Cursor, announced: Announced, problems: &mut Vec<Problem>) -> Heredoc {
    let mut text = LocatedText::default();
    let mut is_closed = false;
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
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        text.push(inner, narrow(start + line.len() - inner.len()));
        // The last line of a file may lack its line break.
        let next = cursor.offset();
        if next > start + line.len() {
            text.push("\n", narrow(next - 1));
        }
    }
    if !is_closed {
        let message = format!(
            "here-document is not closed: no line is `{}` alone",
            announced.name
        );
        problems.push(Problem::new(SYNTAX_ERROR, announced.span, message));
    }
    Heredoc {
        name: announced.name,
        expands: announced.expands,
        text,
        span: announced.span,
    }
}

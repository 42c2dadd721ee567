//! Here-documents: the word that names their end, and where that is on a line of its own.

use std::ops::Range;

use super::{Text, find::find};

/// What the word at `at` says without its quotes, and where it ends.
pub(in crate::parse::shell) fn delimiter(text: Text, mut at: usize, end: usize) -> (String, usize) {
    let mut name = Vec::new();
    while at < end {
        let Some(byte) = text.byte(at) else { break };
        at = match byte {
            b'\'' | b'"' => {
                let close = find(text, at + 1, end, byte);
                let inner = text.written.as_bytes().get(at + 1..close);
                name.extend_from_slice(inner.unwrap_or_default());
                close + 1
            }
            b'\\' => {
                name.extend(text.byte(at + 1).filter(|next| *next != b'\n'));
                at + 2
            }
            b' ' | b'\t' | b'\n' | b'\r' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => break,
            _ => {
                name.extend(text.written.as_bytes().get(at));
                at + 1
            }
        };
    }
    (String::from_utf8(name).unwrap_or_default(), at.min(end))
}

/// The body of a document from `from` on, up to the line that is `name`, and where what follows that line begins.
/// `None` if there is no such line.
pub(in crate::parse::shell) fn body(
    text: Text,
    from: usize,
    end: usize,
    name: &str,
    strips_tabs: bool,
) -> Option<(Range<usize>, usize)> {
    let mut at = from;
    for line in text.written.get(from..end)?.split_inclusive('\n') {
        let written = line.trim_end_matches(['\n', '\r']);
        let indented = written.trim_start_matches('\t');
        if written == name || strips_tabs && indented == name {
            return Some((from..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// The same for a document in a substitution, whose parenthesis may close right behind the name: where to read on.
pub(super) fn skip_body(text: Text, from: usize, end: usize, name: &str) -> Option<usize> {
    let mut at = from;
    for line in text.written.get(from..end)?.split_inclusive('\n') {
        let written = line.trim_start_matches('\t');
        if let Some(rest) = written.strip_prefix(name)
            && (rest.is_empty() || rest.starts_with(['\n', '\r', ')']))
        {
            return Some(at + line.len() - rest.len());
        }
        at += line.len();
    }
    None
}

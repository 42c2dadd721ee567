//! Finds the comments that suppress something, and reads our own: `# hullmark: ignore[rule, rule] until=2027-01-31 -- reason`.

use memchr::memchr2;

use crate::evaluate::suppress::MOST_NAMES;
use crate::evaluate::suppress::marker::{Asked, Marker, named};
use crate::evaluate::suppress::{terms, tool};
use crate::parse::{Parsed, Syntax};
use crate::sources::Source;
use crate::span::Span;

/// How much of a comment is read: a line may be as long as a file.
const LONGEST: usize = 4096;
/// How many comments on one line, each within the one before, are looked at.
const MOST_ON_A_LINE: usize = 64;

/// The comments of a file that suppress something, in order. Text is searched, not the tree: a comment may be in a shell script, which is in
/// a block scalar or between continued lines.
pub(super) fn markers<'a>(
    source: &'a Source,
    parsed: &'a Parsed,
) -> impl Iterator<Item = Marker> + 'a {
    let text = source.text.as_str();
    let is_json = text.trim_start().starts_with('{');
    let directives = match &parsed.tree {
        Syntax::Dockerfile(tree) => Some(tree.directives.as_slice()),
        Syntax::Yaml(_) => None,
    };
    let first_content = first_content(text);
    let is_first = move |at: usize| at == 0 || text.as_bytes()[at - 1].is_ascii_whitespace();
    let hashes = text.match_indices('#').map(|(at, _)| at);
    let comments = hashes.filter(move |at| !is_json && is_first(*at));
    // Behind the signs and spaces of the last comment, and behind its line: a line may be full of comments.
    let (mut first_sign, mut line_end, mut in_line) = (0, 0, 0);
    comments.filter_map(move |start| {
        if first_sign <= start {
            first_sign = sign(text, start);
        }
        // Nearly all comments end here: none of the words begins otherwise.
        let first = text.as_bytes().get(first_sign)?;
        if !b"hczktbns".contains(&first.to_ascii_lowercase()) {
            return None;
        }
        if line_end <= start {
            let rest = &text.as_bytes()[start..];
            let end = memchr2(b'\n', b'\r', rest);
            (line_end, in_line) = (start + end.unwrap_or(rest.len()), 0);
        }
        in_line += 1;
        if in_line > MOST_ON_A_LINE {
            return None;
        }
        let comment = clipped(&text[start..line_end]).trim_end();
        native(comment, start)
            .or_else(|| tool::read(comment, start, directives, start < first_content))
    })
}

/// Where the first line begins that is not blank, no comment, and not the mark of a document.
fn first_content(text: &str) -> usize {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let said = line.trim();
        if !said.is_empty() && !said.starts_with('#') && said != "---" {
            break;
        }
        start += line.len();
    }
    start
}

/// Where the first byte is, from `start` on, that is neither `#` nor a space.
fn sign(text: &str, start: usize) -> usize {
    let rest = &text.as_bytes()[start..];
    let first = rest.iter().position(|byte| !b"# \t".contains(byte));
    start + first.unwrap_or(rest.len())
}

/// What is read of a comment.
fn clipped(comment: &str) -> &str {
    let mut end = comment.len().min(LONGEST);
    while !comment.is_char_boundary(end) {
        end -= 1;
    }
    &comment[..end]
}

/// Reads a comment of ours.
pub(super) fn native(comment: &str, start: usize) -> Option<Marker> {
    let body = comment.trim_start_matches('#').trim_start();
    let body = body.strip_prefix("hullmark:")?.trim_start();
    let at = |part: &str| {
        let at = start + (part.as_ptr() as usize - comment.as_ptr() as usize);
        Span::new(at, at + part.len())
    };
    let mut marker = Marker::new(Span::new(start, start + comment.len()));
    let rest = if let Some(rest) = body.strip_prefix("ignore-file") {
        marker.asked = Asked::File;
        rest
    } else if let Some(rest) = body.strip_prefix("ignore") {
        rest
    } else {
        let word = body.split([' ', '\t', '[']).next().unwrap_or_default();
        let fault = format!("`{word}` is neither `ignore[…]` nor `ignore-file[…]`");
        marker.fault = Some((fault, at(word)));
        return Some(marker);
    };
    let keyword = &body[..body.len() - rest.len()];
    let no_rule = || "names no rule: write `ignore[rule, rule]`".to_owned();
    let Some((list, rest)) = rest
        .trim_start()
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    else {
        marker.fault = Some((no_rule(), at(keyword)));
        return Some(marker);
    };
    let names = list.split(',').map(str::trim);
    let names = names.filter(|name| !name.is_empty());
    let names = names.take(MOST_NAMES);
    marker.rules = names.map(|name| named(name.to_owned(), at(name))).collect();
    let terms = terms::read(rest);
    marker.until = terms.until.map(|(date, option)| (date, at(option)));
    marker.reason = terms.reason.map(str::to_owned);
    marker.fault = terms.fault.map(|(fault, part)| (fault, at(part)));
    if marker.rules.is_empty() {
        marker.fault = Some((no_rule(), at(keyword)));
    }
    Some(marker)
}

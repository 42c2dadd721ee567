//! Logical lines: continuations joined, comments and blank lines between them left out, every byte still located.

use memchr::memchr;

use crate::parse::dockerfile::Directive;
use crate::parse::problem::Problem;
use crate::span::{LocatedText, Span};
use hullmark_tables::faults;

/// Directives that `BuildKit` knows.
const DIRECTIVES: &[&str] = &["syntax", "escape", "check"];

/// The parser directives at the top of a file. A line that is none ends them; so does `#!`, though `syntax` is looked for behind it.
pub(super) fn directives(text: &str) -> Vec<Directive> {
    let mut found = Vec::new();
    let mut offset = 0;
    let mut is_script = false;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if offset == 0 && trimmed.starts_with("#!") {
            is_script = true;
            offset += line.len();
            continue;
        }
        let directive = trimmed.strip_prefix('#').and_then(|rest| {
            let (name, value) = rest.split_once('=')?;
            let written = name.trim();
            let name = written.to_ascii_lowercase();
            let is_lower = name == written;
            let value = value.trim();
            (DIRECTIVES.contains(&name.as_str()) && !value.is_empty())
                .then(|| (name, is_lower, value.to_owned()))
        });
        let Some((name, is_lower, value)) = directive else {
            break;
        };
        let start = offset + line.len() - line.trim_start().len();
        if !(is_script && name == "escape") {
            found.push(Directive {
                name,
                is_lower,
                value,
                span: Span::new(start, start + trimmed.len()),
            });
        }
        offset += line.len();
    }
    found
}

/// Says what `BuildKit` would refuse in directives.
pub(super) fn validate(directives: &[Directive], problems: &mut Vec<Problem>) {
    for (number, directive) in directives.iter().enumerate() {
        if !directive.is_lower {
            let message = format!(
                "directive `{}` is not written in lower case",
                directive.name
            );
            problems.push(Problem::new(
                faults::DIRECTIVE_CASE,
                directive.span,
                message,
            ));
        }
        let mut fault = |kind, message| {
            problems.push(Problem::new(kind, directive.span, message));
        };
        let earlier = &directives[..number.min(DIRECTIVES.len())];
        if earlier.iter().any(|other| other.name == directive.name) {
            let kind = match directive.name.as_str() {
                "escape" => faults::DUPLICATE_ESCAPE,
                _ => faults::DUPLICATE_DIRECTIVE,
            };
            let message = format!("duplicate directive `{}`", directive.name);
            fault(kind, message);
        } else if directive.name == "escape" && !matches!(directive.value.as_str(), "\\" | "`") {
            fault(
                faults::INVALID_ESCAPE,
                "directive `escape` takes `\\` or a backtick".to_owned(),
            );
        }
    }
}

/// A logical line.
#[derive(Debug)]
pub(super) struct Logical {
    /// Without its continuations.
    pub text: LocatedText,
    /// From its first visible byte to the end of its last line.
    pub span: Span,
    /// The first blank line between its continued lines.
    pub blank_line: Option<Span>,
    /// Whether that line is behind the last of them: the file ends there.
    pub blank_is_last: bool,
    /// The spaces behind the first continuation mark that has some.
    pub trailing: Option<Span>,
    /// Where lines are joined, in order.
    pub joints: Vec<Joint>,
}

/// Two lines of a file that one continuation mark joins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joint {
    /// The continuation mark.
    pub mark: Span,
    /// Where the later line begins in the text of the logical line.
    pub at: usize,
}

/// Goes through a file line by line.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    escape: char,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, escape: char) -> Self {
        Self {
            text,
            offset: 0,
            escape,
        }
    }

    /// Where the next physical line begins.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// The next physical line without its line break, and where it begins.
    pub(super) fn physical(&mut self) -> Option<(usize, &'a str)> {
        if self.offset >= self.text.len() {
            return None;
        }
        let start = self.offset;
        let rest = &self.text[start..];
        let end = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        self.offset = start + end;
        Some((start, rest[..end].trim_end_matches(['\n', '\r'])))
    }

    /// The next logical line that holds an instruction; comments on the way are noted.
    pub(super) fn next_line(&mut self, comments: &mut Vec<Span>) -> Option<Logical> {
        loop {
            let (start, line) = self.physical()?;
            let inner = line.trim_start();
            let inner_start = start + line.len() - inner.len();
            if inner.is_empty() {
                continue;
            }
            if inner.starts_with('#') {
                comments.push(Span::new(inner_start, inner_start + inner.len()));
                continue;
            }
            return Some(self.join(inner_start, inner, comments));
        }
    }

    /// Joins the lines that continue the one that begins at `start`.
    fn join(&mut self, start: usize, first: &str, comments: &mut Vec<Span>) -> Logical {
        let mut text = LocatedText::default();
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        let mut end = start + first.trim_end().len();
        let mut blank_line: Option<Span> = None;
        let mut trailing = trailing_blanks(first, start, self.escape);
        let mut continued = continuation(first, self.escape);
        text.push(continued.unwrap_or(first), narrow(start));
        let mut joints = Vec::new();
        let mut mark = start + continued.map_or(0, str::len);
        while continued.is_some() {
            let Some((start, line)) = self.physical() else {
                break;
            };
            let inner = line.trim_start();
            if inner.starts_with('#') {
                let inner_start = start + line.len() - inner.len();
                comments.push(Span::new(inner_start, inner_start + inner.len()));
                continue;
            }
            if inner.is_empty() {
                blank_line.get_or_insert(Span::new(start, start + line.len()));
                continue;
            }
            continued = continuation(line, self.escape);
            trailing = trailing.or_else(|| trailing_blanks(line, start, self.escape));
            joints.push(Joint {
                mark: Span::new(mark, mark + self.escape.len_utf8()),
                at: text.text.len(),
            });
            mark = start + continued.map_or(0, str::len);
            text.push(continued.unwrap_or(line), narrow(start));
            end = start + line.trim_end().len();
        }
        Logical {
            text,
            span: Span::new(start, end),
            blank_line,
            blank_is_last: blank_line.is_some_and(|blank| blank.start as usize >= end),
            trailing,
            joints,
        }
    }
}

/// The spaces between a continuation mark and the end of its line.
fn trailing_blanks(line: &str, start: usize, escape: char) -> Option<Span> {
    let end = line.trim_end_matches([' ', '\t']).len();
    let is_continued = end < line.len() && continuation(line, escape).is_some();
    is_continued.then(|| Span::new(start + end, start + line.len()))
}

/// The line before its continuation mark, if it ends with one: an escape that is not itself escaped, spaces behind it allowed.
fn continuation(line: &str, escape: char) -> Option<&str> {
    let before = line.trim_end_matches([' ', '\t']).strip_suffix(escape)?;
    (!before.ends_with(escape)).then_some(before)
}

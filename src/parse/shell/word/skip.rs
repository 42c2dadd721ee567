//! Finding where quotes, braces and parentheses close, without reading what they hold.

use super::document::{delimiter, skip_body};
use super::find::{find, find_unescaped};
use super::{MAX_DEPTH, Text};

/// Past what double quotes hold, from behind the opening one to the closing one.
fn skip_double(text: Text, mut at: usize, end: usize, depth: u32) -> usize {
    while at < end && depth < MAX_DEPTH {
        at = match (text.byte(at), text.byte(at + 1)) {
            (Some(b'\\'), _) => at + 2,
            (Some(b'"'), _) => return at,
            (Some(b'`'), _) => find_unescaped(text, at + 1, end, b'`') + 1,
            (Some(b'$'), Some(b'(')) => skip_parentheses(text, at + 2, end, depth + 1) + 1,
            (Some(b'$'), Some(b'{')) => skip_braces(text, at + 2, end, depth + 1) + 1,
            _ => at + 1,
        };
    }
    end
}

/// From behind `${` to the brace that closes it.
pub(super) fn skip_braces(text: Text, mut at: usize, end: usize, depth: u32) -> usize {
    while at < end && depth < MAX_DEPTH {
        at = match (text.byte(at), text.byte(at + 1)) {
            (Some(b'\\'), _) => at + 2,
            (Some(b'}'), _) => return at,
            (Some(b'"'), _) => skip_double(text, at + 1, end, depth + 1) + 1,
            (Some(b'$'), Some(b'(')) => skip_parentheses(text, at + 2, end, depth + 1) + 1,
            (Some(b'$'), Some(b'{')) => skip_braces(text, at + 2, end, depth + 1) + 1,
            _ => at + 1,
        };
    }
    end
}

/// From behind `(` to the parenthesis that closes it. The `)` of a `case` pattern closes nothing, nor does one in a
/// here-document.
pub(super) fn skip_parentheses(text: Text, from: usize, end: usize, depth: u32) -> usize {
    Skip::new(text, end, depth, true).run(from)
}

/// From behind `((` to the first of the parentheses that close it; a `<<` shifts there.
pub(in crate::parse::shell) fn skip_arithmetic(text: Text, from: usize, end: usize) -> usize {
    Skip::new(text, end, 0, false).run(from)
}

/// Where the parenthesis of a pattern such as `@(a|b)` closes that was opened before `from`; `end` if it does not.
pub(super) fn closing_pattern(text: Text, mut at: usize, end: usize) -> usize {
    let mut open = 0_u32;
    while at < end {
        match text.byte(at) {
            Some(b'\\') => at += 1,
            Some(b'(') => open += 1,
            Some(b')') if open == 0 => return at,
            Some(b')') => open -= 1,
            _ => {}
        }
        at += 1;
    }
    end
}

/// What is known on the way through parentheses.
struct Skip<'a> {
    text: Text<'a>,
    end: usize,
    /// How many expansions this is in.
    depth: u32,
    /// Parentheses that are open.
    open: u32,
    /// How many of them were open where each `case` began.
    cases: Vec<u32>,
    /// How many of them were open where `((` began, in which `<<` shifts.
    arithmetic: Option<u32>,
    has_documents: bool,
    /// The here-documents whose bodies begin on the next line.
    documents: Vec<String>,
}

impl<'a> Skip<'a> {
    fn new(text: Text<'a>, end: usize, depth: u32, has_documents: bool) -> Self {
        Self {
            text,
            end,
            depth,
            open: 0,
            cases: Vec::new(),
            arithmetic: None,
            has_documents,
            documents: Vec::new(),
        }
    }

    fn run(mut self, mut at: usize) -> usize {
        let Self {
            text, end, depth, ..
        } = self;
        let mut at_word = true;
        while at < end && depth < MAX_DEPTH {
            let was_at_word = std::mem::replace(&mut at_word, false);
            at = match (text.byte(at), text.byte(at + 1)) {
                (Some(b'\\'), _) => at + 2,
                (Some(b'\''), _) => find(text, at + 1, end, b'\'') + 1,
                (Some(b'"'), _) => skip_double(text, at + 1, end, depth + 1) + 1,
                (Some(b'`'), _) => find_unescaped(text, at + 1, end, b'`') + 1,
                (Some(b'$'), Some(b'{')) => skip_braces(text, at + 2, end, depth + 1) + 1,
                (Some(b'#'), _) if was_at_word => find(text, at + 1, end, b'\n'),
                (Some(b'<'), Some(b'<')) => self.document(at + 2),
                (Some(b'\n'), _) => {
                    at_word = true;
                    self.bodies(at + 1)
                }
                (Some(b'('), next) => {
                    if next == Some(b'(') {
                        self.arithmetic.get_or_insert(self.open);
                    }
                    self.open += 1;
                    at_word = true;
                    at + 1
                }
                (Some(b')'), _) if self.cases.last() == Some(&self.open) => {
                    at_word = true;
                    at + 1
                }
                (Some(b')'), _) if self.open == 0 => return at,
                (Some(b')'), _) => {
                    self.open -= 1;
                    self.arithmetic = self.arithmetic.filter(|open| *open < self.open);
                    at + 1
                }
                (Some(b'c'), _) if was_at_word && is_word(text, at, "case") => {
                    self.cases.push(self.open);
                    at + 4
                }
                (Some(b'e'), _) if was_at_word && is_word(text, at, "esac") => {
                    self.cases.pop();
                    at + 4
                }
                (Some(byte), _) => {
                    at_word = matches!(byte, b' ' | b'\t' | b';' | b'|' | b'&');
                    at + 1
                }
                (None, _) => return end,
            };
        }
        end
    }

    /// Notes the here-document whose `<<` ends at `at`; gives where to read on.
    fn document(&mut self, at: usize) -> usize {
        if self.text.byte(at) == Some(b'<') {
            return at + 1;
        }
        if !self.has_documents || self.arithmetic.is_some() {
            return at;
        }
        let rest = self.text.masked.as_bytes().get(at..self.end);
        let blanks = rest.unwrap_or_default().iter();
        let blanks = blanks.take_while(|byte| matches!(byte, b'-' | b' ' | b'\t'));
        let (name, end) = delimiter(self.text, at + blanks.count(), self.end);
        if !name.is_empty() {
            self.documents.push(name);
        }
        end
    }

    /// Past the bodies of the documents of the line that ends before `at`; one without an end takes all that is left.
    fn bodies(&mut self, mut at: usize) -> usize {
        for name in std::mem::take(&mut self.documents) {
            at = skip_body(self.text, at, self.end, &name).unwrap_or(self.end);
        }
        at
    }
}

fn is_word(text: Text, at: usize, word: &str) -> bool {
    let rest = text.masked.as_bytes().get(at..).unwrap_or_default();
    rest.starts_with(word.as_bytes())
        && rest
            .get(word.len())
            .is_none_or(|b| matches!(b, b' ' | b'\t' | b'\n' | b';' | b')'))
}

//! YAML that is a template itself, as helmfile's `*.gotmpl`: what it says whatever runs it, and what is known only then.

use std::ops::Range;

/// How far before an action its line is read, in bytes, and how many lines above it.
const NEAR: usize = 2_000;
const ABOVE: usize = 50;

/// How many bytes are written over in all.
const BUDGET: usize = 64 << 20;

/// What a template says: a text of the same length, whose bytes are where they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked {
    /// The text, with a word in place of what is known only at run time, and blanks for the rest of the actions.
    pub text: String,
    /// The words that stand in for something, in their order.
    pub unknown: Vec<Range<usize>>,
    /// Whether an action may write keys, so that others than those in the text may be set.
    pub is_open: bool,
}

/// Of a block whose condition is not known, the first branch is taken: it is what one of the environments says.
pub fn mask(text: &str) -> Masked {
    let mut masker = Masker {
        text,
        bytes: text.as_bytes().to_vec(),
        unknown: Vec::new(),
        is_open: false,
        open: Vec::new(),
        budget: BUDGET,
    };
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let start = at + found;
        let Some(end) = end_of_action(text, start) else {
            break;
        };
        masker.action(start..end);
        at = end;
    }
    while let Some(block) = masker.open.pop() {
        masker.drop_branches(&block, text.len());
    }
    masker.unknown.sort_by_key(|range| range.start);
    Masked {
        // Only whole actions and whole branches, which begin and end with ASCII, are written over.
        text: String::from_utf8(masker.bytes).unwrap_or_default(),
        unknown: masker.unknown,
        is_open: masker.is_open,
    }
}

/// The end of the action that begins at `start`: quotes and comments may hold braces.
fn end_of_action(text: &str, start: usize) -> Option<usize> {
    let body = text.get(start + 2..)?;
    let inner = body.strip_prefix('-').unwrap_or(body).trim_start();
    if inner.starts_with("/*") {
        let close = body.find("*/")?;
        return Some(start + 2 + close + body.get(close..)?.find("}}")? + 2);
    }
    let mut quote = None;
    let mut is_escaped = false;
    for (at, byte) in body.bytes().enumerate() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(b'"') if byte == b'\\' => is_escaped = true,
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'`') => quote = Some(byte),
            None if byte == b'}' && body.as_bytes().get(at + 1) == Some(&b'}') => {
                return Some(start + at + 4);
            }
            None => {}
        }
    }
    None
}

/// A block that is not closed yet.
struct Block {
    /// Where its first action begins.
    start: usize,
    /// Where each branch begins, and where it ends if another one follows.
    branches: Vec<Range<usize>>,
    /// Whether its text is no part of the output: a template that is defined.
    is_defined: bool,
}

struct Masker<'a> {
    text: &'a str,
    bytes: Vec<u8>,
    unknown: Vec<Range<usize>>,
    is_open: bool,
    open: Vec<Block>,
    /// How many bytes may still be written over: branches nest.
    budget: usize,
}

impl Masker<'_> {
    fn action(&mut self, at: Range<usize>) {
        let own = self.text.get(at.start + 2..at.end - 2).unwrap_or_default();
        let own = own.strip_prefix('-').unwrap_or(own).trim();
        let word = own
            .split(|byte: char| byte.is_whitespace() || byte == '(')
            .next();
        match word.unwrap_or_default() {
            "if" | "with" | "range" | "block" | "define" => {
                self.blank(at.clone());
                self.open.push(Block {
                    start: at.start,
                    branches: std::iter::once(at.end..at.end).collect(),
                    is_defined: own.starts_with("define"),
                });
            }
            "else" => {
                self.blank(at.clone());
                if let Some(block) = self.open.last_mut() {
                    if let Some(branch) = block.branches.last_mut() {
                        branch.end = at.start;
                    }
                    block.branches.push(at.end..at.end);
                }
            }
            "end" => {
                self.blank(at.clone());
                if let Some(block) = self.open.pop() {
                    self.close(block, at);
                }
            }
            _ if own.starts_with("/*") || is_assignment(own) => self.blank(at),
            _ if self.is_line_of_keys(&at) => {
                self.is_open = true;
                self.blank(at);
            }
            _ => self.fill(at),
        }
    }

    fn close(&mut self, mut block: Block, end: Range<usize>) {
        if let Some(branch) = block.branches.last_mut() {
            branch.end = end.start;
        }
        let whole = block.start..end.end;
        let is_inline =
            whole.len() <= NEAR && !self.text[whole.clone()].contains('\n') && !block.is_defined;
        let is_value = is_inline && !self.before(block.start).trim().is_empty();
        if !is_value {
            self.drop_branches(&block, end.start);
            return;
        }
        let said = |range: &Range<usize>| self.text[range.clone()].trim();
        let mut branches = block.branches.iter();
        let first = branches.next().map(said).unwrap_or_default();
        if block.branches.len() > 1 && branches.all(|branch| said(branch) == first) {
            self.drop_branches(&block, end.start);
        } else {
            self.forget(whole.start);
            self.fill(whole);
        }
    }

    /// Takes away all branches but the first, and all of a template that is defined.
    fn drop_branches(&mut self, block: &Block, end: usize) {
        let from = match block.branches.as_slice() {
            [first, ..] if block.is_defined => first.start,
            [_, second, ..] => second.start,
            _ => return,
        };
        self.forget(from);
        self.blank(from..end);
    }

    /// Forgets what is unknown from a byte on.
    fn forget(&mut self, from: usize) {
        while self.unknown.last().is_some_and(|range| range.start >= from) {
            self.unknown.pop();
        }
    }

    /// What stands before a byte on its line, as far as that matters.
    fn before(&self, at: usize) -> &str {
        let near = at.saturating_sub(NEAR)..at;
        let near = near
            .clone()
            .find(|start| self.text.is_char_boundary(*start));
        let before = &self.text[near.unwrap_or(at)..at];
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// Whether an action is alone on a line where keys are expected: what it writes are keys.
    fn is_line_of_keys(&self, at: &Range<usize>) -> bool {
        let before = self.before(at.start);
        let mut rest = self.text[at.end..].chars();
        let ends = rest.find(|sign| !matches!(sign, ' ' | '\t' | '\r'));
        if !before.trim().is_empty() || !matches!(ends, None | Some('\n')) {
            return false;
        }
        let above = self.text[..at.start - before.len()]
            .lines()
            .rev()
            .map(str::trim);
        let mut above = above
            .take(ABOVE)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        !above
            .next()
            .is_some_and(|line| line.ends_with([':', '|', '>']) || line.ends_with("|-"))
    }

    /// Writes blanks over bytes; lines stay where they are.
    fn blank(&mut self, at: Range<usize>) {
        self.write(at, b' ');
    }

    /// Writes a word over bytes, of which nobody knows what stands there.
    fn fill(&mut self, at: Range<usize>) {
        for byte in &mut self.bytes[at.clone()] {
            *byte = b'x';
        }
        self.unknown.push(at);
    }

    fn write(&mut self, at: Range<usize>, with: u8) {
        let Some(budget) = self.budget.checked_sub(at.len()) else {
            self.is_open = true;
            return;
        };
        self.budget = budget;
        for byte in &mut self.bytes[at] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = with;
            }
        }
    }
}

/// Whether an action declares or sets a variable and writes nothing.
fn is_assignment(own: &str) -> bool {
    own.starts_with('$')
        && own.split_once('=').is_some_and(|(name, _)| {
            !name.contains([' ', '.']) || name.trim_end_matches([' ', ':']).split(' ').count() == 1
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (String, Vec<&str>, bool) {
        let masked = mask(text);
        assert_eq!(masked.text.len(), text.len());
        let unknown = masked.unknown.iter().map(|range| &text[range.clone()]);
        (masked.text.clone(), unknown.collect(), masked.is_open)
    }

    #[test]
    fn what_is_printed_is_unknown() {
        let (text, unknown, is_open) = shown("tag: \"{{ env \"A}}\" }}-b\"\nc: 1\n");
        assert_eq!(text, format!("tag: \"{}-b\"\nc: 1\n", "x".repeat(15)));
        assert_eq!(unknown, ["{{ env \"A}}\" }}"]);
        assert!(!is_open);
    }

    #[test]
    fn of_branches_the_first_counts() {
        let text = "a: 1\n{{ if .X }}\nb: 2\n{{- else }}\nb: {{ .Y }}\n{{ end }}\nc: 3\n";
        let (text, unknown, _) = shown(text);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert_eq!(lines, ["a: 1", "", "b: 2", "", "", "", "c: 3"]);
        assert!(unknown.is_empty());
    }

    #[test]
    fn a_value_that_each_branch_gives_is_known() {
        let (text, unknown, _) =
            shown("a: {{ if .X }} 2 {{ else if .Y }} 2 {{ else }} 2 {{ end }}\n");
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["a:", "2"]);
        assert!(unknown.is_empty());
        let (text, unknown, _) = shown("a: {{ if .X }}2{{ else }}{{ .Z }}{{ end }}\nb: 1\n");
        assert!(text.starts_with("a: xxx"), "{text}");
        assert_eq!(unknown, ["{{ if .X }}2{{ else }}{{ .Z }}{{ end }}"]);
        let (_, unknown, _) = shown("a: {{ if .X }}2{{ end }}\n");
        assert_eq!(unknown.len(), 1);
    }

    #[test]
    fn actions_that_write_keys_leave_it_open() {
        let (text, _, is_open) = shown("a:\n  b: 1\n  {{- toYaml .C | nindent 2 }}\n");
        assert_eq!(text.trim_end(), "a:\n  b: 1");
        assert!(is_open);
        let (text, unknown, is_open) = shown("a:\n  {{- toYaml .C | nindent 2 }}\n");
        assert!(text.starts_with("a:\n  xxx"), "{text}");
        assert_eq!((unknown.len(), is_open), (1, false));
    }

    #[test]
    fn comments_variables_and_templates_say_nothing() {
        let text = "{{/* a }} */}}\n{{- $x := .Y }}\n{{ define \"t\" }}\nk: v\n{{ end }}\na: 1\n";
        let (text, unknown, is_open) = shown(text);
        assert_eq!(text.trim(), "a: 1");
        assert!(unknown.is_empty() && !is_open);
        assert_eq!(mask("a: {{ b").text, "a: {{ b");
    }
}

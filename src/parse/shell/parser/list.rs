//! Lists of pipelines, at the top of a script or inside a compound command.

use super::cursor::Parser;
use crate::parse::shell::tree::{List, Pipeline};

/// What ends the parts of compound commands, as words and as operators. Nothing else begins with these where a command
/// may begin.
const CLOSERS: &[&str] = &[
    "then", "elif", "else", "fi", "do", "done", "esac", "}", ")", ";;&", ";;", ";&",
];

/// A list that is still open.
#[derive(Default)]
struct Open {
    lists: Vec<List>,
    list: List,
    /// The operator behind the last pipeline.
    before: &'static str,
    /// Whether that operator wants a pipeline behind it, on this line or another.
    is_unfinished: bool,
    /// Whether a pipeline has just ended and nothing separates it from what follows.
    is_unseparated: bool,
}

impl Parser<'_> {
    /// The lists of a script, one for each of its lines that begins a command.
    pub(super) fn script(&mut self) -> Vec<List> {
        self.block(&[]).0
    }

    /// The list inside a compound command up to one of the words that may end it, and that word; an empty one if it is
    /// missing. What the compound command ends with is its caller's to look for then.
    pub(super) fn list(&mut self, until: &'static [&'static str]) -> (List, &'static str) {
        let (list, end) = self.maybe_list(until);
        if list.is_empty() && !end.is_empty() {
            self.at -= end.len();
            self.unexpected();
            self.at += end.len();
        }
        (list, end)
    }

    /// The same for a list that may be empty.
    pub(super) fn maybe_list(&mut self, until: &'static [&'static str]) -> (List, &'static str) {
        self.open.push(until);
        let (lists, end) = self.block(until);
        self.open.pop();
        (lists.into_iter().flatten().collect(), end)
    }

    fn block(&mut self, until: &'static [&'static str]) -> (Vec<List>, &'static str) {
        let mut open = Open::default();
        let end = loop {
            self.skip_blanks();
            if self.rest().is_empty() {
                if open.is_unfinished || !until.is_empty() {
                    self.ended();
                }
                break "";
            }
            if self.rest()[0] == b'\n' {
                self.newline();
                open.newline(!until.is_empty());
                continue;
            }
            if let Some(closer) = self.closer() {
                if open.is_unfinished {
                    self.unexpected();
                }
                if until.contains(&closer) {
                    self.at += closer.len();
                    break closer;
                }
                if !open.is_unfinished {
                    self.unexpected();
                }
                if self.open.iter().any(|words| words.contains(&closer)) {
                    break "";
                }
                self.at += closer.len();
                open.is_unfinished = false;
                continue;
            }
            if open.is_unseparated {
                self.unexpected();
            }
            self.step(&mut open);
        };
        if !open.list.is_empty() {
            open.lists.push(open.list);
        }
        (open.lists, end)
    }

    /// A pipeline and the operator behind it, or a token that fits nowhere.
    fn step(&mut self, open: &mut Open) {
        let Some(mut pipeline) = self.pipeline(open.before) else {
            self.unexpected();
            self.skip_token();
            open.is_unfinished = false;
            return;
        };
        self.skip_blanks();
        let (operator, length) = match self.rest() {
            [b'&', b'&', ..] => ("&&", 2),
            [b'|', b'|', ..] => ("||", 2),
            [b';', b';' | b'&', ..] => (";", 0),
            [b';', ..] => (";", 1),
            [b'&', ..] => ("&", 1),
            _ => (";", 0),
        };
        self.at += length;
        pipeline.after = operator;
        open.list.push(pipeline);
        open.before = operator;
        open.is_unfinished = length == 2;
        open.is_unseparated = length == 0;
    }

    /// The word or operator at hand, if it is one that closes something.
    pub(super) fn closer(&self) -> Option<&'static str> {
        let is_word = |closer: &str| closer.as_bytes()[0].is_ascii_lowercase() || closer == "}";
        let is_there = |closer: &&&str| {
            if is_word(closer) {
                self.is_at(closer)
            } else {
                self.rest().starts_with(closer.as_bytes())
            }
        };
        match self.rest().first() {
            Some(b't' | b'e' | b'f' | b'd' | b'}' | b')' | b';') => {
                CLOSERS.iter().find(is_there).copied()
            }
            _ => None,
        }
    }

    /// `None`, and nothing is read, if no command begins here.
    fn pipeline(&mut self, before: &'static str) -> Option<Pipeline> {
        let mut pipeline = Pipeline {
            before,
            ..Pipeline::default()
        };
        let start = self.at;
        let mut is_timed = false;
        // `time` and `!` may come in any order.
        loop {
            if self.is_bang() {
                self.at += 1;
                pipeline.is_negated = !pipeline.is_negated;
            } else if !is_timed && self.eat("time") {
                is_timed = true;
                self.skip_blanks();
                self.eat("-p");
            } else {
                break;
            }
            self.skip_blanks();
        }
        let is_begun = self.at > start;
        pipeline.range = if is_timed {
            start..start
        } else {
            self.at..self.at
        };
        loop {
            let Some(command) = self.command() else {
                if pipeline.commands.is_empty() {
                    return is_begun.then_some(pipeline);
                }
                self.unexpected();
                return Some(pipeline);
            };
            if !is_timed && pipeline.commands.is_empty() {
                pipeline.range.start = command.range.start;
            }
            pipeline.range.end = command.range.end;
            pipeline.commands.push(command);
            self.skip_blanks();
            match self.rest() {
                [b'|', b'|', ..] => return Some(pipeline),
                [b'|', b'&', ..] => {
                    if let Some(last) = pipeline.commands.last_mut() {
                        last.piped_error = Some(self.at..self.at + 2);
                    }
                    self.at += 2;
                }
                [b'|', ..] => self.at += 1,
                _ => return Some(pipeline),
            }
            self.skip_lines();
        }
    }
}

impl Open {
    /// A line ends; `is_inner` says that this is inside a compound command.
    fn newline(&mut self, is_inner: bool) {
        self.is_unseparated = false;
        if self.is_unfinished {
            return;
        }
        if is_inner {
            if !self.list.is_empty() && self.before.is_empty() {
                self.before = ";";
            }
        } else {
            self.before = "";
            if !self.list.is_empty() {
                self.lists.push(std::mem::take(&mut self.list));
            }
        }
    }
}

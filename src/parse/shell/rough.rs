//! What a tokenizer sees of a script that the grammar does not understand: its simple commands, as well as can be guessed.

use std::ops::Range;

use super::build::Builder;
use super::frame::{Context, Frame, Seat};
use super::script::{Assign, Command, Redirect, is_name};
use super::word;

/// Words that the grammar gives a meaning where a command may begin; what follows is a command again.
const OPENERS: &[&str] = &[
    "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "esac", "{", "}", "!",
    "time", "coproc",
];

/// Reads the stretch `range` of the frame's text.
pub(super) fn read(builder: &mut Builder, frame: &Frame, range: Range<usize>, context: Context) {
    let mut rough = Rough {
        builder,
        frame,
        end: range.end,
        context,
        command: Command::default(),
        pipeline: None,
        place: 0,
        before: "",
        is_skipping: false,
        heredocs: Vec::new(),
    };
    rough.run(range.start);
}

struct Rough<'a, 'b> {
    builder: &'a mut Builder,
    frame: &'a Frame<'b>,
    end: usize,
    context: Context,
    command: Command,
    pipeline: Option<u32>,
    place: u32,
    before: &'static str,
    /// In the head of a `for` or `case`, which is no command.
    is_skipping: bool,
    heredocs: Vec<String>,
}

impl Rough<'_, '_> {
    fn run(&mut self, mut at: usize) {
        while at < self.end {
            let rest = self.frame.text.masked.as_bytes();
            let rest = &rest[at..self.end];
            at += match rest {
                [b' ' | b'\t' | b'\r', ..] => 1,
                [b'\\', b'\n', ..] => 2,
                [b'#', ..] => rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()),
                [b'\n', ..] => {
                    self.finish(";", false);
                    self.before = "";
                    1 + self.skip_heredocs(at + 1)
                }
                [b'&', b'&', ..] => self.separate("&&", 2),
                [b'|', b'|', ..] => self.separate("||", 2),
                [b'&', b'>', ..] => self.redirect(at, 2),
                [b'|', b'&', ..] => self.pipe(2),
                [b'|', ..] => self.pipe(1),
                [b'&', ..] => self.separate("&", 1),
                [b';' | b'(' | b')', ..] => self.separate(";", 1),
                [b'<' | b'>', second, ..] if *second != b'(' => {
                    let length = rest
                        .iter()
                        .take(3)
                        .take_while(|b| matches!(b, b'<' | b'>' | b'&' | b'|' | b'-'))
                        .count();
                    self.redirect(at, length)
                }
                [b'<' | b'>'] => 1,
                _ => self.word(at),
            };
        }
        self.finish("", false);
    }

    fn separate(&mut self, operator: &'static str, length: usize) -> usize {
        self.finish(operator, false);
        self.before = operator;
        length
    }

    fn pipe(&mut self, length: usize) -> usize {
        self.finish("", true);
        length
    }

    fn word(&mut self, at: usize) -> usize {
        let mut word = word::next(self.frame.text, at, self.frame.text.masked.len());
        word.range.end = word.range.end.min(self.end);
        let length = word.range.len();
        if length == 0 {
            let rest = self.frame.text.masked.get(at..).unwrap_or_default();
            return rest.chars().next().map_or(1, char::len_utf8);
        }
        let is_first = self.command.words.is_empty();
        let text = word.text.as_str();
        if self.is_skipping || is_first && OPENERS.contains(&text) {
            self.is_skipping &= !(text == "in" && is_first);
        } else if is_first && matches!(text, "for" | "case" | "select" | "function") {
            self.is_skipping = true;
        } else if is_first
            && let Some((name, _)) = text.split_once('=')
            && is_name(name.trim_end_matches('+'))
        {
            let name = name.trim_end_matches('+').to_owned();
            self.command.assigns.push(Assign { name, word });
        } else {
            self.command.words.push(word);
        }
        length
    }

    fn redirect(&mut self, at: usize, length: usize) -> usize {
        let text = self.frame.text.masked;
        let operator = text.get(at..at + length).unwrap_or_default();
        let rest = text.get(at + length..self.end).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let start = at + length + blank;
        let target = word::next(self.frame.text, start, self.frame.text.masked.len());
        if operator.starts_with("<<") && operator != "<<<" {
            self.heredocs.push(target.text.clone());
        }
        let end = target.range.end.min(self.end);
        self.command.redirects.push(Redirect {
            operator: operator.to_owned(),
            target,
        });
        end.max(at + length) - at
    }

    /// How many bytes the heredocs take whose bodies begin at `from`.
    fn skip_heredocs(&mut self, from: usize) -> usize {
        let mut at = from;
        for name in std::mem::take(&mut self.heredocs) {
            let text = self.frame.text.masked.get(at..self.end).unwrap_or_default();
            let mut length = 0;
            let mut is_closed = false;
            for line in text.split_inclusive('\n') {
                length += line.len();
                if line.trim() == name {
                    is_closed = true;
                    break;
                }
            }
            if !is_closed {
                break;
            }
            at += length;
        }
        at - from
    }

    /// The command so far is complete; `pipes` says that a pipe follows.
    fn finish(&mut self, after: &'static str, pipes: bool) {
        self.is_skipping = false;
        let command = std::mem::take(&mut self.command);
        let first = command
            .words
            .first()
            .or(command.assigns.first().map(|assign| &assign.word));
        if let Some(first) = first {
            let last = command.words.last().unwrap_or(first);
            let range = first.range.start..last.range.end.max(first.range.end);
            let length = if pipes { 2 } else { 1 };
            let pipeline = if let Some(pipeline) = self.pipeline {
                pipeline
            } else {
                let number = self.builder.pipeline(length);
                self.builder.end_pipeline(self.frame, number, range.clone());
                number
            };
            let seat = Seat {
                pipeline,
                place: self.place,
                is_last: !pipes,
                before: self.before,
                after,
                is_negated: false,
            };
            let command = Command { range, ..command };
            self.builder
                .command(self.frame, command, &[], seat, self.context);
            self.pipeline = pipes.then_some(pipeline);
        }
        if pipes {
            self.place += 1;
        } else {
            self.pipeline = None;
            self.place = 0;
        }
    }
}

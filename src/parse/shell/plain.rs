//! Scripts that are lists of simple commands and nothing more, as most are, read without the grammar: it takes most of the
//! time that a short script costs. What is read here is what [`super::grammar`] would have read; all else is left to it.

use std::ops::Range;

use super::build::Builder;
use super::frame::{Context, Frame, Seat};
use super::script::{Assign, Command, Redirect, is_name};
use super::word::{self, Text};

/// Longer scripts are the grammar's to refuse.
const MAX_LENGTH: usize = 64 * 1024;

/// Words that the grammar gives a meaning where a command may begin.
const RESERVED: &[&str] = &[
    "if", "then", "elif", "else", "fi", "while", "until", "for", "select", "do", "done", "case",
    "esac", "in", "[[", "]]", "function", "time", "coproc",
];

/// Reads the stretch `range`; false, and nothing is read, if anything in it is more than plain.
pub(super) fn read(
    builder: &mut Builder,
    frame: &Frame,
    range: Range<usize>,
    context: Context,
) -> bool {
    let stretch = frame.text.masked.get(range.clone()).unwrap_or_default();
    if stretch.len() > MAX_LENGTH || !is_plain(stretch.as_bytes()) {
        return false;
    }
    let mut reader = Reader {
        text: frame.text,
        end: range.end,
        lists: Vec::new(),
        list: Vec::new(),
        pipeline: Pipeline::default(),
        command: Command::default(),
    };
    if reader.run(range.start).is_none() {
        return false;
    }
    for list in reader.lists {
        hand_over(builder, frame, list, context);
    }
    true
}

/// Whether each byte has a meaning that [`Reader`] knows. What stands in quotes is looked at too, so that a bracket in
/// quotes sends the script to the grammar: that costs time, and no more.
fn is_plain(stretch: &[u8]) -> bool {
    let mut at = 0;
    while at < stretch.len() {
        let rest = &stretch[at..];
        at += match rest {
            [b'$', b'{', name @ ..] => {
                let length = name_length(name);
                if length == 0 || name.get(length) != Some(&b'}') {
                    return false;
                }
                length + 3
            }
            [
                b'$',
                b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'0'..=b'9' | b'?' | b'@' | b'#',
                ..,
            ] => 2,
            [b'\\', b'\n', ..] if at > 0 && matches!(stretch[at - 1], b' ' | b'\t') => 2,
            [b'\n' | b'\t', ..] => 1,
            [
                b'(' | b')' | b'{' | b'}' | b'`' | b'!' | b'\\' | b'$' | 0..=31 | 127..,
                ..,
            ] => return false,
            _ => 1,
        };
    }
    true
}

fn name_length(bytes: &[u8]) -> usize {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    bytes.iter().take_while(is_part).count()
}

/// Commands that hand their output on, and where they stand.
#[derive(Default)]
struct Pipeline {
    before: &'static str,
    commands: Vec<Command>,
    range: Range<usize>,
}

struct Reader<'a> {
    text: Text<'a>,
    end: usize,
    /// What stands between newlines.
    lists: Vec<Vec<Pipeline>>,
    list: Vec<Pipeline>,
    pipeline: Pipeline,
    command: Command,
}

impl Reader<'_> {
    /// Nothing, if the script is not plain.
    fn run(&mut self, mut at: usize) -> Option<()> {
        while at < self.end {
            let rest = &self.text.masked.as_bytes()[at..self.end];
            at += match rest {
                [b' ' | b'\t', ..] => 1,
                [b'\\', b'\n', ..] => 2,
                [b'#', ..] => rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()),
                [b'\n', ..] => self.newline()?,
                [b'&', b'&', ..] => self.operator("&&", 2)?,
                [b'|', b'|', ..] => self.operator("||", 2)?,
                [b'|', b'&', ..] | [b'&' | b';', b';' | b'&', ..] | [b'&', ..] => return None,
                [b'|', ..] => self.pipe()?,
                [b';', ..] => self.operator(";", 1)?,
                [b'<' | b'>', ..] => self.redirect(at, 0)?,
                [b'0'..=b'9', b'<' | b'>', ..] => self.redirect(at, 1)?,
                _ => self.word(at)?,
            };
        }
        self.newline()?;
        // Something should have followed.
        (self.list.is_empty() && self.pipeline.commands.is_empty()).then_some(())
    }

    /// Ends the list, unless its last operator wants more.
    fn newline(&mut self) -> Option<usize> {
        let is_open =
            !self.pipeline.commands.is_empty() || matches!(self.pipeline.before, "&&" | "||");
        if self.has_command() {
            self.finish_pipeline()?;
        } else if is_open {
            return Some(1);
        }
        self.pipeline.before = "";
        if !self.list.is_empty() {
            self.lists.push(std::mem::take(&mut self.list));
        }
        Some(1)
    }

    fn operator(&mut self, operator: &'static str, length: usize) -> Option<usize> {
        self.finish_pipeline()?;
        self.pipeline.before = operator;
        Some(length)
    }

    fn pipe(&mut self) -> Option<usize> {
        self.finish_command()?;
        Some(1)
    }

    fn has_command(&self) -> bool {
        !self.command.words.is_empty() || !self.command.assigns.is_empty()
    }

    fn finish_command(&mut self) -> Option<()> {
        let mut command = std::mem::take(&mut self.command);
        let words = command.words.iter();
        let ranges = words
            .chain(command.assigns.iter().map(|assign| &assign.word))
            .map(|word| word.range.clone());
        command.range =
            ranges.reduce(|all, next| all.start.min(next.start)..all.end.max(next.end))?;
        let range = &mut self.pipeline.range;
        if self.pipeline.commands.is_empty() {
            *range = command.range.clone();
        }
        range.end = command.range.end;
        self.pipeline.commands.push(command);
        Some(())
    }

    fn finish_pipeline(&mut self) -> Option<()> {
        self.finish_command()?;
        self.list.push(std::mem::take(&mut self.pipeline));
        Some(())
    }

    fn word(&mut self, at: usize) -> Option<usize> {
        let word = word::next(self.text, at);
        let range = word.range.clone();
        if range.is_empty() || range.end > self.end {
            return None;
        }
        let written = self.text.masked.get(range.clone())?;
        if is_unclosed(written) {
            return None;
        }
        if self.command.words.is_empty() {
            if RESERVED.contains(&written) {
                return None;
            }
            if let Some((name, _)) = written.split_once('=') {
                if !is_name(name) {
                    return None;
                }
                let name = name.to_owned();
                self.command.assigns.push(Assign { name, word });
                return Some(range.len());
            }
        }
        self.command.words.push(word);
        Some(range.len())
    }

    /// `>`, `>>`, `>&` or `<` with its target, behind `number` bytes of a descriptor.
    fn redirect(&mut self, at: usize, number: usize) -> Option<usize> {
        // Before the command, or without one.
        if !self.has_command() {
            return None;
        }
        let text = self.text.masked.get(at..self.end)?;
        let sign = at + number;
        let length = match text.as_bytes().get(number..)? {
            [b'>', b'>' | b'&', b'>' | b'<' | b'&' | b'|', ..] | [b'>', b'|' | b'<', ..] => {
                return None;
            }
            [b'>', b'>' | b'&', ..] => 2,
            [b'<', b'<' | b'>' | b'&', ..] => return None,
            _ => 1,
        };
        let operator = text.get(..number + length)?.to_owned();
        let rest = self.text.masked.get(sign + length..self.end)?;
        let start = sign + length + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let target = word::next(self.text, start);
        let end = target.range.end;
        let written = self.text.masked.get(target.range.clone())?;
        if written.is_empty() || written.starts_with('#') || is_unclosed(written) || end > self.end
        {
            return None;
        }
        self.command.redirects.push(Redirect { operator, target });
        Some(end - at)
    }
}

/// Whether a quote in the word has no other end than the script's.
fn is_unclosed(written: &str) -> bool {
    let mut open = None;
    for byte in written.bytes() {
        match open {
            Some(quote) if quote == byte => open = None,
            None if matches!(byte, b'\'' | b'"') => open = Some(byte),
            _ => {}
        }
    }
    open.is_some()
}

/// Gives the builder what the grammar's tree would have given it.
fn hand_over(builder: &mut Builder, frame: &Frame, list: Vec<Pipeline>, context: Context) {
    let befores: Vec<&'static str> = list.iter().map(|pipeline| pipeline.before).collect();
    for (number, pipeline) in list.into_iter().enumerate() {
        let length = pipeline.commands.len();
        let name = builder.pipeline(length);
        builder.end_pipeline(frame, name, pipeline.range);
        let seat = Seat {
            pipeline: name,
            before: pipeline.before,
            after: befores.get(number + 1).copied().unwrap_or(";"),
            ..Seat::default()
        };
        let context = Context {
            in_subshell: context.in_subshell || length > 1,
            ..context
        };
        for (place, command) in pipeline.commands.into_iter().enumerate() {
            let seat = Seat {
                place: u32::try_from(place).unwrap_or(u32::MAX),
                is_last: place + 1 == length,
                ..seat
            };
            builder.command(frame, command, &[], seat, context);
        }
    }
}

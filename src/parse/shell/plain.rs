//! Scripts that are lists of simple commands and nothing more, as most are, read without the grammar: it takes most of the
//! time that a short script costs. What is read here is what [`super::grammar`] would have read; all else is left to it.

#[cfg(test)]
mod tests;

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
    if range.len() > MAX_LENGTH {
        return false;
    }
    let mut reader = Reader {
        text: frame.text,
        start: range.start,
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

/// Commands that hand their output on, and where they stand.
#[derive(Default)]
struct Pipeline {
    before: &'static str,
    commands: Vec<Command>,
    range: Range<usize>,
}

struct Reader<'a> {
    text: Text<'a>,
    start: usize,
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
                [b'\\', b'\n', ..] => self.continuation(at)?,
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

    /// A line that goes on, behind a blank: glued to something it is part of a word.
    fn continuation(&self, at: usize) -> Option<usize> {
        let before = self.text.masked.get(self.start..at)?;
        before.ends_with([' ', '\t']).then_some(2)
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
        let word = word::next(self.text, at, self.end);
        let range = word.range.clone();
        if range.is_empty() || !is_settled(self.text, range.clone()) {
            return None;
        }
        let written = self.text.masked.get(range.clone())?;
        let is_number = written.bytes().all(|byte| byte.is_ascii_digit());
        let next = self.text.masked.as_bytes().get(range.end);
        // `11>` is a descriptor.
        if matches!(written, "{" | "}") || is_number && matches!(next, Some(b'<' | b'>')) {
            return None;
        }
        if self.command.words.is_empty() {
            if RESERVED.contains(&written) || written.starts_with(['{', '}', '!', '\\']) {
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
        let target = word::next(self.text, start, self.end);
        let end = target.range.end;
        let written = self.text.masked.get(target.range.clone())?;
        if matches!(written, "" | "{" | "}")
            || written.starts_with('#')
            || !is_settled(self.text, target.range.clone())
        {
            return None;
        }
        self.command.redirects.push(Redirect { operator, target });
        Some(end - at)
    }
}

/// Whether a word is one to the grammar too: quotes and substitutions end in it, and nothing in it is more than its
/// pieces say.
fn is_settled(text: Text, range: Range<usize>) -> bool {
    let Range { start: mut at, end } = range;
    let bytes = text.masked.as_bytes().get(..end).unwrap_or_default();
    let mut in_double = false;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let next = match rest {
            [b'"', ..] => {
                in_double = !in_double;
                Some(at + 1)
            }
            [b'\'', inner @ ..] if !in_double => {
                let length = inner.iter().position(|byte| *byte == b'\'');
                let inner = inner.get(..length.unwrap_or_default()).unwrap_or_default();
                let is_text = inner.iter().all(|byte| is_text(*byte));
                length.filter(|_| is_text).map(|length| at + length + 2)
            }
            [b'\\', b' '..=b'~', ..] => Some(at + 2),
            [b'$', b'(', b'(', ..] => None,
            [b'$', b'(', inner @ ..] => {
                let close = word::closing_parenthesis(text, at + 2, end);
                let inner = inner.get(..close - at - 2).unwrap_or_default();
                // The grammar looks for the ends of here-documents in the whole script.
                let has_document = inner.windows(2).any(|pair| pair == b"<<");
                (!has_document).then_some(close + 1)
            }
            [b'$', b'{', name @ ..] => closing_brace(name).map(|length| at + length + 3),
            [
                b'$',
                b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'0'..=b'9' | b'?' | b'@' | b'#',
                ..,
            ] => Some(at + 2),
            [b'\\' | b'$' | b'`', ..] => None,
            [b'(' | b')' | 128.., ..] if !in_double => None,
            [byte, ..] => is_text(*byte).then_some(at + 1),
            [] => None,
        };
        match next {
            Some(next) if next <= end => at = next,
            _ => return false,
        }
    }
    !in_double
}

/// Whether a byte stands for itself wherever quotes keep it from meaning more.
fn is_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b' '..=b'~' | 128..)
}

/// How long the inside of `${…}` is, if it is a name and perhaps an operator with a plain text.
fn closing_brace(inner: &[u8]) -> Option<usize> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let name = inner.iter().take_while(|byte| is_name(byte)).count();
    let end = inner.iter().position(|byte| *byte == b'}')?;
    let is_plain = |byte: &u8| byte.is_ascii_graphic() && !b"\"'\\$`(){<>|&;".contains(byte);
    let operand = inner.get(name..end)?;
    (name > 0 && operand.iter().all(is_plain)).then_some(end)
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

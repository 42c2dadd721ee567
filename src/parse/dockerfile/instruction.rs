//! One logical line becomes an instruction with its flags, words and pairs; what `BuildKit` would refuse is a problem.

use std::ops::Range;

use crate::parse::dockerfile::keywords::{BLANKS, KEYWORDS};
use crate::parse::dockerfile::lines::Logical;
use crate::parse::dockerfile::words::{List, exec, ranges, unquote, words};
use crate::parse::dockerfile::{Flag, Instruction, Pair, joined, list};
use crate::parse::problem::Problem;
use crate::span::{LocatedText, Span};
use hullmark_tables::faults;

/// Reads an instruction.
pub(super) fn read(line: &Logical, escape: char, problems: &mut Vec<Problem>) -> Instruction {
    let text = &line.text;
    let end = text.text.find(BLANKS).unwrap_or(text.text.len());
    let mut instruction = part(text, 0..end, escape);
    instruction.span = line.span;
    instruction.blank_line = line.blank_line;
    instruction.blank_is_last = line.blank_is_last;
    instruction.swallowed = joined::swallowed(line, &instruction);
    instruction.swallowing_comment = joined::swallowing_comment(line, &instruction);
    if !KEYWORDS.contains(&instruction.keyword.as_str()) {
        let written = &text.text[..end];
        let distance = |keyword: &&str| strsim::damerau_levenshtein(keyword, &instruction.keyword);
        let near = KEYWORDS
            .iter()
            .copied()
            .filter(|keyword| written.len() <= keyword.len() + 2 && distance(keyword) <= 2)
            .min_by_key(distance);
        let hint = near
            .map(|keyword| format!("; did you mean `{keyword}`?"))
            .unwrap_or_default();
        let shown: String = written.chars().take(40).collect();
        problems.push(Problem::new(
            faults::UNKNOWN_INSTRUCTION,
            instruction.keyword_span,
            format!("unknown instruction `{shown}`{hint}"),
        ));
    }
    let mut open = Some(&instruction);
    while let Some(part) = open {
        if part.is_mixed_list {
            problems.push(Problem::new(
                faults::MIXED_LIST,
                part.body.span(0..part.body.text.trim_end().len()),
                format!(
                    "a JSON list of `{}` holds only strings in double quotes",
                    part.keyword
                ),
            ));
        }
        open = part.inner.as_deref();
    }
    instruction
}

/// Reads the part of a logical line whose keyword stands in `keyword`.
fn part(text: &LocatedText, keyword: Range<usize>, escape: char) -> Instruction {
    let mut instruction = head(text, keyword.clone());
    let body_start = if KEYWORDS.contains(&instruction.keyword.as_str()) {
        flags(text, keyword.end, escape, &mut instruction)
    } else {
        keyword.end
    };
    let lead = text.text[body_start..].len() - text.text[body_start..].trim_start().len();
    let start = body_start + lead;
    let end = start + text.text[start..].trim_end().len();
    instruction.body = text.cut(start..end);
    instruction.span = text.span(keyword.start..end.max(keyword.end));
    fill(&mut instruction, escape);
    instruction
}

/// An instruction of which only the keyword is read.
fn head(text: &LocatedText, keyword: Range<usize>) -> Instruction {
    let span = text.span(keyword.clone());
    Instruction {
        keyword_span: span,
        span,
        keyword: text.text[keyword].to_ascii_uppercase(),
        ..Instruction::default()
    }
}

/// Reads `--name=value` words; says where the rest begins.
fn flags(text: &LocatedText, from: usize, escape: char, instruction: &mut Instruction) -> usize {
    let mut rest = from;
    let mut words = ranges(&text.text, from, escape, true);
    while let Some(range) = words.next() {
        let word = &text.text[range.clone()];
        let Some(flag) = word.strip_prefix("--") else {
            break;
        };
        rest = range.end;
        if flag.is_empty() {
            break;
        }
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (flag, None),
        };
        let apart = (value.is_none() && takes_next(&instruction.keyword, name, &text.text[rest..]))
            .then(|| words.next())
            .flatten();
        let value_range = match (&apart, value) {
            (Some(next), _) => next.clone(),
            (None, Some(value)) => range.end - value.len()..range.end,
            (None, None) => range.clone(),
        };
        rest = rest.max(value_range.end);
        let has_value = value.is_some() || apart.is_some();
        instruction.flags.push(Flag {
            name: name.to_owned(),
            value: has_value.then(|| unquote(&text.text[value_range.clone()])),
            span: text.span(range),
            value_span: text.span(value_range),
            is_apart: apart.is_some(),
        });
    }
    rest
}

/// Whether the word behind a flag that has no value is meant as its value: the instruction has more words than it needs.
fn takes_next(keyword: &str, name: &str, rest: &str) -> bool {
    let count = rest.split_whitespace().take(4).count();
    let has_others = !rest.trim_start().starts_with("--");
    has_others
        && match (keyword, name) {
            ("COPY" | "ADD", "from" | "chown" | "chmod") => count > 2,
            ("FROM", "platform") => {
                let second = rest.split_whitespace().nth(1);
                count > 1 && second.is_some_and(|word| !word.eq_ignore_ascii_case("as"))
            }
            _ => false,
        }
}

/// Reads words, pairs and the inner instruction, as the keyword asks.
fn fill(instruction: &mut Instruction, escape: char) {
    let body = std::mem::take(&mut instruction.body);
    let split = |quotes: bool| words(&body, ranges(&body.text, 0, escape, quotes));
    match instruction.keyword.as_str() {
        "RUN" | "CMD" | "ENTRYPOINT" | "SHELL" | "VOLUME" | "COPY" | "ADD" => {
            let list = exec(&body);
            instruction.is_mixed_list = matches!(list, List::Mixed);
            if let List::Strings(items) = list {
                instruction.is_exec = true;
                instruction.words = items;
            } else {
                let shell = matches!(instruction.keyword.as_str(), "RUN" | "CMD" | "ENTRYPOINT");
                instruction.words = split(shell);
                if instruction.keyword != "SHELL" && !instruction.is_mixed_list {
                    instruction.list_fault = list::fault(&body);
                }
            }
        }
        "ENV" | "LABEL" | "ARG" => {
            instruction.words = split(true);
            instruction.pairs = pairs(&instruction.keyword, &body, escape);
        }
        "HEALTHCHECK" | "ONBUILD" => {
            let end = body.text.find(BLANKS).unwrap_or(body.text.len());
            instruction.words = split(true);
            if end > 0 {
                let inner = match (&*instruction.keyword, head(&body, 0..end)) {
                    // Docker refuses these; a chain of 100,000 would be as many instructions, each with the rest of it.
                    (keyword, inner) if inner.keyword == "ONBUILD" || inner.keyword == keyword => {
                        inner
                    }
                    _ => part(&body, 0..end, escape),
                };
                instruction.inner = Some(Box::new(inner));
            }
        }
        _ => instruction.words = split(true),
    }
    instruction.body = body;
}

/// `name=value …`, or the old `name the rest` of ENV and LABEL.
fn pairs(keyword: &str, body: &LocatedText, escape: char) -> Vec<Pair> {
    let found: Vec<_> = ranges(&body.text, 0, escape, true).collect();
    let Some(first) = found.first() else {
        return Vec::new();
    };
    let has_equals = |range: &Range<usize>| body.text[range.clone()].contains('=');
    if keyword != "ARG" && !has_equals(first) {
        let start = found.get(1).map(|second| second.start);
        let value = start.map(|start| body.text[start..].to_owned());
        return vec![Pair {
            name: unquote(&body.text[first.clone()]),
            value_span: body.span(start.unwrap_or(first.start)..body.text.len()),
            span: body.span(first.start..body.text.len()),
            is_legacy: value.is_some(),
            value,
        }];
    }
    let pairs = found.into_iter().map(|range| {
        let word = &body.text[range.clone()];
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let value_start = value.map_or(range.start, |value| range.end - value.len());
        Pair {
            name: unquote(name),
            value: value.map(ToOwned::to_owned),
            is_legacy: false,
            value_span: body.span(value_start..range.end),
            span: body.span(range),
        }
    });
    pairs.collect()
}

impl Instruction {
    /// The bytes of its body.
    pub fn body_span(&self) -> Span {
        if self.body.text.is_empty() {
            return self.keyword_span;
        }
        self.body.span(0..self.body.text.len())
    }

    /// Whether several commands are chained in its shell form.
    pub fn is_chained(&self) -> bool {
        !self.is_exec
            && ["&&", "||", ";", "|"]
                .iter()
                .any(|operator| self.body.text.contains(operator))
    }
}

//! Instructions as rows, and the variables that they declare.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use crate::model::dockerfile::Context;
use crate::model::dockerfile::stages::Stage;
use crate::model::place::{At, TextPlace};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::{Facts, label, variable};
use crate::parse::dockerfile::{self, Instruction, Pair, Variables, Word};
use crate::span::Span;

/// How many variables are compared with how many others.
const MOST_COMPARED: usize = 100;

/// The place of an instruction: its first line, with flags, words and pairs as named parts.
pub(super) fn place(facts: &mut Facts, context: &mut Context, instruction: &Instruction) -> At {
    let text = &context.source.text;
    let first_line = instruction
        .span
        .of(text)
        .split(['\n', '\r'])
        .next()
        .unwrap_or_default();
    let shown = first_line.trim_end_matches(['\\', '`', ' ', '\t']);
    let start = instruction.span.start as usize;
    let path = match context.stage() {
        Some(stage) => stage.path(&instruction.keyword),
        None => format!("{}[global]", instruction.keyword),
    };
    let mut place = TextPlace::new(Span::new(start, start + shown.len()), path);
    place = place.field("keyword", instruction.keyword_span);
    for flag in &instruction.flags {
        place = place.field(format!("flags.{}", flag.name), flag.span);
    }
    for (number, word) in words(instruction).iter().enumerate() {
        place = place.field(format!("arguments.{number}"), word.span);
    }
    for (number, pair) in instruction.pairs.iter().enumerate() {
        place = place.field(format!("pairs.{number}"), pair.span);
        place = place.field(format!("pairs.{number}.value"), pair.value_span);
    }
    facts.text(place)
}

/// The row of an instruction.
pub(super) fn push(
    facts: &mut Facts,
    context: &Context,
    at: At,
    number: usize,
    instruction: &Instruction,
    is_onbuild: bool,
) {
    if !facts.wants(Table::Instructions) {
        return;
    }
    let variables = context.variables();
    let stage = context.stages.last();
    let position = i64::try_from(context.stages.len()).unwrap_or(i64::MAX) - 1;
    let form = match instruction {
        _ if instruction.is_exec => "exec",
        _ if !instruction.heredocs.is_empty() => "heredoc",
        _ => "shell",
    };
    let flags = instruction.flags.iter().enumerate().map(|(number, flag)| {
        let place = facts.text(TextPlace::new(flag.span, format!("flag[{number}]")));
        Row::at(place)
            .text("name", &flag.name)
            .maybe_text("value", flag.value.as_deref())
            .done()
    });
    let flags: Vec<Value> = flags.collect();
    let blank_line = instruction
        .blank_line
        .map(|span| facts.text(TextPlace::new(span, "blank".to_owned())).value());
    let comment = context.comment.map(|span| {
        let body = span.of(&context.source.text).trim_start_matches('#').trim();
        let place = facts.text(TextPlace::new(span, "comment".to_owned()));
        Row::at(place).text("text", body).done()
    });
    let written = instruction.keyword_span.of(&context.source.text);
    let undefined = undefined(instruction, variables);
    let row = Row::at(at)
        .place("document", context.document)
        .maybe("comment", comment)
        .maybe("blank_line", blank_line)
        .text("keyword", &instruction.keyword)
        .text("written", written)
        .maybe("case", case(written).map(Value::from))
        .flag("workdir_set", stage.is_some_and(Stage::had_workdir))
        .number("number", i64::try_from(number).unwrap_or(i64::MAX))
        .number("stage_number", position)
        .maybe("stage", stage.map(|stage| stage.at.value()))
        .flag("is_onbuild", is_onbuild)
        .flag("is_chained", instruction.is_chained())
        .text("form", form)
        .text("text", &instruction.body.text)
        .list("flags", flags)
        .texts("undefined", &undefined)
        .list("misspelt", misspelt(&undefined, variables))
        .list("arguments", arguments(words(instruction), variables))
        .list("pairs", pairs(instruction, variables));
    let row = row.maybe("carriage_return", carriage_return(facts, instruction));
    let row = row.maybe_text("target", target(context, instruction).as_deref());
    facts.push(Table::Instructions, own_fields(row, instruction, variables));
}

/// Where a here-document is announced whose lines keep carriage returns that somebody stumbles over: a shell, or the system that looks for the
/// program behind `#!`.
fn carriage_return(facts: &mut Facts, instruction: &Instruction) -> Option<Value> {
    let mut heredocs = instruction.heredocs.iter();
    let heredoc = heredocs.find(|heredoc| {
        heredoc.has_carriage_returns
            && (instruction.keyword == "RUN" || heredoc.text.text.starts_with("#!"))
    })?;
    let place = TextPlace::new(heredoc.span, "heredoc".to_owned());
    Some(facts.text(place).value())
}

/// Where COPY and ADD bring their sources, from the root of the image.
fn target(context: &Context, instruction: &Instruction) -> Option<String> {
    if !matches!(instruction.keyword.as_str(), "COPY" | "ADD") {
        return None;
    }
    let expanded = context.variables().expand(&instruction.words.last()?.text);
    let path = dockerfile::unquote(&expanded.text);
    context.stages.last()?.absolute(&path)
}

/// How a word with letters is written.
fn case(word: &str) -> Option<&'static str> {
    let has_lower = word.contains(char::is_lowercase);
    let has_upper = word.contains(char::is_uppercase);
    match (has_lower, has_upper) {
        (false, false) => None,
        (true, false) => Some("lower"),
        (false, true) => Some("upper"),
        (true, true) => Some("mixed"),
    }
}

/// The words that rules see. Those of a script are the words of its commands: the first one says how it begins.
fn words(instruction: &Instruction) -> &[Word] {
    let is_script = instruction.keyword == "RUN" && !instruction.is_exec;
    match instruction.words.split_first() {
        Some((first, _)) if is_script => std::slice::from_ref(first),
        _ => &instruction.words,
    }
}

fn arguments(words: &[Word], variables: &Variables) -> Vec<Value> {
    let rows = words.iter().enumerate().map(|(number, word)| {
        let expanded = variables.expand(&word.text);
        let plain = Word {
            text: expanded.text,
            span: word.span,
        };
        Row::default()
            .number("number", i64::try_from(number).unwrap_or(i64::MAX))
            .text("field", &format!("arguments.{number}"))
            .text("text", &word.text)
            .flag("is_known", expanded.is_known)
            .text("value", &plain.unquoted())
            .done()
    });
    rows.collect()
}

fn pairs(instruction: &Instruction, variables: &Variables) -> Vec<Value> {
    let pairs = &instruction.pairs;
    let is_label = instruction.keyword == "LABEL";
    let mut setters: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in pairs {
        *setters.entry(&pair.name).or_default() += 1;
    }
    let rows = pairs.iter().enumerate().map(|(number, pair)| {
        let (value, is_known) = value_of(pair, variables);
        let written = value
            .as_deref()
            .filter(|_| is_label && !has_variables(pair));
        let looks_like = written.map(|value| {
            let types = label::looks_like(value).into_iter().map(Value::from);
            Value::from(types.collect::<Vec<_>>())
        });
        Row::default()
            .text("name", &pair.name)
            .text("field", &format!("pairs.{number}"))
            .flag("has_value", pair.value.is_some())
            .flag("is_legacy", pair.is_legacy)
            .flag("is_bad_label_key", is_bad_label_key(&pair.name))
            .flag("is_known", is_known)
            .maybe_text("value", value.as_deref())
            .texts("reads_beside", reads_beside(pair, &setters))
            .maybe(
                "is_literal",
                is_label.then_some(Value::Bool(written.is_some())),
            )
            .maybe("looks_like", looks_like)
            .done()
    });
    rows.collect()
}

/// The variables that the builder would fill in, and that nothing before it in the stage declares.
fn undefined(instruction: &Instruction, variables: &Variables) -> Vec<String> {
    let texts: Vec<&str> = match instruction.keyword.as_str() {
        "ENV" | "LABEL" | "ARG" => {
            let values = instruction
                .pairs
                .iter()
                .filter_map(|pair| pair.value.as_deref());
            values.collect()
        }
        "COPY" | "ADD" | "WORKDIR" | "USER" | "EXPOSE" | "VOLUME" | "STOPSIGNAL" => instruction
            .words
            .iter()
            .map(|word| word.text.as_str())
            .collect(),
        _ => return Vec::new(),
    };
    let names: BTreeSet<String> = texts
        .into_iter()
        .flat_map(|text| variables.undeclared(text))
        .collect();
    names.into_iter().collect()
}

/// The declared variables that undefined ones may have been meant to be.
fn misspelt(undefined: &[String], variables: &Variables) -> Vec<Value> {
    if undefined.is_empty() || undefined.len() > MOST_COMPARED {
        return Vec::new();
    }
    let declared = variables.names();
    let declared = declared.get(..declared.len().min(MOST_COMPARED));
    let rows = undefined.iter().filter_map(|name| {
        let mut near = declared.unwrap_or_default().iter().filter(|known| {
            known.len() > 4
                && known.len().abs_diff(name.len()) < 2
                && strsim::damerau_levenshtein(known, name) == 1
        });
        let row = Row::default().text("name", name);
        Some(row.text("similar", near.next()?).done())
    });
    rows.collect()
}

/// Whether a build may give the pair another value than the file does.
fn has_variables(pair: &Pair) -> bool {
    !dockerfile::reads(pair.value.as_deref().unwrap_or_default()).is_empty()
}

/// The variables that a pair's value reads and another pair of its instruction sets.
fn reads_beside<'a>(pair: &'a Pair, setters: &BTreeMap<&str, usize>) -> BTreeSet<&'a str> {
    let value = pair.value.as_deref().unwrap_or_default();
    let names = dockerfile::reads(value).into_iter().map(|(name, _)| name);
    names
        .filter(|name| {
            let own = usize::from(*name == pair.name);
            setters.get(name).is_some_and(|count| *count > own)
        })
        .collect()
}

/// Whether a label's key is not as Docker's guidelines on object labels ask.
fn is_bad_label_key(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut bytes = key.bytes();
    let begins = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase());
    let ends = key.bytes().last().is_some_and(plain);
    let inside = key
        .bytes()
        .all(|byte| plain(byte) || b".-_".contains(&byte));
    let doubled = ["..", "--", ".-", "-."]
        .iter()
        .any(|pair| key.contains(pair));
    let reserved = ["com.docker.", "io.docker.", "org.dockerproject."];
    !(begins && ends && inside) || doubled || reserved.iter().any(|prefix| key.starts_with(prefix))
}

/// A pair's value, expanded and without quotes, and whether it is known.
fn value_of(pair: &Pair, variables: &Variables) -> (Option<String>, bool) {
    let Some(written) = &pair.value else {
        return (None, false);
    };
    let expanded = variables.expand(written);
    let word = Word {
        text: expanded.text,
        span: pair.value_span,
    };
    (Some(word.unquoted()), expanded.is_known)
}

/// What only some keywords have.
fn own_fields(row: Row, instruction: &Instruction, variables: &Variables) -> Row {
    let values = || -> Vec<(String, bool)> {
        let words = instruction.words.iter();
        let expanded = words.map(|word| {
            let expanded = variables.expand(&word.text);
            let plain = Word {
                text: expanded.text,
                span: word.span,
            };
            (plain.unquoted(), expanded.is_known)
        });
        expanded.collect()
    };
    match instruction.keyword.as_str() {
        "COPY" | "ADD" => {
            let values = values();
            let (destination, sources) = match values.split_last() {
                Some((last, rest)) => (Some(last), rest),
                None => (None, &[][..]),
            };
            row.texts("sources", sources.iter().map(|(text, _)| text))
                .flag("has_heredoc", !instruction.heredocs.is_empty())
                .maybe_text("destination", destination.map(|(text, _)| text.as_str()))
        }
        "WORKDIR" => {
            let (_, known) = values().into_iter().next().unwrap_or_default();
            let expanded = variables.expand(&instruction.body.text);
            let word = Word {
                text: expanded.text,
                span: Span::default(),
            };
            let path = word.unquoted();
            row.flag("is_absolute", is_absolute(&path))
                .flag("is_known", known)
                .text("workdir", &path)
        }
        "USER" => {
            let (user, known) = values().into_iter().next().unwrap_or_default();
            row.flag("is_known", known).text("user", &user)
        }
        "EXPOSE" => row.list("ports", ports(instruction, variables)),
        "HEALTHCHECK" => {
            let is_none = instruction
                .words
                .first()
                .is_some_and(|word| word.text.eq_ignore_ascii_case("none"));
            let command = instruction.inner.as_ref();
            let command = command.filter(|inner| inner.keyword == "CMD" && !inner.words.is_empty());
            row.flag("is_none", is_none).flag(
                "has_shell_command",
                command.is_some_and(|inner| !inner.is_exec),
            )
        }
        _ => row,
    }
}

/// Whether a path is absolute on Linux or Windows.
fn is_absolute(path: &str) -> bool {
    let mut letters = path.chars();
    let drive = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && letters.next() == Some(':');
    path.starts_with(['/', '\\', '$']) || drive
}

/// Ports of EXPOSE: single ones and the two ends of ranges.
fn ports(instruction: &Instruction, variables: &Variables) -> Vec<Value> {
    let mut rows = Vec::new();
    for (number, word) in instruction.words.iter().enumerate() {
        let expanded = variables.expand(&word.text);
        let (port, protocol) = expanded
            .text
            .split_once('/')
            .unwrap_or((&expanded.text, "tcp"));
        for end in port.split('-') {
            let row = Row::default()
                .text("text", &word.text)
                .text("field", &format!("arguments.{number}"))
                .text("protocol", protocol)
                .flag("is_known", expanded.is_known)
                .flag(
                    "is_number",
                    !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit()),
                )
                .maybe("port", end.parse::<i64>().ok().map(Value::from));
            rows.push(row.done());
        }
    }
    rows
}

/// Declares the variables of ENV and ARG, each with a row.
pub(super) fn declare(
    facts: &mut Facts,
    context: &mut Context,
    at: At,
    number: usize,
    instruction: &Instruction,
    is_onbuild: bool,
) {
    let source = match instruction.keyword.as_str() {
        "ENV" => "env",
        "ARG" => "arg",
        _ => return,
    };
    for (index, pair) in instruction.pairs.iter().enumerate() {
        let (value, is_known) = value_of(pair, context.variables());
        let field = format!("pairs.{index}");
        let stage = context.stages.last().map(|stage| stage.at.value());
        let row = variable::row(
            at,
            context.document,
            source,
            &pair.name,
            value.as_deref(),
            is_known,
            &field,
        );
        let references = pair
            .value
            .as_deref()
            .is_some_and(|value| value.contains('$'));
        let row = row.maybe("stage", stage).flag("is_expansion", references);
        let row = match source {
            "arg" => {
                let is_global = context.stages.is_empty();
                let is_read = context.usage.is_read(&pair.name, number, is_global);
                row.flag("is_read", is_read).flag("is_global", is_global)
            }
            _ => row,
        };
        facts.push(Table::Variables, row);
        let global = context.globals.get(&pair.name).cloned().flatten();
        let known = match value {
            Some(value) if is_known => Some(value),
            Some(_) => None,
            // ARG without a default takes that of the global ARG of its name.
            None => global,
        };
        match context.stage() {
            Some(stage) => {
                stage.variables.set(&pair.name, known);
                if source == "env" || is_onbuild {
                    stage.handed_on.insert(pair.name.clone());
                }
            }
            None => context.globals.set(&pair.name, known),
        }
    }
}

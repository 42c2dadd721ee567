//! Instructions as rows, and the variables that they declare.

use hullmark_tables::{
    Argument, ExposedPort, InstructionFlag, Instructions, argument, comment, exposed_port,
    instruction_flag, instructions, slip, variables,
};

use crate::model::dockerfile::stage::Stage;
use crate::model::dockerfile::{Context, pairs};
use crate::model::place::{RowRef, TextPlace};
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::model::{FileTables, variable};
use crate::parse::dockerfile::{self, Instruction, Pair, Slip, Variables, Word};
use crate::span::Span;

/// The place of an instruction: its first line, with flags, words and pairs as named parts.
pub(super) fn place(
    tables: &mut FileTables,
    context: &mut Context,
    instruction: &Instruction,
) -> RowRef {
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
        place = place.item("arguments", number, word.span);
    }
    for (number, pair) in instruction.pairs.iter().enumerate() {
        place = place.item("pairs", number, pair.span);
        place = place.field(format!("pairs.{number}.value"), pair.value_span);
    }
    tables.text(place)
}

/// The row of an instruction.
pub(super) fn push(
    tables: &mut FileTables,
    context: &Context,
    at: RowRef,
    number: usize,
    instruction: &Instruction,
    is_onbuild: bool,
) {
    if !tables.wants(Table::Instructions) {
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
        let place = tables.text(TextPlace::new(flag.span, format!("flag[{number}]")));
        RowBuilder::at(place)
            .text(instruction_flag::name, &flag.name)
            .maybe_text(instruction_flag::value, flag.value.as_deref())
    });
    let flags: Vec<RowBuilder<InstructionFlag>> = flags.collect();
    let blank_line = instruction
        .blank_line
        .map(|span| tables.text(TextPlace::new(span, "blank".to_owned())));
    let comment = context.comment.map(|span| {
        let body = span.of(&context.source.text).trim_start_matches('#').trim();
        let place = tables.text(TextPlace::new(span, "comment".to_owned()));
        RowBuilder::at(place).text(comment::text, body)
    });
    let written = instruction.keyword_span.of(&context.source.text);
    let undefined = pairs::undefined(instruction, variables);
    let row = RowBuilder::at(at)
        .set(instructions::document, context.document)
        .maybe(instructions::comment, comment)
        .maybe(instructions::blank_line, blank_line)
        .set(instructions::blank_is_last, instruction.blank_is_last)
        .text(instructions::keyword, &instruction.keyword)
        .text(instructions::written, written)
        .maybe(instructions::case, case(written))
        .set(
            instructions::workdir_set,
            stage.is_some_and(Stage::had_workdir),
        )
        .set(instructions::number, number)
        .set(instructions::stage_number, position)
        .maybe(instructions::stage, stage.map(|stage| stage.at))
        .set(instructions::is_onbuild, is_onbuild)
        .set(instructions::is_chained, instruction.is_chained())
        .text(instructions::form, form)
        .text(instructions::text, &instruction.body.text)
        .set(instructions::flags, flags)
        .texts(instructions::undefined, &undefined)
        .set(
            instructions::misspelt,
            pairs::misspelt(&undefined, variables),
        )
        .set(
            instructions::arguments,
            arguments(words(instruction), variables),
        )
        .set(instructions::pairs, pairs::pairs(instruction, variables));
    let row = row.maybe(
        instructions::carriage_return,
        carriage_return(tables, instruction),
    );
    let row = row.maybe_text(
        instructions::target,
        target(context, instruction).as_deref(),
    );
    let inner = instruction.inner.as_ref();
    let list_fault = instruction.list_fault.as_ref();
    let list_fault = list_fault.or(inner.and_then(|inner| inner.list_fault.as_ref()));
    let row = row
        .maybe(instructions::list_fault, slip_row(tables, list_fault))
        .maybe(
            instructions::swallowed,
            slip_row(tables, instruction.swallowed.as_ref()),
        )
        .maybe(
            instructions::swallowing_comment,
            slip_row(tables, instruction.swallowing_comment.as_ref()),
        );
    let row = row.maybe_text(
        instructions::effective_user,
        stage
            .filter(|_| !is_onbuild)
            .and_then(Stage::effective_user),
    );
    let escape = if context.has_backslashes { '`' } else { '\\' };
    tables.add_row(own_fields(row, instruction, variables, escape));
}

fn slip_row(
    tables: &mut FileTables,
    found: Option<&Slip>,
) -> Option<RowBuilder<hullmark_tables::Slip>> {
    let found = found?;
    let at = tables.text(TextPlace::new(found.span, "slip".to_owned()));
    Some(RowBuilder::at(at).text(slip::text, &found.text))
}

/// Where a here-document is announced whose lines keep carriage returns that somebody stumbles over: a shell, or the system that looks for the
/// program behind `#!`.
fn carriage_return(tables: &mut FileTables, instruction: &Instruction) -> Option<RowRef> {
    let mut heredocs = instruction.heredocs.iter();
    let heredoc = heredocs.find(|heredoc| {
        heredoc.has_carriage_returns
            && (instruction.keyword == "RUN" || heredoc.text.text.starts_with("#!"))
    })?;
    let place = TextPlace::new(heredoc.span, "heredoc".to_owned());
    Some(tables.text(place))
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

fn arguments(words: &[Word], variables: &Variables) -> Vec<RowBuilder<Argument>> {
    let rows = words.iter().enumerate().map(|(number, word)| {
        let expanded = variables.expand(&word.text);
        let plain = Word {
            text: expanded.text,
            span: word.span,
        };
        RowBuilder::new()
            .set(argument::number, number)
            .text(argument::field, &format!("arguments.{number}"))
            .text(argument::text, &word.text)
            .set(argument::is_known, expanded.is_known)
            .text(argument::value, &plain.unquoted())
    });
    rows.collect()
}

/// What only some keywords have.
fn own_fields(
    row: RowBuilder<Instructions>,
    instruction: &Instruction,
    variables: &Variables,
    escape: char,
) -> RowBuilder<Instructions> {
    let values = || -> Vec<(String, bool)> {
        let words = instruction.words.iter();
        let expanded = words.map(|word| {
            let expanded = variables.expand(&word.text);
            let value = dockerfile::unquote_as(&expanded.text, escape);
            (value, expanded.is_known)
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
            row.texts(instructions::sources, sources.iter().map(|(text, _)| text))
                .set(instructions::has_heredoc, !instruction.heredocs.is_empty())
                .maybe_text(
                    instructions::destination,
                    destination.map(|(text, _)| text.as_str()),
                )
        }
        "WORKDIR" => {
            let (_, known) = values().into_iter().next().unwrap_or_default();
            let expanded = variables.expand(&instruction.body.text);
            let path = dockerfile::unquote_as(&expanded.text, escape);
            row.set(instructions::is_absolute, is_absolute(&path))
                .set(instructions::is_known, known)
                .text(instructions::workdir, &path)
        }
        "USER" => {
            let (user, known) = values().into_iter().next().unwrap_or_default();
            row.set(instructions::is_known, known)
                .text(instructions::user, &user)
        }
        "EXPOSE" => row.set(instructions::ports, ports(instruction, variables)),
        "HEALTHCHECK" => {
            let is_none = instruction
                .words
                .first()
                .is_some_and(|word| word.text.eq_ignore_ascii_case("none"));
            let command = instruction.inner.as_ref();
            let command = command.filter(|inner| inner.keyword == "CMD" && !inner.words.is_empty());
            row.set(instructions::is_none, is_none).set(
                instructions::has_shell_command,
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
fn ports(instruction: &Instruction, variables: &Variables) -> Vec<RowBuilder<ExposedPort>> {
    let mut rows = Vec::new();
    for (number, word) in instruction.words.iter().enumerate() {
        let expanded = variables.expand(&word.text);
        let (port, protocol) = expanded
            .text
            .split_once('/')
            .unwrap_or((&expanded.text, "tcp"));
        for end in port.split('-') {
            let row = RowBuilder::new()
                .text(exposed_port::text, &word.text)
                .text(exposed_port::field, &format!("arguments.{number}"))
                .text(exposed_port::protocol, protocol)
                .set(exposed_port::is_known, expanded.is_known)
                .set(
                    exposed_port::is_number,
                    !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit()),
                )
                .maybe(exposed_port::port, end.parse::<i64>().ok());
            rows.push(row);
        }
    }
    rows
}

/// The names behind the dollar signs of a value.
fn names_read(value: &str) -> Vec<&str> {
    let parts = value.split('$').skip(1);
    let names = parts.map(|part| {
        let name = part.strip_prefix('{').unwrap_or(part);
        let end = name.find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'));
        &name[..end.unwrap_or(name.len())]
    });
    names.filter(|name| !name.is_empty()).take(16).collect()
}

/// Declares the variables of ENV and ARG, each with a row.
pub(super) fn declare(
    tables: &mut FileTables,
    context: &mut Context,
    at: RowRef,
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
        let (value, is_known) = pairs::value_of(pair, context.variables());
        let name = name(context, pair);
        let field = format!("pairs.{index}");
        let stage = context.stages.last().map(|stage| stage.at);
        let row = variable::row(
            at,
            context.document,
            source,
            &name,
            value.as_deref(),
            is_known,
            &field,
        );
        let references = pair
            .value
            .as_deref()
            .is_some_and(|value| value.contains('$'));
        let literal = value.as_deref().filter(|_| is_known && !references);
        if let Some(value) = literal {
            tables.name_secret(&pair.name, value, pair.value_span);
        }
        let maker = literal.and_then(|value| context.accounts.maker(&name, value));
        let reads = pair.value.as_deref().map(names_read).unwrap_or_default();
        let row = row
            .texts(variables::reads, reads)
            .maybe_text(variables::made_of, maker)
            .maybe(variables::stage, stage)
            .set(variables::is_expansion, references);
        let row = match source {
            "arg" => {
                let is_global = context.stages.is_empty();
                let is_read = context.usage.is_read(&pair.name, number, is_global);
                row.set(variables::is_read, is_read)
                    .set(variables::is_global, is_global)
            }
            _ => row,
        };
        tables.add_row(row);
        let is_argument = source == "arg" || is_from_argument(context, pair);
        let global = context.globals.get(&name).cloned().flatten();
        let known = match value {
            Some(value) if is_known => Some(value),
            Some(_) => None,
            // ARG without a default takes that of the global ARG of its name.
            None => global,
        };
        if let Some(stage) = context.stage() {
            stage.variables.set(&name, known);
            stage.variables.note_argument(&name, is_argument);
            if source == "env" || is_onbuild {
                stage.handed_on.insert(name);
            }
        } else {
            // `ARG NAME=` says that a build must give it.
            let known = known.filter(|value| !value.is_empty());
            if known.is_some() {
                let place = (at, format!("pairs.{index}"));
                context.arguments.insert(name.clone(), place);
            }
            context.globals.set(&name, known);
        }
    }
}

/// The name that a pair declares, in which the builder fills in variables too. One that is not known may be any.
fn name(context: &mut Context, pair: &Pair) -> String {
    let expanded = context.variables().expand(&pair.name);
    if !expanded.is_known
        && let Some(stage) = context.stage()
    {
        stage.variables.open();
    }
    expanded.text
}

/// Whether a build may give the pair another value, because an ARG is part of it.
fn is_from_argument(context: &Context, pair: &Pair) -> bool {
    let value = pair.value.as_deref().unwrap_or_default();
    context.variables().reads_argument(value)
}

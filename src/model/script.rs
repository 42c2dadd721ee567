//! Shell scripts and their commands as rows, wherever a script is written.

use std::sync::Arc;

use hullmark_tables::{
    self as tables, Commands, Scripts, commands, constructs, script_error, scripts,
};

use crate::model::FileTables;
use crate::model::addresses;
use crate::model::command_words;
use crate::model::credentials;
use crate::model::holder::{Holder, ScriptRow};
use crate::model::install;
use crate::model::place::{RowRef, TextPlace};
use crate::model::powershell;
use crate::model::row::RowBuilder;
use crate::model::shell_variables::ShellVariables;
use crate::model::table::Table;
use crate::parse::shell::script::{Command, Construct, Script};
use crate::parse::shell::word::Word;
use crate::parse::shell::{self, Shell, Start};
use crate::span::{LocatedText, Span};

/// Where a script comes from, and what is known about how it runs.
pub(super) struct Origin<'a> {
    /// The document that holds it.
    pub document: RowRef,
    /// Who reads it.
    pub shell: Shell,
    /// `run`, `heredoc`, `step`, `command` … as `docs/model.md` lists them.
    pub source: &'static str,
    /// Shell options in force at the start, by their long names.
    pub options: &'a [&'a str],
    /// What holds the script: named by every row of it.
    pub holders: Vec<(Holder, RowRef)>,
    /// The structural path of the holder, such as `stage[1]/RUN[2]`.
    pub path: String,
    /// Names that have a value before the script begins.
    pub variables: &'a [String],
    /// Names that have one, which may be of several words, and whether it begins as options do.
    pub environment: &'a [(String, bool)],
}

/// Adds the rows of a script, and gives the place of its `scripts` row.
pub(super) fn build_rows(tables: &mut FileTables, text: &LocatedText, origin: &Origin) -> RowRef {
    let span = first_line(text);
    let at = tables.text(TextPlace::new(span, origin.path.clone()));
    if tables.wants(Table::Remarks) && origin.shell.is_posix() {
        tables.scripts.push(super::Script {
            at,
            document: origin.document,
            shell: origin.shell,
            source: origin.source,
            text: text.clone(),
            variables: origin.variables.to_vec(),
            path: origin.path.clone(),
        });
    }
    let wanted = [
        Table::Scripts,
        Table::Commands,
        Table::Constructs,
        Table::Secrets,
    ];
    if !wanted.iter().any(|table| tables.wants(*table)) {
        return at;
    }
    let script = if origin.shell.is_posix() {
        let start = Start {
            is_errexit: origin.options.contains(&"errexit"),
            is_pipefail: origin.options.contains(&"pipefail"),
            is_filled: matches!(origin.source, "command" | "args"),
        };
        shell::parse(text, start)
    } else {
        Script::default()
    };
    if let Some(message) = script.cut {
        tables.unjudged(at, message);
    }
    if tables.wants(Table::Scripts) {
        let pipe = script
            .unwatched_pipe
            .map(|span| tables.text(TextPlace::new(span, format!("{}/pipe", origin.path))));
        let row = origin
            .row(at)
            .text(scripts::text, &text.text)
            .set(scripts::is_parsed, script.is_parsed)
            .texts(scripts::options, origin.options)
            .set(scripts::has_pipe, script.has_pipe)
            .set(scripts::has_pipe_without_pipefail, pipe.is_some())
            .maybe(scripts::pipe, pipe);
        let row = match &script.error {
            Some(error) => {
                let path = format!("{}/error", origin.path);
                let at = tables.text(TextPlace::new(error.span, path));
                row.set(
                    scripts::error,
                    RowBuilder::at(at)
                        .text(script_error::problem, &error.message)
                        .maybe_text(script_error::token, error.token.as_deref()),
                )
            }
            None => row,
        };
        tables.add_row(row);
    }
    if tables.wants(Table::Commands) {
        commands(tables, &script, at, origin);
    }
    if tables.wants(Table::Constructs) {
        constructs(tables, text, &script, at, origin);
    }
    if tables.wants(Table::Secrets) {
        credentials::of_script(tables, &script, origin.source, &origin.path);
    }
    at
}

/// Adds the rows of a command in exec form, each word with its place in the file.
pub(super) fn build_exec_rows(
    tables: &mut FileTables,
    words: &[(String, Span)],
    origin: &Origin,
) -> RowRef {
    let span = words
        .iter()
        .map(|(_, span)| *span)
        .reduce(Span::to)
        .unwrap_or_default();
    let at = tables.text(TextPlace::new(span, origin.path.clone()));
    if tables.wants(Table::Commands) && !words.is_empty() {
        let script = shell::exec(words);
        commands(tables, &script, at, origin);
    }
    if tables.wants(Table::Secrets) {
        credentials::of_script(tables, &shell::exec(words), origin.source, &origin.path);
    }
    at
}

/// A script is shown by its first line; a body of many lines would hide what is in it.
fn first_line(text: &LocatedText) -> Span {
    let start = text.text.len() - text.text.trim_start().len();
    let line = text.text[start..].lines().next().unwrap_or_default();
    text.span(start..start + line.trim_end().len())
}

impl Origin<'_> {
    /// A row with what every row of this script carries.
    fn row(&self, at: RowRef) -> RowBuilder<Scripts> {
        self.set_holders(RowBuilder::at(at), None)
    }

    /// The same for a row of what another shell was handed, if one was.
    fn set_holders<R: ScriptRow>(&self, row: RowBuilder<R>, shell: Option<Shell>) -> RowBuilder<R> {
        let row = row
            .set(R::DOCUMENT, self.document)
            .word(R::SHELL, shell.unwrap_or(self.shell).name())
            .word(R::SOURCE, self.source);
        let holders = self.holders.iter();
        holders.fold(row, |row, (holder, at)| row.set(R::holder(*holder), *at))
    }
}

/// The rows of a script's commands.
fn commands(tables: &mut FileTables, script: &Script, at: RowRef, origin: &Origin) {
    let pipelines = pipelines(script);
    let downloads = downloads(script, pipelines.len());
    let commits = addresses::of_pipelines(script, pipelines.len());
    let names = ShellVariables::of(script, origin.variables, origin.environment);
    let mut wrappers = command_words::Wrappers::default();
    let mut starts: Vec<Option<RowRef>> = vec![None; pipelines.len()];
    for (number, command) in script.commands.iter().enumerate() {
        let words = command.words.iter();
        let size: usize = words.map(|word| 1 + word.pieces.len()).sum();
        let here = |tables: &mut FileTables| {
            tables.text(TextPlace::new(shown(command), origin.path.clone()))
        };
        if !tables.take_words(1 + size, here) {
            break;
        }
        let name = command.name();
        let number_text = number.to_string();
        let name_or = name.unwrap_or("command");
        let path = [&origin.path, "/", name_or, "[", &number_text, "]"].concat();
        let path: Arc<str> = path.into();
        let words: Vec<RowBuilder<tables::Word>> = command
            .arguments()
            .iter()
            .map(|word| command_words::row(tables, word, &path))
            .collect();
        let mut place = TextPlace::new(shown(command), &*path);
        if let Some(word) = command.words.get(command.program) {
            let range = &word.range;
            place = place.field("program", Span::new(range.start, range.end));
        }
        let place = tables.text(place);
        let row = origin.set_holders(RowBuilder::at(place), command.shell);
        let row = control_flow(row, script, command, at, &pipelines);
        let start = *starts[command.pipeline as usize].get_or_insert(place);
        let row = row.set(commands::pipeline_start, start);
        let row = command_words::flags(row, command);
        let row = wrappers.fields(tables, row, command, &path);
        let row = row.set(
            commands::is_of_commit,
            commits[command.pipeline as usize].of(command.place),
        );
        let row = row.set(
            commands::reads_download,
            command.place > 0
                && downloads[command.pipeline as usize].is_some_and(|place| place < command.place),
        );
        let row = command_words::expansions(tables, row, command, &names, &path);
        let row = command_words::undeclared(tables, row, command, &names, &path);
        let row = row
            .maybe_text(commands::program, name)
            .set(commands::is_final, is_final(&script.commands, number))
            .set(commands::has_path, command.has_path())
            .texts(commands::wrappers, &command.wrappers)
            .set(commands::words, words)
            .set(
                commands::redirects,
                command_words::redirects(tables, command, &path),
            )
            .texts(
                commands::assigns,
                command.assigns.iter().map(|assign| &assign.name),
            )
            .set(
                commands::assignments,
                command_words::assignments(tables, command, &path),
            );
        let row = install::fields(tables, row, command, &names, &path);
        tables.add_row(row);
    }
}

/// Whether no command of a script is behind one, but for those in its own words.
fn is_final(all: &[Command], number: usize) -> bool {
    let own = all[number].depth;
    let mut later = all[number + 1..].iter();
    later.all(|other| other.depth > own)
}

/// The rows of what a script holds beyond plain words.
fn constructs(
    tables: &mut FileTables,
    text: &LocatedText,
    script: &Script,
    at: RowRef,
    origin: &Origin,
) {
    let mut names = None;
    let path: Arc<str> = origin.path.as_str().into();
    let found = match origin.shell {
        Shell::Pwsh => powershell::constructs(text),
        _ if script.is_parsed => function_keywords(text, script),
        _ => Vec::new(),
    };
    for construct in script.constructs.iter().chain(&found) {
        if construct.kind == "bash-variable" {
            let names = names.get_or_insert_with(|| {
                ShellVariables::of(script, origin.variables, origin.environment)
            });
            let name = construct.text.trim_start_matches(['$', '{', '#', '!']);
            let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            if names.is_declared(&name[..end.unwrap_or(name.len())]) {
                continue;
            }
        }
        let place = tables.text_span(&construct.range, &path);
        let row = origin
            .set_holders(RowBuilder::at(place), construct.shell)
            .set(constructs::script, at)
            .word(constructs::kind, construct.kind)
            .text(constructs::text, &construct.text);
        tables.add_row(row);
    }
}

/// `function name`, which only some shells know: the word, where a function's body follows.
fn function_keywords(text: &LocatedText, script: &Script) -> Vec<Construct> {
    if !text.text.contains("function ") {
        return Vec::new();
    }
    let mut starts: Vec<usize> = script
        .commands
        .iter()
        .filter(|command| command.in_function)
        .map(|command| command.range.start)
        .collect();
    starts.sort_unstable();
    let words = text.text.match_indices("function ");
    let found = words.filter_map(|(at, word)| {
        let before = text.text[..at].trim_end_matches([' ', '\t']);
        let begins = before.is_empty() || before.ends_with(['\n', ';', '&', '|', '{', '(', '\\']);
        let rest = &text.text[at + word.len()..];
        let name = rest.trim_start();
        let name =
            &name[..name.find(|sign: char| sign.is_whitespace() || "(){};".contains(sign))?];
        let body = rest.find('{').filter(|_| begins && !name.is_empty())?;
        let has_parentheses = rest[..body].contains('(');
        let opened = at + word.len() + body + 1;
        let next = opened + text.text[opened..].find(|sign: char| !sign.is_whitespace())?;
        // A body begins there, so the word is no text.
        let is_body = |place: usize| starts.binary_search(&place).is_ok();
        let written = if has_parentheses {
            format!("function {name}()")
        } else {
            format!("function {name}")
        };
        is_body(text.locate(next) as usize).then(|| Construct {
            kind: "function-keyword",
            range: text.locate(at) as usize..text.locate(at + word.len() - 2) as usize + 1,
            text: written,
            shell: None,
        })
    });
    found.collect()
}

/// The place of the first command of each pipeline that is given an address of the web and may print what is there.
fn downloads(script: &Script, count: usize) -> Vec<Option<u32>> {
    let mut places: Vec<Option<u32>> = vec![None; count];
    for command in &script.commands {
        let prints = matches!(
            command.name(),
            Some(
                "echo"
                    | "printf"
                    | "cat"
                    | "sed"
                    | "awk"
                    | "grep"
                    | "jq"
                    | "test"
                    | "["
                    | "[["
                    | "export"
                    | "tee"
                    | "git"
                    | "docker"
            )
        );
        let is_address = |word: &Word| {
            ["https://", "http://", "ftp://"]
                .iter()
                .any(|scheme| word.text.starts_with(scheme))
        };
        if !prints && command.arguments().iter().any(is_address) {
            let place = &mut places[command.pipeline as usize];
            *place = Some(place.map_or(command.place, |place| place.min(command.place)));
        }
    }
    places
}

/// A command is shown from its program to the end of its line, or to its last word if that comes first.
fn shown(command: &Command) -> Span {
    let start = command
        .words
        .get(command.program)
        .map_or(command.range.start, |word| word.range.start);
    Span::new(start, command.range.end.max(start))
}

/// The names of neighbours in a pipeline, those that are known.
fn names<'s>(pipelines: &'s [(u32, &'s str)]) -> impl Iterator<Item = &'s str> {
    let names = pipelines.iter().map(|(_, name)| *name);
    names.filter(|name| !name.is_empty())
}

/// How many commands before and after it in its pipeline a command knows; with all of them a pipeline of 10,000 would hold 100 million names.
const NEIGHBOURS: usize = 32;

/// The names of the commands of each pipeline, in order.
fn pipelines(script: &Script) -> Vec<Vec<(u32, &str)>> {
    let count = script
        .commands
        .iter()
        .map(|command| command.pipeline as usize + 1);
    let mut pipelines = vec![Vec::new(); count.max().unwrap_or(0)];
    for command in &script.commands {
        let name = command.name().unwrap_or_default();
        pipelines[command.pipeline as usize].push((command.place, name));
    }
    for pipeline in &mut pipelines {
        pipeline.sort_by_key(|(place, _)| *place);
    }
    pipelines
}

/// Where the command is in the script's flow.
fn control_flow(
    row: RowBuilder<Commands>,
    script: &Script,
    command: &Command,
    at: RowRef,
    pipelines: &[Vec<(u32, &str)>],
) -> RowBuilder<Commands> {
    let pipeline = &pipelines[command.pipeline as usize];
    let start = pipeline.partition_point(|(place, _)| *place < command.place);
    let end = pipeline.partition_point(|(place, _)| *place <= command.place);
    let from = &pipeline[start.saturating_sub(NEIGHBOURS)..start];
    let to = &pipeline[end..pipeline.len().min(end + NEIGHBOURS)];
    let row = row
        .set(commands::is_parsed, script.is_parsed)
        .set(commands::script, at)
        .set(commands::pipeline, i64::from(command.pipeline))
        .set(commands::place, i64::from(command.place))
        .set(commands::is_last, command.is_last)
        .word(commands::list, command.before)
        .word(commands::list_after, command.after)
        .texts(commands::pipes_from, names(from))
        .texts(commands::pipes_to, names(to))
        .set(commands::is_negated, command.is_negated)
        .set(commands::in_function, command.in_function)
        .set(commands::is_tail, command.is_tail)
        .set(commands::in_condition, command.in_condition)
        .set(commands::in_subshell, command.in_subshell)
        .set(commands::is_errexit, command.is_errexit)
        .set(commands::is_pipefail, command.is_pipefail)
        .set(commands::reads_script, command.reads_script())
        .set(commands::depth, i64::from(command.depth));
    match command.holder {
        Some((holder, holding)) => row.word(commands::holding, holding.name()).maybe_text(
            commands::holder,
            script.commands.get(holder).and_then(Command::name),
        ),
        None => row,
    }
}

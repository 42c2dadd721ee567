//! What the words of a command say: its flags, assignments and redirections, and the variables that are read in them.

use std::ops::Range;
use std::sync::Arc;

use hullmark_tables::{
    self as tables, Assignment, Commands, Redirect, assignment, commands, redirect, substitution,
    undeclared_variable, unquoted_variable, word, wrapper,
};

use rustc_hash::FxHashSet;

use crate::model::FileTables;
use crate::model::end_of_life;
use crate::model::expansion_text;
use crate::model::flags::valued_flags;
use crate::model::printed::{Printed, may_fail, printed};
use crate::model::row::{Field, RowBuilder};
use crate::model::shell_variables::ShellVariables;
use crate::model::users;
use crate::parse::shell::base_name;
use crate::parse::shell::script::Command;
use crate::parse::shell::word::{PieceKind, Word};

/// Flags by name, and the words that are none.
pub(super) fn flags(row: RowBuilder<Commands>, command: &Command) -> RowBuilder<Commands> {
    let known = command.name().map(valued_flags).unwrap_or_default();
    let mut flags: Vec<(String, Field)> = Vec::new();
    let mut list = Vec::new();
    let mut args = Vec::new();
    let mut words = command.arguments().iter();
    while let Some(word) = words.next() {
        let text = word.text.as_str();
        if text == "--" {
            args.extend(words.by_ref().map(|word| word.text.as_str()));
            break;
        }
        if !text.starts_with('-') || text.len() == 1 {
            args.push(text);
            continue;
        }
        list.push(text);
        if let Some((name, value)) = text.split_once('=').filter(|_| text.starts_with("--")) {
            flags.push((name.to_owned(), Field::from(value)));
        } else if known.contains(&text) {
            let value = words.next().map(|word| word.text.as_str());
            flags.push((
                text.to_owned(),
                value.map_or(Field::Flag(true), Field::from),
            ));
        } else {
            flags.push((text.to_owned(), Field::Flag(true)));
            if !text.starts_with("--") && text.len() > 2 {
                let open = cluster(text, known, &mut flags);
                if let Some((flag, value)) = open.and_then(|flag| Some((flag, words.next()?))) {
                    flags.push((flag, Field::from(value.text.as_str())));
                }
            }
        }
    }
    row.map(commands::flags, flags)
        .texts(commands::flag_list, list)
        .texts(commands::args, args)
}

/// `-yqt value` as its letters; the rest behind a letter that takes a value is the value. Gives the last letter's flag if
/// its value is the next word.
fn cluster(text: &str, known: &[&str], flags: &mut Vec<(String, Field)>) -> Option<String> {
    for (at, letter) in text.char_indices().skip(1) {
        let flag = format!("-{letter}");
        let rest = &text[at + letter.len_utf8()..];
        if known.contains(&flag.as_str()) {
            if rest.is_empty() {
                return Some(flag);
            }
            flags.push((flag, Field::from(rest)));
            return None;
        }
        flags.push((flag, Field::Flag(true)));
    }
    None
}

pub(super) fn row(
    tables: &mut FileTables,
    word: &Word,
    path: &Arc<str>,
) -> RowBuilder<tables::Word> {
    let at = tables.text_span(&word.range, path);
    let row = match end_of_life::of_address(&word.text) {
        Some((release, ended)) => RowBuilder::at(at)
            .text(word::ended_release, &release)
            .text(word::ended, ended),
        None => RowBuilder::at(at),
    };
    row.text(word::text, &word.text)
        .set(word::is_literal, word.is_literal())
        .word(word::quote, word.quote.name())
        .set(word::is_glob, word.is_glob())
        .texts(
            word::reads,
            word.pieces.iter().filter_map(|piece| match &piece.kind {
                PieceKind::Variable(name, _) => Some(name.as_str()),
                _ => None,
            }),
        )
}

/// `NAME=value`, before the command or as an argument of `export` and its like.
pub(super) fn assignments(
    tables: &mut FileTables,
    command: &Command,
    path: &Arc<str>,
) -> Vec<RowBuilder<Assignment>> {
    let before = command.assigns.iter().map(|assign| &assign.word);
    let count = command.assigns.len();
    let declares = matches!(
        command.name(),
        Some("export" | "declare" | "local" | "readonly" | "typeset")
    );
    let behind = command.arguments().iter().filter(|_| declares);
    let rows = before
        .chain(behind)
        .enumerate()
        .filter_map(|(number, word)| {
            let (name, value) = word.text.split_once('=')?;
            let reader = if let Some(earlier) = number.checked_sub(count) {
                // Each word behind `export` is expanded before any of them is assigned.
                let later = command.arguments().get(earlier + 1..);
                read_in(name, later.unwrap_or_default().iter())
            } else {
                let targets = command.redirects.iter().map(|redirect| &redirect.target);
                read_in(name, command.words.iter().chain(targets))
            };
            let reads_itself = || read_in(name, std::iter::once(word)).is_some();
            let reader = reader
                .filter(|_| !reads_itself())
                .map(|range| tables.text_span(&range, path));
            let at = tables.text_span(&word.range, path);
            let row = RowBuilder::at(at)
                .text(assignment::name, name.trim_end_matches('+'))
                .set(assignment::is_known, word.is_literal())
                .maybe_text(assignment::value, word.is_literal().then_some(value))
                .text(assignment::text, &word.text)
                .maybe(assignment::unseen_by, reader);
            Some(row)
        });
    rows.collect()
}

/// Where one of the words expands a variable, at most one look at each.
fn read_in<'w>(name: &str, words: impl Iterator<Item = &'w Word>) -> Option<Range<usize>> {
    let pieces = words.take(MOST_WORDS).flat_map(|word| &word.pieces);
    let mut found = pieces.filter(|piece| {
        !piece.is_nested && matches!(&piece.kind, PieceKind::Variable(read, operator) if read == name && operator.is_none())
    });
    found.next().map(|piece| piece.range.clone())
}

/// How many words behind an assignment are looked through: each assignment looks through them.
const MOST_WORDS: usize = 64;

/// `wrapped_by`, for the commands of one script.
#[derive(Default)]
pub(super) struct Wrappers {
    seen: FxHashSet<(String, Option<String>)>,
}

impl Wrappers {
    /// The wrappers of a command, each with its place.
    pub fn fields(
        &mut self,
        tables: &mut FileTables,
        row: RowBuilder<Commands>,
        command: &Command,
        path: &Arc<str>,
    ) -> RowBuilder<Commands> {
        let mut names = command.wrappers.iter().peekable();
        let before = &command.words[..command.program.min(command.words.len())];
        let mut found: Vec<(usize, &String)> = Vec::new();
        for (number, word) in before.iter().enumerate() {
            let is_next = |name: &&String| base_name(&word.text) == name.as_str();
            found.extend(names.next_if(is_next).map(|name| (number, name)));
        }
        let mut rows = Vec::new();
        for (index, (number, name)) in found.iter().enumerate() {
            let end = found.get(index + 1).map_or(before.len(), |(next, _)| *next);
            let user = users::run_as(name, &before[number + 1..end]);
            let seen = ((*name).clone(), user.map(str::to_owned));
            let is_first = self.seen.insert(seen);
            let at = tables.text_span(&before[*number].range, path);
            let row = RowBuilder::at(at)
                .text(wrapper::name, name)
                .maybe_text(wrapper::user, user)
                .set(wrapper::is_first, is_first);
            rows.push(row);
        }
        row.set(commands::wrapped_by, rows)
    }
}

pub(super) fn redirects(
    tables: &mut FileTables,
    command: &Command,
    path: &Arc<str>,
) -> Vec<RowBuilder<Redirect>> {
    let rows = command.redirects.iter().map(|redirect| {
        let at = tables.text_span(&redirect.target.range, path);
        RowBuilder::at(at)
            .text(redirect::operator, &redirect.operator)
            .text(redirect::target, &redirect.target.text)
    });
    rows.collect()
}

/// `undeclared`: variables that are read, quoted or not, with nothing in sight that gives them a value.
pub(super) fn undeclared(
    tables: &mut FileTables,
    row: RowBuilder<Commands>,
    command: &Command,
    names: &ShellVariables,
    path: &Arc<str>,
) -> RowBuilder<Commands> {
    let words = command.words.iter();
    let assigned = command.assigns.iter().map(|assign| &assign.word);
    let targets = command.redirects.iter().map(|redirect| &redirect.target);
    let mut rows = Vec::new();
    for piece in words
        .chain(assigned)
        .chain(targets)
        .flat_map(|word| &word.pieces)
    {
        let PieceKind::Variable(name, operator) = &piece.kind else {
            continue;
        };
        // `${name:-…}` and its like say what holds if there is no value.
        let has_default = operator
            .as_ref()
            .is_some_and(|operator| operator.starts_with([':', '-', '+', '?', '=']));
        if has_default || names.is_declared(name) {
            continue;
        }
        let at = tables.text_span(&piece.range, path);
        let similar = names.similar(name);
        let row = RowBuilder::at(at)
            .text(undeclared_variable::name, name)
            .maybe_text(
                undeclared_variable::similar,
                similar.map(|(similar, _)| similar),
            )
            .set(
                undeclared_variable::is_prefix,
                similar.is_some_and(|(_, is_prefix)| is_prefix),
            );
        rows.push(row);
    }
    row.set(commands::undeclared, rows)
}

/// How many expansions of one command become rows; nobody quotes more of them by hand.
const MOST_EXPANSIONS: usize = 1_000;
/// From how many bytes on a word is not repeated with each of its expansions.
const LONG_WORD: usize = 1_000;

/// A text up to [`LONG_WORD`] bytes.
fn clipped(text: &str) -> &str {
    let mut end = text.len().min(LONG_WORD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `unquoted`: variables that would be split; `substitutions`: what other commands give.
pub(super) fn expansions(
    tables: &mut FileTables,
    row: RowBuilder<Commands>,
    command: &Command,
    names: &ShellVariables,
    path: &Arc<str>,
) -> RowBuilder<Commands> {
    let mut unquoted = Vec::new();
    let mut substitutions = Vec::new();
    let is_test = command.name() == Some("[[");
    // A variable or substitution that is all of the command's name may bring its first arguments with it.
    let is_line = |number: usize, word: &Word| number == 0 && word.pieces.len() == 1;
    let words = command.words.iter().enumerate();
    let words = words.map(|(number, word)| (word, !is_test && !is_line(number, word)));
    let assigned = command.assigns.iter().map(|assign| (&assign.word, false));
    for (word, splits) in words.chain(assigned) {
        let noted = unquoted.len() + substitutions.len();
        if noted >= MOST_EXPANSIONS && !word.is_literal() || word.pieces.len() > MOST_EXPANSIONS {
            let at = tables.text_span(&word.range, path);
            tables.unjudged(
                at,
                "the command has too many expansions to analyze; the rest are not checked",
            );
        }
        if noted >= MOST_EXPANSIONS {
            break;
        }
        let is_long = word.text.len() > LONG_WORD;
        let written = expansion_text::of(word);
        let pieces = word.pieces.iter().zip(written);
        let pieces = pieces.filter(|(piece, _)| !piece.is_nested);
        for (piece, written) in pieces.take(MOST_EXPANSIONS) {
            let written = written.map(clipped);
            // The part that is meant stands for a long word.
            let text = match written {
                Some(written) if is_long => written,
                _ => clipped(&word.text),
            };
            let kind = match &piece.kind {
                PieceKind::Variable(name, operator) if splits && !piece.is_quoted => {
                    let at = tables.text_span(&piece.range, path);
                    let row = RowBuilder::at(at)
                        .text(unquoted_variable::name, name)
                        .maybe_text(unquoted_variable::operator, operator.as_deref())
                        .text(unquoted_variable::text, text)
                        .text(
                            unquoted_variable::expansion,
                            written.unwrap_or(&["$", name].concat()),
                        )
                        .set(unquoted_variable::is_one_word, names.is_one_word(name))
                        .set(unquoted_variable::is_declared, names.is_declared(name))
                        .set(unquoted_variable::is_several, names.is_several(name))
                        .set(unquoted_variable::is_whole, word.pieces.len() == 1);
                    unquoted.push(row);
                    continue;
                }
                PieceKind::Command(_) => "command",
                PieceKind::Backtick(_) => "backtick",
                PieceKind::Process(_) => "process",
                _ => continue,
            };
            let at = tables.text_span(&piece.range, path);
            let row = RowBuilder::at(at)
                .word(substitution::kind, kind)
                .set(substitution::splits, splits && !piece.is_quoted)
                .set(substitution::is_whole, word.pieces.len() == 1)
                .word(
                    substitution::prints,
                    match printed(&word.text) {
                        Printed::OneWord => "one-word",
                        Printed::Words => "words",
                        Printed::Unknown => "unknown",
                    },
                )
                .text(substitution::text, text)
                .text(substitution::expansion, written.unwrap_or(text))
                .set(
                    substitution::may_fail,
                    may_fail(written.unwrap_or(text), command.is_pipefail),
                );
            substitutions.push(row);
        }
    }
    row.set(commands::unquoted, unquoted)
        .set(commands::substitutions, substitutions)
}

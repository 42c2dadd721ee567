//! What a package manager is asked for, as fields of its command's row.

use std::sync::Arc;

use hullmark_tables::{Commands, Package, commands, package};

use crate::model::FileTables;
use crate::model::packages::{self, Argument};
use crate::model::row::RowBuilder;
use crate::model::shell_variables::ShellVariables;
use crate::parse::shell::script::Command;
use crate::parse::shell::word::{PieceKind, Word};

/// `manager`, `action` and `packages`, if the program is a package manager.
pub(super) fn fields(
    tables: &mut FileTables,
    row: RowBuilder<Commands>,
    command: &Command,
    names: &ShellVariables,
    path: &Arc<str>,
) -> RowBuilder<Commands> {
    let words = command.arguments().iter().enumerate();
    let (numbers, arguments): (Vec<usize>, Vec<Argument>) = words
        .flat_map(|(number, word)| {
            let arguments = arguments(word, names);
            arguments.map(move |argument| (number, argument))
        })
        .unzip();
    let managed = command
        .name()
        .and_then(|name| packages::read(name, &arguments));
    let Some(managed) = managed else {
        return row.set(commands::packages, Vec::new());
    };
    let packages = managed.packages.iter().map(|package| {
        let number = numbers.get(package.word);
        let word = number.and_then(|number| command.arguments().get(*number));
        let range = word.map_or(command.range.clone(), |word| word.range.clone());
        let at = tables.text_span(&range, path);
        RowBuilder::at(at)
            .text(package::name, &package.name)
            .maybe_text(package::version, package.version.as_deref())
            .set(package::is_known, package.is_known)
            .set(package::is_pinned, package.is_pinned)
            .set(package::is_range, package.is_range)
    });
    let packages: Vec<RowBuilder<Package>> = packages.collect();
    row.text(commands::manager, managed.manager)
        .maybe_text(commands::action, managed.action.as_deref())
        .set(commands::packages, packages)
}

/// A word as the manager gets it: a list that the script keeps in a variable is many words.
fn arguments<'a>(word: &'a Word, names: &'a ShellVariables) -> impl Iterator<Item = Argument<'a>> {
    let list = listed(word, names);
    let whole = Argument {
        text: &word.text,
        is_literal: word.is_literal(),
    };
    let parts = list.unwrap_or_default().split_whitespace();
    let parts = parts.map(|text| Argument {
        text,
        is_literal: true,
    });
    list.is_none().then_some(whole).into_iter().chain(parts)
}

/// The words of the variable that a word consists of, if the script says what they are.
fn listed<'a>(word: &Word, names: &'a ShellVariables) -> Option<&'a str> {
    let [piece] = word.pieces.as_slice() else {
        return None;
    };
    match &piece.kind {
        PieceKind::Variable(name, None) if !piece.is_quoted => names.list(name),
        _ => None,
    }
}

//! A Dockerfile's instructions and stages, and its images, scripts, variables and final container, as rows.

mod accounts;
mod base;
mod copies;
mod credential;
mod instructions;
mod pairs;
mod references;
mod scripts;
mod stage;
mod stages;
mod startup;
#[cfg(test)]
mod tests;
mod usage;
mod windows;

use hullmark_tables::documents;
use rustc_hash::FxHashMap;

use crate::model::FileTables;
use crate::model::dockerfile::accounts::Accounts;
use crate::model::dockerfile::stage::Stage;
use crate::model::dockerfile::usage::Usage;
use crate::model::place::{RowRef, TextPlace};
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::parse::dockerfile::{Dockerfile, Instruction, Variables};
use crate::parse::shell::Shell;
use crate::sources::Source;
use crate::sources::context::BuildContexts;
use crate::span::Span;

/// A Dockerfile while its rows are made.
struct Context<'a> {
    source: &'a Source,
    contexts: &'a BuildContexts,
    document: RowRef,
    /// ARG before the first FROM.
    globals: Variables,
    /// Where each of them with a default is declared: the instruction, and the field below it.
    arguments: FxHashMap<String, (RowRef, String)>,
    stages: Vec<Stage>,
    /// The last stage of each name.
    names: FxHashMap<String, usize>,
    /// The shell that a comment above the first FROM names, for every stage that says nothing else.
    told_shell: Option<Shell>,
    /// Whether `# escape=` makes way for Windows paths.
    has_backslashes: bool,
    /// For each FROM, whether what follows it is for Windows.
    windows: Vec<bool>,
    /// The comment on the line above the instruction that is being filled.
    comment: Option<Span>,
    /// What is taken from the build context.
    copies: Vec<copies::Copy>,
    usage: Usage<'a>,
    accounts: Accounts<'a>,
}

impl Context<'_> {
    /// The stage that is being filled; a Dockerfile without FROM is treated as one stage without a base.
    fn stage(&mut self) -> Option<&mut Stage> {
        self.stages.last_mut()
    }

    /// The variables in force.
    fn variables(&self) -> &Variables {
        self.stages
            .last()
            .map_or(&self.globals, |stage| &stage.variables)
    }
}

/// Fills all tables from a Dockerfile.
pub(super) fn build_rows(
    tables: &mut FileTables,
    source: &Source,
    tree: &Dockerfile,
    contexts: &BuildContexts,
) {
    let document = tables.text(TextPlace::new(first_line(source), "file"));
    let row = RowBuilder::at(document)
        .text(documents::kind, "dockerfile")
        .text(documents::path, &source.path);
    let mut directives = tree.directives.iter();
    let row = match directives.find(|directive| directive.name == "syntax") {
        Some(directive) => {
            let place = TextPlace::new(directive.span, "syntax".to_owned());
            row.set(documents::syntax_at, tables.text(place))
                .text(documents::syntax, &directive.value)
        }
        None => row,
    };
    tables.add_row(row);
    let has_backslashes = tree
        .directives
        .iter()
        .any(|directive| directive.name == "escape" && directive.value == "`");
    let mut context = Context {
        source,
        contexts,
        document,
        globals: Variables::default(),
        arguments: FxHashMap::default(),
        stages: Vec::new(),
        names: FxHashMap::default(),
        told_shell: None,
        has_backslashes,
        windows: windows::stages(tree, has_backslashes),
        comment: None,
        copies: Vec::new(),
        usage: if tables.wants(Table::Variables) {
            Usage::of(tree)
        } else {
            Usage::default()
        },
        accounts: if tables.wants(Table::Variables) {
            Accounts::of(tree)
        } else {
            Accounts::default()
        },
    };
    let has_from = tree
        .instructions
        .iter()
        .any(|instruction| instruction.keyword == "FROM");
    if !has_from && !tree.instructions.is_empty() {
        context.stages.push(Stage::without_base(document));
    }
    let mut comments = tree.comments.iter().peekable();
    for (number, instruction) in tree.instructions.iter().enumerate() {
        context.comment = None;
        while let Some(comment) = comments.next_if(|span| span.start < instruction.span.start) {
            let shell = told_shell(comment.of(&source.text));
            match (shell, context.stage()) {
                (Some(shell), Some(stage)) => stage.told_shell = Some(shell),
                (Some(shell), None) => context.told_shell = Some(shell),
                (None, _) => {}
            }
            context.comment = Some(*comment);
        }
        context.comment = context
            .comment
            .filter(|comment| is_right_above(source, *comment, instruction.span));
        one(tables, &mut context, number, instruction, false);
    }
    copies::push(tables, &context);
    stages::push(tables, &context);
}

/// Whether nothing but the end of its line is between a comment and an instruction.
fn is_right_above(source: &Source, comment: Span, instruction: Span) -> bool {
    let between = source
        .text
        .get(comment.end as usize..instruction.start as usize);
    between.is_some_and(|between| between.trim().is_empty() && between.matches('\n').count() == 1)
}

/// The shell of `# hadolint shell=powershell`, which says what the base image set.
fn told_shell(comment: &str) -> Option<Shell> {
    let body = comment.trim_start_matches('#').trim();
    let rest = body.strip_prefix("hadolint")?.trim_start();
    let name = rest
        .strip_prefix("shell")?
        .trim_start()
        .strip_prefix('=')?
        .trim();
    (!name.is_empty()).then(|| Shell::named(name))
}

/// The first line of a file, for what concerns all of it.
fn first_line(source: &Source) -> Span {
    let end = source.text.find(['\n', '\r']).unwrap_or(source.text.len());
    Span::new(0, end)
}

fn one(
    tables: &mut FileTables,
    context: &mut Context,
    number: usize,
    instruction: &Instruction,
    is_onbuild: bool,
) {
    if instruction.keyword == "FROM" && !is_onbuild {
        stages::open(tables, context, instruction);
    }
    let at = instructions::place(tables, context, instruction);
    if let Some(stage) = context.stage() {
        stage.note(at, instruction, is_onbuild);
    }
    instructions::push(tables, context, at, number, instruction, is_onbuild);
    references::push(tables, context, at, instruction, is_onbuild);
    scripts::push(tables, context, at, instruction, is_onbuild);
    instructions::declare(tables, context, at, number, instruction, is_onbuild);
    if !is_onbuild {
        copies::note(tables, context, at, instruction);
    }
    if let (Some(inner), "ONBUILD") = (&instruction.inner, instruction.keyword.as_str()) {
        one(tables, context, number, inner, true);
    }
}

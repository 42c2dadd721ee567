//! brush-parser's tree of a script becomes our commands; its character positions become bytes.

mod brush;
mod redirect;

use std::ops::Range;

use brush_parser::SourceSpan;
use brush_parser::ast::{
    AndOr, AndOrList, AssignmentName, Command as Node, CommandPrefixOrSuffixItem as Item,
    CompoundCommand, CompoundList, Pipeline, SeparatorOperator, SimpleCommand, SourceLocation,
    SubshellCommand,
};

use brush::{Map, Tree};

use crate::parse::shell::build::Builder;
use crate::parse::shell::frame::{Context, Frame, Heredoc, PipelinePosition};
use crate::parse::shell::script::{Assign, Command, is_name, is_one_value};
use crate::parse::shell::{walk, word};

/// Reads a script by the shell's grammar; the error says where it breaks it, if that is why it was not read.
pub(super) fn read(
    builder: &mut Builder,
    frame: &Frame,
    range: Range<usize>,
    context: Context,
) -> Result<(), Option<(Range<usize>, String)>> {
    let Tree { program, map } = brush::read(frame.text, range.clone())?;
    let mut walk = Walk {
        builder,
        frame,
        map,
        end: range.end,
        from: range.start,
    };
    for list in &program.complete_commands {
        walk.list(list, context);
    }
    Ok(())
}

struct Walk<'a, 'b> {
    builder: &'a mut Builder,
    frame: &'a Frame<'b>,
    map: Map,
    /// Where the stretch ends.
    end: usize,
    /// How far the walk has come.
    from: usize,
}

impl Walk<'_, '_> {
    fn list(&mut self, list: &CompoundList, context: Context) {
        let mut before = "";
        for item in &list.0 {
            let after = match item.1 {
                SeparatorOperator::Async => "&",
                SeparatorOperator::Sequence => ";",
            };
            self.and_or(&item.0, before, after, context);
            before = after;
        }
    }

    fn and_or(
        &mut self,
        list: &AndOrList,
        before: &'static str,
        after: &'static str,
        context: Context,
    ) {
        let operator = |item: Option<&AndOr>| match item {
            Some(AndOr::And(_)) => "&&",
            Some(AndOr::Or(_)) => "||",
            None => after,
        };
        let seat = |before, after| PipelinePosition {
            before,
            after,
            ..PipelinePosition::default()
        };
        let first = seat(before, operator(list.additional.first()));
        self.pipeline(&list.first, first, context);
        for (number, item) in list.additional.iter().enumerate() {
            let (AndOr::And(pipeline) | AndOr::Or(pipeline)) = item;
            let after = operator(list.additional.get(number + 1));
            self.pipeline(pipeline, seat(operator(Some(item)), after), context);
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline, seat: PipelinePosition, context: Context) {
        let range = pipeline
            .location()
            .map_or_else(|| self.next(), |span| self.map.range(&span));
        let length = pipeline.seq.len();
        let number = self.builder.pipeline(length);
        for (place, command) in pipeline.seq.iter().enumerate() {
            let seat = PipelinePosition {
                pipeline: number,
                place: u32::try_from(place).unwrap_or(u32::MAX),
                is_last: place + 1 == length,
                is_negated: pipeline.bang,
                ..seat
            };
            let context = Context {
                in_subshell: context.in_subshell || length > 1,
                ..context
            };
            self.command(command, seat, context);
        }
        // The tree forgets what is behind the name of the last command.
        let range = range.start..self.from.max(range.end);
        self.builder.end_pipeline(self.frame, number, range);
    }

    /// Where something stands of which the tree does not say where: behind the spaces that follow what was last read.
    fn next(&self) -> Range<usize> {
        let rest = self.frame.text.masked.get(self.from..).unwrap_or_default();
        let start = self.from + rest.len() - rest.trim_start().len();
        start..start
    }

    fn command(&mut self, command: &Node, seat: PipelinePosition, context: Context) {
        match command {
            Node::Simple(simple) => self.simple(simple, seat, context),
            Node::Compound(compound, redirects) => {
                self.compound(compound, seat, context);
                for redirect in redirects.iter().flat_map(|list| &list.0) {
                    self.loose_redirect(redirect, context);
                }
            }
            Node::Function(function) => {
                if let Some(span) = function
                    .fname
                    .loc
                    .as_ref()
                    .filter(|_| !is_name(&function.fname.value))
                {
                    self.construct("odd-function-name", span);
                }
                let context = Context {
                    in_function: true,
                    in_condition: false,
                    ..context
                };
                self.compound(&function.body.0, seat, context);
                for redirect in function.body.1.iter().flat_map(|list| &list.0) {
                    self.loose_redirect(redirect, context);
                }
            }
            Node::ExtendedTest(test, redirects) => {
                let range = self.map.range(&test.loc);
                self.test(range, seat, context);
                for redirect in redirects.iter().flat_map(|list| &list.0) {
                    self.loose_redirect(redirect, context);
                }
            }
        }
    }

    fn compound(&mut self, compound: &CompoundCommand, seat: PipelinePosition, context: Context) {
        let condition = Context {
            in_condition: true,
            ..context
        };
        match compound {
            CompoundCommand::Arithmetic(arithmetic) => {
                self.construct("arithmetic-command", &arithmetic.loc);
            }
            CompoundCommand::ArithmeticForClause(clause) => {
                self.construct("arithmetic-loop", &clause.loc);
                let first = clause.initializer.as_ref().map_or("", |part| &part.value);
                let name = first.split('=').next().unwrap_or_default().trim();
                self.builder.script.loops.push((name.to_owned(), true));
                self.list(&clause.body.list, context);
            }
            CompoundCommand::BraceGroup(group) => self.list(&group.list, context),
            CompoundCommand::Subshell(subshell) => self.subshell(subshell, context),
            CompoundCommand::ForClause(clause) => {
                let start = self.map.range(&clause.loc).start;
                if self.written(start).starts_with("select") {
                    self.construct("select-loop", &clause.loc);
                }
                if clause.variable_name.starts_with('$') {
                    self.construct("expanded-loop-variable", &clause.loc);
                }
                let are_plain = clause
                    .values
                    .as_ref()
                    .is_some_and(|words| words.iter().all(|word| is_one_value(&word.value)));
                let variable = (clause.variable_name.clone(), are_plain);
                self.builder.script.loops.push(variable);
                for word in clause.values.iter().flatten() {
                    self.loose(word.loc.as_ref(), context);
                }
                self.list(&clause.body.list, context);
            }
            CompoundCommand::CaseClause(clause) => {
                self.loose(clause.value.loc.as_ref(), context);
                for case in &clause.cases {
                    if let Some(list) = &case.cmd {
                        self.list(list, context);
                    }
                }
            }
            CompoundCommand::IfClause(clause) => {
                self.list(&clause.condition, condition);
                self.list(&clause.then, context);
                for branch in clause.elses.iter().flatten() {
                    if let Some(list) = &branch.condition {
                        self.list(list, condition);
                    }
                    self.list(&branch.body, context);
                }
            }
            CompoundCommand::WhileClause(clause) | CompoundCommand::UntilClause(clause) => {
                self.list(&clause.0, condition);
                self.list(&clause.1.list, context);
            }
            CompoundCommand::Coprocess(process) => {
                if let Some(span) = process.body.location() {
                    self.construct("coprocess", &span);
                }
                self.command(&process.body, seat, context);
            }
        }
    }

    /// What is at `at` and behind it.
    fn written(&self, at: usize) -> &str {
        self.frame.text.masked.get(at..).unwrap_or_default()
    }

    fn construct(&mut self, kind: &'static str, span: &SourceSpan) {
        let range = self.map.range(span);
        self.builder.construct(self.frame, kind, range);
    }

    fn subshell(&mut self, subshell: &SubshellCommand, context: Context) {
        let known = (self.builder.is_errexit, self.builder.is_pipefail);
        let inside = Context {
            in_subshell: true,
            ..context
        };
        self.list(&subshell.list, inside);
        (self.builder.is_errexit, self.builder.is_pipefail) = known;
    }

    fn simple(&mut self, simple: &SimpleCommand, seat: PipelinePosition, context: Context) {
        let mut command = Command::default();
        let mut heredocs = Vec::new();
        let prefix = simple.prefix.iter().flat_map(|prefix| &prefix.0);
        for item in prefix {
            self.item(item, true, &mut command, &mut heredocs);
        }
        if let Some(word) = &simple.word_or_name {
            self.word(word.loc.as_ref(), &mut command);
        }
        for item in simple.suffix.iter().flat_map(|suffix| &suffix.0) {
            self.item(item, false, &mut command, &mut heredocs);
        }
        command.range = command.extent().unwrap_or(self.from..self.from);
        self.hand_over(command, &heredocs, seat, context);
    }

    fn item(
        &mut self,
        item: &Item,
        is_prefix: bool,
        command: &mut Command,
        heredocs: &mut Vec<Heredoc>,
    ) {
        match item {
            Item::Word(word) => self.word(word.loc.as_ref(), command),
            Item::AssignmentWord(assignment, word) => {
                let span = word.loc.as_ref().unwrap_or(&assignment.loc);
                if !is_prefix {
                    self.word(Some(span), command);
                    return;
                }
                let (AssignmentName::VariableName(name)
                | AssignmentName::ArrayElementName(name, _)) = &assignment.name;
                let word = self.read(span);
                self.from = word.range.end;
                command.assigns.push(Assign {
                    name: name.clone(),
                    word,
                });
            }
            Item::ProcessSubstitution(_, subshell) => {
                let inner = self.map.range(&subshell.loc);
                // The tree leaves out the `<` before the parenthesis.
                let start = inner.start.saturating_sub(1);
                command
                    .words
                    .push(word::read(self.frame.text, start..inner.end));
            }
            Item::IoRedirect(redirect) => self.redirect(redirect, command, heredocs),
        }
    }

    /// The bytes of a word. What follows a continued line counts its indentation as part of the word.
    fn word_range(&self, span: &SourceSpan) -> Range<usize> {
        let range = self.map.range(span);
        let mut rest = self
            .frame
            .text
            .masked
            .get(range.clone())
            .unwrap_or_default();
        loop {
            let trimmed = rest.trim_start_matches([' ', '\t', '\n']);
            let trimmed = trimmed.strip_prefix("\\\n").unwrap_or(trimmed);
            if trimmed.len() == rest.len() {
                return range.end - rest.len()..range.end;
            }
            rest = trimmed;
        }
    }

    fn read(&self, span: &SourceSpan) -> word::Word {
        word::read(self.frame.text, self.word_range(span))
    }

    fn word(&mut self, span: Option<&SourceSpan>, command: &mut Command) {
        if let Some(span) = span {
            let word = self.read(span);
            self.from = word.range.end;
            command.words.push(word);
        }
    }

    fn hand_over(
        &mut self,
        command: Command,
        heredocs: &[Heredoc],
        seat: PipelinePosition,
        context: Context,
    ) {
        let number = self.builder.script.commands.len();
        let nested = self
            .builder
            .command(self.frame, command, heredocs, seat, context);
        for script in nested {
            walk::nested(self.builder, self.frame, script, context, Some(number));
        }
    }

    fn loose_word(&mut self, word: &word::Word, context: Context) {
        for script in self.builder.loose(self.frame, word) {
            walk::nested(self.builder, self.frame, script, context, None);
        }
    }

    fn loose(&mut self, span: Option<&SourceSpan>, context: Context) {
        if let Some(span) = span {
            let word = self.read(span);
            self.loose_word(&word, context);
        }
    }

    /// `[[ … ]]` as a command whose program is `[[`.
    fn test(&mut self, range: Range<usize>, seat: PipelinePosition, context: Context) {
        let end = range.end.min(self.end);
        let command = Command {
            words: word::of_test(self.frame.text, range.start..end),
            range,
            ..Command::default()
        };
        self.from = end;
        self.hand_over(command, &[], seat, context);
    }
}

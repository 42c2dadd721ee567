//! From trees to commands in the order written; what substitutions and other shells hold is read in its turn.

use std::ops::Range;

use super::build::Builder;
use super::frame::{Context, Frame, Heredoc, PipelinePosition};
use super::nested_scripts::{Nested, copy, unescape_backticks, unquoted};
use super::script::{Nesting, ScriptError, is_name, is_one_value};
use super::tree::{For, List, Node, NodeKind, Pipeline, Tree};
use super::word::{PieceKind, Text, Word};
use super::{parser, problem};
use crate::span::{LocatedText, Span};

/// Substitutions in substitutions: deeper ones are not read.
const MAX_DEPTH: u32 = 8;

const TOO_DEEP: &str = "substitutions nest deeper than 8; what is inside is not checked";

/// Reads a text that is not a stretch of another.
pub(super) fn text(builder: &mut Builder, located: &LocatedText, context: Context) {
    if context.depth > MAX_DEPTH {
        builder.script.is_parsed = false;
        builder.script.cut = Some(TOO_DEEP);
        return;
    }
    let (mut masked, mut masks) = super::mask(&located.text);
    if builder.is_filled {
        super::mask_variables(&mut masked, &mut masks);
    }
    let frame = Frame {
        text: Text {
            masked: &masked,
            written: &located.text,
            masks: &masks,
        },
        located,
    };
    read(builder, &frame, 0..masked.len(), context);
}

/// A command in exec form: a word whose text is in the file as it is can be read as a script.
pub(super) fn exec(builder: &mut Builder, words: &[(String, Span)]) {
    if let Some(word) = builder.exec(words) {
        let context = Context {
            depth: 1,
            holder: Some((0, Nesting::Script)),
            ..Context::default()
        };
        text(builder, &unquoted(&word), context);
    }
}

/// Reads the script that fills `range` of the frame's text.
fn read(builder: &mut Builder, frame: &Frame, range: Range<usize>, context: Context) {
    if context.depth > MAX_DEPTH {
        builder.script.cut = Some(TOO_DEEP);
        return;
    }
    if builder.is_full() {
        builder.script.cut = Some(super::build::TOO_MANY_COMMANDS);
        return;
    }
    let depth = usize::try_from(context.depth).unwrap_or(usize::MAX);
    let levels = parser::MAX_NESTING.saturating_sub(context.levels.saturating_add(depth));
    let tree = parser::parse(frame.text, range.clone(), levels);
    let known = (builder.is_errexit, builder.is_pipefail);
    let was_broken = builder.is_broken;
    if !tree.problems.is_empty() {
        builder.is_broken = true;
        if context.depth == 0 {
            builder.script.is_parsed = false;
            builder.script.error = problem::explain(&tree, frame.text.masked, range).map(|found| {
                let (at, is_token, message) = found;
                let token = frame.text.masked.get(at.clone()).filter(|_| is_token);
                let token = token.map(str::to_owned);
                let at = frame.file(at);
                ScriptError {
                    span: Span::new(at.start, at.end),
                    token,
                    message,
                }
            });
        }
    }
    let mut walk = Walk {
        builder,
        frame,
        tree: &tree,
    };
    let last = tree.lists.len().saturating_sub(1);
    for (number, list) in tree.lists.iter().enumerate() {
        let is_tail = context.depth == 0 && number == last;
        walk.list(list, Context { is_tail, ..context });
    }
    builder.is_broken = was_broken;
    if context.depth > 0 {
        (builder.is_errexit, builder.is_pipefail) = known;
    }
}

struct Walk<'a, 'b> {
    builder: &'a mut Builder,
    frame: &'a Frame<'b>,
    tree: &'a Tree,
}

impl Walk<'_, '_> {
    fn list(&mut self, list: &List, context: Context) {
        let length = list.len();
        for (number, pipeline) in list.iter().enumerate() {
            let is_tail = context.is_tail && number + 1 == length;
            self.pipeline(pipeline, Context { is_tail, ..context });
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline, context: Context) {
        let length = pipeline.commands.len();
        let number = self.builder.pipeline(length);
        self.builder
            .end_pipeline(self.frame, number, pipeline.range.clone());
        let context = Context {
            in_subshell: context.in_subshell || length > 1,
            ..context
        };
        for (place, command) in pipeline.commands.iter().enumerate() {
            let position = PipelinePosition {
                pipeline: number,
                place: u32::try_from(place).unwrap_or(u32::MAX),
                is_last: place + 1 == length,
                before: pipeline.before,
                after: pipeline.after,
                is_negated: pipeline.is_negated,
            };
            self.command(command, position, context);
        }
    }

    fn command(&mut self, node: &Node, position: PipelinePosition, context: Context) {
        if let (NodeKind::Simple(..), Some(at)) = (&node.kind, &node.piped_error) {
            self.construct("piped-error", at);
        }
        match &node.kind {
            NodeKind::Simple(command, documents) => {
                let documents: Vec<Heredoc> = documents
                    .iter()
                    .filter_map(|number| self.tree.documents.get(*number))
                    .map(|document| Heredoc {
                        body: document.body.clone(),
                        expands: document.expands,
                    })
                    .collect();
                let mut command = command.clone();
                if node.piped_error.is_some() {
                    command.redirects.push(super::script::Redirect {
                        operator: "2>&".to_owned(),
                        ..Default::default()
                    });
                }
                let number = self.builder.script.commands.len();
                let nested = self
                    .builder
                    .command(self.frame, command, &documents, position, context);
                self.nested(nested, context, Some(number));
            }
            NodeKind::Test(command) => {
                let number = self.builder.script.commands.len();
                let command = command.clone();
                let nested = self
                    .builder
                    .command(self.frame, command, &[], position, context);
                self.nested(nested, context, Some(number));
            }
            _ => {
                let context = Context {
                    levels: context.levels + 1,
                    ..context
                };
                self.compound(node, position, context);
            }
        }
        for redirect in &node.redirects {
            self.loose(&redirect.target, context);
        }
        if let Some(at) = node
            .piped_error
            .as_ref()
            .filter(|_| !matches!(node.kind, NodeKind::Simple(..)))
        {
            self.construct("piped-error", at);
        }
    }

    fn compound(&mut self, node: &Node, position: PipelinePosition, context: Context) {
        let condition = Context {
            in_condition: true,
            is_tail: false,
            ..context
        };
        let repeated = Context {
            is_tail: false,
            ..context
        };
        match &node.kind {
            NodeKind::Simple(..) | NodeKind::Test(_) => {}
            NodeKind::Arithmetic => self.construct("arithmetic-command", &node.range),
            NodeKind::ArithmeticFor(name, body) => {
                self.construct("arithmetic-loop", &node.range);
                self.builder.script.loops.push((name.clone(), true));
                self.list(body, repeated);
            }
            NodeKind::Group(list) => self.list(list, context),
            NodeKind::Subshell(list) => {
                let known = (self.builder.is_errexit, self.builder.is_pipefail);
                let inside = Context {
                    in_subshell: true,
                    ..context
                };
                self.list(list, inside);
                (self.builder.is_errexit, self.builder.is_pipefail) = known;
            }
            NodeKind::If(branches) => {
                for branch in branches {
                    if let Some(list) = &branch.condition {
                        self.list(list, condition);
                    }
                    self.list(&branch.body, context);
                }
            }
            NodeKind::Loop(asked, body) => {
                self.list(asked, condition);
                self.list(body, repeated);
            }
            NodeKind::For(iteration) => self.iteration(iteration, &node.range, repeated),
            NodeKind::Case(subject, items) => {
                self.loose(subject, context);
                for list in items {
                    self.list(list, context);
                }
            }
            NodeKind::Coprocess(command) => {
                self.construct("coprocess", &command.range);
                self.command(command, position, context);
            }
            NodeKind::Function(name, body) => {
                self.function(name, body.as_deref(), position, context);
            }
        }
    }

    fn iteration(&mut self, iteration: &For, range: &Range<usize>, context: Context) {
        let written = |range: &Range<usize>| {
            self.frame
                .text
                .masked
                .get(range.clone())
                .unwrap_or_default()
        };
        let name = written(&iteration.variable).to_owned();
        let are_plain = iteration
            .words
            .as_ref()
            .is_some_and(|words| words.iter().all(|word| is_one_value(written(&word.range))));
        if iteration.is_select {
            self.construct("select-loop", range);
        }
        if name.starts_with('$') {
            self.construct("expanded-loop-variable", range);
        }
        self.builder.script.loops.push((name, are_plain));
        for word in iteration.words.iter().flatten() {
            self.loose(word, context);
        }
        self.list(&iteration.body, context);
    }

    fn function(
        &mut self,
        name: &Range<usize>,
        body: Option<&Node>,
        position: PipelinePosition,
        context: Context,
    ) {
        if !is_name(self.frame.text.masked.get(name.clone()).unwrap_or_default()) {
            self.construct("odd-function-name", name);
        }
        let context = Context {
            in_function: true,
            is_tail: false,
            in_condition: false,
            ..context
        };
        if let Some(body) = body {
            self.command(body, position, context);
        }
    }

    fn construct(&mut self, kind: &'static str, range: &Range<usize>) {
        self.builder.construct(self.frame, kind, range.clone());
    }

    /// A word that belongs to no command: of a loop's list, of a `case`, of a compound command's redirection.
    fn loose(&mut self, word: &Word, context: Context) {
        let nested = self.builder.loose(self.frame, word);
        self.nested(nested, context, None);
    }

    fn nested(&mut self, scripts: Vec<Nested>, context: Context, holder: Option<usize>) {
        for script in scripts {
            nested(self.builder, self.frame, script, context, holder);
        }
    }
}

/// Reads a script that is in a word of the command `holder`, or in its here-document.
pub(super) fn nested(
    builder: &mut Builder,
    frame: &Frame,
    script: Nested,
    context: Context,
    holder: Option<usize>,
) {
    let inner = |nesting| Context {
        depth: context.depth + 1,
        in_subshell: true,
        in_condition: false,
        holder: holder.map(|number| (number, nesting)),
        ..context
    };
    let outer = builder.shell;
    if let Nested::Word(_) | Nested::Range(Nesting::Heredoc, _) = script {
        builder.shell = builder.named_shell(holder).or(outer);
    }
    match script {
        Nested::Range(Nesting::Backtick, range) => {
            let written = frame.text.masked.get(range.clone()).unwrap_or_default();
            if written.contains('\\') {
                let unescaped = unescape_backticks(frame, range);
                text(builder, &unescaped, inner(Nesting::Backtick));
            } else {
                read(builder, frame, range, inner(Nesting::Backtick));
            }
        }
        Nested::Range(nesting, range) => read(builder, frame, range, inner(nesting)),
        Nested::Word(word) => {
            let known = (builder.is_errexit, builder.is_pipefail);
            (builder.is_errexit, builder.is_pipefail) = (false, false);
            match &word.pieces[..] {
                [piece] if piece.kind == PieceKind::Text => {
                    read(builder, frame, piece.range.clone(), inner(Nesting::Script));
                }
                _ => {
                    let mut inside = LocatedText::default();
                    for piece in word.pieces.iter().filter(|piece| !piece.is_nested) {
                        copy(frame, piece.range.clone(), &mut inside);
                    }
                    text(builder, &inside, inner(Nesting::Script));
                }
            }
            (builder.is_errexit, builder.is_pipefail) = known;
        }
    }
    builder.shell = outer;
}

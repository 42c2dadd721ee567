//! What a comment covers: its line, the node or instruction below, the next line of a script, a stage, a step.

use std::cell::OnceCell;

use crate::evaluate::suppress::marker::{Asked, Marker};
use crate::model::nested::Nested;
use crate::parse::dockerfile::Instruction;
use crate::parse::yaml::tree::{Content, NodeId, Style, Tree};
use crate::parse::{Parsed, Syntax};
use crate::sources::{Kind, Source};
use crate::span::Span;

/// Where things begin and end in a file, in order, made once for all of its comments.
pub(super) struct Layout<'a> {
    source: &'a Source,
    /// YAML: pairs from key to value, and items, by where they begin; of those that begin together the longest is first.
    nodes: Vec<Span>,
    /// Items of sequences among them: steps, containers.
    items: Vec<Span>,
    /// Those that are mappings, and the events that start a workflow, by where they begin.
    steps: Vec<Span>,
    /// YAML: what is at the second level, such as jobs.
    entries: Vec<Span>,
    /// YAML: documents.
    roots: Vec<Span>,
    /// YAML: scalars of several lines.
    texts: Vec<Span>,
    /// Dockerfile: instructions with their continued lines and here-documents.
    instructions: Vec<Span>,
    /// Dockerfile: those among them that begin a stage.
    stages: Vec<Span>,
    /// Which of the items, and which of the entries, are around a comment.
    around: OnceCell<[Nested; 2]>,
    /// By line, from 0: the first from it on that holds something besides a comment, if there is one.
    filled: OnceCell<Vec<Option<u32>>>,
    /// By line, from 0: the last of those that continue it.
    continued: OnceCell<Vec<u32>>,
}

/// How many lines are looked at one by one before a table of all is made: a comment is nearly always next to what it is about.
const NEAR: u32 = 64;

impl<'a> Layout<'a> {
    pub(super) fn of(source: &'a Source, parsed: &Parsed) -> Self {
        let mut layout = Self {
            source,
            nodes: Vec::new(),
            items: Vec::new(),
            steps: Vec::new(),
            entries: Vec::new(),
            roots: Vec::new(),
            texts: Vec::new(),
            instructions: Vec::new(),
            stages: Vec::new(),
            around: OnceCell::new(),
            filled: OnceCell::new(),
            continued: OnceCell::new(),
        };
        match &parsed.tree {
            Syntax::Yaml(tree) => layout.read_tree(tree),
            Syntax::Dockerfile(tree) => {
                let all = tree.instructions.iter();
                let froms = all
                    .clone()
                    .filter(|instruction| instruction.keyword == "FROM");
                layout.stages = froms.map(Instruction::whole).collect();
                layout.instructions = all.map(Instruction::whole).collect();
            }
        }
        layout
    }

    fn read_tree(&mut self, tree: &Tree) {
        let span = |node: NodeId| tree.node(node).span;
        for node in &tree.nodes {
            match &node.content {
                Content::Mapping(pairs) => {
                    let spans = pairs.iter().map(|(key, value)| span(*key).to(span(*value)));
                    self.nodes
                        .extend(spans.filter(|span| span.start < span.end));
                }
                Content::Sequence(items) => {
                    self.items.extend(items.iter().map(|item| span(*item)));
                    let steps = items.iter().filter(|item| tree.is_mapping(**item));
                    self.steps.extend(steps.map(|item| span(*item)));
                }
                Content::Scalar(scalar) => {
                    let is_block = matches!(scalar.style, Style::Literal | Style::Folded);
                    if is_block || self.line(node.span.start) != self.line(node.span.end) {
                        self.texts.push(node.span);
                    }
                }
                Content::Alias(_) => {}
            }
        }
        for root in &tree.roots {
            self.roots.push(span(*root));
            for (key, value) in tree.pairs(*root) {
                if tree.text(key) == Some("on") {
                    self.steps.push(span(key).to(span(value)));
                }
                for (key, value) in tree.pairs(value) {
                    self.entries.push(span(key).to(span(value)));
                }
            }
        }
        let by_start = |span: &Span| (span.start, u32::MAX - span.end);
        for spans in [
            &mut self.nodes,
            &mut self.items,
            &mut self.steps,
            &mut self.entries,
            &mut self.texts,
        ] {
            spans.sort_by_key(by_start);
        }
    }

    /// What a comment covers; `None` if it is the whole file.
    pub(super) fn covers(&self, marker: &Marker) -> Option<Span> {
        let start = marker.span.start;
        match marker.asked {
            Asked::File => None,
            Asked::Stage => Some(self.stage(start)),
            Asked::Entity => self.entity(start),
            Asked::Script => Some(self.script(start)),
            Asked::Line if self.has_own_line(start) => Some(self.line_below(start)),
            Asked::Around => Some(self.around(start)),
            Asked::Near => Some(self.near(start)),
            Asked::Line => Some(self.beside(start)),
        }
    }

    fn line(&self, offset: u32) -> u32 {
        self.source.lines.line(offset)
    }

    fn line_span(&self, line: u32) -> Span {
        self.source.lines.span(&self.source.text, line)
    }

    fn text(&self, line: u32) -> &'a str {
        self.line_span(line).of(&self.source.text)
    }

    fn has_own_line(&self, offset: u32) -> bool {
        let before = Span {
            start: self.line_span(self.line(offset)).start,
            end: offset,
        };
        // From its end: of many comments on a line each would go through all that is before it.
        before.of(&self.source.text).trim_end().is_empty()
    }

    /// The line of a comment, or what is below it if it has a line of its own.
    fn near(&self, offset: u32) -> Span {
        if self.has_own_line(offset) {
            self.below(offset)
        } else {
            self.beside(offset)
        }
    }

    /// The same, and the step or the list of events that the comment is in: some tools look for comments in all of what they report.
    fn around(&self, offset: u32) -> Span {
        let near = self.near(offset);
        let line = self.line(offset);
        let before = self.steps.partition_point(|span| span.start <= offset);
        let mut inner = self.steps[..before].iter().rev();
        let around = inner.find(|span| line <= self.line(span.end.saturating_sub(1)));
        around.map_or(near, |around| near.to(*around))
    }

    /// The line that the comment ends; with it the block scalar whose header the line is, since nothing can be written beside its lines.
    fn beside(&self, offset: u32) -> Span {
        let line = self.line_span(self.line(offset));
        let header = self
            .text_around(offset)
            .filter(|text| line.holds(text.start));
        header.map_or(line, |text| line.to(text))
    }

    /// The scalar of several lines that the offset lies in.
    fn text_around(&self, offset: u32) -> Option<Span> {
        let next = self.texts.partition_point(|text| text.start <= offset);
        let text = *self.texts.get(next.checked_sub(1)?)?;
        text.holds(offset).then_some(text)
    }

    /// What is below a comment that has its own line.
    fn below(&self, offset: u32) -> Span {
        let Some(line) = self.next_line(self.line(offset)) else {
            return Span {
                start: offset,
                end: offset,
            };
        };
        let span = self.line_span(line);
        if self.source.kind == Kind::Dockerfile {
            return self.below_in_dockerfile(offset, span);
        }
        if self.text_around(offset).is_some() {
            return self.logical_line(line);
        }
        let text = self.text(line);
        if text.starts_with("---") {
            let root = first_from(&self.roots, span.start);
            return root.map_or(span, |root| span.to(root));
        }
        let indent = text.len() - text.trim_start().len();
        let first = span.start + u32::try_from(indent).unwrap_or(0);
        let is_item = matches!(
            text.trim_start().as_bytes(),
            [b'-'] | [b'-', b' ' | b'\t' | b'\r' | b'\n', ..]
        );
        let found = if is_item {
            first_from(&self.items, first).filter(|item| span.holds(item.start))
        } else {
            let object = self.object_from(first);
            object.or_else(|| first_from(&self.nodes, first).filter(|node| node.start == first))
        };
        found.map_or(span, |found| span.to(found))
    }

    /// The Kubernetes object that begins at the byte: a comment above its first key is about all of it.
    fn object_from(&self, first: u32) -> Option<Span> {
        let root = first_from(&self.roots, first).filter(|root| root.start == first);
        root.filter(|_| self.source.kind == Kind::Kubernetes)
    }

    /// The line below a comment that has its own line.
    fn line_below(&self, offset: u32) -> Span {
        match self.next_line(self.line(offset)) {
            Some(line) if self.source.kind != Kind::Dockerfile => self.line_span(line),
            _ => self.below(offset),
        }
    }

    fn below_in_dockerfile(&self, offset: u32, next: Span) -> Span {
        let after = self
            .instructions
            .partition_point(|span| span.start <= offset);
        let around = after
            .checked_sub(1)
            .and_then(|index| self.instructions.get(index));
        if around.is_some_and(|span| span.holds(offset)) {
            return next;
        }
        self.instructions.get(after).copied().unwrap_or(next)
    }

    /// The next line that holds something besides a comment.
    fn next_line(&self, line: u32) -> Option<u32> {
        let last = self.last_line();
        let near = last.min(line.saturating_add(NEAR));
        if let Some(found) = (line + 1..=near).find(|line| self.is_filled(*line)) {
            return Some(found);
        }
        let filled = self.filled.get_or_init(|| {
            let mut next = None;
            let mut filled: Vec<Option<u32>> = (1..=last)
                .rev()
                .map(|line| {
                    next = if self.is_filled(line) {
                        Some(line)
                    } else {
                        next
                    };
                    next
                })
                .collect();
            filled.reverse();
            filled
        });
        filled.get(line as usize).copied().flatten()
    }

    fn last_line(&self) -> u32 {
        u32::try_from(self.source.lines.count()).unwrap_or(u32::MAX)
    }

    /// Whether a line holds something besides a comment.
    fn is_filled(&self, line: u32) -> bool {
        let text = self.text(line).trim_start();
        !text.is_empty() && !text.starts_with('#')
    }

    /// A line of a script with those that continue it.
    fn logical_line(&self, line: u32) -> Span {
        let last = self.last_line();
        let goes_on = |line: u32| line < last && self.text(line).trim_end().ends_with('\\');
        let near = line.saturating_add(NEAR);
        let found = (line..near).find(|line| !goes_on(*line));
        let end = found.unwrap_or_else(|| {
            let continued = self.continued.get_or_init(|| {
                let mut end = last;
                let mut continued: Vec<u32> = (1..=last)
                    .rev()
                    .map(|line| {
                        end = if goes_on(line) { end } else { line };
                        end
                    })
                    .collect();
                continued.reverse();
                continued
            });
            let of_line = continued.get((line as usize).saturating_sub(1));
            of_line.copied().unwrap_or(last)
        });
        self.line_span(line).to(self.line_span(end))
    }

    /// The next line of the script that the comment is in, or the whole script if no command comes before the comment.
    fn script(&self, offset: u32) -> Span {
        let line = self.line(offset);
        if let Some(text) = self.text_around(offset) {
            let first = self.next_line(self.line(text.start));
            if first.is_none_or(|first| first >= line) {
                return text;
            }
        }
        match self.next_line(line) {
            Some(next) => self.logical_line(next),
            None => self.line_span(line),
        }
    }

    /// From the comment to where the stage after the next begins.
    fn stage(&self, offset: u32) -> Span {
        let next = self.stages.partition_point(|span| span.start <= offset);
        let end = self.stages.get(next + 1).map(|span| span.start);
        Span {
            start: offset,
            end: end.unwrap_or(u32::MAX),
        }
    }

    /// The step or job that the comment is in; the document in a manifest; `None`, which is the whole file, in a Dockerfile.
    fn entity(&self, offset: u32) -> Option<Span> {
        match self.source.kind {
            Kind::Dockerfile => None,
            Kind::Workflow | Kind::Action | Kind::Dependabot | Kind::PreCommit => {
                let nested = |spans: &[Span]| Nested::of(spans.iter().copied());
                let [items, entries] =
                    (self.around).get_or_init(|| [nested(&self.items), nested(&self.entries)]);
                let item = items.around(offset).map(|item| self.items[item]);
                item.or_else(|| Some(self.entries[entries.around(offset)?]))
            }
            Kind::Kubernetes | Kind::Compose => {
                let next = self.roots.partition_point(|root| root.start <= offset);
                let around = next.checked_sub(1).map(|index| self.roots[index]);
                let around = around.filter(|root| root.holds(offset));
                around.or_else(|| first_from(&self.roots, offset))
            }
        }
    }
}

/// The first span that begins at `offset` or after.
fn first_from(spans: &[Span], offset: u32) -> Option<Span> {
    let at = spans.partition_point(|span| span.start < offset);
    spans.get(at).copied()
}

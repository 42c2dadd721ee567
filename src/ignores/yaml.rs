//! Where comments may be in YAML: behind a line, or on a line of their own; never in a scalar of several lines.

use std::collections::BTreeSet;

use crate::ignores::edit::Place;
use crate::parse::yaml::tree::{Content, Style, Tree};
use crate::sources::Source;
use crate::span::Span;

/// Where nothing can be written.
pub(super) struct Layout {
    /// Scalars of several lines, in order.
    texts: Vec<Text>,
    /// The lines with comments, from 1.
    commented: BTreeSet<u32>,
    /// The line of the first node.
    first_line: u32,
}

/// A scalar of several lines.
struct Text {
    span: Span,
    /// Whether it has a header, behind which a comment may be.
    is_block: bool,
    /// Where its key begins.
    key: Option<u32>,
}

impl Layout {
    pub(super) fn of(source: &Source, tree: &Tree) -> Self {
        let line = |offset| source.lines.line(offset);
        let texts = tree.nodes.iter().filter_map(|node| {
            let Content::Scalar(scalar) = &node.content else {
                return None;
            };
            let is_block = matches!(scalar.style, Style::Literal | Style::Folded);
            let is_long = line(node.span.start) < line(node.span.end.saturating_sub(1));
            let key = node.key.map(|key| tree.node(key).span.start);
            (is_block || is_long).then_some(Text {
                span: node.span,
                is_block,
                key,
            })
        });
        let mut texts: Vec<Text> = texts.collect();
        texts.sort_by_key(|text| text.span);
        let roots = tree.roots.first();
        Self {
            texts,
            commented: (tree.comments.iter())
                .map(|comment| line(comment.span.start))
                .collect(),
            first_line: roots.map_or(1, |root| line(tree.node(*root).span.start)),
        }
    }

    /// The places for a finding at the byte.
    pub(super) fn places(&self, source: &Source, at: u32) -> Vec<Place> {
        let line = |offset| source.lines.line(offset);
        let own = line(at);
        let mut places = Vec::new();
        let next = self.texts.partition_point(|text| text.span.start <= at);
        let before = next.checked_sub(1).map(|index| &self.texts[index]);
        let around = before.filter(|text| text.span.holds(at));
        let behind = self.texts.get(next);
        let behind = behind.filter(|text| line(text.span.start) == own);
        match around.or(behind) {
            Some(text) if text.is_block => places.extend(self.at_line(line(text.span.start))),
            Some(text) => {
                places.push(Place::Above(line(text.span.start)));
                places.extend(text.key.map(|key| Place::Above(line(key))));
            }
            None => places.extend(self.at_line(own)),
        }
        places.push(Place::File(self.first_line));
        places
    }

    /// Behind a line, or above it if there is a comment already.
    fn at_line(&self, line: u32) -> [Place; 2] {
        if self.commented.contains(&line) {
            [Place::Above(line), Place::Beside(line)]
        } else {
            [Place::Beside(line), Place::Above(line)]
        }
    }
}

//! Where comments may be in a template of a chart: behind a line, or above one that ends in the middle of an action. What is rendered is the same to the byte.

use crate::ignores::edit::Place;
use crate::render::helm::comments::actions;
use crate::sources::Source;
use crate::span::Span;

/// Where actions are.
pub(super) struct Layout {
    /// Actions and comments with their delimiters, in order.
    actions: Vec<Span>,
}

impl Layout {
    /// `None` of what is no template.
    pub(super) fn of(source: &Source) -> Option<Self> {
        let actions = actions(&source.text)?.into_iter();
        let actions = actions.map(|range| Span::new(range.start, range.end));
        Some(Self {
            actions: actions.collect(),
        })
    }

    /// The places for a finding at the byte.
    pub(super) fn places(&self, source: &Source, at: u32) -> Vec<Place> {
        let text = &source.text;
        let line = source.lines.line(at);
        let own = source.lines.span(text, line);
        let end = own.start + u32::try_from(own.of(text).trim_end().len()).unwrap_or(0);
        let next = self.actions.partition_point(|action| action.start < end);
        let last = next.checked_sub(1).map(|index| self.actions[index]);
        let open = last.filter(|action| end < action.end);
        let near = open.map_or(Place::Beside(line), |action| {
            Place::Above(source.lines.line(action.start))
        });
        vec![near, Place::File(1)]
    }
}

//! Which comments count at a place, found without asking each of them.

use crate::span::Span;

/// A comment's number and the number of the rule in it.
pub(super) type Entry = (usize, usize);

/// The comments that name the same rule.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Those that count in the whole file.
    file: Vec<Entry>,
    /// The others, by where they begin to count once [`Reach::sort`] was called.
    spans: Vec<(Span, Entry)>,
    /// For each of `spans`, the furthest end of it and those before it.
    ends: Vec<u32>,
}

impl Reach {
    pub(super) fn add(&mut self, covers: Option<Span>, entry: Entry) {
        match covers {
            Some(span) => self.spans.push((span, entry)),
            None => self.file.push(entry),
        }
    }

    pub(super) fn sort(&mut self) {
        self.spans.sort();
        let ends = self.spans.iter().scan(0, |furthest, (span, _)| {
            *furthest = span.end.max(*furthest);
            Some(*furthest)
        });
        self.ends = ends.collect();
    }

    /// The comments that count at `offset`, the nearest first.
    pub(super) fn at(&self, offset: u32) -> impl Iterator<Item = Entry> {
        let first = self.spans.partition_point(|(span, _)| span.start <= offset);
        let reaching = (0..first)
            .rev()
            .take_while(move |at| self.ends[*at] > offset);
        let near = reaching.map(|at| self.spans[at]);
        let near = near.filter(move |(span, _)| span.holds(offset));
        near.map(|(_, entry)| entry)
            .chain(self.file.iter().copied())
    }
}

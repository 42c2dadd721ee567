//! Which of the things of a file holds a byte, where they lie in each other: objects in a List, items in items.

use std::cmp::Reverse;

use crate::span::Span;

/// Things by where they begin, each with the one around it.
#[derive(Debug, Default)]
pub(crate) struct Nested(Vec<Level>);

#[derive(Clone, Copy, Debug)]
struct Level {
    start: u32,
    end: u32,
    /// Its number among all.
    number: usize,
    /// The level around it.
    around: Option<usize>,
}

impl Nested {
    /// What is asked of these things. Each lies in another or beside it; of two with the same bytes the first counts.
    pub(crate) fn of(objects: impl IntoIterator<Item = Span>) -> Self {
        let spans = objects.into_iter().enumerate();
        let spans = spans.map(|(number, span)| Level {
            start: span.start,
            end: span.end.max(span.start + 1),
            number,
            around: None,
        });
        let mut levels: Vec<Level> = spans.collect();
        levels.sort_by_key(|level| (level.start, Reverse(level.end), level.number));
        levels.dedup_by_key(|level| (level.start, level.end));
        let mut open: Vec<usize> = Vec::new();
        for index in 0..levels.len() {
            let start = levels[index].start;
            while open.pop_if(|around| levels[*around].end <= start).is_some() {}
            levels[index].around = open.last().copied();
            open.push(index);
        }
        Self(levels)
    }

    /// The number of the smallest that holds a byte.
    pub(crate) fn around(&self, at: u32) -> Option<usize> {
        let next = self.0.partition_point(|level| level.start <= at);
        let mut level = self.0.get(next.checked_sub(1)?)?;
        while level.end <= at {
            level = &self.0[level.around?];
        }
        Some(level.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_that_holds_a_byte_is_found() {
        let spans = [
            (0, 10),
            (20, 90),
            (30, 40),
            (40, 60),
            (45, 50),
            (45, 50),
            (95, 95),
        ];
        let nested = Nested::of(spans.map(|(start, end)| Span::new(start, end)));
        let found = [0, 9, 10, 25, 30, 39, 44, 45, 49, 50, 60, 89, 90, 95, 96];
        let expected = [
            Some(0),
            Some(0),
            None,
            Some(1),
            Some(2),
            Some(2),
            Some(3),
            Some(4),
            Some(4),
            Some(3),
            Some(1),
            Some(1),
            None,
            Some(6),
            None,
        ];
        assert_eq!(found.map(|at| nested.around(at)), expected);
    }
}

//! Which lines of a text are not in the text that it was before.

use std::collections::BTreeMap;

/// For each line of `new`, whether it is one that `old` does not have at that place. Lines that are in both texts once are the anchors; around each, what
/// is alike is taken for the same. It takes time in proportion to the texts, whatever they hold.
pub(super) fn changed(old: &str, new: &str) -> Vec<bool> {
    let old: Vec<&str> = lines(old);
    let new: Vec<&str> = lines(new);
    let mut is_changed = vec![true; new.len()];
    let alike = |a: usize, b: usize| old.get(a) == new.get(b);
    let shorter = old.len().min(new.len());
    let head = (0..shorter).take_while(|at| alike(*at, *at)).count();
    let tail = (1..=shorter - head)
        .take_while(|back| alike(old.len() - back, new.len() - back))
        .count();
    is_changed[..head].fill(false);
    is_changed[new.len() - tail..].fill(false);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let pairs = anchors(&old[head..old_end], &new[head..new_end]);
    let mut before = (head, head);
    for (a, b) in pairs {
        let (a, b) = (a + head, b + head);
        // Upwards as far as the anchor before it reaches, then downwards.
        let (mut up_a, mut up_b) = (a, b);
        while up_a > before.0 && up_b > before.1 && alike(up_a - 1, up_b - 1) {
            (up_a, up_b) = (up_a - 1, up_b - 1);
        }
        let (mut end_a, mut end_b) = (a, b);
        while end_a < old_end && end_b < new_end && alike(end_a, end_b) {
            (end_a, end_b) = (end_a + 1, end_b + 1);
        }
        if end_b > before.1 && end_a > before.0 {
            is_changed[up_b.max(before.1)..end_b].fill(false);
            before = (end_a, end_b);
        }
    }
    is_changed
}

/// The lines of a text without what ends them.
fn lines(text: &str) -> Vec<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.split('\n');
    let lines = lines.flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
    lines.collect()
}

/// Lines that both texts have once, by their numbers in each: the longest row of them that has the same order in both.
fn anchors(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, line) in old.iter().enumerate() {
        places.entry(line).or_default().0.push(at);
    }
    for (at, line) in new.iter().enumerate() {
        if let Some((_, in_new)) = places.get_mut(line) {
            in_new.push(at);
        }
    }
    let mut pairs: Vec<(usize, usize)> = places
        .into_values()
        .filter_map(|(in_old, in_new)| match (&in_old[..], &in_new[..]) {
            ([a], [b]) => Some((*a, *b)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    // The longest increasing row: for each length, the pair that ends a row of it and has the least number.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for at in 0..pairs.len() {
        let length = ends.partition_point(|end| pairs[*end].1 < pairs[at].1);
        before[at] = length.checked_sub(1).map(|length| ends[length]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut last = ends.last().copied();
    while let Some(at) = last {
        row.push(pairs[at]);
        last = before[at];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The numbers of the lines that changed, from 1.
    fn numbers(old: &str, new: &str) -> Vec<usize> {
        let changed = changed(old, new).into_iter();
        let numbered = (1..).zip(changed);
        numbered
            .filter_map(|(number, is)| is.then_some(number))
            .collect()
    }

    #[test]
    fn what_is_new_is_told_from_what_moved_down() {
        let old = "a\nb\n\nc\nb\nd\n";
        assert_eq!(numbers(old, old), [0; 0]);
        assert_eq!(numbers(old, "x\na\nb\n\nc\nb\nd\n"), [1]);
        assert_eq!(numbers(old, "a\nb\n\nx\nc\nb\ny\nd\n"), [4, 7]);
        assert_eq!(numbers(old, "a\r\nb\r\n\r\nc2\r\nb\r\nd\r\n"), [4]);
        assert_eq!(numbers("", "a\nb"), [1, 2]);
        assert_eq!(numbers("a\nb", ""), [1]);
        // What is there twice is new where it was added.
        assert_eq!(numbers("a\n- x\nb\n", "a\n- x\n- x\nb\n").len(), 1);
    }

    proptest! {
        /// Without the lines that changed, the rest is found in the old text, in its order.
        #[test]
        fn what_did_not_change_is_in_the_old_text(old in "[abcd\n]{0,40}", new in "[abcd\n]{0,40}") {
            let changed = changed(&old, &new);
            let new = lines(&new);
            prop_assert_eq!(changed.len(), new.len());
            let mut left = lines(&old).into_iter();
            for (line, _) in new.iter().zip(&changed).filter(|(_, changed)| !**changed) {
                prop_assert!(left.any(|old| old == *line));
            }
        }
    }
}

//! The order of keys in YAML that Helm writes: letters after the rest, numbers by size.

/// Whether a key comes before another. It is no total order: `a10`, `a1b` and `a9` have none.
pub fn comes_before(one: &str, other: &str) -> bool {
    let left: Vec<char> = one.chars().collect();
    let right: Vec<char> = other.chars().collect();
    let Some(at) = left
        .iter()
        .zip(&right)
        .position(|(one, other)| one != other)
    else {
        return left.len() < right.len();
    };
    let (one, other) = (left[at], right[at]);
    match (one.is_alphabetic(), other.is_alphabetic()) {
        (true, true) => return one < other,
        (false, false) => {}
        (_, is_letter) => return is_letter,
    }
    let digits_before = left[..at].iter().rev().take_while(|c| c.is_numeric());
    let is_inside = (one == '0' || other == '0') && digits_before.into_iter().any(|c| *c != '0');
    let number = |chars: &[char]| {
        let digits = chars[at..].iter().map_while(|c| c.to_digit(10));
        digits.fold((i64::from(is_inside), 0), |(value, count), digit| {
            (
                value.wrapping_mul(10).wrapping_add(i64::from(digit)),
                count + 1,
            )
        })
    };
    let ((left, left_width), (right, right_width)) = (number(&left), number(&right));
    if left != right {
        return left < right;
    }
    if left_width != right_width {
        return left_width < right_width;
    }
    one < other
}

/// Sorts by merging; an order that is none gives some order, always the same.
pub fn sorted<T>(items: Vec<T>, key: impl Fn(&T) -> &str) -> Vec<T> {
    let mut runs: Vec<Vec<T>> = items.into_iter().map(|item| vec![item]).collect();
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len() / 2 + 1);
        let mut pairs = runs.into_iter();
        while let Some(one) = pairs.next() {
            merged.push(match pairs.next() {
                Some(other) => join(one, other, &key),
                None => one,
            });
        }
        runs = merged;
    }
    runs.pop().unwrap_or_default()
}

fn join<T>(one: Vec<T>, other: Vec<T>, key: &impl Fn(&T) -> &str) -> Vec<T> {
    let mut out = Vec::with_capacity(one.len() + other.len());
    let (mut left, mut right) = (one.into_iter().peekable(), other.into_iter().peekable());
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        let takes_right = comes_before(key(other), key(one));
        out.extend(if takes_right {
            right.next()
        } else {
            left.next()
        });
    }
    out.extend(left);
    out.extend(right);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_naturally() {
        let keys = vec![
            "ab", "a10", "a9", "A2", "a-1", "a_1", "1", "10", "2", "a.b", "",
        ];
        let sorted = sorted(keys, |key| key);
        assert_eq!(
            sorted,
            [
                "", "1", "2", "10", "A2", "a-1", "a.b", "a_1", "a9", "a10", "ab"
            ]
        );
    }
}

//! Names that differ from another by one edit, found without comparing each with each.
//!
//! Two names are one edit apart if a letter can be left out of one or of both so that the rest is equal. Each name of a kind is entered under
//! itself and under all that is left of it without one letter, some twenty short texts; a name that is asked for looks under its own.

use rustc_hash::FxHashMap;

/// The longest name that is looked at, and the shortest: of short names many are alike.
const LONGEST: usize = 100;
const SHORTEST: usize = 4;

/// How many names are entered under one rest: names that differ in one place alone are told apart by a number, mostly.
const ALIKE: usize = 32;

/// The names of one kind.
pub(super) struct Near {
    /// The numbers of names by a hash of what is left of them.
    by_rest: FxHashMap<u64, Vec<u32>>,
}

impl Near {
    pub(super) fn of<'n>(names: impl Iterator<Item = (u32, &'n str)>) -> Self {
        let mut by_rest: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (number, name) in names {
            for rest in rests(name) {
                let alike = by_rest.entry(rest).or_default();
                if alike.len() < ALIKE {
                    alike.push(number);
                }
            }
        }
        Self { by_rest }
    }

    /// The numbers of names that may be one edit from this one; which are is for [`is_one_edit`] to say.
    pub(super) fn around(&self, name: &str) -> Vec<u32> {
        let found = rests(name).filter_map(|rest| self.by_rest.get(&rest));
        let mut found: Vec<u32> = found.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Hashes of a name, and of what is left of it without one byte each.
fn rests(name: &str) -> impl Iterator<Item = u64> {
    let bytes = name.as_bytes();
    let count = if (SHORTEST..=LONGEST).contains(&bytes.len()) {
        bytes.len() + 1
    } else {
        0
    };
    (0..count).map(|without| {
        let left = bytes.iter().enumerate();
        let left = left.filter(|(at, _)| *at != without);
        // FNV-1a.
        left.fold(0xcbf2_9ce4_8422_2325, |hash: u64, (_, byte)| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    })
}

/// Whether one letter that is added, left out, replaced, or swapped with its neighbour makes one name the other.
pub(super) fn is_one_edit(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one == other || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    match (one, other) {
        ([_, a @ ..], [_, b @ ..]) if one.len() == other.len() => {
            a == b || (a.first() == other.first() && one.first() == b.first() && a[1..] == b[1..])
        }
        ([_, a @ ..], b) if one.len() > b.len() => a == b,
        (a, [_, b @ ..]) => a == b,
        _ => false,
    }
}

/// Whether what differs is a number, as names of one kind are told apart: `web-1` and `web-2`.
pub(super) fn differ_by_number(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String { name.chars().filter(|c| !c.is_ascii_digit()).collect() };
    let plain = |name: &str| letters(name).trim_matches('-').replace("--", "-");
    one != other && plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_told_from_more() {
        assert!(is_one_edit("web-confg", "web-config"));
        assert!(is_one_edit("web-config", "web-confi"));
        assert!(is_one_edit("web-config", "web-donfig"));
        assert!(is_one_edit("web-confgi", "web-config"));
        assert!(!is_one_edit("web-config", "web-config"));
        assert!(!is_one_edit("web-config", "wab-confag"));
        assert!(!is_one_edit("web-config", "web-configs-x"));
    }

    #[test]
    fn names_around_another_are_found() {
        let names = ["web-config", "api-config", "web-confg", "db"];
        let near = Near::of((0..).zip(names));
        let found = |name: &str| -> Vec<&str> {
            let all = near.around(name).into_iter();
            let all = all.map(|number| names[number as usize]);
            all.filter(|other| is_one_edit(name, other)).collect()
        };
        assert_eq!(found("web-confiq"), ["web-config"]);
        assert_eq!(found("web-confi"), ["web-config", "web-confg"]);
        assert_eq!(found("dc"), [""; 0]);
    }

    #[test]
    fn numbers_tell_names_of_one_kind_apart() {
        assert!(differ_by_number("web-1", "web-2"));
        assert!(differ_by_number("web", "web-2"));
        assert!(!differ_by_number("web-config", "web-confg"));
    }
}

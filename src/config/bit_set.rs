//! A set of small numbers, one bit each: which rules, or which aliases of rules, are meant.

/// The bits of a word.
const WIDTH: usize = u64::BITS as usize;

/// A set of numbers from 0 on; it grows as numbers are put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BitSet(Vec<u64>);

impl BitSet {
    /// Puts a number in.
    pub fn insert(&mut self, number: usize) {
        let word = number / WIDTH;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (number % WIDTH);
    }

    /// Whether the number is in the set.
    pub fn contains(&self, number: usize) -> bool {
        let word = self.0.get(number / WIDTH);
        word.is_some_and(|word| word & (1 << (number % WIDTH)) != 0)
    }

    /// Whether no number is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Puts in all numbers of another set.
    pub fn extend(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    /// Takes out all numbers of another set.
    pub fn remove(&mut self, other: &Self) {
        for (word, less) in self.0.iter_mut().zip(&other.0) {
            *word &= !less;
        }
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * WIDTH).filter(|number| self.contains(*number))
    }
}

impl FromIterator<usize> for BitSet {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut set = Self::default();
        for number in numbers {
            set.insert(number);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_joined_and_subtracted() {
        let mut set: BitSet = [3, 64, 200].into_iter().collect();
        assert!(set.contains(64) && !set.contains(65) && !set.contains(9_999));
        set.extend(&[1, 300].into_iter().collect());
        set.remove(&[3, 301].into_iter().collect());
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 64, 200, 300]);
        set.remove(&set.clone());
        assert!(set.is_empty() && BitSet::default().is_empty());
    }
}

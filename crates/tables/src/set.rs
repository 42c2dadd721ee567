//! Sets of tables, of any number of them.

use crate::table::Table;

/// How many words hold a bit for each table.
const WORDS: usize = Table::COUNT.div_ceil(u64::BITS as usize);

/// A set of tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableSet([u64; WORDS]);

/// The word of a table's bit, and the bit.
const fn bit(number: usize) -> (usize, u64) {
    (
        number / u64::BITS as usize,
        1 << (number % u64::BITS as usize),
    )
}

impl TableSet {
    /// Every table.
    pub const ALL: Self = {
        let mut words = [0; WORDS];
        let mut number = 0;
        while number < Table::COUNT {
            let (word, bit) = bit(number);
            words[word] |= bit;
            number += 1;
        }
        Self(words)
    };

    /// Adds a table.
    pub fn insert(&mut self, table: Table) {
        let (word, bit) = bit(table as usize);
        self.0[word] |= bit;
    }

    /// Whether a table is in the set.
    pub fn contains(self, table: Table) -> bool {
        let (word, bit) = bit(table as usize);
        self.0[word] & bit != 0
    }

    /// What is in either set.
    #[must_use]
    pub fn union(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word |= other;
        }
        self
    }
}

impl FromIterator<Table> for TableSet {
    fn from_iter<I: IntoIterator<Item = Table>>(tables: I) -> Self {
        let mut set = Self::default();
        tables.into_iter().for_each(|table| set.insert(table));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        for table in Table::ALL {
            let set = TableSet::from_iter([*table]);
            let held = Table::ALL.iter().filter(|other| set.contains(**other));
            assert_eq!(held.collect::<Vec<_>>(), [table]);
            assert!(TableSet::ALL.contains(*table));
        }
        assert_eq!(
            Table::ALL.iter().copied().collect::<TableSet>(),
            TableSet::ALL
        );
    }

    #[test]
    fn bits_go_on_in_the_next_word() {
        assert_eq!(bit(31), (0, 1 << 31));
        assert_eq!(bit(32), (0, 1 << 32));
        assert_eq!(bit(63), (0, 1 << 63));
        assert_eq!(bit(64), (1, 1));
    }
}

//! Lookups: rows of a table by one of their fields, all of them or those that a loop over them asks for.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// How many bytes of a digest tell the filters of lookups apart: among a thousand of them two are alike once in 10^8 times.
const DIGEST: usize = 6;

/// A lookup as policies read it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lookup {
    pub(crate) table: String,
    pub(crate) field: String,
    /// Its rows pass one of these; all rows if there are none.
    pub(crate) filters: BTreeSet<String>,
}

impl Lookup {
    /// The lookup that gives all rows.
    pub(crate) fn whole((table, field): (String, String)) -> Self {
        Self {
            table,
            field,
            filters: BTreeSet::new(),
        }
    }

    /// Its name below `input.index`: `commands_by_at` if it gives all rows, `commands_by_at~1f0c55a2e9b4` if it gives those that
    /// pass one of its filters.
    pub(crate) fn key(&self) -> String {
        let whole = format!("{}_by_{}", self.table, self.field);
        if self.filters.is_empty() {
            return whole;
        }
        let mut digest = Sha256::new();
        for filter in &self.filters {
            digest.update(filter);
            digest.update([0]);
        }
        let digest = digest.finalize();
        let digest = digest.iter().take(DIGEST);
        digest.fold(whole + "~", |key, byte| format!("{key}{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Lookup;

    #[test]
    fn filters_tell_lookups_apart() {
        let some = |filters: &[&str]| {
            let filters = filters.iter().map(|filter| (*filter).to_owned());
            let whole = Lookup::whole(("commands".to_owned(), "at".to_owned()));
            let filters = filters.collect();
            Lookup { filters, ..whole }.key()
        };
        assert_eq!(some(&[]), "commands_by_at");
        let narrowed = some(&["commands | place == 0"]);
        assert!(narrowed.starts_with("commands_by_at~"), "{narrowed}");
        assert_eq!(narrowed, some(&["commands | place == 0"]));
        assert_ne!(narrowed, some(&["commands | place == 1"]));
        assert_ne!(some(&["a", "b"]), some(&["ab"]));
    }
}

//! Fixed words that are looked for in letters of any case.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

/// What finds each of some words that are written in the program, in letters of any case.
pub(super) fn in_any_case<'w>(words: impl IntoIterator<Item = &'w str>) -> AhoCorasick {
    let mut builder = AhoCorasickBuilder::new();
    builder.ascii_case_insensitive(true);
    #[expect(clippy::unwrap_used, reason = "fixed words, far below every limit")]
    builder.build(words).unwrap()
}

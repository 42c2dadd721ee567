//! Fixed words that are looked for in letters of any case.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};

/// What finds each of some words that are written in the program, in letters of any case, in whole files: it takes some million instructions to make.
pub(super) fn in_any_case<'w>(words: impl IntoIterator<Item = &'w str>) -> AhoCorasick {
    automaton(words, AhoCorasickKind::DFA)
}

/// The same for short texts, such as values: it takes little to make, and half as much again to ask.
pub(super) fn in_values<'w>(words: impl IntoIterator<Item = &'w str>) -> AhoCorasick {
    automaton(words, AhoCorasickKind::ContiguousNFA)
}

fn automaton<'w>(words: impl IntoIterator<Item = &'w str>, kind: AhoCorasickKind) -> AhoCorasick {
    let mut builder = AhoCorasickBuilder::new();
    builder.ascii_case_insensitive(true).kind(Some(kind));
    #[expect(clippy::unwrap_used, reason = "fixed words, far below every limit")]
    builder.build(words).unwrap()
}

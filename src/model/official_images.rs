//! The names of Docker's official images, which are on Docker Hub without a publisher; the table in `data` lists them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// The names, a line each, as written.
const TABLE: &str = include_str!("../../data/official-images.txt");

static NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether an official image has this name.
pub(super) fn is_one(name: &str) -> bool {
    NAMES.contains(name)
}

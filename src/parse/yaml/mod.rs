//! YAML: `granit-parser`'s events become our located tree.

pub mod tree;

use crate::parse::problem::Problem;
use crate::parse::yaml::tree::Tree;

/// Reads all documents of a file; what is broken is a problem, and reading goes on at the next document.
pub fn parse(_text: &str, _problems: &mut Vec<Problem>) -> Tree {
    Tree::default()
}

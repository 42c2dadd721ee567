//! Kubernetes objects, their pod specifications and containers, as rows.

use crate::model::Facts;
use crate::parse::yaml::tree::Tree;
use crate::sources::Source;

pub(super) fn fill(_facts: &mut Facts, _source: &Source, _tree: &Tree) {}

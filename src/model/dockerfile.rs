//! A Dockerfile's instructions and stages, and its images, scripts, variables and final container, as rows.

use crate::model::Facts;
use crate::parse::dockerfile::Dockerfile;
use crate::sources::Source;

pub(super) fn fill(_facts: &mut Facts, _source: &Source, _tree: &Dockerfile) {}

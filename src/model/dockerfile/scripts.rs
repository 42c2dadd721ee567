//! The scripts of RUN, CMD, ENTRYPOINT and HEALTHCHECK.

use crate::model::Facts;
use crate::model::dockerfile::Context;
use crate::model::place::At;
use crate::parse::dockerfile::Instruction;

/// The script of an instruction and its commands.
pub(super) fn push(_facts: &mut Facts, _context: &Context, _at: At, _instruction: &Instruction) {}

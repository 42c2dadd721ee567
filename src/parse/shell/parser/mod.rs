//! Reads a script into a tree. It takes what breaks the grammar too: a problem is noted where it shows, and what follows
//! is read on.

mod compound;
mod cursor;
mod list;
mod loops;
mod simple;
mod test_command;

use std::ops::Range;

use super::tree::Tree;
use super::word::Text;
use cursor::Parser;

/// Compound commands in compound commands: real scripts stay below 10, and each level costs some 5 kB of stack in a
/// debug build, of the 2 MB that a thread has. Substitutions count as levels too.
pub(super) const MAX_NESTING: usize = 64;

/// Reads the stretch `range`, in which `levels` compound commands may nest.
pub(super) fn parse(text: Text, range: Range<usize>, levels: usize) -> Tree {
    let mut parser = Parser::new(text, range, levels);
    let lists = parser.script();
    parser.finish(lists)
}

//! The words that instructions begin with, and what parts them from their arguments.

pub(super) use crate::sources::INSTRUCTIONS as KEYWORDS;

/// What divides a keyword from its arguments; other blanks of Unicode are part of a word.
pub(super) const BLANKS: [char; 5] = [' ', '\t', '\u{b}', '\u{c}', '\r'];

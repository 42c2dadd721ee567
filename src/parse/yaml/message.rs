//! What is said about text that is no YAML, in the words of those who write it.

use granit_parser::{ErrorKind, ScanError};

use crate::parse::yaml::NESTING;

/// One line: what is wrong at the place of an error, and what usually causes it where that is not obvious.
pub(super) fn of(error: &ScanError) -> String {
    let known = match error.kind() {
        ErrorKind::ExpectedDocumentStart => "unexpected text after the end of the document",
        ErrorKind::InvalidDocumentEnd => "unexpected text behind `...`, which ends the document",
        ErrorKind::SimpleKeyExpected => {
            "missing `:` after this key, or text that is not indented deeper than its own key"
        }
        ErrorKind::InvalidSimpleKey => "missing `:` on the line of this key",
        ErrorKind::ExpectedBlockMappingKey => {
            "expected another key of this mapping; check the indentation here and what is open above"
        }
        ErrorKind::ExpectedBlockSequenceEntry => {
            "expected `- `, another item of this list; check the indentation"
        }
        ErrorKind::ExpectedNodeContent => "expected a value",
        ErrorKind::ExpectedFlowMappingSeparator => "expected `,` or `}`",
        ErrorKind::ExpectedFlowSequenceSeparator => "expected `,` or `]`",
        ErrorKind::UnexpectedEofFlowSequence => "`[` is not closed before the end of the file",
        ErrorKind::UnexpectedEofFlowMapping | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            "`{` is not closed before the end of the file"
        }
        ErrorKind::MisplacedFlowCollectionEnd => "closing bracket without an opening one",
        ErrorKind::UnclosedQuotedScalar => "quote is not closed",
        ErrorKind::DocumentIndicatorInQuotedScalar => {
            "quote is not closed before `---` or `...` at the beginning of a line"
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "unexpected text after the closing quote; quote the whole value"
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            "unknown escape sequence in double quotes; write `\\\\` for a backslash, or use single quotes"
        }
        ErrorKind::TabInIndentation
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabNotAllowed => "tab in the indentation; YAML allows spaces only",
        ErrorKind::TabAtBlockScalarStart => "block scalar begins with a tab; indent it with spaces",
        ErrorKind::InvalidIndentation | ErrorKind::InvalidQuotedScalarIndent => "wrong indentation",
        ErrorKind::InvalidBlockScalarIndent => {
            "this line of the block scalar is indented less than its first line"
        }
        ErrorKind::InvalidFlowScalarIndent => {
            "lines within brackets are indented deeper than the key before them"
        }
        ErrorKind::CommentInterceptedScalar => {
            "text continues after a comment; a comment ends a value without quotes"
        }
        ErrorKind::CommentNotSeparated => "missing space before `#`",
        ErrorKind::MappingValueNotAllowed => {
            "unexpected `:`; a value that contains `: ` needs quotes, and a key its own indentation"
        }
        ErrorKind::MappingKeyNotAllowed => {
            "unexpected key; quote the value, or correct its indentation"
        }
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            "unexpected `- `; a list item begins on a line of its own"
        }
        ErrorKind::InvalidBlockScalarHeader => "unexpected text after `|` or `>`",
        ErrorKind::MissingAnchorOrAliasName => {
            "missing name after `&` or `*`; quote a value that begins with one"
        }
        ErrorKind::UndeclaredTagHandle => {
            "undeclared tag handle; quote a value that begins with `!`"
        }
        ErrorKind::RecursionLimitExceeded => {
            return format!("nested more than {NESTING} levels deep");
        }
        ErrorKind::UnclosedFlowCollection { open } => return format!("`{open}` is not closed"),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return format!("`{open}` is closed by `{close}`");
        }
        ErrorKind::UnexpectedCharacter { character } => {
            let character = character.escape_debug();
            return format!("a value cannot begin with `{character}`; quote it");
        }
        _ => {
            let message = error.info();
            return message.lines().next().unwrap_or_default().to_owned();
        }
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use crate::parse::yaml;

    #[test]
    fn common_slips_are_named() {
        for (text, expected) in [
            ("a: b: c\n", "unexpected `:`"),
            ("a:\n\tb: c\n", "tab in the indentation"),
            ("a: [1, 2\n", "`[` is not closed"),
            ("a: {b: 1]\n", "`{` is closed by `]`"),
            ("a: 'b\n", "quote is not closed"),
            ("a: \"b\" c\n", "after the closing quote"),
            ("a: \"\\d\"\n", "unknown escape sequence"),
            ("a: 1\nb\nc: 2\n", "missing `:`"),
            ("a: 1\n  b: 2\n", "unexpected `:`"),
            ("  a: 1\nb: 2\n", "after the end of the document"),
            ("a:\n - b\n c: 1\n", "item of this list"),
            ("a: @b\n", "cannot begin with `@`"),
            ("a: %b\n", "cannot begin with `%`"),
            ("text\n# note\nmore\n", "after the end of the document"),
            ("a: *\n", "missing name after `&` or `*`"),
        ] {
            let mut problems = Vec::new();
            yaml::parse(text, &mut problems);
            let messages: Vec<&str> = problems
                .iter()
                .map(|problem| problem.message.as_str())
                .collect();
            assert!(
                messages
                    .first()
                    .is_some_and(|message| message.contains(expected)),
                "{text:?}: {messages:?}"
            );
        }
    }
}

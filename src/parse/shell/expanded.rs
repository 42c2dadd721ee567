//! Constructs in the expansions of words: what not every shell has.

use std::ops::Range;

use crate::parse::shell::word::{Piece, PieceKind, Text};

/// What is found, in the order found.
pub(super) type Found = Vec<(&'static str, Range<usize>)>;

/// What expands: `${…}`, `$((…))`, `$(<file)`.
pub(super) fn expansion(text: Text, piece: &Piece, found: &mut Found) {
    let written = text.masked.get(piece.range.clone()).unwrap_or_default();
    let kind = match &piece.kind {
        PieceKind::Variable(name, operator) => {
            if BASH_VARIABLES.contains(&name.as_str()) {
                found.push(("bash-variable", piece.range.clone()));
            }
            match written.strip_prefix("${") {
                Some(inner) => parameter(
                    inner.strip_suffix('}').unwrap_or(inner),
                    operator.as_deref(),
                ),
                None if is_index(text.masked.get(piece.range.end..).unwrap_or_default()) => {
                    "bare-index"
                }
                None => "",
            }
        }
        PieceKind::Command(inner) if reads_file(text, inner) => "file-substitution",
        PieceKind::Backtick(inner) if reads_file(text, inner) => "file-backtick",
        PieceKind::Arithmetic => return arithmetic(written, &piece.range, found),
        _ => "",
    };
    if !kind.is_empty() {
        found.push((kind, piece.range.clone()));
    }
}

/// Variables that bash sets by itself, and that a smaller shell leaves empty.
const BASH_VARIABLES: &[&str] = &[
    "BASH",
    "BASHOPTS",
    "BASHPID",
    "BASH_ALIASES",
    "BASH_ARGC",
    "BASH_ARGV",
    "BASH_COMMAND",
    "BASH_LINENO",
    "BASH_REMATCH",
    "BASH_SOURCE",
    "BASH_SUBSHELL",
    "BASH_VERSINFO",
    "DIRSTACK",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "FUNCNAME",
    "GROUPS",
    "HOSTTYPE",
    "MACHTYPE",
    "MAPFILE",
    "OSTYPE",
    "PIPESTATUS",
    "RANDOM",
    "SECONDS",
    "SHELLOPTS",
    "SRANDOM",
    "UID",
];

/// How many bytes of an array's index are read.
const LONGEST_INDEX: usize = 32;

/// Whether a text begins with what can be nothing but an array's index.
fn is_index(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('[') else {
        return false;
    };
    // Each variable may have a bracket behind it, and none be closed.
    let mut near = rest.bytes().take(LONGEST_INDEX);
    let Some(index) = near.position(|byte| byte == b']').map(|end| &rest[..end]) else {
        return false;
    };
    matches!(index, "@" | "*") || !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit())
}

/// What `${…}` does beyond POSIX; empty if nothing.
fn parameter(inner: &str, operator: Option<&str>) -> &'static str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if let Some(rest) = inner.strip_prefix('!') {
        let behind = rest.trim_start_matches(is_name);
        return match behind {
            _ if behind.len() == rest.len() => "",
            "[@]" | "[*]" => "array-keys",
            "*" | "@" => "name-list",
            _ => "indirection",
        };
    }
    if matches!(inner, "#@" | "#*") {
        return "list-operation";
    }
    let Some(operator) = operator else {
        return "";
    };
    let is_list = inner.starts_with(['@', '*']);
    let behind = match operator
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((_, "")) => return "array-reference",
        Some((_, behind)) => behind,
        None => operator,
    };
    let mut letters = behind.chars();
    match (letters.next(), letters.next()) {
        (Some('%'), _) if is_list => "list-operation",
        (Some('#'), Some(_)) if is_list => "list-operation",
        (Some('^' | ','), _) => "case-change",
        (Some('/'), _) => "replacement",
        (Some(':'), Some(next)) if !"-=?+".contains(next) => "slice",
        _ => "",
    }
}

/// Whether a substitution holds nothing but `< file`.
fn reads_file(text: Text, inner: &Range<usize>) -> bool {
    let inner = text.masked.get(inner.clone()).unwrap_or_default().trim();
    inner.strip_prefix('<').is_some_and(|file| {
        !file.starts_with(['<', '(', '&']) && !file.trim().contains([' ', ';', '|', '\n'])
    })
}

fn arithmetic(written: &str, range: &Range<usize>, found: &mut Found) {
    let inner = written.trim_start_matches("$((");
    let inner = &without_nested(inner);
    let mut add = |is_there, kind| {
        if is_there {
            found.push((kind, range.clone()));
        }
    };
    add(inner.contains("**"), "power");
    let steps = |sign: &str| {
        let mut places = inner.match_indices(sign);
        places.any(|(at, _)| {
            let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
            let before = inner[..at]
                .trim_end()
                .ends_with(|c: char| is_letter(c) || c.is_ascii_digit());
            before || inner[at + 2..].trim_start().starts_with(is_letter)
        })
    };
    add(steps("++") || steps("--"), "increment");
    let based = inner.split('#').next().unwrap_or_default();
    let digits = based.bytes().rev().take_while(u8::is_ascii_digit).count();
    add(based.len() < inner.len() && digits > 0, "based-number");
}

/// An arithmetic expression without the expansions in it: what is in `$(…)`, `` `…` `` and `${…}` is no part of the arithmetic.
fn without_nested(inner: &str) -> String {
    let mut left = String::with_capacity(inner.len());
    let mut depth = 0_usize;
    let mut is_ticked = false;
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '`' => is_ticked = !is_ticked,
            _ if is_ticked => {}
            '$' if matches!(letters.peek(), Some('(' | '{')) => {
                letters.next();
                depth += 1;
            }
            '(' | '{' if depth > 0 => depth += 1,
            ')' | '}' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            _ => left.push(letter),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::without_nested;

    #[test]
    fn expansions_are_no_part_of_the_arithmetic_around_them() {
        for (written, left) in [
            (" $(grep --count x y) + 1 ))", "  + 1 ))"),
            ("`grep --count x y` * 2))", " * 2))"),
            ("${name##*/} + $((2 ** 3)) - i++))", " +  - i++))"),
            ("(a + 2) ** b))", "(a + 2) ** b))"),
            ("16#$value))", "16#$value))"),
        ] {
            assert_eq!(without_nested(written), left);
        }
    }
}

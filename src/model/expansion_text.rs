//! An expansion as it is written inside a word: `${NAME,,}`, `$(pwd)`.

use crate::parse::shell::word::{Piece, PieceKind, Word};

/// How many pieces of a word are looked at: each may take a look at all of the word.
const MOST: usize = 1_000;

/// The expansions of a word that no other holds, each as written; nothing for a piece that is none or is not found. In the order of the pieces, of which
/// those after the first [`MOST`] are left out.
pub(super) fn of(word: &Word) -> Vec<Option<&str>> {
    let mut from = 0;
    let pieces = word.pieces.iter().take(MOST).map(|piece| {
        if piece.is_nested {
            return None;
        }
        let (start, end) = find(&word.text, from, piece)?;
        from = end;
        word.text.get(start..end)
    });
    pieces.collect()
}

/// Where the first expansion of that kind is, from `from` on.
fn find(text: &str, from: usize, piece: &Piece) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let begins = |opener: &str| rest.find(opener).map(|at| from + at);
    match &piece.kind {
        PieceKind::Variable(name, _) => variable(text, from, name),
        PieceKind::Arithmetic => {
            let start = begins("$((")?;
            Some((start, closed(text, start + 2, '(', ')')))
        }
        PieceKind::Command(_) => {
            let mut starts = rest.match_indices("$(").map(|(at, _)| from + at);
            let start = starts.find(|start| !text[start + 2..].starts_with('('))?;
            Some((start, closed(text, start + 2, '(', ')')))
        }
        PieceKind::Process(_) => {
            let start = match (begins("<("), begins(">(")) {
                (Some(input), Some(output)) => input.min(output),
                (input, output) => input.or(output)?,
            };
            Some((start, closed(text, start + 2, '(', ')')))
        }
        PieceKind::Backtick(_) => {
            let start = begins("`")?;
            let end = text[start + 1..].find('`')?;
            Some((start, start + end + 2))
        }
        _ => None,
    }
}

/// `$name`, or `${name…}` up to its brace.
fn variable(text: &str, from: usize, name: &str) -> Option<(usize, usize)> {
    for (at, _) in text.get(from..)?.match_indices('$') {
        let start = from + at;
        let rest = &text[start + 1..];
        if let Some(inner) = rest.strip_prefix('{') {
            let named = inner.trim_start_matches(['!', '#']);
            if named.starts_with(name) {
                return Some((start, closed(text, start + 2, '{', '}')));
            }
        } else if rest.starts_with(name) {
            return Some((start, start + 1 + name.len()));
        }
    }
    None
}

/// Behind the sign that closes what was opened before `from`; the end of the text if nothing does.
fn closed(text: &str, from: usize, open: char, close: char) -> usize {
    let mut depth = 1;
    let mut quote = None;
    let mut is_escaped = false;
    for (at, sign) in text[from..].char_indices() {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' if quote != Some('\'') => is_escaped = true,
            '\'' | '"' if quote == Some(sign) => quote = None,
            '\'' | '"' if quote.is_none() => quote = Some(sign),
            _ if quote.is_some() => {}
            _ if sign == open => depth += 1,
            _ if sign == close => {
                depth -= 1;
                if depth == 0 {
                    return from + at + sign.len_utf8();
                }
            }
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::shell::{self, Start};
    use crate::span::LocatedText;

    fn expansions(word: &str) -> Vec<String> {
        let text = format!("echo {word}");
        let script = shell::parse(&LocatedText::verbatim(&text, 0), Start::default());
        let words = &script.commands[0].words;
        of(&words[1])
            .into_iter()
            .flatten()
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn an_expansion_is_shown_as_written() {
        assert_eq!(expansions("${NAME,,}"), ["${NAME,,}"]);
        assert_eq!(expansions("a${B[1]}$c"), ["${B[1]}", "$c"]);
        assert_eq!(expansions("${Y:-${Z}}/$X"), ["${Y:-${Z}}", "$X"]);
        assert_eq!(
            expansions("$PATH:$(pwd)/bin:`id -u`"),
            ["$PATH", "$(pwd)", "`id -u`"]
        );
        assert_eq!(expansions("x=$(echo ')' a)"), ["$(echo ')' a)"]);
    }
}

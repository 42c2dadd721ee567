//! What a script's words hold beyond plain text: constructs that not every shell has, and shapes that look like slips.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::parse::shell::expanded::{Found, expansion};
use crate::parse::shell::script::{Command, Redirect, is_name};
use crate::parse::shell::word::{Piece, PieceKind, Text, Word};

/// The constructs of a command: of its words, and of what they make together.
pub(super) fn of_command(text: Text, command: &Command) -> Found {
    let mut found = Found::new();
    let assigned = command.assigns.iter().map(|assign| &assign.word);
    let targets = command.redirects.iter().map(|redirect| &redirect.target);
    for word in command.words.iter().chain(assigned).chain(targets) {
        of_word(text, word, &mut found);
    }
    for assign in &command.assigns {
        assignment(text, &assign.word, &mut found);
    }
    if let Some(first) = command.words.first() {
        beginning(text, first, &mut found);
    }
    if let [name, flag, ..] = &command.words[..]
        && name.text == "exec"
        && flag.text.starts_with('-')
        && flag.text != "--"
    {
        found.push(("exec-flag", flag.range.clone()));
    }
    if command
        .words
        .first()
        .is_some_and(|first| first.text == "eval")
    {
        let words = command.words.iter().flat_map(|word| &word.pieces);
        let bare = words.filter(|piece| piece.kind == PieceKind::Text && !piece.is_quoted);
        let mut bare = bare.map(|piece| {
            (
                piece,
                text.masked.get(piece.range.clone()).unwrap_or_default(),
            )
        });
        let open = bare.find_map(|(piece, written)| Some(piece.range.start + written.find('(')?));
        found.extend(open.map(|at| ("eval-parenthesis", at..at + 1)));
    }
    for redirect in &command.redirects {
        redirection(redirect, &mut found);
    }
    if let Some(range) = descriptor(text, command) {
        found.retain(|(_, other)| *other != range);
        found.push(("named-descriptor", range));
    }
    found
}

/// `name+=value`, `name=(…)`, `name[1]=value`.
fn assignment(text: Text, word: &Word, found: &mut Found) {
    let written = text.masked.get(word.range.clone()).unwrap_or_default();
    let (name, value) = written.split_once('=').unwrap_or((written, ""));
    if name.ends_with('+') {
        found.push(("append", word.range.clone()));
    }
    if value.starts_with('(') || name.contains('[') {
        found.push(("array", word.range.clone()));
    }
}

/// `$name=value` and `[-f`, where a command's name should be.
fn beginning(text: Text, first: &Word, found: &mut Found) {
    let written = text.masked.get(first.range.clone()).unwrap_or_default();
    if let [variable, next, ..] = &first.pieces[..]
        && matches!(variable.kind, PieceKind::Variable(_, None))
        && !written.starts_with("${")
    {
        let rest = text
            .masked
            .get(next.range.start..first.range.end)
            .unwrap_or_default();
        if rest.starts_with('=') && !rest.starts_with("==") {
            found.push(("assigned-expansion", first.range.clone()));
        }
    }
    let behind_bracket = written.strip_prefix("[[").or(written.strip_prefix('['));
    let is_glued =
        |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || "-$\"'!".contains(c));
    if behind_bracket.is_some_and(is_glued) {
        found.push(("glued-bracket", first.range.clone()));
    }
}

/// `> *.log`.
fn redirection(redirect: &Redirect, found: &mut Found) {
    if !redirect.operator.contains("<<") && redirect.target.is_glob() {
        found.push(("globbed-redirect", redirect.target.range.clone()));
    }
}

/// The name in `exec {fd}> file`.
fn descriptor(text: Text, command: &Command) -> Option<Range<usize>> {
    let mut redirects = command.redirects.iter();
    let last = redirects.rfind(|redirect| !redirect.operator.contains("<<"))?;
    let mut words = command.words.iter();
    let word = words.find(|word| {
        let name = word.text.strip_prefix('{');
        let name = name.and_then(|name| name.strip_suffix('}'));
        let next = text.masked.as_bytes().get(word.range.end);
        name.is_some_and(is_name) && matches!(next, Some(b'<' | b'>'))
    })?;
    (word.range.end < last.target.range.start).then(|| word.range.clone())
}

/// The constructs of a word.
pub(super) fn of_word(text: Text, word: &Word, found: &mut Found) {
    let source = text.masked.get(word.range.clone()).unwrap_or_default();
    if source.bytes().all(is_plain) {
        return;
    }
    for piece in &word.pieces {
        expansion(text, piece, found);
    }
    quotes(text, word, found);
    bare(text, word, found);
    braces(text, word, found);
    sandwiched(text, word, found);
}

/// A byte of a word that can be nothing but itself.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_./=:,@%+".contains(&byte)
}

/// `$'…'` and `$"…"`; double quotes that run over lines and close right before a letter.
fn quotes(text: Text, word: &Word, found: &mut Found) {
    let bytes = text.masked.as_bytes();
    for piece in word
        .pieces
        .iter()
        .filter(|piece| piece.is_quoted && !piece.is_nested)
    {
        let at = piece.range.start;
        let closed = |piece: &Piece| (piece.range.end + 1).min(word.range.end);
        let opens = at
            .checked_sub(2)
            .filter(|from| *from >= word.range.start)
            .and_then(|from| bytes.get(from..at));
        let is_escaped = at >= word.range.start + 3 && bytes[at - 3] == b'\\';
        match opens {
            Some(b"$'") if !is_escaped => found.push(("ansi-quote", at - 2..closed(piece))),
            Some(b"$\"") if !is_escaped => found.push(("locale-quote", at - 2..closed(piece))),
            _ => {}
        }
        let written = text.masked.get(piece.range.clone()).unwrap_or_default();
        let end = piece.range.end;
        if piece.kind == PieceKind::Text
            && written.contains('\n')
            && bytes.get(end) == Some(&b'"')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
            && end + 1 < word.range.end
        {
            // One string is one slip, however many quotes are inside it; it is said where the string begins.
            let opened = at.saturating_sub(1);
            found.push(("runaway-quote", opened..opened + 1));
            return;
        }
    }
}

/// Signs that no quote covers.
fn bare(text: Text, word: &Word, found: &mut Found) {
    let mut quotes = QuotesBefore::of(word);
    for piece in word.pieces.iter().filter(|piece| !piece.is_nested) {
        let written = text.masked.get(piece.range.clone()).unwrap_or_default();
        let next = text
            .masked
            .get(piece.range.end..word.range.end)
            .unwrap_or_default();
        let start = piece.range.start;
        match piece.kind {
            PieceKind::Escape if is_torn(text, word, piece) => {
                found.push(("spaced-continuation", start - 1..start + 1));
            }
            PieceKind::Escape if is_lost(text, word, piece) => {
                found.push(("escaped-space", start - 1..start + 1));
            }
            PieceKind::Escape if is_useless(text, word, piece, &mut quotes) => {
                found.push(("useless-escape", start.saturating_sub(1)..piece.range.end));
            }
            PieceKind::Glob if written == "[" => class(text, start, next, found),
            PieceKind::Text => {
                dollars(text, written, start, found);
                for (at, sign) in written.char_indices() {
                    let range = start + at..start + at + sign.len_utf8();
                    match sign {
                        '\u{a0}' => found.push(("odd-space", range)),
                        '\u{b4}' if !piece.is_quoted => found.push(("acute-accent", range)),
                        '(' if !piece.is_quoted => {
                            let before = text.masked.get(..range.start).unwrap_or_default();
                            if before.ends_with(['@', '?', '*', '+', '!'])
                                && range.start > word.range.start
                            {
                                found.push(("extended-glob", range.start - 1..range.end));
                            }
                        }
                        _ => {}
                    }
                }
                if written.ends_with('$') && !piece.is_quoted && next.starts_with('[') {
                    found.push((
                        "bracket-arithmetic",
                        piece.range.end - 1..piece.range.end + 1,
                    ));
                }
            }
            _ => {}
        }
    }
}

/// A `$` with a sign behind it that makes no expansion of it; at the end of a word or before a quote it may be a pattern's.
fn dollars(text: Text, written: &str, start: usize, found: &mut Found) {
    let is_single = text
        .masked
        .get(..start)
        .is_some_and(|before| before.ends_with('\''));
    for (at, _) in written.match_indices('$').filter(|_| !is_single) {
        let next = written[at + 1..].chars().next();
        if next.is_some_and(|next| !"|)/\\[".contains(next)) {
            found.push(("lone-dollar", start + at..start + at + 1));
        }
    }
}

/// Whether a backslash is before spaces that end the line: it continues nothing.
fn is_torn(text: Text, word: &Word, piece: &Piece) -> bool {
    let behind = text.masked.get(piece.range.start..).unwrap_or_default();
    let blanks = behind.trim_start_matches([' ', '\t']);
    word.range.start + 1 == piece.range.start
        && blanks.len() < behind.len()
        && blanks.starts_with('\n')
}

/// Whether a command's name begins with an escaped space: what was a continued line is written as one, `a && \ b`.
fn is_lost(text: Text, word: &Word, piece: &Piece) -> bool {
    let behind = text.masked.get(piece.range.start..).unwrap_or_default();
    let before = text.masked.get(..word.range.start).unwrap_or_default();
    let before = before.trim_end_matches([' ', '\t']);
    let name = behind.trim_start_matches([' ', '\t']);
    word.range.start + 1 == piece.range.start
        && name.len() + 1 == behind.len()
        && name.starts_with(|sign: char| sign.is_ascii_alphabetic() || "./_".contains(sign))
        && (before.is_empty() || before.ends_with(['&', '|', ';', '\n']))
}

/// Whether a backslash stands, outside of quotes, before a letter that means nothing special. One before a command's
/// name keeps an alias from it.
fn is_useless(text: Text, word: &Word, piece: &Piece, quotes: &mut QuotesBefore) -> bool {
    let at = piece.range.start;
    let bytes = text.masked.as_bytes();
    at > word.range.start
        && bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
        && !quotes.is_open_at(text, at)
        && at - 1 != word.range.start
}

/// The double quotes of a word before the place that was asked for last. Each escape asks, one behind the other.
struct QuotesBefore {
    start: usize,
    at: usize,
    count: usize,
}

impl QuotesBefore {
    fn of(word: &Word) -> Self {
        let (start, at) = (word.range.start, word.range.start);
        let count = 0;
        Self { start, at, count }
    }

    /// Whether what is at `at` lies between double quotes of the word.
    fn is_open_at(&mut self, text: Text, at: usize) -> bool {
        if at < self.at {
            (self.at, self.count) = (self.start, 0);
        }
        let between = text.masked.get(self.at..at).unwrap_or_default();
        self.count += between.matches('"').count();
        self.at = at;
        self.count % 2 == 1
    }
}

/// How many bytes of a bracket expression are read: each `[` may look for its end.
const LONGEST_CLASS: usize = 128;

/// A bracket expression of a glob, from behind its `[`.
fn class(text: Text, at: usize, next: &str, found: &mut Found) {
    let mut near = next.bytes().take(LONGEST_CLASS);
    let end = near.position(|byte| byte == b']');
    let Some((inner, behind)) = end.map(|end| (&next[..end], &next[end + 1..])) else {
        return;
    };
    // `map=( [key]=value )` and `map[key]=value`: a subscript, which no file matches.
    let before = text.masked.get(..at).unwrap_or_default();
    let is_assigned =
        behind.starts_with('=') && !behind.starts_with("==") || behind.starts_with("+=");
    let is_of_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    if is_assigned
        && (before.is_empty()
            || before
                .ends_with(|sign: char| sign.is_whitespace() || sign == '(' || is_of_name(sign)))
    {
        return;
    }
    let range = at..at + inner.len() + 2;
    if inner.starts_with('^') {
        found.push(("caret-class", range.clone()));
    }
    let is_word = inner
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_,".contains(&b));
    let mut letters: Vec<u8> = inner.bytes().filter(|b| *b != b'-').collect();
    let all = letters.len();
    letters.sort_unstable();
    letters.dedup();
    if is_word && letters.len() < all {
        found.push(("repeating-class", range));
    }
}

/// `{a,b}` and `{1..3}`, and braces that are neither.
fn braces(text: Text, word: &Word, found: &mut Found) {
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut bytes = Vec::new();
    for piece in word.pieces.iter().filter(|piece| !piece.is_nested) {
        if piece.kind == PieceKind::Text && !piece.is_quoted {
            bytes.extend(piece.range.clone());
        }
    }
    let source = text.masked.as_bytes();
    let escapes = word.pieces.iter();
    let escapes = escapes.filter(|piece| piece.kind == PieceKind::Escape);
    let escapes: FxHashSet<usize> = escapes.map(|piece| piece.range.end).collect();
    for at in bytes {
        match source.get(at) {
            Some(b'{') => open.push((at, false)),
            Some(b',') => mark(&mut open),
            Some(b'.') if source.get(at + 1) == Some(&b'.') => mark(&mut open),
            Some(b'}') => match open.pop() {
                Some((start, true)) => found.push(("brace-expansion", start..at + 1)),
                Some((start, false)) if start + 1 == at || is_template(source, start, at) => {}
                // `%{http_code}`: a format of curl, or of rpm. `@{upstream}`, `HEAD^{tree}`: what git calls a revision.
                Some((start, false)) if start > 0 && b"%@^".contains(&source[start - 1]) => {}
                // `{1}`, `{.}`, `{//}`: what GNU parallel and fd fill in.
                Some((start, false)) if is_slot(&source[start + 1..at]) => {}
                // `\${name}`, which another shell expands.
                Some((start, false)) if escapes.contains(&start) => {}
                Some((start, false)) => found.push(("literal-brace", start..at + 1)),
                // `%}` closes a statement of Jinja.
                None if source[..at].ends_with(b"%") => {}
                None => found.push(("literal-brace", at..at + 1)),
            },
            _ => {}
        }
    }
    // `{%` opens a statement of Jinja.
    let unclosed = open
        .into_iter()
        .filter(|(start, _)| word.range.len() > 1 && source.get(start + 1) != Some(&b'%'));
    found.extend(unclosed.map(|(start, _)| ("literal-brace", start..start + 1)));
}

/// Whether what is in braces is a place that a program fills in.
fn is_slot(inner: &[u8]) -> bool {
    matches!(inner, b"." | b"/" | b"//" | b"/." | b"#" | b"%")
        || !inner.is_empty() && inner.len() < 3 && inner.iter().all(u8::is_ascii_digit)
}

/// Whether the braces are in others, as in `{{.Name}}`: what they hold is for another program.
fn is_template(source: &[u8], open: usize, close: usize) -> bool {
    let before = open.checked_sub(1).and_then(|at| source.get(at));
    (before == Some(&b'{') && source.get(close + 1) == Some(&b'}'))
        || (source.get(open + 1) == Some(&b'{') && source.get(close.wrapping_sub(1)) == Some(&b'}'))
}

/// The innermost open brace holds what makes it an expansion.
fn mark(open: &mut [(usize, bool)]) {
    if let Some((_, is_expansion)) = open.last_mut() {
        *is_expansion = true;
    }
}

/// Whether the quotes on both sides of a stretch hold one expansion each, as in `"$a"_"$b"`: those were meant as they are.
fn is_between_expansions(bytes: &[u8], word: &Range<usize>, piece: &Range<usize>) -> bool {
    let before = &bytes[word.start..piece.start - 1];
    let after = &bytes[piece.end + 1..word.end];
    let open = before.iter().rposition(|sign| *sign == b'"');
    let close = after.iter().position(|sign| *sign == b'"');
    open.is_some_and(|at| is_one_expansion(&before[at + 1..]))
        && close.is_some_and(|at| is_one_expansion(&after[..at]))
}

/// `$name`, `${name}` or `$(command)`, and nothing else.
fn is_one_expansion(text: &[u8]) -> bool {
    let Some((b'$', rest)) = text.split_first() else {
        return false;
    };
    match (rest.first(), rest.last()) {
        (Some(b'{'), Some(b'}')) => !rest[1..rest.len() - 1].contains(&b'}'),
        (Some(b'('), Some(b')')) => !rest[1..rest.len() - 1].contains(&b')'),
        (Some(_), _) => rest
            .iter()
            .all(|sign| sign.is_ascii_alphanumeric() || *sign == b'_'),
        (None, _) => false,
    }
}

/// Bare letters between two quoted stretches: `"a"b"c"`, `'it's'`.
fn sandwiched(text: Text, word: &Word, found: &mut Found) {
    let bytes = text.masked.as_bytes();
    let pieces = word.pieces.iter().filter(|piece| !piece.is_nested);
    for piece in pieces.filter(|piece| piece.kind == PieceKind::Text && !piece.is_quoted) {
        let Range { start, end } = piece.range;
        let written = text.masked.get(piece.range.clone()).unwrap_or_default();
        let is_word = written
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if start == word.range.start || !is_word {
            continue;
        }
        match (bytes.get(start - 1), bytes.get(end)) {
            (Some(b'\''), Some(b'\'')) => found.push(("between-single-quotes", start..end)),
            (Some(b'"'), Some(b'"'))
                if !is_between_expansions(bytes, &word.range, &piece.range) =>
            {
                found.push(("between-double-quotes", start..end));
            }
            _ => {}
        }
    }
}

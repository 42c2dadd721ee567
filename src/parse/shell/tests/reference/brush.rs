//! brush-parser is asked for the tree of a script, within the bounds in which it ends; where it finds none, for what fault.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use brush_parser::ast::Program;
use brush_parser::{
    ParseError, ParserOptions, SourceSpan, Token, TokenizerError, parse_tokens,
    uncached_tokenize_str,
};

use crate::parse::shell::problem;
use crate::parse::shell::script::is_name;
use crate::parse::shell::word::{self, PieceKind, Text};

/// Longer scripts are read by the tokenizer alone.
const MAX_LENGTH: usize = 256 * 1024;
/// What nests costs stack: more openers than this are parsed on a thread with a stack of its own.
const MANY_OPENERS: usize = 60;
/// More than this are not parsed.
const MAX_OPENERS: usize = 1_500;
/// Stack for [`MAX_OPENERS`].
const STACK: usize = 256 * 1024 * 1024;
/// See [`doublings`].
const MAX_WORK: usize = 1 << 20;
/// The tree of a script, and the way from its characters to bytes.
pub(super) struct Tree {
    pub(super) program: Program,
    pub(super) map: Map,
}

/// Reads the stretch `range`; the error says where it breaks the grammar, if that is why it was not read.
pub(super) fn read(
    text: Text,
    range: Range<usize>,
) -> Result<Tree, Option<(Range<usize>, String)>> {
    let stretch = text.masked.get(range.clone()).unwrap_or_default();
    let blanked;
    let (outcome, read) = match parse(stretch) {
        Ok(program) => (Ok(program), stretch),
        Err(fault) => match without_cases(text, range.clone()).or_else(|| without_selects(stretch))
        {
            Some(other) => {
                blanked = other;
                (parse(&blanked), blanked.as_str())
            }
            None => (Err(fault), stretch),
        },
    };
    match outcome {
        Ok(program) => Ok(Tree {
            program,
            map: Map::of(read, range.start),
        }),
        Err(fault) => Err(place(&fault, read, range.start)),
    }
}

/// The parser stumbles over `case` in a substitution. What is in substitutions is read by itself later on: here it
/// is blanked by letters.
fn without_cases(text: Text, range: Range<usize>) -> Option<String> {
    let masked = text.masked;
    let mut bytes = masked.get(range.clone())?.to_owned().into_bytes();
    let mut from = range.start;
    let mut is_changed = false;
    while let Some(at) = masked.get(from..range.end)?.find("$(").map(|at| from + at) {
        from = at + 2;
        if masked[from..].trim_start().starts_with("case ") {
            let word = word::next(text, at, range.end);
            let close = match word.pieces.first().map(|piece| &piece.kind) {
                Some(PieceKind::Command(inner)) => inner.end,
                _ => range.end,
            };
            bytes[from - range.start..close - range.start].fill(b'X');
            from = close;
            is_changed = true;
        }
    }
    is_changed.then(|| String::from_utf8(bytes).ok())?
}

/// The parser knows no `select`: to it, it is a `for` of the same length.
fn without_selects(text: &str) -> Option<String> {
    let mut found = text.to_owned();
    let starts: Vec<usize> = text
        .match_indices("select ")
        .map(|(at, _)| at)
        .filter(|at| {
            let mut words = text[*at..].split_ascii_whitespace().skip(1);
            words.next().is_some_and(is_name) && words.next() == Some("in")
        })
        .collect();
    for at in &starts {
        found.replace_range(at..&(at + 6), "for   ");
    }
    (!starts.is_empty()).then_some(found)
}

fn parse(text: &str) -> Result<Program, Fault> {
    let openers = openers(text);
    if text.len() > MAX_LENGTH || openers > MAX_OPENERS || has_open_document(text) {
        return Err(Fault::Refused);
    }
    if openers <= MANY_OPENERS {
        return parse_here(text);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || parse_here(text));
        thread
            .ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or(Err(Fault::Refused))
    })
}

/// Whether some here-document ends nowhere, or at a word that is not plain: the parser's tokenizer waits without end, and
/// takes all memory, for words that it reads otherwise than they are written (`<<''`, `<<$(`), if the text ends before.
fn has_open_document(text: &str) -> bool {
    let mut from = 0;
    while let Some(at) = text[from..].find("<<").map(|at| from + at) {
        // `\<<<` is a text and `<<`, not a text and `<`.
        let before = &text[..at];
        let escapes = before.len() - before.trim_end_matches('\\').len();
        if escapes % 2 == 1 {
            from = at + 1;
            continue;
        }
        from = at + 2;
        let rest = &text[from..];
        if let Some(here_string) = rest.strip_prefix('<') {
            from = text.len() - here_string.len();
            continue;
        }
        if is_shift(before, rest) {
            continue;
        }
        let (is_indented, rest) = match rest.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let rest = rest.trim_start_matches([' ', '\t']);
        let end = rest.find(|sign: char| sign.is_whitespace() || ";&|()<>".contains(sign));
        let word = &rest[..end.unwrap_or(rest.len())];
        let quoted = ['\'', '"'].iter().find_map(|quote| {
            let inner = word.strip_prefix(*quote)?;
            inner.strip_suffix(*quote)
        });
        let word = quoted.or_else(|| word.strip_prefix('\\')).unwrap_or(word);
        let is_plain = !word.is_empty()
            && word
                .chars()
                .all(|sign| sign.is_alphanumeric() || "_-.+%@,:/!=".contains(sign));
        let ends = |line: &str| {
            let line = if is_indented {
                line.trim_start_matches('\t')
            } else {
                line
            };
            line == word
        };
        if !is_plain || !rest.split('\n').skip(1).any(ends) {
            return true;
        }
    }
    false
}

/// Whether a `<<` is that of a plain `$((1 << 2))`.
fn is_shift(before: &str, rest: &str) -> bool {
    let is_plain = |inside: &str| {
        let signs =
            |byte: u8| byte.is_ascii_alphanumeric() || b"_$ +-*/%<>=&|^~!?:,".contains(&byte);
        inside.bytes().all(signs)
    };
    let begins = before
        .rsplit_once("$((")
        .is_some_and(|(_, inside)| is_plain(inside));
    begins
        && rest
            .split_once("))")
            .is_some_and(|(inside, _)| is_plain(inside))
}

/// How many constructs the text opens, at most; each may nest in the one before.
fn openers(text: &str) -> usize {
    let bytes = text.as_bytes();
    let signs = bytes
        .iter()
        .filter(|byte| matches!(byte, b'(' | b'{' | b'`'))
        .count();
    let words = text.split_ascii_whitespace().filter(|word| {
        matches!(
            *word,
            "if" | "while" | "until" | "for" | "case" | "select" | "function" | "!" | "coproc"
        )
    });
    signs + words.count()
}

fn parse_here(text: &str) -> Result<Program, Fault> {
    let options = ParserOptions::default();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let tokens = uncached_tokenize_str(text, &options.tokenizer_options())
            .map_err(|error| unclosed(&error))?;
        if doublings(&tokens) > MAX_WORK {
            return Err(Fault::Refused);
        }
        parse_tokens(&tokens, &options).map_err(|error| explain(&error))
    }));
    outcome.unwrap_or(Err(Fault::Refused))
}

/// The parser tries each open parenthesis and `case` twice when what follows breaks the grammar: this is how many
/// tokens it may look at in all.
fn doublings(tokens: &[Token]) -> usize {
    let mut open = Vec::new();
    let mut depth = 0;
    for token in tokens {
        match token.to_str() {
            text @ ("(" | "case") => {
                open.push(text == "(");
                depth = depth.max(open.len());
            }
            ")" if open.last() == Some(&true) => drop(open.pop()),
            "esac" if open.last() == Some(&false) => drop(open.pop()),
            _ => {}
        }
    }
    let depth = u32::try_from(depth).unwrap_or(u32::MAX);
    tokens
        .len()
        .saturating_mul(1_usize.checked_shl(depth).unwrap_or(usize::MAX))
}

/// Why a script was not read.
enum Fault {
    /// It is too large or nests too deep for us.
    Refused,
    /// Something that begins at this character never ends.
    Unclosed(&'static str, Option<usize>),
    /// The token at or before this character does not fit.
    Unexpected(usize),
    /// More should follow.
    Ended,
}

fn explain(error: &ParseError) -> Fault {
    match error {
        ParseError::ParsingNear(position) => Fault::Unexpected(position.index),
        ParseError::Tokenizing { inner, .. } => unclosed(inner),
        ParseError::ParsingAtEndOfInput => Fault::Ended,
    }
}

fn unclosed(error: &TokenizerError) -> Fault {
    match error {
        TokenizerError::UnterminatedSingleQuote(at)
        | TokenizerError::UnterminatedAnsiCQuote(at) => {
            Fault::Unclosed("a single quote is never closed", Some(at.index))
        }
        TokenizerError::UnterminatedDoubleQuote(at) => {
            Fault::Unclosed("a double quote is never closed", Some(at.index))
        }
        TokenizerError::UnterminatedBackquote(at) => {
            Fault::Unclosed("a backtick is never closed", Some(at.index))
        }
        TokenizerError::UnterminatedExtendedGlob(at) => {
            Fault::Unclosed("a parenthesis is never closed", Some(at.index))
        }
        TokenizerError::UnterminatedCommandSubstitution => {
            Fault::Unclosed("a `$(` is never closed", None)
        }
        TokenizerError::UnterminatedVariable | TokenizerError::UnterminatedExpansion => {
            Fault::Unclosed("a `${` is never closed", None)
        }
        TokenizerError::MissingHereTagForDocumentBody
        | TokenizerError::MissingHereTag(_)
        | TokenizerError::UnterminatedHereDocuments(..) => {
            Fault::Unclosed("a here-document is never closed", None)
        }
        TokenizerError::UnterminatedEscapeSequence => Fault::Ended,
        _ => Fault::Refused,
    }
}

/// Where a fault shows, in bytes of the frame's text, and how we say it; nothing if the script is not at fault.
fn place(fault: &Fault, text: &str, start: usize) -> Option<(Range<usize>, String)> {
    let map = Map::of(text, 0);
    let first = text.len() - text.trim_start().len();
    let (range, message) = match fault {
        Fault::Refused => return None,
        Fault::Unclosed(what, None) => (token_at(text, first), (*what).to_owned()),
        Fault::Unclosed(what, Some(at)) => {
            let at = map.byte(*at);
            let length = text.get(at..).and_then(|rest| rest.chars().next());
            (
                at..at + length.map_or(0, char::len_utf8),
                (*what).to_owned(),
            )
        }
        Fault::Unexpected(at) => {
            let range = token_at(text, map.byte(*at));
            let token = text.get(range.clone()).unwrap_or_default();
            let message = problem::unexpected(token);
            (range, message)
        }
        Fault::Ended => {
            let range = token_at(text, text.len());
            (range, problem::ENDED.to_owned())
        }
    };
    Some((start + range.start..start + range.end, message))
}

/// The token that holds the byte `at`, or the last one before it.
fn token_at(text: &str, at: usize) -> Range<usize> {
    let is_blank = |c: char| c.is_whitespace() || c == ';';
    let before = text.get(..at).unwrap_or(text);
    let behind = text.get(at..).unwrap_or_default();
    let start = match behind.chars().next() {
        Some(first) if !is_blank(first) => at,
        _ => {
            let before = before.trim_end_matches(is_blank);
            before.rfind(is_blank).map_or(0, |blank| {
                blank + before[blank..].chars().next().map_or(1, char::len_utf8)
            })
        }
    };
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.find(is_blank).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    start..start + length.max(first)
}

/// From characters of a stretch of text to bytes of all of it.
pub(super) struct Map {
    start: usize,
    length: usize,
    /// The byte of each character, unless they are all ASCII.
    bytes: Option<Vec<u32>>,
}

impl Map {
    fn of(text: &str, start: usize) -> Self {
        let bytes = (!text.is_ascii()).then(|| {
            text.char_indices()
                .map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX))
                .collect()
        });
        Self {
            start,
            length: text.len(),
            bytes,
        }
    }

    fn byte(&self, character: usize) -> usize {
        let offset = match &self.bytes {
            None => character.min(self.length),
            Some(bytes) => bytes
                .get(character)
                .map_or(self.length, |byte| *byte as usize),
        };
        self.start + offset
    }

    pub(super) fn range(&self, span: &SourceSpan) -> Range<usize> {
        self.byte(span.start.index)..self.byte(span.end.index)
    }
}

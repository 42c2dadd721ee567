//! Whatever a script holds, it is read, its commands lie in it, and it costs no more than its length.

use std::time::{Duration, Instant};

use super::alike::fixture_scripts;
use crate::parse::shell::script::ScriptError;
use crate::parse::shell::{Start, parse};
use crate::span::LocatedText;

/// Reads a text; every range of what is found has to lie in it, between characters.
fn read(text: &str) {
    let is_filled = text.len().is_multiple_of(2);
    let start = Start {
        is_filled,
        ..Start::default()
    };
    let script = parse(&LocatedText::verbatim(text, 0), start);
    for command in &script.commands {
        assert!(text.get(command.range.clone()).is_some(), "{text:?}");
        let targets = command.redirects.iter().map(|redirect| &redirect.target);
        let assigned = command.assigns.iter().map(|assign| &assign.word);
        for word in command.words.iter().chain(targets).chain(assigned) {
            assert!(text.get(word.range.clone()).is_some(), "{text:?}");
            for piece in &word.pieces {
                assert!(text.get(piece.range.clone()).is_some(), "{text:?}");
            }
        }
    }
    for construct in &script.constructs {
        assert!(text.get(construct.range.clone()).is_some(), "{text:?}");
    }
    if let Some(ScriptError {
        span: at, message, ..
    }) = script.error
    {
        assert!(!script.is_parsed && !message.is_empty(), "{text:?}");
        assert!(text.get(at.range()).is_some(), "{text:?}");
    }
}

/// What means something to the parser.
const PIECES: &[&str] = &[
    "(",
    ")",
    "((",
    "))",
    "{",
    "}",
    "[[",
    "]]",
    "$(",
    "$((",
    "${",
    "`",
    "'",
    "\"",
    "\\",
    "\\\n",
    "\n",
    "\r\n",
    " ",
    "\t",
    ";",
    ";;",
    ";&",
    "&",
    "&&",
    "|",
    "||",
    "|&",
    "<<E",
    "<<-'E'",
    "\nE\n",
    "<<<",
    "<",
    ">",
    ">&",
    "&>",
    "<(",
    "2>",
    "#",
    "!",
    "if ",
    "then ",
    "elif ",
    "else ",
    "fi",
    "while ",
    "do ",
    "done",
    "for ",
    "in ",
    "case ",
    "esac",
    "select ",
    "function ",
    "coproc ",
    "time ",
    "a",
    "b=",
    "b+=(",
    "c[1]=",
    "@(",
    "$[",
    "*",
    "ä",
    "\u{a0}",
    "\0",
    "=~ ",
    "-n ",
    "${{ x }}",
    "$$(",
    "$(A)",
];

/// The last place between characters up to `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut places = (0..=at.min(text.len())).rev();
    places
        .find(|place| text.is_char_boundary(*place))
        .unwrap_or_default()
}

proptest::proptest! {
    #![proptest_config(super::fixed_seed())]

    #[test]
    fn random_text_is_read(text in "\\PC{0,60}|[\\x00-\\x7f]{0,120}") {
        read(&text);
    }

    #[test]
    fn random_pieces_are_read(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)
    ) {
        read(&pieces.concat());
    }

    #[test]
    fn mutations_of_fixtures_are_read(
        number in proptest::num::usize::ANY,
        changes in proptest::collection::vec(
            (proptest::num::usize::ANY, 0..12_usize, proptest::sample::select(PIECES)), 1..8)
    ) {
        static SCRIPTS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(fixture_scripts);
        let mut text = SCRIPTS[number % SCRIPTS.len()].clone();
        for (at, length, piece) in changes {
            let at = boundary(&text, at % (text.len() + 1));
            let end = boundary(&text, at + length);
            text.replace_range(at..end.max(at), piece);
        }
        read(&text);
    }
}

/// How long a text takes.
fn cost(text: &str) -> Duration {
    let began = Instant::now();
    read(text);
    began.elapsed()
}

#[test]
fn eight_times_the_text_costs_eight_times_the_time() {
    let scripts = [
        "cat <<E\nE\n",
        "if ((a; then b; fi\n",
        "a `b \\`c\\`` | d\n",
    ]
    .map(str::to_owned);
    let pairs = PIECES.windows(2).chain(PIECES.chunks(3));
    for piece in pairs.map(<[&str]>::concat).chain(scripts) {
        let (small, large) = (cost(&piece.repeat(1_000)), cost(&piece.repeat(8_000)));
        let allowed = small * 24 + Duration::from_secs(2);
        assert!(large < allowed, "{piece:?}: {small:?}, {large:?}");
    }
}

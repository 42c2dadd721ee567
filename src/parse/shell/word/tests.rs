//! Words end where they end, and know how they are quoted.

use super::*;

fn word(text: &str) -> Word {
    next(
        Text {
            masked: text,
            written: text,
            masks: &[],
        },
        0,
        text.len(),
    )
}

#[test]
fn words_know_their_quotes_and_end_where_they_end() {
    for (text, range, value, quote, is_literal) in [
        ("abc def", 3, "abc", Quote::None, true),
        ("'a b';x", 5, "a b", Quote::Single, true),
        (r#""a $b \"c" d"#, 10, "a $b \"c", Quote::Double, false),
        (r#"a"b c"'d'|e"#, 9, "ab cd", Quote::Mixed, true),
        (r"a\ b c", 4, "a b", Quote::None, true),
        (
            "$(echo \")\" ')' $(x)) y",
            20,
            "$(echo \")\" ')' $(x))",
            Quote::None,
            false,
        ),
        ("${a:-\"}\"}z w", 10, "${a:-\"}\"}z", Quote::None, false),
        ("$((1 + (2)))& ", 12, "$((1 + (2)))", Quote::None, false),
        ("<(curl x) y", 9, "<(curl x)", Quote::None, false),
        ("`a \\` b` c", 8, "`a \\` b`", Quote::None, false),
        ("$'a\\'b' c", 7, "a\\'b", Quote::Single, true),
        (
            "$(case x in a) b;; esac) y",
            24,
            "$(case x in a) b;; esac)",
            Quote::None,
            false,
        ),
    ] {
        let found = word(text);
        assert_eq!(found.range, 0..range, "{text}");
        assert_eq!(found.text, value, "{text}");
        assert_eq!(found.quote, quote, "{text}");
        assert_eq!(found.is_literal(), is_literal, "{text}");
    }
}

#[test]
fn nothing_closed_is_no_trouble() {
    for piece in [
        "\"$(",
        "${a:-",
        "$((",
        "`",
        "'",
        "\\",
        "<(",
        "\"${x:-\"",
        "é\\é",
    ] {
        let text = piece.repeat(5_000);
        assert!(word(&text).range.end <= text.len());
    }
}

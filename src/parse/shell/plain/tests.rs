//! What is plain, and that it is read as the grammar reads it.

use crate::parse::shell::build::Builder;
use crate::parse::shell::frame::{Context, Frame};
use crate::parse::shell::script::Script;
use crate::parse::shell::{grammar, mask, word};
use crate::span::{LocatedText, Span};

/// The script as [`super::read`] reads it, if it does, and as the grammar does.
fn both(text: &str) -> (Option<Script>, Option<Script>) {
    let located = LocatedText::verbatim(text, 0);
    let (masked, masks) = mask(text);
    let frame = Frame {
        text: word::Text {
            masked: &masked,
            written: text,
            masks: &masks,
        },
        located: &located,
    };
    let (mut plain, mut whole) = (Builder::default(), Builder::default());
    let range = 0..masked.len();
    let is_plain = super::read(&mut plain, &frame, range.clone(), Context::default());
    let is_whole = grammar::read(&mut whole, &frame, range, Context::default()).is_ok();
    (
        is_plain.then_some(plain.script),
        is_whole.then_some(whole.script),
    )
}

#[test]
fn a_plain_script_is_read_as_the_grammar_reads_it() {
    for text in [
        "",
        "\n\n",
        "make",
        "apt-get update && apt-get install -y curl  git=1.* \\\n  && rm -rf /var/lib/apt/lists/*",
        "set -e; cd /tmp ;make install\nCGO_ENABLED=0 GOOS=linux go build -o \"/out/$NAME\" ./...;",
        "a | b -c | d || e\nf &&\n\n  g |\n h # why\n# nothing else\ni",
        "echo 'it is' \"${HOME}/x y\" a'b'\"c\" $1 $? ${A}b",
        "echo ${{ github.sha }} > out.txt 2>&1 >>\"$GITHUB_ENV\" </dev/null",
        "A=1 B='x y' env C=3 true",
        "A=1",
        "export A=b#c d#e",
        "sh -c 'a && b' | sudo tee x >/dev/null",
        "set -o pipefail && a | b",
        "[ -f x ] && test a = b",
        "echo if then; echo 2 3> x 4",
        "\"a\nb\" c",
        "$(a)",
        "echo \"$(a \"b c\" | d)\" x$(e)y $(f $(g)) 'a' > \"$(h)\"",
        "X=$(a) Y=\"$(b)\" c",
        "sed -i 's/(a)\\1{2}/`$b`!/' \"c (d) {e}! ${A}\" \\; x\\ y a\\\"b",
        "find . -name x -exec rm {} \\; && mkdir -p a/{b,c} ! d",
        "echo ${A:-b} \"${A%%.*}\" ${A#v} \"ä\\\"\"",
        "awk -F: '{print $1}' /etc/passwd",
    ] {
        let (plain, whole) = both(text);
        assert!(plain.is_some(), "{text}");
        assert_eq!(format!("{plain:#?}"), format!("{whole:#?}"), "{text}");
    }
}

#[test]
fn what_only_looks_like_a_here_document_is_plain() {
    let (plain, _) = both("echo 'A<<EOF' >> $GITHUB_ENV");
    assert_eq!(plain.unwrap().commands[0].words[1].text, "A<<EOF");
}

#[test]
fn what_is_more_than_plain_is_left_to_the_grammar() {
    for text in [
        "a &",
        "a & b",
        "a &&",
        "a |",
        "| a",
        "; a",
        "a ;; b",
        "a |& b",
        "(a)",
        "{ a; }",
        "! a",
        "if a; then b; fi",
        "for x in y; do z; done",
        "f() { a; }",
        "[[ -f x ]]",
        "a << E\nE\n",
        "a <<< b",
        "a >| b",
        "a &> b",
        "`a`",
        "$((1))",
        "${A:-\"b\"}",
        "${A:-$(b)}",
        "{a,b}",
        "a }",
        "$(a",
        "\"$(a)",
        "a\\",
        "a\\\nb",
        "A+=b",
        "A[0]=b",
        "A=(b)",
        "'a",
        "\"a",
        "> a",
        "a >",
        "a 2>",
        "ä",
        "a;b&",
        "time a",
        "a > #b",
        "case x in y) z;; esac",
        "$'a'",
    ] {
        assert!(both(text).0.is_none(), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn pieces_in_any_order_are_read_as_the_grammar_reads_them(
        pieces in proptest::collection::vec(proptest::sample::select(&[
            "a", "b=c", " ", " ", " ", "'", "\"", "$(", ")", "${", "}", "$x", "\\", "\\\"", "{", "!", "#", "\n", ";", "&&", "|", ">", "<", "*",
            "$", "-", "'(d)'", "\"e f\"", "$(g)", "${h:-i}", "${j##k}", "ä", "`", "(", "1", "[",
        ][..]), 1..14)
    ) {
        if let (Some(mut plain), Some(mut whole)) = both(&pieces.concat()) {
            // The grammar's tree forgets where a command begins that assigns and redirects.
            for script in [&mut plain, &mut whole] {
                script.unwatched_pipe = script.unwatched_pipe.map(|span| Span { start: span.end, ..span });
            }
            proptest::prop_assert_eq!(format!("{plain:#?}"), format!("{whole:#?}"));
        }
    }
}

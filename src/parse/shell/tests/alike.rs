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
        "read -r a <<< \"$b\"; c <<<d",
        "a &> b && c &>>/dev/null",
        "grep \"x$\" \"^$ y\"",
        "(a)",
        "{ a; }",
        "! a && ! b; c",
        "if a; then b; fi",
        "for x in y; do z; done",
        "[[ -f x ]]",
        "if ! command -v git >/dev/null; then\n  apk add git # all\nelif [ -n \"$A\" ] && b; then c; else\n d\n\n e; fi; f\ng",
        "for f in a *.b \"$C\" $(d e); do\n  f \"$f\" || exit 1\ndone > out.txt 2>&1\ne",
        "for arch in amd64 arm64\ndo a $arch; done && b",
        "while read -r a b; do c $a | d; done < list.txt",
        "until curl -f x; do sleep 1; n=$(d) || true; done; b",
        "{ a; b && c\n}  >> \"$GITHUB_OUTPUT\"\n(cd x && { set -e; y; }) || (z; set -o pipefail)\nw | v",
        "a | while read -r l; do b \"$l\"; done | c",
        "{ a | b; } | c",
        "if a; then (if b; then c; fi); fi",
        "[[ \"$a\" == v* && ! -z $b || $c ]] && d; [[ $e -gt 3 ]]",
        "if [[ x != y ]]; then a; fi",
        "set -e\nif a; then set +e; fi\nb",
    ] {
        let (plain, whole) = both(text);
        assert!(plain.is_some(), "{text}");
        assert_eq!(plain.map(shown), whole.map(shown), "{text}");
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
        "((a))",
        "()",
        "{ }",
        "{a; }",
        "! ! a",
        "!(a)",
        "!",
        "! a\n!",
        "if a; then fi",
        "if a; then b",
        "if a; then; b; fi",
        "if a; b; fi",
        "if a; then b; fi c",
        "if a; then b; else fi",
        "then a",
        "a; done",
        "for x; do y; done",
        "for $x in y; do z; done",
        "for x in y; z; done",
        "for x in; do z; done",
        "select x in y; do z; done",
        "while a; do b; done <<E\nE\n",
        "f() { a; }",
        "function f { a; }",
        "[[ a ]",
        "[[ a b ]]",
        "[[ a =~ b ]]",
        "[[ (a) ]]",
        "[[ a < b ]]",
        "[[ -z ]]",
        "a << E\nE\n",
        "a <<<",
        "a >| b",
        "a <<<< b",
        "a >&> b",
        "a &> >b",
        "$\"a\"",
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

/// A script but for the ends of a pipeline: the grammar's tree forgets where a command begins that assigns and redirects,
/// and where a compound command ends.
fn shown(script: Script) -> String {
    let unwatched_pipe = script.unwatched_pipe.map(|_| Span::default());
    let script = Script {
        unwatched_pipe,
        ..script
    };
    format!("{script:#?}")
}

/// What a command may be; between the parts stand commands.
const SHAPES: &[&[&str]] = &[
    &["a $b \"c\""],
    &["B=c"],
    &["[[ -n $a && b == c* ]]"],
    &["set -eo pipefail"],
    &["! ", ""],
    &["{ ", "; }"],
    &["(", " )"],
    &["", " >> \"$c\" 2>&1"],
    &["", " <<< \"$c$\" &>d"],
    &["", " && ", ""],
    &["", " | ", ""],
    &["", "; ", ""],
    &["", "\n\n# e\n ", ""],
    &["if ", "; then ", "\nfi"],
    &["if ", "\nthen\n", "; elif ", "; then ", "\nelse ", ";fi"],
    &["while ", "; do\n", "\ndone < d"],
    &["for x in a \"$b\" $(c); do ", "; done"],
];

fn write(seeds: &mut impl Iterator<Item = usize>, depth: u32, text: &mut String) {
    let seed = seeds.next().filter(|_| depth < 4).unwrap_or_default();
    for (number, part) in SHAPES[seed % SHAPES.len()].iter().enumerate() {
        if number > 0 {
            write(seeds, depth + 1, text);
        }
        text.push_str(part);
    }
}

/// What is plain is read by the grammar too, and the same.
fn is_read_alike(text: &str) {
    if let (Some(plain), whole) = both(text) {
        assert_eq!(shown(plain), whole.map(shown).unwrap_or_default(), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn compound_commands_are_read_as_the_grammar_reads_them(
        seeds in proptest::collection::vec(0..SHAPES.len(), 1..40)
    ) {
        let mut text = String::new();
        write(&mut seeds.into_iter(), 0, &mut text);
        is_read_alike(&text);
    }

    #[test]
    fn words_of_compound_commands_in_any_order_are_no_more_than_the_grammar_takes(
        pieces in proptest::collection::vec(proptest::sample::select(&[
            "if ", "then ", "elif ", "else ", "fi", "while ", "do ", "done", "for x in ", "{ ", "}", "( ", ")", "[[ ", " ]]", "! ", "a ", "b",
            "-n ", " == ", "; ", ";", "\n", " && ", " | ", " > ", "# c\n", "c=d ",
        ][..]), 1..14)
    ) {
        is_read_alike(&pieces.concat());
    }

    #[test]
    fn pieces_in_any_order_are_read_as_the_grammar_reads_them(
        pieces in proptest::collection::vec(proptest::sample::select(&[
            "a", "b=c", " ", " ", " ", "'", "\"", "$(", ")", "${", "}", "$x", "\\", "\\\"", "{", "!", "#", "\n", ";", "&&", "|", ">", "<", "*",
            "$", "-", "&>", "<<<", "'(d)'", "\"e f\"", "$(g)", "${h:-i}", "${j##k}", "ä", "`", "(", "1", "[",
        ][..]), 1..14)
    ) {
        if let (Some(plain), Some(whole)) = both(&pieces.concat()) {
            proptest::prop_assert_eq!(shown(plain), shown(whole));
        }
    }
}

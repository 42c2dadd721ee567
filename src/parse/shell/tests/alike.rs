//! Scripts are read as brush-parser's grammar reads them: their commands, words and places.

use super::reference;
use crate::parse::shell::build::Builder;
use crate::parse::shell::frame::{Context, Frame};
use crate::parse::shell::script::Script;
use crate::parse::shell::{Start, mask, parse, word};
use crate::span::{LocatedText, Span};

/// The script as we read it, and as the grammar does, if it does.
fn both(text: &str) -> (Script, Option<Script>) {
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
    let mut whole = Builder::default();
    whole.script.is_parsed = true;
    let is_whole = reference::read(&mut whole, &frame, 0..masked.len(), Context::default()).is_ok();
    (
        parse(&located, Start::default()),
        is_whole.then_some(whole.script),
    )
}

#[test]
fn a_script_is_read_as_the_grammar_reads_it() {
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
        "a &",
        "a & b; c & d",
        "a |& b > c",
        "((a + 1)) && b; ((a++))",
        "((a) | (b)); c",
        "! ! a",
        "!(a) b",
        "! a\n!",
        "time -p a | time b",
        "f() { a; } > b; g()\n(\nc $1\n)\nfunction h { d; }; function i() { e; }; _x-y() { b; }; f 1",
        "for x; do y; done; for x do y; done; for $x in y; do z; done",
        "for x in; do z; done\nfor x\nin a b\ndo c; done",
        "for ((i = 0; i < 3; i++)); do a $i; done; for ((;1;)) { b; }",
        "select x in a b; do c \"$x\"; done",
        "while a; do b; done <<E\n$(c)\nE\nd",
        "[[ a =~ ^(b|c d)+$ && ! ( -n $e || f < g ) ]] && h; [[ a == *@(b|c)* ]]",
        "[[ -n a &&\n b ]] || c",
        "cat << E > f | g\n$(h) `i`\nE\nj",
        "cat <<-'E' <<F && a\n\t$(b)\n\tE\nc $(d)\nF\ne",
        "bash -s x <<\\E\na | b\nE\n",
        "x=$(cat <<E\nit's )\nE\n)\na",
        "a >| b <> c 2>&- 3<&0 >&2; > a; >b c",
        "$\"a\" $'b\\'c' d",
        "`a \\`b\\` c` \"`d`\"",
        "a $((1 + (2))) $((2 << 3)) $[ 1 + 2 ] \"$((b))\"",
        "${A:-\"b c\"} ${A:-$(b)} ${A[@]} \"${A[$b]}\" ${#A} ${!A}",
        "{a,b} {1..3} a }",
        "A+=b A[0]=c A[$i + 1]=d e",
        "A=(b \"c d\" $(e)\n  [f]=g # h\n) i; declare -a j=(k l) m; A+=(n)",
        "a\\\nb c\\\n d\\\n && e; if a; then b; fi\\\n && c",
        "ä 'ö' ü > ß",
        "case $(a) in b | \"c\"*) d;; (e) ;; f)\n g & ;& *) h;;& esac > i",
        "case x in\n# y\ny) z; esac; a",
        "case x in esac",
        "coproc a b; coproc N { c; }; coproc (d)",
        "a <(b | c) >(d) < <(e) > >(f)",
        "ls @(a|b c)*.x !(d) && e",
        "if a; then b; else if c; then d; fi; fi & e",
        "{ { a; } } && (if (b) then c; fi)",
    ] {
        let (ours, whole) = both(text);
        assert!(ours.is_parsed, "{text}: {:?}", ours.error);
        assert_eq!(Some(shown(ours)), whole.map(shown), "{text}");
    }
}

#[test]
fn what_only_looks_like_a_here_document_is_none() {
    let (script, _) = both("echo 'A<<EOF' >> $GITHUB_ENV");
    assert_eq!(script.commands[0].words[1].text, "A<<EOF");
}

#[test]
fn what_breaks_the_grammar_is_told_where_it_does() {
    for (text, place, token) in [
        ("a &&", 2..4, ""),
        ("| a", 0..1, "|"),
        ("; a", 0..1, ";"),
        ("a ;; b", 2..4, ";;"),
        ("()", 1..2, ")"),
        ("{ }", 2..3, "}"),
    ] {
        let script = parse(&LocatedText::verbatim(text, 0), Start::default());
        let error = script.error.unwrap();
        assert_eq!(error.span.range(), place, "{text}");
        assert_eq!(error.token.unwrap_or_default(), token, "{text}");
    }
}

#[test]
fn what_the_grammar_refuses_we_refuse_too() {
    for text in [
        "a |",
        "{a; }",
        "if a; then fi",
        "if a; then b",
        "if a; then; b; fi",
        "if a; b; fi",
        "if a; then b; fi c",
        "if a; then b; else fi",
        "then a",
        "a; done",
        "for x in y; z; done",
        "[[ a ]",
        "[[ a b ]]",
        "[[ -z ]] x ]]",
        "a <<<",
        "a <<<< b",
        "a >&> b",
        "a &> >b",
        "$(a",
        "\"$(a)",
        "a\\",
        "'a",
        "\"a",
        "a >",
        "a 2>",
        "a > #b",
        "a (b)",
        "f() a",
        "case x in y z) esac",
        "case x in a) b",
        "A=(b | c)",
        "a & & b",
        "select in",
        "`a",
        "${a",
    ] {
        let (ours, whole) = both(text);
        assert!(!ours.is_parsed, "{text}");
        assert!(whole.is_none(), "{text}");
    }
}

/// A script but for the ends of pipelines, of coprocesses and of commands without words: the grammar's tree forgets where a command
/// begins that assigns and redirects, and where a compound command ends.
fn shown(mut script: Script) -> String {
    script.unwatched_pipe = script.unwatched_pipe.map(|_| Span::default());
    for command in &mut script.commands {
        // The reference reads scripts; whose status is the script's is asked of ours alone.
        command.is_tail = false;
        if command.extent().is_none() {
            command.range = 0..0;
        }
    }
    for construct in &mut script.constructs {
        if construct.kind == "coprocess" {
            construct.range = 0..0;
            construct.text.clear();
        }
    }
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
    &["(b; ", " )"],
    &["", " >> \"$c\" 2>&1"],
    &["", " <<< \"$c$\" &>d"],
    &["", " && ", ""],
    &["", " | ", ""],
    &["", "; ", ""],
    &["", "\n\n# e\n ", ""],
    &["if ", "; then ", "\nfi"],
    &["if ", "\nthen\n", "; elif ", "; then ", "\nelse ", ";fi"],
    &["while ", "; do\n", "\ndone < d"],
    &["until ", "\ndo ", "; done <<E\n$(f) '\nE\nd"],
    &["case $(a) in\n b|c)", ";;\n (\"d\"*) ", " ;& *)\nesac > e"],
    &["case x in y) ", "; esac"],
    &["f() { ", "; }"],
    &["function f ( b; ", ") 2>g"],
    &["a <<E | b $c\nit's $(d) `e`\nE\nd"],
    &["a <<-'E' <<F\n\t$(b)\n\tE\n(\nF\n", ""],
    &["((a += 1)) && ", ""],
    &["for ((i = 0; i < 2; i++)); do ", "\ndone"],
    &["for x; do ", "; done"],
    &["", " & ", ""],
    &["a |& b; ", ""],
    &["A=(b \"c\" $(d)\n e) F+=g H[1]=i"],
    &["export A=(b c) d"],
    &["coproc ", ""],
    &["time -p ", ""],
    &["a <(b | c) > >(d)"],
    &["a @(b|c d) !(e)*"],
    &["a $((1 + (2))) `b \\`c\\`` ${d:-\"e f\"} $'g\\'' h\\\n i\\\nj"],
    &["[[ $a =~ ^(b|c d)+$ && ! ( -f e || f < g ) ]] 2> h"],
    &["select x in a b; do ", "; done"],
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

/// What we understand the grammar understands too, and the same.
fn is_read_alike(text: &str) {
    let (ours, whole) = both(text);
    assert_eq!(ours.is_parsed, whole.is_some(), "{text} {:?}", ours.error);
    if let Some(whole) = whole {
        assert_eq!(shown(ours), shown(whole), "{text}");
    }
}

/// The scripts of the fixtures, roughly: bodies of `RUN`, and what is in YAML under the keys that hold scripts.
pub(super) fn fixture_scripts() -> Vec<String> {
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures"
    ))];
    let mut scripts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let is_yaml = path
                .extension()
                .is_some_and(|ending| ending == "yaml" || ending == "yml");
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                if is_yaml {
                    of_yaml(&text, &mut scripts);
                } else if text.contains("\nRUN ") {
                    of_dockerfile(&text, &mut scripts);
                }
            }
        }
    }
    scripts.sort();
    scripts.dedup();
    scripts
}

fn of_dockerfile(text: &str, scripts: &mut Vec<String>) {
    for (at, _) in text.match_indices("\nRUN ") {
        let rest = &text[at + 5..];
        let lines = rest.split_inclusive('\n');
        let continued = lines.take_while(|line| line.trim_end().ends_with('\\'));
        let length: usize = continued.map(str::len).sum();
        let last = rest[length..].split('\n').next().unwrap_or_default().len();
        scripts.push(rest[..length + last].to_owned());
    }
}

fn of_yaml(text: &str, scripts: &mut Vec<String>) {
    use serde::Deserialize;
    for document in serde_yaml::Deserializer::from_str(text) {
        let Ok(value) = serde_yaml::Value::deserialize(document) else {
            return;
        };
        let mut values = vec![(value, false)];
        while let Some((value, is_script)) = values.pop() {
            match value {
                serde_yaml::Value::String(text) if is_script => scripts.push(text),
                serde_yaml::Value::Sequence(items) => {
                    values.extend(items.into_iter().map(|item| (item, is_script)));
                }
                serde_yaml::Value::Mapping(fields) => {
                    values.extend(fields.into_iter().map(|(key, value)| {
                        let names = ["run", "command", "args", "script"];
                        (value, key.as_str().is_some_and(|key| names.contains(&key)))
                    }));
                }
                _ => {}
            }
        }
    }
}

/// Scripts that the grammar gets wrong: behind a here-document's operator it loses `"${`.
fn is_mistaken(text: &str) -> bool {
    let mut documents = text.lines().filter(|line| line.contains("<<"));
    documents.any(|line| line.contains('$')) || text.contains("$$(")
}

/// Words that the grammar gets wrong: it takes `{` behind `$$` for an expansion, and ends a word at `<(` and `>(`.
fn has_mistaken_word(text: &str) -> bool {
    let is_inside = |at: usize| text[..at].ends_with(|before| !" \n;&|(".contains(before));
    let mut substitutions = text.match_indices("<(").chain(text.match_indices(">("));
    text.contains("$${") || substitutions.any(|(at, _)| is_inside(at))
}

#[test]
fn scripts_of_the_fixtures_are_read_as_the_grammar_reads_them() {
    let scripts = fixture_scripts();
    assert!(scripts.len() > 500, "{}", scripts.len());
    for text in scripts.iter().filter(|text| !is_mistaken(text)) {
        is_read_alike(text);
    }
}

proptest::proptest! {
    #![proptest_config(super::fixed_seed())]

    #[test]
    fn compound_commands_are_read_as_the_grammar_reads_them(
        seeds in proptest::collection::vec(0..SHAPES.len(), 1..40)
    ) {
        let mut text = String::new();
        write(&mut seeds.into_iter(), 0, &mut text);
        // A coprocess is a command, neither a pipeline nor a function, and `!` begins a pipeline: bash takes none of these. After
        // `!`, brush takes `time` for a command.
        let wrong = ["coproc ! ", "coproc time ", "coproc f()", "| !", "! time"];
        proptest::prop_assume!(!wrong.iter().any(|wrong| text.contains(wrong)));
        let (ours, whole) = both(&text);
        proptest::prop_assert!(ours.is_parsed, "{text} {:?}", ours.error);
        // What nests deep the grammar is not asked for.
        if let Some(whole) = whole {
            proptest::prop_assert_eq!(shown(ours), shown(whole), "{}", text);
        }
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
        let text = pieces.concat();
        proptest::prop_assume!(!has_mistaken_word(&text));
        if let (ours @ Script { is_parsed: true, .. }, Some(whole)) = both(&text) {
            proptest::prop_assert_eq!(shown(ours), shown(whole));
        }
    }
}

//! What the tree says about odd and ordinary files.

use super::*;
use crate::parse::yaml::tree::NodeId;

fn read(text: &str) -> (Tree, Vec<Problem>) {
    let mut problems = Vec::new();
    let tree = parse(text, &mut problems);
    for node in &tree.nodes {
        assert!(
            text.get(node.span.range()).is_some(),
            "a span off a character: {text:?}"
        );
    }
    for problem in &problems {
        assert!(text.get(problem.span.range()).is_some());
    }
    (tree, problems)
}

fn spans(text: &str, path: &[&str]) -> (String, String) {
    let (tree, problems) = read(text);
    assert_eq!(problems, [], "{text:?}");
    let id = tree.at(tree.roots[0], path).expect("the path exists");
    let node = tree.node(id);
    let key = node.key.expect("a value of a mapping has a key");
    (
        tree.node(key).span.of(text).to_owned(),
        node.span.of(text).to_owned(),
    )
}

/// Every byte of a decoded text is where it says.
fn scalar(text: &str, path: &[&str]) -> (String, Vec<u32>) {
    let (tree, _) = read(text);
    let id: NodeId = tree.at(tree.roots[0], path).expect("the path exists");
    let scalar = tree.scalar(id).expect("a scalar");
    let places = scalar
        .text
        .text
        .char_indices()
        .map(|(at, _)| scalar.text.locate(at))
        .collect();
    (scalar.text.text.clone(), places)
}

/// The characters of the decoded text, other than spaces, are in the file where they say.
fn check_places(text: &str, path: &[&str], expected: &str) {
    let (decoded, places) = scalar(text, path);
    assert_eq!(decoded, expected);
    for (letter, place) in decoded.chars().zip(places) {
        if !letter.is_whitespace() {
            assert!(
                text[place as usize..].starts_with(letter),
                "{letter:?} of {decoded:?} in {text:?}"
            );
        }
    }
}

#[test]
fn spans_cover_key_and_value_with_letters_of_many_bytes_and_crlf() {
    let text = "# \u{1F600} ä\r\nä: ü\r\nspec:\r\n  a: \"é\" # x\r\n  list:\r\n  - 1\r\n  - b: 2\r\n\r\nend: {x: [1, 2]}\r\n";
    assert_eq!(spans(text, &["ä"]), ("ä".into(), "ü".into()));
    assert_eq!(spans(text, &["spec", "a"]), ("a".into(), "\"é\"".into()));
    assert_eq!(spans(text, &["spec", "list"]).1, "1\r\n  - b: 2");
    assert_eq!(spans(text, &["end"]).1, "{x: [1, 2]}");
    let (tree, _) = read(text);
    let comments: Vec<_> = tree
        .comments
        .iter()
        .map(|c| (c.span.of(text), c.own_line))
        .collect();
    assert_eq!(comments, [("# \u{1F600} ä", true), ("# x", false)]);
}

#[test]
fn an_absent_value_stands_after_its_key() {
    let text = "a:\nb:\n  c:\n\n# end\n";
    let (tree, _) = read(text);
    let a = tree.get(tree.roots[0], "a").unwrap();
    assert_eq!(tree.node(a).span, Span::new(2, 2));
    let c = tree.at(tree.roots[0], &["b", "c"]).unwrap();
    assert_eq!(tree.node(c).span, Span::new(10, 10));
    assert_eq!(spans(text, &["b"]).1, "c:");
}

#[test]
fn decoded_text_finds_its_way_back() {
    check_places(
        "run: |\n  ä one\n\n    two # no comment\n  three\nb: 1\n",
        &["run"],
        "ä one\n\n  two # no comment\nthree\n",
    );
    check_places("run: |\r\n  one\r\n  two\r\n", &["run"], "one\ntwo\n");
    check_places("run: |2-\n    one\n   two\n", &["run"], "  one\n two");
    check_places(
        "run: >\n  one\n  two\n\n  three\n    more\n  four\n",
        &["run"],
        "one two\nthree\n  more\nfour\n",
    );
    check_places("run: |\n\n\n  one\n", &["run"], "\n\none\n");
    check_places("a: one\n  two\n\n  three\n", &["a"], "one two\nthree");
    check_places("a: 'it''s\n  so'\n", &["a"], "it's so");
    check_places("a: \"x\\ty \\\n  zé\"\n", &["a"], "x\ty zé");
    let (decoded, places) = scalar("a: \"\\u00e9\\n1\"", &["a"]);
    assert_eq!((decoded.as_str(), places), ("é\n1", vec![4, 10, 12]));
}

#[test]
fn a_block_ends_with_its_text() {
    let text = "a: |\n  one\n\n# after\nb: 1\n";
    let (tree, _) = read(text);
    let a = tree.get(tree.roots[0], "a").unwrap();
    assert_eq!(tree.node(a).span.of(text), "|\n  one");
    assert_eq!(tree.comments.len(), 1);
    let (tree, _) = read("a: |\n  # text\n  b\nb: 'a # b'\nc: x#y\n");
    assert_eq!(tree.comments.len(), 0);
}

#[test]
fn duplicate_keys_are_told_and_the_last_one_counts() {
    let text = "a: 1\nb: 2\n\"a\": 3\n";
    let (tree, problems) = read(text);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].kind, faults::DUPLICATE_KEY);
    assert_eq!(problems[0].span.of(text), "\"a\"");
    assert_eq!(problems[0].related[0].0, Span::new(0, 1));
    assert_eq!(tree.text_at(tree.roots[0], "a"), Some("3"));
    let many: String = (0..40).map(|n| format!("k{n}: 1\n")).collect::<String>() + "k3: 1\n";
    assert_eq!(read(&many).1.len(), 1);
}

#[test]
fn merge_keys_and_aliases_are_followed() {
    let text = "base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nalso: *b\n";
    let (tree, problems) = read(text);
    assert_eq!(problems, []);
    let used = tree.get(tree.roots[0], "use").unwrap();
    assert_eq!(tree.text_at(used, "x"), Some("1"));
    assert_eq!(tree.text_at(used, "y"), Some("3"));
    assert_eq!(tree.pairs(used).len(), 2);
    let also = tree.get(tree.roots[0], "also").unwrap();
    assert_eq!(tree.text_at(also, "y"), Some("2"));
}

#[test]
fn a_broken_document_costs_itself_alone() {
    let text = "a: 1\n---\nb: [1, 2\n---\nc: 3\n";
    let (tree, problems) = read(text);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].kind, faults::YAML_SYNTAX_ERROR);
    assert_eq!(tree.roots.len(), 2);
    assert_eq!(tree.text_at(tree.roots[1], "c"), Some("3"));
    let (tree, problems) = read("a: \"x\n---\nc: 3\n");
    assert_eq!((problems.len(), tree.roots.len()), (1, 1));
}

#[test]
fn a_template_is_said_once() {
    let text = "kind: Pod\n{{- if .Values.x }}\nspec: {{ .Values.y }}\n{{- end }}\n---\nkind: A\n{{ range }}\nb: {{ x }} y\n";
    let (_, problems) = read(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].span.of(text).starts_with("{{"));
}

#[test]
fn json_is_yaml() {
    let text = "{\n\t\"a\": {\"b\": [1, true, \"x\\/y\\ud83d\\ude00\"]},\n\t\"c\": null\n}\n";
    let (tree, problems) = read(text);
    assert_eq!(problems, []);
    let list = tree.at(tree.roots[0], &["a", "b"]).unwrap();
    assert_eq!(tree.text(tree.items(list)[2]), Some("x/y\u{1F600}"));
}

#[test]
fn alias_bombs_stay_small() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let below = format!("*a{}", level - 1);
        text += &format!(
            "a{level}: &a{level} [{}]\n",
            [below.as_str(); 10].join(", ")
        );
    }
    let (_, problems) = read(&text);
    assert_eq!(problems.len(), 1);
    let (_, problems) = read("a: &a [1, *a]\n");
    assert_eq!(problems.len(), 1);
    let mut deep = "a0: &a0 [x]\n".to_owned();
    for level in 1..5000 {
        deep += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    assert_eq!(read(&deep).1.len(), 1);
}

#[test]
fn odd_files_do_no_harm() {
    let deep = [
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        "? ".repeat(50_000),
        (0..3000)
            .map(|n| format!("{}a:\n", " ".repeat(n)))
            .collect(),
        "a: &x ".repeat(10_000),
        "!!a ".repeat(10_000),
    ];
    for text in &deep {
        let (_, problems) = read(text);
        assert!(
            !problems.is_empty() && problems.len() < 5,
            "{} {:?}",
            &text[..8],
            problems.len()
        );
    }
    for text in [
        "",
        "\n",
        "---",
        "---\n---\n",
        "...",
        "\0",
        "a: \0b\n",
        "a\rb: 1\rc: 2",
        "\ta: 1",
        "a:\n\tb: 1",
        "\u{feff}a: 1",
        "a: *x\n",
        "%YAML 1.1\n---\na: 1\n",
        "a: |",
        "a: >\n",
        "a: |\n\n\n",
        "\"",
        "'",
        "a: \"\\",
        "a: \"\\u12",
        "? a\n: b\n",
        "[a]: b\n",
        "{{ x }}: y\n",
        "a: |9\n  b\n",
        "- - - a\n",
        "a: b: c\n",
        "&a",
        "*a",
        "!",
        "a: !!binary |\n  AA==\n",
        "# only\n# comments",
        "a: 'x\n\n\n  y'\n",
        "a: >-\n\n  x\n\n\n   y\n  z\n\n",
        "a: |+\n  x\n\n\n",
        "key: \u{2028}\u{85}x\n",
    ] {
        read(text);
    }
}

#[test]
fn many_comments_are_no_error() {
    let text = "# x\n".repeat(5000) + "a: 1\n";
    let (tree, problems) = read(&text);
    assert_eq!(problems, []);
    assert_eq!(tree.comments.len(), 5000);
}

/// What is broken costs its own document, wherever the parser notices it.
#[test]
fn text_behind_a_finished_document_costs_that_text_alone() {
    for (text, documents, lines) in [
        ("{\"kind\": \"Pod\"},\n", 1, &[1][..]),
        ("{\"kind\": \"Pod\"} // comment\n", 1, &[1]),
        ("{kind: Pod}\nx\n", 1, &[2]),
        ("{kind: Pod}\nx: 1\n---\n{kind: Job}\n", 2, &[2]),
        ("[1]\n[2]\n", 1, &[2]),
        ("kind: Pod\n---\ntext\n# note\nmore\n", 1, &[5]),
        (" on: push\njobs:\n  a: b\n", 0, &[2]),
        ("'a'\nb: c\n---\nd: e\n", 1, &[2]),
        ("\"a\" b\n", 0, &[1]),
        ("*a\nb\n", 0, &[1, 2]),
        ("!!str\n{}x\n", 1, &[2]),
    ] {
        let (tree, problems) = read(text);
        let found: Vec<usize> = problems
            .iter()
            .map(|problem| text[..problem.span.start as usize].matches('\n').count() + 1)
            .collect();
        assert_eq!(
            (tree.roots.len(), &found[..]),
            (documents, lines),
            "{text:?}"
        );
        for root in &tree.roots {
            assert!((*root as usize) < tree.nodes.len(), "{text:?}");
        }
    }
}

#[test]
fn json_documents_back_to_back_are_documents() {
    for text in [
        "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n",
        "{\"a\": 1}{\"a\": 2}  {\"a\": 3}",
        "\n {\"a\": 1}\r\n\r\n{\n\"a\": 2}\n{\"a\": 3}\n---\n",
    ] {
        let (tree, problems) = read(text);
        assert_eq!(problems, [], "{text:?}");
        let values: Vec<&str> = tree
            .roots
            .iter()
            .filter_map(|root| tree.get(*root, "a"))
            .map(|value| tree.node(value).span.of(text))
            .collect();
        assert_eq!(values, ["1", "2", "3"], "{text:?}");
    }
}

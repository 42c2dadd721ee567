//! Comments go where they may be, and nowhere else.

use super::*;
use crate::sources::Kind;
use crate::span::FileId;

/// The text with a comment for each of these parts of it, which occur once; parts that no comment can suppress are given back.
fn added(kind: Kind, path: &str, text: &str, parts: &[&str]) -> (String, Vec<usize>) {
    let source = Source::new(FileId::new(1), path, kind, text);
    let wanted: Vec<Wanted> = parts
        .iter()
        .map(|part| Wanted {
            rule: Arc::from("x/y"),
            at: u32::try_from(text.find(part).unwrap()).unwrap(),
        })
        .collect();
    let added = add(
        &source,
        path.contains("templates/"),
        &wanted,
        &Terms::default(),
    );
    let new = added.text.unwrap_or_else(|| text.to_owned());
    assert_eq!(new.matches("hullmark:").count(), added.comments);
    (new.replace("hullmark: ignore", "+"), added.refused)
}

fn dockerfile(text: &str, parts: &[&str]) -> String {
    let (text, refused) = added(Kind::Dockerfile, "Dockerfile", text, parts);
    assert!(refused.is_empty());
    text
}

fn yaml(text: &str, parts: &[&str]) -> String {
    let (text, refused) = added(Kind::Kubernetes, "a.yaml", text, parts);
    assert!(refused.is_empty());
    text
}

#[test]
fn comments_stand_above_instructions_and_between_continued_lines() {
    let text = "# syntax=docker/dockerfile:1\nFROM a\n# hadolint ignore=DL3008\nRUN b \\\n    c \\\n    d\n";
    assert_eq!(
        dockerfile(text, &["FROM"]),
        text.replace("FROM", "# +[x/y]\nFROM")
    );
    assert_eq!(
        dockerfile(text, &["c \\"]),
        text.replace("    c", "    # +[x/y]\n    c")
    );
    assert_eq!(
        dockerfile(text, &["RUN"]),
        text.replace("# hadolint", "# +[x/y]\n# hadolint")
    );
    assert_eq!(
        dockerfile(text, &["syntax"]),
        text.replace("FROM", "# +-file[x/y]\nFROM")
    );
}

#[test]
fn a_here_document_stays_as_it_is() {
    let text = "FROM a\r\nRUN <<EOF\r\nb\r\nEOF\r\nUSER c\r\n";
    assert_eq!(
        dockerfile(text, &["b\r"]),
        text.replace("RUN", "# +[x/y]\r\nRUN")
    );
}

#[test]
fn comments_stand_behind_lines_of_yaml() {
    let text = "a:\n  - b: c # d\n    e: |\n      f\n    g: \"h\n      i\"\nj: k";
    assert_eq!(yaml(text, &["k"]), text.to_owned() + "  # +[x/y]");
    assert_eq!(
        yaml(text, &["b: c"]),
        text.replace("  - b", "  # +[x/y]\n  - b")
    );
    assert_eq!(yaml(text, &["f"]), text.replace("|\n", "|  # +[x/y]\n"));
    assert_eq!(
        yaml(text, &["\"h"]),
        text.replace("    g", "    # +[x/y]\n    g")
    );
    assert_eq!(yaml(text, &["i\""]), yaml(text, &["\"h"]));
    let all = yaml(text, &["k", "b: c", "f", "\"h", "j"]);
    assert_eq!(all.matches("+[").count(), 4);
}

#[test]
fn comments_of_templates_change_nothing_that_is_rendered() {
    let template = |text: &str, part: &str| {
        let (text, refused) = added(Kind::Kubernetes, "c/templates/a.yaml", text, &[part]);
        assert!(refused.is_empty());
        text
    };
    let text = "a: {{ .b }}\nc: {{ d\n  .e }}\nf: g  \n";
    let comment = "{{- /* +[x/y] */}}";
    assert_eq!(
        template(text, ".b"),
        text.replace(".b }}", &format!(".b }} }} {comment}").replace("} }", "}}"))
    );
    assert_eq!(
        template(text, "{{ d"),
        text.replace("c:", &format!("{comment}\nc:"))
    );
    assert_eq!(
        template(text, "g"),
        text.replace("g ", &format!("g {comment} "))
    );
}

#[test]
fn what_has_no_comments_gets_none() {
    let text = "{\"apiVersion\": \"v1\"}\n";
    let (new, refused) = added(Kind::Kubernetes, "a.json", text, &["v1"]);
    assert_eq!((new.as_str(), &refused[..]), (text, &[0][..]));
}

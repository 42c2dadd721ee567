//! What comments suppress, shown on small files.

use super::*;
use crate::diagnostic::{Diagnostics, Fingerprint, FingerprintKey, Severity};
use crate::parse;
use crate::sources::Kind;
use std::sync::Arc;

const TODAY: Date = Date {
    year: 2026,
    month: 11,
    day: 23,
};

/// Which of the `<` marks in a text are suppressed for a diagnostic of `image/latest-tag` known as `hadolint:DL3007`.
fn suppressed(kind: Kind, marked: &str) -> Vec<bool> {
    suppressed_with(kind, marked, "none")
}

/// The same, with `two` standing for `<<`.
fn suppressed_with(kind: Kind, marked: &str, two: &str) -> Vec<bool> {
    let text = marked.replace('<', "").replace(two, "<<");
    let source = Source::new(FileId::default(), "x", kind, text);
    let mut diagnostics: Diagnostics = marked
        .match_indices('<')
        .enumerate()
        .map(|(nth, (at, _))| Diagnostic {
            rule: Arc::from("image/latest-tag"),
            severity: Severity::Error,
            message: String::new(),
            help: None,
            aliases: Arc::from([
                Arc::from("hadolint:DL3007"),
                Arc::from("shellcheck:SC2086"),
                Arc::from("zizmor:x"),
                Arc::from("checkov:X"),
            ]),
            primary: FileSpan::new(source.id(), Span::new(at - nth, at - nth + 1)),
            resource: None,
            key: FingerprintKey::of("", ""),
            related: Vec::new(),
            part: None,
            members: Box::default(),
            fingerprint: Fingerprint::default(),
            suppressed: None,
            holder: None,
            is_minor: false,
        })
        .map(Box::new)
        .collect();
    let parsed = parse::parse(&source);
    let mut suppressions = find(&source, &parsed);
    apply(
        source.id(),
        &mut suppressions,
        &mut diagnostics,
        TODAY,
        &|_, _, _| true,
    );
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.suppressed.is_some())
        .collect()
}

#[test]
fn in_yaml_a_comment_covers_its_line_or_the_node_below() {
    let yaml = |text: &str| suppressed(Kind::Workflow, text);
    assert_eq!(
        yaml("a: <x # hullmark: ignore[image/latest-tag]\nb: <y\n"),
        [true, false]
    );
    let below = "# hullmark: ignore[image]\n# why\na:\n  b: <x\n  c: <y\nd: <z\n";
    assert_eq!(yaml(below), [true, true, false]);
    let item = "l:\n  # hullmark: ignore[DL3007]\n  - a: <x\n    b: <y\n  - a: <z\n";
    assert_eq!(yaml(item), [true, true, false]);
    assert_eq!(
        yaml("a: <x\n# hullmark: ignore-file[image/*] -- r\nb: <y\n"),
        [true, true]
    );
    assert_eq!(yaml("# hullmark: ignore[shell]\na: <x\n"), [false]);
    assert_eq!(
        yaml("# hullmark: ignore[ALL]\n---\na: <x\nb: <y\n---\na: <z\n"),
        [true, true, false]
    );
    assert_eq!(yaml("a: <x # zizmor: ignore[y, x] why\n"), [true]);
}

#[test]
fn in_a_script_a_comment_covers_the_next_command() {
    let yaml = |text: &str| suppressed(Kind::Workflow, text);
    let script = "run: |\n  <a\n  # hullmark: ignore[image]\n  <b \\\n    <c\n  <d\nx: <e\n";
    assert_eq!(yaml(script), [false, true, true, false, false]);
    let header = "run: | # hullmark: ignore[image]\n  <a\n  <b\nx: <c\n";
    assert_eq!(yaml(header), [true, true, false]);
    let first = "run: |\n  # shellcheck disable=SC2086\n  <a\n  <b\nx: <c\n";
    assert_eq!(yaml(first), [true, true, false]);
    let later = "run: |\n  <a\n  # shellcheck disable=SC2086\n  <b\n  <c\n";
    assert_eq!(yaml(later), [false, true, false]);
}

#[test]
fn in_a_dockerfile_a_comment_covers_the_instruction_below_or_the_next_continued_line() {
    let dockerfile = |text: &str| suppressed(Kind::Dockerfile, text);
    let below = "<FROM a\n# hullmark: ignore[image]\n\nRUN <a \\\n  <b\nRUN <c\n";
    assert_eq!(dockerfile(below), [false, true, true, false]);
    let between = "RUN <a \\\n  # hullmark: ignore[image]\n  <b && \\\n  <c\n";
    assert_eq!(dockerfile(between), [false, true, false]);
    let heredoc = "# hadolint ignore=DL3007\nRUN cat @@EOF\n<a\nEOF\nRUN <c\n";
    assert_eq!(
        suppressed_with(Kind::Dockerfile, heredoc, "@@"),
        [true, false]
    );
    assert_eq!(
        dockerfile("<FROM a\n# hadolint global ignore=DL3007\n"),
        [true]
    );
    let stage = "<FROM a\n# hadolint stage ignore=DL3007\nFROM b\nRUN <x\nFROM <c\n";
    assert_eq!(dockerfile(stage), [false, true, false]);
    assert_eq!(dockerfile("RUN <a\n# hullmark: ignore[image]"), [false]);
}

#[test]
fn a_comment_counts_through_its_last_day() {
    let yaml = |text: &str| suppressed(Kind::Workflow, text);
    assert_eq!(
        yaml("a: <x # hullmark: ignore[image] until=2026-11-23 -- r\n"),
        [true]
    );
    assert_eq!(
        yaml("a: <x # hullmark: ignore[image] until=2026-11-22 -- r\n"),
        [false]
    );
}

#[test]
fn annotations_cover_their_object() {
    let object = |annotation: &str| {
        let text =
            format!("metadata:\n  annotations:\n    {annotation}\nspec: <a\n---\nspec: <b\n");
        suppressed(Kind::Kubernetes, &text)
    };
    assert_eq!(object("checkov.io/skip1: X=why"), [true, false]);
    assert_eq!(object("checkov.io/skip1: Y"), [false, false]);
    assert_eq!(object("kube-linter.io/ignore-all: why"), [false, false]);
}

#[test]
fn days_are_counted_across_months_and_leap_years() {
    let days = |from: &str, to: &str| {
        let day = |text: &str| text.parse::<Date>().unwrap();
        day(to).days_after(day(from))
    };
    assert_eq!(days("2026-11-29", "2026-11-29"), 0);
    assert_eq!(days("2026-11-29", "2027-02-27"), 90);
    assert_eq!(days("2024-02-28", "2024-03-01"), 2);
    assert_eq!(days("2023-02-28", "2023-03-01"), 1);
    assert_eq!(days("1900-01-01", "2000-01-01"), 36_524);
    assert_eq!(days("2027-01-01", "2026-12-31"), -1);
}

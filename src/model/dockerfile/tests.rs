//! The rows of a Dockerfile.

use crate::model::row::Row;
use crate::model::table::{Table, TableSet};
use crate::model::{FileTables, build};
use crate::parse;
use crate::sources::context::BuildContexts;
use crate::sources::{Kind, Source};
use crate::span::FileId;

fn facts(text: &str) -> FileTables {
    let source = Source::new(FileId::default(), "Dockerfile", Kind::Dockerfile, text);
    let parsed = parse::parse(&source);
    build(&source, &parsed, TableSet::ALL, &BuildContexts::default())
}

fn texts(rows: &[Row], field: &str) -> Vec<String> {
    rows.iter()
        .map(|row| row.json(&|_| serde_json::Value::Null)[field].to_string())
        .collect()
}

#[test]
fn user_and_shell_come_through_the_stage_chain() {
    let tables = facts(
        "FROM alpine AS base\nUSER app:app\nFROM base AS mid\nFROM mid\nUSER $X\nFROM mid\nUSER 0\n",
    );
    let stages = tables.rows(Table::Stages);
    assert_eq!(texts(stages, "user_set"), ["true", "true", "true", "true"]);
    assert_eq!(
        texts(stages, "is_root"),
        ["false", "false", "false", "true"]
    );
    assert_eq!(
        texts(stages, "user_is_known"),
        ["true", "true", "false", "true"]
    );
    assert_eq!(texts(stages, "is_used"), ["true", "true", "false", "true"]);
}

#[test]
fn images_are_what_is_no_stage() {
    let tables = facts(
        "ARG TAG=3.20\nFROM alpine:$TAG AS a\nFROM scratch\nCOPY --from=a /x /\nCOPY --from=nginx:1 /y /\nRUN --mount=type=bind,from=b/c,target=/z true\nFROM a\n",
    );
    let images = tables.rows(Table::Images);
    assert_eq!(
        texts(images, "repository"),
        ["\"nginx\"", "\"b/c\"", "\"alpine\""]
    );
    assert_eq!(texts(images, "tag")[2], "\"3.20\"");
    let references = tables.rows(Table::References);
    assert_eq!(texts(references, "resolves"), ["true", "false", "false"]);
}

#[test]
fn a_file_without_from_is_judged_as_one_stage() {
    let tables = facts("RUN true\nUSER root\n");
    assert_eq!(texts(tables.rows(Table::Stages), "is_root"), ["true"]);
    assert_eq!(tables.rows(Table::Instructions).len(), 2);
}

#[test]
fn a_shell_that_the_base_image_sets_is_told_by_a_comment_or_by_the_script() {
    for (text, shells) in [
        ("FROM a\nRUN ls\n", "sh"),
        (
            "FROM a\n# hadolint shell=powershell\nRUN ls\nSHELL [\"cmd\", \"/c\"]\nRUN dir\n",
            "pwsh cmd",
        ),
        (
            "FROM a\nRUN echo $null >> b\nRUN ls $env:HOME\n",
            "pwsh pwsh",
        ),
        ("FROM a\nRUN Copy-Item a b\nRUN Apt-get update\n", "pwsh sh"),
        ("FROM a\nRUN powershell -Command $x = 1\n", "cmd"),
        ("FROM a\nRUN ls && pwsh -c 'ls $env:HOME'\n", "sh"),
        ("# escape=`\nFROM ${base}\nRUN dir\n", "cmd"),
        (
            "FROM a\nSHELL [\"bash\", \"-c\"]\nRUN ls $env:HOME\n",
            "bash",
        ),
    ] {
        let tables = facts(text);
        let found = texts(tables.rows(Table::Scripts), "shell").join(" ");
        assert_eq!(found.replace('"', ""), shells, "{text}");
    }
}

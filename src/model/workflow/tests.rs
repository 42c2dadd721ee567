//! Rows of small workflows.

use serde_json::Value;

use crate::model::build;
use crate::model::table::{Table, TableSet};
use crate::parse::parse;
use crate::sources::context::BuildContexts;
use crate::sources::{Kind, Source};
use crate::span::FileId;

fn rows(text: &str, table: Table) -> Vec<Value> {
    let source = Source::new(
        FileId::default(),
        ".github/workflows/ci.yml",
        Kind::Workflow,
        text,
    );
    build(
        &source,
        &parse(&source),
        TableSet::ALL,
        &BuildContexts::default(),
    )
    .rows(table)
    .iter()
    .map(|row| row.json(&|at| Value::from(at.number())))
    .collect()
}

#[test]
fn every_form_of_on_names_its_events() {
    for on in ["push", "[push]", "{push: {branches: [main]}}", "{push: }"] {
        let rows = rows(&format!("on: {on}\njobs: {{}}\n"), Table::Workflows);
        assert_eq!(rows[0]["trigger_names"][0], Value::from("push"), "{on}");
    }
}

#[test]
fn a_runner_from_the_matrix_is_known() {
    let text = "on: push\njobs:\n  a:\n    strategy: {matrix: {os: [windows-2022, windows-latest]}}\n    runs-on: ${{ matrix.os }}\n    needs: b\n    services: {db: postgres}\n    steps: [uses: a/b@v1, {run: x}]\n";
    let job = &rows(text, Table::Jobs)[0];
    assert_eq!(job["runner_os"], Value::from("windows"));
    assert_eq!(rows(text, Table::Steps).len(), 2);
    assert_eq!(rows(text, Table::Images).len(), 1);
    let references = rows(text, Table::References);
    assert!(references.iter().any(|row| row["resolves"] == false));
}

#[test]
fn what_an_attacker_writes_comes_through_variables() {
    let text = "on: issues\nenv: {T: '${{ github.event.issue.title }}', N: fixed}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    if: github.head_ref == 'x'\n    steps:\n      - run: echo ${{ env.T }} ${{ env.N }} ${{ github.sha }}\n";
    let rows = rows(text, Table::Expressions);
    let run: Vec<_> = rows
        .iter()
        .filter(|row| row["place"] == "run")
        .map(|row| row["untrusted"].as_array().unwrap().len())
        .collect();
    assert_eq!(run, [1, 0, 0]);
    let condition = rows.iter().find(|row| row["place"] == "if");
    assert_eq!(condition.unwrap()["is_bare"], Value::from(true));
}

#[test]
fn builds_name_context_and_dockerfile() {
    let text = "on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with: {context: web, file: docker/web.Dockerfile, tags: 'shop/web:1'}
      - uses: docker/build-push-action@v6
      - uses: docker/build-push-action@v6
        with: {context: '${{ matrix.context }}'}
      - run: |
          docker build --pull -t shop/api \\
            -f api/Dockerfile .
          docker buildx build --build-arg A=1 $DIR
          docker build --unknown 1 2 .
      - run: docker build --target run .
        working-directory: jobs
      - run: cd x && docker build .
";
    let builds = rows(text, Table::Builds);
    let told: Vec<String> = builds
        .iter()
        .map(|row| format!("{} {}", row["dockerfile"], row["context"]).replace('"', ""))
        .collect();
    let expected = [
        "docker/web.Dockerfile web",
        "Dockerfile ",
        "api/Dockerfile ",
        "jobs/Dockerfile jobs",
    ];
    assert_eq!(told, expected);
    assert_eq!(builds[0]["repository"], Value::from("shop/web"));
}

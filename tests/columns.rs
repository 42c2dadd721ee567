//! Every field that a policy names on a row is declared, as far as the row's type can be told from the text.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hullmark::model::row::{Field, Row};
use hullmark::sources::context::{BuildContexts, Call};
use hullmark::sources::{Roots, SourceDb};
use hullmark::{model, parse};
use hullmark_tables::{RowType, Table, TableSet, Type};

/// A token of Rego: a name, a text or a sign; comments are none.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Name(String),
    Text(String),
    Sign(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' => {
                let mut letters = rest.char_indices().skip(1);
                let mut end = rest.len();
                while let Some((at, letter)) = letters.next() {
                    match letter {
                        '\\' => _ = letters.next(),
                        '"' => {
                            end = at + 1;
                            break;
                        }
                        _ => {}
                    }
                }
                tokens.push(Token::Text(rest[1..end - 1].to_owned()));
                end
            }
            '`' => 2 + rest[1..].find('`').unwrap(),
            _ if is_name(first) => {
                let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
                tokens.push(Token::Name(rest[..end].to_owned()));
                end
            }
            ' ' | '\t' | '\r' => 1,
            _ => {
                tokens.push(Token::Sign(first));
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    tokens
}

/// A step of a reference: `.name`, `["name"]`, or any other index.
#[derive(Debug)]
enum Step {
    Field(String),
    Item,
}

/// The reference that begins with the name at `at`, and where it ends.
fn reference(tokens: &[Token], at: usize) -> (Vec<Step>, usize) {
    let mut steps = Vec::new();
    let mut at = at + 1;
    loop {
        match (tokens.get(at), tokens.get(at + 1), tokens.get(at + 2)) {
            (Some(Token::Sign('.')), Some(Token::Name(name)), _) => {
                steps.push(Step::Field(name.clone()));
                at += 2;
            }
            (Some(Token::Sign('[')), Some(Token::Text(name)), Some(Token::Sign(']'))) => {
                steps.push(Step::Field(name.clone()));
                at += 3;
            }
            (Some(Token::Sign('[')), ..) => {
                let mut depth = 0;
                while let Some(token) = tokens.get(at) {
                    at += 1;
                    match token {
                        Token::Sign('[') => depth += 1,
                        Token::Sign(']') => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
                steps.push(Step::Item);
            }
            _ => return (steps, at),
        }
    }
}

/// The types of the variables of a rule; `None` for one that has several.
type Variables = BTreeMap<String, Option<Type>>;

/// What was looked at, and what was wrong.
#[derive(Default)]
struct Scan {
    checked: usize,
    faults: BTreeSet<String>,
}

impl Scan {
    /// The type that a reference leads to, if it can be told.
    fn resolve(&mut self, root: &str, steps: &[Step], variables: &Variables) -> Option<Type> {
        let (mut here, rest) = match (root, steps) {
            ("input", [Step::Field(area), Step::Field(index), rest @ ..]) if area == "index" => {
                (self.index(index)?, rest)
            }
            ("input", [Step::Field(name), rest @ ..]) => {
                let table = Table::named(name)?;
                (Type::Rows(table.row_type()), rest)
            }
            _ => ((*variables.get(root)?)?, steps),
        };
        for step in rest {
            here = match (here, step) {
                (Type::Row(row), Step::Field(name)) => {
                    self.checked += 1;
                    let Some(column) = row.column(name) else {
                        let what = format!("`{}` has no column `{name}`", row.name());
                        self.faults.insert(what);
                        return None;
                    };
                    column.definition().of
                }
                (Type::Map(of), _) => *of,
                (list, Step::Item) => list.item()?,
                _ => return None,
            };
        }
        Some(here)
    }

    /// `commands_by_stage`: rows by a declared column.
    fn index(&mut self, name: &str) -> Option<Type> {
        let (table, column) = name.split_once("_by_")?;
        let row = Table::named(table)?.row_type();
        self.checked += 1;
        if row.column(column).is_none() {
            let what = format!("`{table}` has no column `{column}` for an index");
            self.faults.insert(what);
        }
        // What the keys lead to are lists; the index itself is a map of them.
        Some(Type::Map(of_rows(row)))
    }

    /// One rule or function.
    fn statement(&mut self, text: &str) {
        let tokens = tokens(text);
        let mut variables = Variables::new();
        for _ in 0..4 {
            let mut found = Variables::new();
            for at in 0..tokens.len() {
                if let Some((name, of)) = self.binding(&tokens, at, &variables) {
                    let known = found.entry(name).or_insert(of);
                    if *known != of {
                        *known = None;
                    }
                }
            }
            variables = found;
        }
        for (at, token) in tokens.iter().enumerate() {
            let Token::Name(root) = token else { continue };
            if at == 0 || tokens[at - 1] != Token::Sign('.') {
                let (steps, end) = reference(&tokens, at);
                let is_call = tokens.get(end) == Some(&Token::Sign('('));
                self.resolve(root, &steps, &variables);
                if let (false, [Step::Field(name), ..]) = (variables.contains_key(root), &steps[..])
                    && is_singular(root)
                    && !is_call
                {
                    self.argument(root, name);
                }
            }
        }
    }

    /// A variable named as the rows of a table are that nothing here gives a type: an argument. Some table at least has
    /// the column.
    fn argument(&mut self, root: &str, name: &str) {
        self.checked += 1;
        if !RowType::ALL.iter().any(|row| row.column(name).is_some()) {
            self.faults
                .insert(format!("`{root}.{name}`: no row has a column `{name}`"));
        }
    }

    /// `some x in …`, `some n, x in …`, `every x in …` and `x := …`: the variable and the type that it gets.
    fn binding(
        &mut self,
        tokens: &[Token],
        at: usize,
        variables: &Variables,
    ) -> Option<(String, Option<Type>)> {
        let name = |at: usize| match tokens.get(at) {
            Some(Token::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        if matches!(name(at), Some("some" | "every")) {
            let (variable, from) = match (tokens.get(at + 2), name(at + 2)) {
                (Some(Token::Sign(',')), _) => (name(at + 3)?, at + 5),
                (_, Some("in")) => (name(at + 1)?, at + 3),
                _ => return None,
            };
            let (steps, end) = reference(tokens, from);
            let of = name(from).and_then(|root| self.resolve(root, &steps, variables));
            let of = of.filter(|_| tokens.get(end) != Some(&Token::Sign('(')));
            return Some((variable.to_owned(), of.and_then(Type::item)));
        }
        let assigns = [Token::Sign(':'), Token::Sign('=')];
        if name(at).is_some() && tokens.get(at + 1..at + 3) == Some(&assigns[..]) {
            let (steps, end) = reference(tokens, at + 3);
            let of = name(at + 3).and_then(|root| self.resolve(root, &steps, variables));
            let ends = [Token::Sign('\n'), Token::Sign('}'), Token::Sign(';')];
            let is_whole = tokens.get(end).is_none_or(|token| ends.contains(token));
            return Some((name(at)?.to_owned(), of.filter(|_| is_whole)));
        }
        None
    }
}

/// `Type::Rows` of a row type, for as long as the program runs.
fn of_rows(row: RowType) -> &'static Type {
    Box::leak(Box::new(Type::Rows(row)))
}

/// Whether a variable is named as the rows of a table are: `command`, `stage`.
fn is_singular(name: &str) -> bool {
    let plural = match name {
        "copy" => "copies".to_owned(),
        _ => format!("{name}s"),
    };
    Table::named(&plural).is_some()
}

/// The rules and functions of a policy: each begins at the margin.
fn statements(text: &str) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    for line in text.lines() {
        let begins = line.starts_with(|c: char| c.is_alphabetic() || c == '_');
        match statements.last_mut() {
            Some(last) if !begins => *last += &format!("\n{line}"),
            _ => statements.push(line.to_owned()),
        }
    }
    statements
}

fn scan(text: &str) -> Scan {
    let mut scan = Scan::default();
    for statement in statements(text) {
        scan.statement(&statement);
    }
    scan
}

fn policies(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(policies(&path));
        } else if path.extension().is_some_and(|end| end == "rego") {
            found.push(path);
        }
    }
    found
}

#[test]
fn policies_name_declared_columns() {
    let mut faults = Vec::new();
    let mut checked = 0;
    for path in policies(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies")) {
        let scan = scan(&fs::read_to_string(&path).unwrap());
        checked += scan.checked;
        let path = path.display();
        faults.extend(scan.faults.iter().map(|fault| format!("{path}: {fault}")));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(checked > 2_000, "{checked} fields were looked at");
}

#[test]
fn misspelt_columns_are_seen() {
    for (body, fault) in [
        (
            "some command in input.commands\n\tnot command.usr",
            "`commands` has no column `usr`",
        ),
        (
            "some command in input.commands\n\tsome number, word in command.words\n\tword.txt == \"-y\"",
            "`word` has no column `txt`",
        ),
        (
            "some stage in input.index.stages_by_att[command.stage]",
            "`stages` has no column `att` for an index",
        ),
        (
            "some container in input.containers\n\tsetting := container.security.privileged\n\tsetting.form == \"pod\"",
            "`security_setting` has no column `form`",
        ),
    ] {
        let text = format!("deny contains {{\"at\": 1}} if {{\n\t{body}\n}}\n");
        let faults: Vec<String> = scan(&text).faults.into_iter().collect();
        assert_eq!(faults, [fault], "{body}");
    }
    let faults = scan("_is_local(command) if command.usr == \"x.y # z\"\n").faults;
    assert_eq!(faults.len(), 1);
    assert!(
        scan("_is_local(command) if \"command.usr\" == command.program # command.usr\n")
            .faults
            .is_empty()
    );
}

/// The columns that a row has, and those of the rows within it.
fn note(row: &Row, seen: &mut Seen) {
    seen.extend(row.names().map(|name| (row.row_type(), name)));
    for field in row.fields() {
        note_field(field, seen);
    }
}

fn note_field(field: &Field, seen: &mut Seen) {
    match field {
        Field::Row(row) => note(row, seen),
        Field::Rows(rows) => rows.iter().for_each(|row| note(row, seen)),
        Field::Map(pairs) => pairs.iter().for_each(|(_, field)| note_field(field, seen)),
        _ => {}
    }
}

/// What is in no fixture.
const RARE: &[(&str, &str)] = &[
    (
        ".github/actions/a/action.yml",
        "name: a
runs: {using: composite, steps: [{run: make, shell: bash}]}
",
    ),
    (
        "claim.yaml",
        "apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: a, namespace: b}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    ),
    (
        "deploy.yaml",
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: b}
spec:
  selector: {matchExpressions: [{key: a, operator: Exists}]}
  template:
    spec:
      containers:
      - name: a
        command: [sh, -c, \"x=$'a'\"]
        args: [b]
        envFrom: [{secretRef: {name: c}}]
---
apiVersion: v1
kind: Service
metadata: {name: a}
spec: {type: NodePort}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: a, namespace: b}
spec: {scaleTargetRef: {kind: Deployment, name: a}, minReplicas: 1, maxReplicas: 2}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: a, namespace: b}
spec: {minAvailable: 1, selector: {matchLabels: {a: b}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a, namespace: b}
spec: {defaultBackend: {service: {name: a, port: {number: 80}}}}
",
    ),
    (
        ".github/workflows/ci.yml",
        "on: push
jobs:
  a:
    name: A
    environment: live
    runs-on: ubuntu-24.04
    container: {image: a, options: --init}
    steps:
    - run: make
      continue-on-error: true
",
    ),
    (
        "actions/announce/action.yml",
        "runs: {using: composite, steps: [{run: 'echo ${{ inputs.title }}', shell: bash}]}\n",
    ),
    (
        "compose.yaml",
        "services: {a: {build: {context: ., target: b}}}\n",
    ),
];

/// The types of rows, each with the columns that some row has.
type Seen = BTreeSet<(RowType, &'static str)>;

/// Notes the columns that the files of a folder fill.
fn note_files(folder: &Path, seen: &mut Seen) {
    let mut db = SourceDb::on_disk(folder);
    let files = db.discover(&Roots {
        paths: vec![PathBuf::from(".")],
        ..Roots::default()
    });
    // As if each action were called.
    let call = Call {
        target: "actions/announce".to_owned(),
        input: "title".to_owned(),
        context: "github.event.issue.title".to_owned(),
        by: "ci.yml".into(),
        events: Vec::new(),
    };
    let contexts = BuildContexts::new(db.directories(), []).with_calls(Arc::from([call]));
    for (source, _) in files.unwrap().into_iter().filter_map(|file| db.read(file)) {
        let facts = model::build(&source, &parse::parse(&source), TableSet::ALL, &contexts);
        for table in Table::ALL {
            facts.rows(*table).iter().for_each(|row| note(row, seen));
        }
    }
}

/// A column that no file fills is a promise that nothing keeps, or a builder that was forgotten.
#[test]
fn every_column_is_filled_by_some_file() {
    let mut seen = Seen::new();
    note_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"),
        &mut seen,
    );
    let rare = tempfile::tempdir().unwrap();
    for (name, text) in RARE {
        let path = rare.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    note_files(rare.path(), &mut seen);
    // Filled by `check` and `evaluate`, not from the tree.
    let elsewhere = [
        RowType::Remarks,
        RowType::Suppressions,
        RowType::NamedRule,
        RowType::ObjectReferences,
        RowType::Coverage,
    ];
    let declared = RowType::ALL.iter().filter(|row| !elsewhere.contains(row));
    let declared = declared.flat_map(|row| row.names().map(|name| (*row, name)));
    let unfilled: Vec<String> = declared
        .filter(|column| !seen.contains(column))
        .map(|(row, name)| format!("`{}` of `{}`", name, row.name()))
        .collect();
    assert!(unfilled.is_empty(), "filled by no file: {unfilled:#?}");
}

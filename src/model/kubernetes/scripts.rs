//! What containers run: their command lines, and the scripts that these hand to a shell.

use crate::model::FileTables;
use crate::model::credentials::{self, Argument};
use crate::model::holder::Holder;
use crate::model::kubernetes::Workload;
use crate::model::kubernetes::security::Level;
use crate::model::kubernetes::value;
use crate::model::script::{self, Origin};
use crate::model::table::Table;
use crate::parse::shell::{Shell, base_name};
use crate::parse::yaml::tree::{NodeId, Scalar, Tree};
use crate::span::Span;

/// Command lines of a container beside its own, by what runs them.
const HOOKS: [(&[&str], &str); 5] = [
    (&["livenessProbe", "exec"], "probe"),
    (&["readinessProbe", "exec"], "probe"),
    (&["startupProbe", "exec"], "probe"),
    (&["lifecycle", "postStart", "exec"], "lifecycle"),
    (&["lifecycle", "preStop", "exec"], "lifecycle"),
];

/// A command line and where it comes from.
struct Line<'t> {
    words: Vec<&'t Scalar>,
    spans: Vec<Span>,
    source: &'static str,
    path: String,
}

pub(super) fn build_rows(tables: &mut FileTables, workload: Workload<'_>, container: Level) {
    let wanted = [
        Table::Scripts,
        Table::Commands,
        Table::Constructs,
        Table::Secrets,
    ];
    if !wanted.iter().any(|table| tables.wants(*table)) {
        return;
    }
    let tree = workload.object.tree;
    let name = tree.text_at(container.node, "name").unwrap_or("?");
    let path = format!("{}/containers[name={name}]", workload.object.kind);
    let command = value::child(tree, container.node, "command");
    let args = value::child(tree, container.node, "args");
    let source = if command.is_some() { "command" } else { "args" };
    let own = line(tree, &[command, args], source, format!("{path}/{source}"));
    let mut lines = vec![own];
    for (steps, source) in HOOKS {
        let exec = tree.at(container.node, steps);
        let command = exec.and_then(|exec| value::child(tree, exec, "command"));
        let path = format!("{path}/{}", steps.join("/"));
        lines.push(line(tree, &[command], source, path));
    }
    let variables = variables(tree, container.node);
    for line in lines.into_iter().flatten() {
        push(tables, workload, container, &line, &variables);
    }
}

/// The words of lists one after the other; `None` if one of them is no text.
fn line<'t>(
    tree: &'t Tree,
    lists: &[Option<NodeId>],
    source: &'static str,
    path: String,
) -> Option<Line<'t>> {
    let mut line = Line {
        words: Vec::new(),
        spans: Vec::new(),
        source,
        path,
    };
    for list in lists.iter().flatten() {
        for item in tree.items(*list) {
            line.words.push(tree.scalar(*item)?);
            line.spans.push(tree.node(*item).span);
        }
    }
    (!line.words.is_empty()).then_some(line)
}

fn push(
    tables: &mut FileTables,
    workload: Workload<'_>,
    container: Level,
    line: &Line<'_>,
    variables: &[String],
) {
    let texts: Vec<&str> = line
        .words
        .iter()
        .map(|word| word.text.text.as_str())
        .collect();
    // What only `args` says goes to whatever the image runs: it is a command line only if it begins with a shell.
    let shell = Shell::named(texts[0]);
    let is_shell = !matches!(shell, Shell::Other | Shell::Unknown | Shell::Python);
    let script = is_shell.then(|| script_word(&texts)).flatten();
    if line.source == "args" && script.is_none() {
        arguments(tables, line);
        return;
    }
    let options = script.map(|script| Shell::options(&texts[..script].join(" ")));
    let options: Vec<&str> = options.iter().flatten().map(String::as_str).collect();
    let origin = Origin {
        document: workload.object.document,
        shell,
        source: line.source,
        options: &options,
        holders: vec![(Holder::Container, container.at)],
        path: line.path.clone(),
        variables,
        environment: &[],
    };
    if let Some(script) = script {
        script::build_rows(tables, &line.words[script].text, &origin);
        return;
    }
    let words = texts.iter().map(|text| (*text).to_owned());
    let words: Vec<(String, Span)> = words.zip(line.spans.iter().copied()).collect();
    script::build_exec_rows(tables, &words, &origin);
}

/// What the image's own program is handed.
fn arguments(tables: &mut FileTables, line: &Line<'_>) {
    if !tables.wants(Table::Secrets) {
        return;
    }
    let words = line.words.iter().zip(&line.spans);
    let words: Vec<Argument> = words
        .map(|(word, span)| Argument {
            text: &word.text.text,
            span: *span,
            is_literal: !value::is_templated(&word.text.text),
        })
        .collect();
    credentials::of_arguments(tables, "", &words, line.source, &line.path);
}

/// The number of the word that a shell reads as a script: the one after `-c`, alone or among other letters.
fn script_word(texts: &[&str]) -> Option<usize> {
    let first = match base_name(texts[0]) {
        "env" | "busybox" => 2,
        _ => 1,
    };
    let flags = texts.iter().enumerate().skip(first);
    let flag = flags
        .take_while(|(_, text)| {
            text.starts_with(['-', '+', '/'])
                || matches!(**text, "pipefail" | "errexit" | "nounset")
        })
        .find(|(_, text)| match text.strip_prefix('-') {
            Some(letters) => !letters.starts_with('-') && letters.ends_with('c'),
            None => text.eq_ignore_ascii_case("/c"),
        })?;
    (flag.0 + 1 < texts.len()).then_some(flag.0 + 1)
}

/// Names that the container's environment gives a value.
fn variables(tree: &Tree, container: NodeId) -> Vec<String> {
    let items = tree.get(container, "env").map(|list| tree.items(list));
    let names = items.unwrap_or_default().iter();
    names
        .filter_map(|item| tree.text_at(*item, "name"))
        .map(ToOwned::to_owned)
        .collect()
}

//! Every expression of a workflow: where it is, what it reads, and what of that an attacker can write.

mod reads;
mod row;
mod sinks;

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use hullmark_tables::{expressions, faults};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::FileTables;
use crate::model::place::{RowRef, TextPlace};
use crate::model::table::Table;
use crate::model::workflow::declared_names::DeclaredNames;
use crate::model::workflow::expression_scope::{ExpressionScope, Fault};
use crate::model::workflow::expressions::sinks::kind_of_place;
use crate::model::workflow::quoting::Scan;
use crate::model::workflow::taint::Tainted;
use crate::model::workflow::{EventSet, Places, WorkflowFile, scope, value};
use crate::parse::expression::{self, Expression};
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{Content, NodeId, Tree};
use crate::span::LocatedText;

/// How many nodes are looked at, since aliases may repeat them without end, and how deep.
const NODES: usize = 200_000;
const DEPTH: usize = 48;

/// What holds a scalar.
#[derive(Clone, Copy, Default)]
struct Holder<'t> {
    job: Option<(NodeId, RowRef)>,
    step: Option<(NodeId, RowRef)>,
    uses: Option<&'t str>,
    /// The events that can start what holds it; all of the workflow if nothing narrows them.
    events: Option<EventSet>,
}

struct Walk<'t, 'f> {
    file: WorkflowFile<'t>,
    tables: &'f mut FileTables,
    nodes: usize,
    /// What each variable of the workflow's own `env` reads that an attacker writes.
    env: FxHashMap<NodeId, Tainted>,
    /// The secrets that scripts were given so far, in capitals.
    secrets: FxHashSet<String>,
    declared: Rc<DeclaredNames>,
}

/// The rows of every expression.
pub(super) fn build_rows(tables: &mut FileTables, file: WorkflowFile<'_>, places: &Places) {
    let asked = [Table::Expressions, Table::Problems, Table::Calls];
    if !asked.into_iter().any(|table| tables.wants(table)) {
        return;
    }
    let tree = file.tree;
    let mut walk = Walk {
        file,
        tables,
        nodes: NODES,
        env: FxHashMap::default(),
        secrets: FxHashSet::default(),
        declared: Rc::default(),
    };
    for (key, node) in tree.pairs(file.root) {
        let Some(key) = tree.text(key) else { continue };
        match key {
            "name" | "description" | "author" | "branding" | "permissions" | "jobs" | "on" => {}
            "inputs" | "outputs" => walk.declared(node, key),
            "runs" => walk.mapping(node, key, Holder::default(), &["steps"]),
            _ => walk.visit(node, key, Holder::default(), key, 0),
        }
    }
    for part in ["inputs", "outputs"] {
        if let Some(node) = tree.at(file.root, &["on", "workflow_call", part]) {
            walk.declared(node, &format!("on/workflow_call/{part}"));
        }
    }
    for job in &places.jobs {
        let holder = Holder {
            job: Some((job.node, job.at)),
            events: Some(job.events),
            ..Holder::default()
        };
        walk.mapping(job.node, &job.path, holder, &["steps", "permissions"]);
    }
    for step in &places.steps {
        let holder = Holder {
            job: step.job,
            step: Some((step.node, step.at)),
            uses: tree.text_at(step.node, "uses"),
            events: Some(step.events),
        };
        // Those side by side are steps themselves.
        walk.mapping(step.node, &step.path, holder, &["parallel"]);
    }
}

impl<'t> Walk<'t, '_> {
    /// Defaults and values of declared inputs and outputs; their descriptions are prose.
    fn declared(&mut self, node: NodeId, path: &str) {
        let tree = self.file.tree;
        for (name, declared) in tree.pairs(node) {
            for key in ["default", "value"] {
                if let Some(child) = tree.get(declared, key) {
                    let name = tree.text(name).unwrap_or("?");
                    let path = format!("{path}/{name}/{key}");
                    self.visit(child, &path, Holder::default(), key, 0);
                }
            }
        }
    }

    /// All values of a mapping but those under `without`.
    fn mapping(&mut self, node: NodeId, path: &str, holder: Holder<'t>, without: &[&str]) {
        let tree = self.file.tree;
        for (key, child) in tree.pairs(node) {
            let key = tree.text(key).filter(|key| !without.contains(key));
            if let Some(key) = key.filter(|key| self.may_hold(child, key)) {
                self.visit(child, &[path, "/", key].concat(), holder, key, 0);
            }
        }
    }

    /// Whether a value is worth a visit: nearly all are texts without an expression, and their paths are not made.
    fn may_hold(&self, node: NodeId, key: &str) -> bool {
        let scalar = self.file.tree.scalar(node);
        scalar.is_none_or(|scalar| key.ends_with("if") || value::is_dynamic(&scalar.text.text))
    }

    /// A value and everything below it; `key` is its dotted path below the step, the job or the document.
    fn visit(&mut self, node: NodeId, path: &str, holder: Holder<'t>, key: &str, depth: usize) {
        if self.nodes == 0 || depth > DEPTH {
            return;
        }
        self.nodes -= 1;
        let tree = self.file.tree;
        match tree.content(node) {
            Content::Scalar(scalar) => self.scalar(node, &scalar.text, path, holder, key),
            Content::Mapping(_) => {
                for (name, child) in tree.pairs(node) {
                    let name = tree.text(name).unwrap_or("?");
                    if !self.may_hold(child, name) {
                        continue;
                    }
                    let (path, key) = ([path, "/", name].concat(), [key, ".", name].concat());
                    self.visit(child, &path, holder, &key, depth + 1);
                }
            }
            Content::Sequence(items) => {
                for (number, item) in items.iter().enumerate() {
                    if !self.may_hold(*item, "") {
                        continue;
                    }
                    let (path, key) = (format!("{path}[{number}]"), format!("{key}.{number}"));
                    self.visit(*item, &path, holder, &key, depth + 1);
                }
            }
            Content::Alias(_) => {}
        }
    }

    /// The expressions of a text.
    fn scalar(
        &mut self,
        node: NodeId,
        text: &LocatedText,
        path: &str,
        holder: Holder<'t>,
        key: &str,
    ) {
        let tree = self.file.tree;
        let is_condition = matches!(key, "if" | "snapshot.if" | "pre-if" | "post-if");
        let expressions = if value::is_dynamic(&text.text) {
            expression::find(text)
        } else if is_condition && !value::is_null(tree, node) {
            vec![expression::bare(&as_boolean(tree, node, text))]
        } else {
            return;
        };
        let is_bare = !value::is_dynamic(&text.text);
        let count = expressions.len();
        // One text for all rows: a script of 50,000 expressions would be held as many times.
        let whole = Arc::<str>::from(text.text.as_str());
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let mut scan = match kind_of_place(key, holder.step.is_some(), holder.uses) {
            "run" => Some(Scan::new(&whole)),
            "script" => Some(Scan::of_javascript(&whole)),
            _ => None,
        };
        let declared = Rc::clone(&self.declared);
        for (number, expression) in expressions.into_iter().enumerate() {
            let start = expression.range.start;
            let around = text.text.len() - expression.range.len().min(text.text.len());
            let is_whole =
                count == 1 && (is_bare || text.text.trim().len() <= expression.range.len());
            let path = format!("{path}/expression[{number}]");
            let scope = ExpressionScope {
                tree,
                root: self.file.root,
                declared: &declared,
                file: self.file,
                is_action: self.file.is_action,
                is_dialect: self.file.is_dialect,
                job: holder.job.map(|(node, _)| node),
                step: holder.step.map(|(node, _)| node),
                key,
                is_embedded: !is_bare && around > 0,
                is_only: count == 1,
                is_bare,
            };
            for fault in scope::faults(scope, &expression) {
                self.problem(&fault, &path, is_minor(&fault, &expression, key));
            }
            let row = self.row(&expression, path, holder, key);
            let read = expression.contexts.iter().map(|context| &context.path);
            let row = row.texts(
                expressions::repeated,
                read.clone().filter(|path| seen.contains(*path)),
            );
            seen.extend(read.cloned());
            let quotes = scan.as_mut().map(|scan| scan.at(start).named());
            let end = start + expression.range.len();
            let has_text_around = !is_bare && around > 0;
            let without = (is_condition && has_text_around && number == 0)
                .then(|| expression::without_braces(&text.text))
                .flatten();
            let row = row
                .maybe_text(expressions::without_braces, without.as_deref())
                .set(
                    expressions::number,
                    i64::try_from(number).unwrap_or(i64::MAX),
                )
                .maybe_text(expressions::quotes, quotes)
                .set(
                    expressions::is_quoted_whole,
                    is_quoted_whole(&whole, start..end),
                )
                .set(
                    expressions::is_command,
                    quotes == Some("none") && begins_command(&whole[..start]),
                )
                .text(expressions::line, line_at(&whole, start))
                .set(expressions::is_bare, is_bare)
                .set(expressions::is_whole, is_whole)
                .set(expressions::has_text_around, has_text_around)
                .set(expressions::scalar, whole.clone());
            self.tables.add_row(row);
        }
    }

    fn problem(&mut self, fault: &Fault, path: &str, is_minor: bool) {
        let at = self.tables.text(TextPlace::new(fault.span, path));
        if let Some(remedy) = &fault.help {
            let severity = is_minor.then_some("info");
            let texts = (fault.message.as_str(), remedy.as_str());
            self.tables
                .problem_with_remedy(at, fault.kind, texts, severity);
        } else if is_minor {
            self.tables
                .problem_of_severity(at, fault.kind, "info", &fault.message);
        } else {
            self.tables.problem(at, fault.kind, &fault.message);
        }
    }
}

/// A text that YAML reads as a boolean as GitHub hands it on: `False` is `false`.
fn as_boolean<'t>(tree: &Tree, node: NodeId, text: &'t LocatedText) -> Cow<'t, LocatedText> {
    let scalar = tree.scalar(node).map(scalar::github);
    match scalar {
        Some(Reading::Bool(_)) => {
            let mut folded = text.clone();
            folded.text.make_ascii_lowercase();
            Cow::Owned(folded)
        }
        _ => Cow::Borrowed(text),
    }
}

/// Whether a value only names something: a run, a step, a cache, an artifact, a group of runs. Nothing fails for what is missing in it.
fn is_label(key: &str) -> bool {
    matches!(
        key,
        "name"
            | "run-name"
            | "with.key"
            | "with.restore-keys"
            | "with.cache-key"
            | "with.shared-key"
            | "with.prefix-key"
            | "with.name"
    ) || key.starts_with("concurrency")
}

/// Whether a fault is worth no more than advice: nothing fails for an empty part of a label, or where another value is in; and a condition that
/// asks for other events too is merely longer than it need be.
fn is_minor(fault: &Fault, expression: &Expression, key: &str) -> bool {
    let mut contexts = expression.contexts.iter();
    match fault.kind {
        faults::UNKNOWN_PROPERTY => {
            is_label(key)
                || contexts.any(|context| context.has_default && context.span == fault.span)
        }
        faults::IMPOSSIBLE_EVENT => fault.span != expression.span,
        _ => false,
    }
}

/// How much of a line each expression keeps before and behind its first byte: a line may be as long as its file, and hold as
/// many expressions.
const LINE: usize = 256;

/// How many bytes before an expression are looked at for what it stands behind: each expression of a long line looks back.
const NEAR: usize = 512;

/// Whether a command begins behind a text of a script, but for other expressions.
fn begins_command(before: &str) -> bool {
    let mut start = before.len().saturating_sub(NEAR);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let near = &before[start..];
    let (is_whole, line) = match near.rsplit_once('\n') {
        Some((_, line)) => (true, line),
        None => (start == 0, near),
    };
    let mut rest = line.trim_end();
    while let Some(open) = rest.strip_suffix("}}").and_then(|rest| rest.rfind("${{")) {
        rest = rest[..open].trim_end();
    }
    let starts = [";", "&", "|", "(", "!", "then", "do", "else", "sudo", "if"];
    is_whole && rest.is_empty() || starts.iter().any(|start| rest.ends_with(start))
}

/// Whether a range of a text has the same quotes on both sides.
fn is_quoted_whole(text: &str, range: std::ops::Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    matches!(before, Some(b'\'' | b'"')) && before == bytes.get(range.end)
}

/// The line of a text that a byte is on, without indentation.
fn line_at(text: &str, at: usize) -> &str {
    let (mut first, mut last) = (at.saturating_sub(LINE), text.len().min(at + LINE));
    while !text.is_char_boundary(first) {
        first -= 1;
    }
    while !text.is_char_boundary(last) {
        last -= 1;
    }
    let before = text.get(first..at).unwrap_or_default();
    let start = before
        .rfind('\n')
        .map_or(first, |newline| first + newline + 1);
    let rest = text.get(start..last).unwrap_or_default();
    rest.lines().next().unwrap_or_default().trim()
}

//! Whether a workflow or an action has the keys and values that GitHub takes; what it has not becomes problems.

mod calls;
mod events;
mod files;
mod filters;
mod fixed;
mod graph;
mod ignored;
mod matrix;
mod names;
mod runners;
mod shapes;
mod uses;

pub(super) use events::{is_activity, is_event};

use hullmark_tables::faults::{self, FaultKind};
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::model::FileTables;
use crate::model::table::Table;
use crate::model::workflow::callee::Callees;
use crate::model::workflow::forge::Forge;
use crate::model::workflow::schema::shapes::{ACTION, Field, Keys, Number, Shape, WORKFLOW};
use crate::model::workflow::{WorkflowFile, value};
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{Content, NodeId, Style, Tree};
use crate::suggestion::misspelt;

/// How many nodes are checked, and how deep they may nest.
const NODES: usize = 200_000;
const DEPTH: usize = 40;

/// One walk over a file.
struct Check<'t, 'f> {
    tree: &'t Tree,
    /// The actions and workflows of the repository that the file names.
    callees: &'t Callees<'t>,
    tables: &'f mut FileTables,
    /// Whether the file is for Forgejo or Gitea.
    is_dialect: bool,
    /// Who runs the file.
    forge: Forge,
    /// Whether the file is an action, of which the walk checks what the runner only passes on.
    is_action: bool,
    /// Whether the file may be that of an action on GitHub's marketplace, which takes only those at the root of a repository.
    is_published: bool,
    nodes: usize,
    /// What was checked as what: an alias repeats no problem.
    seen: FxHashSet<(NodeId, usize)>,
}

/// The problems of a workflow or an action.
pub(super) fn build_rows(tables: &mut FileTables, file: WorkflowFile<'_>) {
    if !tables.wants(Table::Problems) {
        return;
    }
    let WorkflowFile {
        tree,
        root,
        is_action,
        is_dialect,
        forge,
        path,
        ..
    } = file;
    let mut check = Check {
        tree,
        callees: file.callees,
        tables,
        is_dialect,
        forge,
        is_action,
        is_published: !path.contains('/'),
        nodes: NODES,
        seen: FxHashSet::default(),
    };
    if is_action {
        check.keys(root, &ACTION, 0);
        names::action(&mut check, root);
        return;
    }
    for node in &tree.unused_anchors {
        let message = "no alias refers to this anchor";
        check.problem(faults::UNUSED_ANCHOR, *node, message);
    }
    check.keys(root, &WORKFLOW, 0);
    fixed::workflow(&mut check, root);
    if let Some(on) = tree.get(root, "on") {
        let is_empty = match tree.content(on) {
            Content::Scalar(scalar) => {
                value::is_null(tree, on) || scalar.text.text.trim().is_empty()
            }
            Content::Mapping(own) => own.is_empty(),
            Content::Sequence(items) => items.is_empty(),
            Content::Alias(_) => false,
        };
        if is_empty {
            check.problem(faults::ON_MISSING, on, "`on` names no event");
        } else {
            events::all(&mut check, on);
        }
    }
    if let Some(jobs) = tree.get(root, "jobs") {
        graph::jobs(&mut check, jobs);
        names::workflow(&mut check, root, jobs);
    }
}

impl Check<'_, '_> {
    /// A problem at a node.
    fn problem(&mut self, kind: FaultKind, node: NodeId, message: impl AsRef<str>) {
        let at = self.tables.node(node);
        self.tables.problem(at, kind, message.as_ref());
    }

    /// A mapping that must have these keys and no others.
    fn keys(&mut self, node: NodeId, keys: &'static Keys, depth: usize) {
        let tree = self.tree;
        let Content::Mapping(own) = tree.content(node) else {
            return;
        };
        let known = || keys.fields.iter().map(|field| field.name);
        let mut found: FxHashSet<&str> = FxHashSet::default();
        for (key, child) in own {
            let Some(name) = tree.text(*key) else {
                continue;
            };
            if self.merge(*key, *child) {
                found.extend(
                    tree.pairs(node)
                        .iter()
                        .filter_map(|(key, _)| tree.text(*key)),
                );
                continue;
            }
            found.insert(name);
            match keys.fields.iter().find(|field| field.name == name) {
                Some(field) => self.field(*child, field, depth),
                None if value::is_dynamic(name) => {}
                None if keys.is_open => ignored::key(self, node, *child, name, keys),
                None => {
                    let near = misspelt(name, known());
                    self.unknown_key(*child, (name, keys.section), near);
                }
            }
        }
        if own.is_empty() && keys.needs_some {
            let message = format!("{} is empty", keys.section);
            self.problem(faults::EMPTY_SECTION, node, message);
        }
        let absent = |field: &&'static Field| !found.contains(field.name);
        if std::ptr::eq(keys, &raw const ACTION)
            && !found.contains("name")
            && !found.contains("description")
        {
            // The runner does without; GitHub's marketplace does not.
            let at = self.tables.node(node);
            let message = "the action has neither `name` nor `description`";
            let kind = faults::META_TEXTS_MISSING;
            let remedy = "Add `name` and `description`; GitHub's marketplace requires both.";
            if self.is_published {
                self.tables
                    .problem_with_remedy(at, kind, (message, remedy), Some("info"));
            } else {
                self.tables.minor_problem(at, kind, message);
            }
            let others = keys.fields.iter().filter(absent);
            for field in others.filter(|field| !matches!(field.name, "name" | "description")) {
                self.missing(node, keys, field);
            }
            return;
        }
        for field in keys.fields.iter().filter(absent) {
            self.missing(node, keys, field);
        }
    }

    /// That a key is not there, if it must be.
    fn missing(&mut self, node: NodeId, keys: &'static Keys, field: &'static Field) {
        if let Some(kind) = field.missing {
            let message = format!("{} has no `{}`", keys.section, field.name);
            if kind == faults::META_NAME_MISSING || kind == faults::META_DESCRIPTION_MISSING {
                let at = self.tables.node(node);
                if self.is_published {
                    // The runner does without; GitHub's marketplace does not.
                    let remedy = format!(
                        "Add `{}` with one line on what the action does; GitHub's marketplace requires it.",
                        field.name
                    );
                    let texts = (message.as_str(), remedy.as_str());
                    self.tables
                        .problem_with_remedy(at, kind, texts, Some("info"));
                } else {
                    self.tables.minor_problem(at, kind, &message);
                }
                return;
            }
            let remedy = match field.name {
                "runs-on" => "Add `runs-on: ubuntu-latest`, or the runner that the job needs.",
                "steps" => "Add `steps`, or `uses` with the workflow that the job calls.",
                "on" => "Add `on` with the events that start it, for example `on: push`.",
                "jobs" => "Add `jobs` with at least one job.",
                "group" => "Add `group: ${{ github.workflow }}-${{ github.ref }}`.",
                "runs" => {
                    "Add `runs`, for example `runs: { using: composite, steps: [] }` with its steps."
                }
                name => {
                    let remedy = format!("Add `{name}`.");
                    return self.problem_with_remedy(kind, node, (&message, &remedy));
                }
            };
            self.problem_with_remedy(kind, node, (&message, remedy));
        }
    }

    /// The same as a problem, with what to do about it.
    fn problem_with_remedy(&mut self, kind: FaultKind, node: NodeId, texts: (&str, &str)) {
        let at = self.tables.node(node);
        self.tables.problem_with_remedy(at, kind, texts, None);
    }

    /// GitHub reads anchors and aliases, but no merge keys; the YAML of Forgejo and Gitea has them.
    fn merge(&mut self, key: NodeId, child: NodeId) -> bool {
        let is_merge = self
            .tree
            .scalar(key)
            .is_some_and(|scalar| scalar.text.text == "<<" && scalar.style == Style::Plain);
        if is_merge && !self.is_dialect {
            self.problem(
                faults::MERGE_KEY,
                child,
                "GitHub does not read the merge key `<<`",
            );
        }
        is_merge
    }

    fn field(&mut self, node: NodeId, field: &'static Field, depth: usize) {
        if field.takes_null && value::is_null(self.tree, node) {
            return;
        }
        self.shape(node, &field.shape, field.name, depth + 1);
    }

    /// A value that must have this shape.
    fn shape(&mut self, node: NodeId, shape: &'static Shape, name: &str, depth: usize) {
        let identity = std::ptr::from_ref(shape) as usize;
        let is_new = self.seen.insert((self.tree.resolve(node), identity));
        if depth > DEPTH || self.nodes == 0 || !is_new {
            return;
        }
        self.nodes -= 1;
        let tree = self.tree;
        match (tree.content(node), shape) {
            (_, Shape::Any) | (Content::Alias(_), _) => {}
            // `{{ name }}` of a template, which is a mapping to YAML.
            (Content::Mapping(own), _) if own.iter().any(|(key, _)| tree.is_mapping(*key)) => {}
            (Content::Scalar(_), _) => self.scalar(node, shape, name, depth),
            (Content::Mapping(_), Shape::Keys(keys)) => self.keys(node, keys, depth),
            (Content::Mapping(own), Shape::Map(inner)) => {
                let mut names: FxHashMap<String, NodeId> = FxHashMap::default();
                for (key, child) in own {
                    if self.merge(*key, *child) {
                        continue;
                    }
                    let key_text = tree.text(*key).unwrap_or_default();
                    if key_text.is_empty() {
                        self.problem(
                            faults::EMPTY_KEY,
                            *key,
                            format!("a key of `{name}` is empty"),
                        );
                    }
                    let folded = key_text.to_ascii_lowercase();
                    if let Some(first) = names.insert(folded, *key)
                        && tree.text(first) != Some(key_text)
                    {
                        let message = format!(
                            "`{key_text}` is already in `{name}`; names are case-insensitive"
                        );
                        self.problem(faults::DUPLICATE_NAME, *child, message);
                    }
                    self.shape(*child, inner, key_text, depth + 1);
                }
            }
            (Content::Mapping(_), Shape::Either(either)) if either.map.is_some() => {
                if let Some(inner) = either.map {
                    self.shape(node, inner, name, depth);
                }
            }
            (Content::Sequence(items), Shape::List(inner)) => {
                self.items(node, items, inner, name, depth);
            }
            (Content::Sequence(_), Shape::Either(either)) if either.list.is_some() => {
                if let Some(inner) = either.list {
                    self.shape(node, inner, name, depth);
                }
            }
            (found, wanted) => {
                let kind = match wanted {
                    Shape::Keys(_) | Shape::Map(_) => faults::EXPECTED_MAPPING,
                    Shape::List(_) => faults::SECTION_SHOULD_BE_SEQUENCE,
                    Shape::Either(either) => either.wrong,
                    _ => faults::EXPECTED_STRING,
                };
                let found = if matches!(found, Content::Mapping(_)) {
                    "mapping"
                } else {
                    "sequence"
                };
                let message = format!(
                    "`{name}` is {}, but takes {}",
                    described(found),
                    shape.described()
                );
                let at = self.tables.node(node);
                self.tables.problem_found(at, kind, found, &message);
            }
        }
    }

    fn items(
        &mut self,
        node: NodeId,
        items: &[NodeId],
        inner: &'static Shape,
        name: &str,
        depth: usize,
    ) {
        if items.is_empty() && !matches!(name, "needs" | "types" | "steps") {
            let message = format!("`{name}` is empty");
            self.problem(faults::EMPTY_SECTION, node, message);
        }
        for item in items {
            self.shape(*item, inner, name, depth + 1);
        }
    }

    fn scalar(&mut self, node: NodeId, shape: &'static Shape, name: &str, depth: usize) {
        let Some(written) = self.tree.scalar(node) else {
            return;
        };
        let text = written.text.text.trim();
        let reading = scalar::github(written);
        let is_null = reading == Reading::Null;
        let is_filled_in = text.starts_with('$') && !text.starts_with("${{");
        if is_filled_in || (text.starts_with("${{") && text.ends_with("}}")) {
            return;
        }
        match shape {
            Shape::Any | Shape::Loose => {}
            Shape::Text if text.is_empty() || is_null => {
                let message = format!("`{name}` is empty");
                if matches!(name, "runs-on" | "labels") {
                    self.problem(faults::EMPTY_LABEL, node, message);
                } else if self.is_action {
                    let at = self.tables.node(node);
                    self.tables
                        .problem_of_severity(at, faults::EMPTY_STRING, "info", &message);
                } else {
                    self.problem(faults::EMPTY_STRING, node, message);
                }
            }
            Shape::Text => {}
            Shape::Bool if matches!(reading, Reading::Bool(_)) => {}
            Shape::Number(number) => self.number(node, &reading, *number, name),
            Shape::Bool => self.wrong(node, faults::EXPECTING_EXPRESSION, name, shape),
            Shape::Map(Shape::Loose) if name == "env" => {
                self.wrong(node, faults::EXPECTING_EXPRESSION, name, shape);
            }
            Shape::Keys(_) | Shape::Map(_) | Shape::List(_) if is_null => {
                let message = format!("`{name}` is empty");
                self.problem(faults::EMPTY_SECTION, node, message);
                if let Shape::Keys(keys) = shape {
                    for field in keys.fields {
                        self.missing(node, keys, field);
                    }
                }
            }
            Shape::Keys(_) | Shape::Map(_) => {
                self.wrong(node, faults::EXPECTED_MAPPING, name, shape);
            }
            Shape::List(_) => self.wrong(node, faults::SECTION_SHOULD_BE_SEQUENCE, name, shape),
            Shape::Either(either) => match either.text {
                Some(inner) => self.shape(node, inner, name, depth),
                None => self.wrong(node, either.wrong, name, shape),
            },
        }
    }

    fn number(&mut self, node: NodeId, reading: &Reading, number: Number, name: &str) {
        let is_none = matches!(reading, Reading::Int(0));
        let (is_positive, is_whole) = match reading {
            Reading::Int(value) => (*value > 0, true),
            // Not a number is no number to compare, and so not reported.
            Reading::Float(value) => (*value > 0.0 || value.is_nan(), false),
            Reading::Bool(_) => {
                let kind = if number.is_whole {
                    faults::EXPECTED_INT
                } else {
                    faults::EXPECTED_FLOAT
                };
                return self.wrong(node, kind, name, &Shape::Number(Number::ANY));
            }
            _ => {
                return self.wrong(
                    node,
                    faults::EXPECTING_EXPRESSION,
                    name,
                    &Shape::Number(Number::ANY),
                );
            }
        };
        if number.is_whole && !is_whole {
            return self.wrong(
                node,
                faults::EXPECTED_INT,
                name,
                &Shape::Number(Number::ANY),
            );
        }
        if is_none && name == "max-parallel" {
            // GitHub takes it for no limit.
            let at = self.tables.node(node);
            let message = "`max-parallel: 0` sets no limit, as if it were not there";
            self.tables.minor_problem(at, faults::MAX_PARALLEL, message);
        } else if !is_positive {
            let message = format!("`{name}` must be more than 0");
            let kind = match name {
                "max-parallel" => faults::MAX_PARALLEL,
                "cancel-timeout-minutes" => faults::CANCEL_TIMEOUT_MINUTES,
                _ => faults::TIMEOUT_MINUTES,
            };
            self.problem(kind, node, message);
        }
    }

    fn wrong(&mut self, node: NodeId, kind: FaultKind, name: &str, shape: &Shape) {
        let text = self.tree.text(node).unwrap_or_default();
        let message = match text {
            "" => format!("`{name}` is empty, but takes {}", shape.described()),
            _ => format!(
                "`{name}` takes {}, not `{}`",
                shape.described(),
                short(text)
            ),
        };
        self.problem(kind, node, message);
    }
}

/// The first characters of a text, on one line.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn described(kind: &str) -> &'static str {
    if kind == "mapping" {
        "a mapping"
    } else {
        "a list"
    }
}

//! Whether a workflow or an action has the keys and values that GitHub takes; what it has not becomes problems.

mod events;
mod filters;
mod fixed;
mod graph;
mod matrix;
mod names;
mod shapes;
mod uses;

use hullmark_tables::problems;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::model::FileTables;
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::model::workflow::schema::shapes::{ACTION, Field, Keys, Number, Shape, WORKFLOW};
use crate::model::workflow::{WorkflowFile, value};
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{Content, NodeId, Style, Tree};

/// How many nodes are judged, and how deep they may nest.
const NODES: usize = 200_000;
const DEPTH: usize = 40;

/// One walk over a file.
struct Check<'t, 'f> {
    tree: &'t Tree,
    tables: &'f mut FileTables,
    nodes: usize,
    /// What was judged as what: an alias repeats no problem.
    seen: FxHashSet<(NodeId, usize)>,
}

/// The problems of a workflow or an action.
pub(super) fn build_rows(tables: &mut FileTables, file: WorkflowFile<'_>, is_action: bool) {
    if !tables.wants(Table::Problems) {
        return;
    }
    let WorkflowFile { tree, root, .. } = file;
    let mut check = Check {
        tree,
        tables,
        nodes: NODES,
        seen: FxHashSet::default(),
    };
    if is_action {
        check.keys(root, &ACTION, 0);
        names::action(&mut check, root);
        return;
    }
    check.keys(root, &WORKFLOW, 0);
    fixed::workflow(&mut check, root);
    if let Some(on) = tree.get(root, "on") {
        events::all(&mut check, on);
    }
    if let Some(jobs) = tree.get(root, "jobs") {
        graph::jobs(&mut check, jobs);
        names::workflow(&mut check, root, jobs);
    }
}

impl Check<'_, '_> {
    /// A problem at a node; `kind` says which of a rule's several faults it is.
    fn problem(&mut self, rule: &'static str, kind: &str, node: NodeId, message: impl AsRef<str>) {
        let at = self.tables.node(node);
        let row = RowBuilder::at(at)
            .text(problems::rule, rule)
            .text(problems::kind, kind)
            .text(problems::problem, message.as_ref())
            .set(problems::related, Vec::new());
        self.tables.add_row(row);
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
                None => {
                    let message = match nearest(name, known()) {
                        Some(near) => {
                            format!("unknown key `{name}` in {}; perhaps `{near}`", keys.section)
                        }
                        None => format!("unknown key `{name}` in {}", keys.section),
                    };
                    self.problem("workflow/unknown-key", keys.section, *child, message);
                }
            }
        }
        if own.is_empty() && keys.needs_some {
            let message = format!("{} is empty", keys.section);
            self.problem("workflow/empty-section", "empty-section", node, message);
        }
        for field in keys
            .fields
            .iter()
            .filter(|field| field.is_required && !found.contains(field.name))
        {
            let message = format!("{} has no `{}`", keys.section, field.name);
            self.problem("workflow/missing-key", field.missing, node, message);
        }
    }

    /// GitHub reads anchors and aliases, but no merge keys.
    fn merge(&mut self, key: NodeId, child: NodeId) -> bool {
        let is_merge = self
            .tree
            .scalar(key)
            .is_some_and(|scalar| scalar.text.text == "<<" && scalar.style == Style::Plain);
        if is_merge {
            self.problem(
                "workflow/merge-key",
                "merge-key",
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
                            "workflow/empty-string",
                            "empty-key",
                            *key,
                            format!("a key of `{name}` is empty"),
                        );
                    }
                    let folded = key_text.to_ascii_lowercase();
                    if let Some(first) = names.insert(folded, *key)
                        && tree.text(first) != Some(key_text)
                    {
                        let message = format!(
                            "`{key_text}` stands in `{name}` already; case makes no difference"
                        );
                        self.problem("workflow/duplicate-name", name, *child, message);
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
                    Shape::Keys(_) | Shape::Map(_) => "expected-mapping",
                    Shape::List(_) => "section-should-be-sequence",
                    Shape::Either(either) => either.wrong,
                    _ => "expected-string",
                };
                let suffix = if matches!(found, Content::Mapping(_)) {
                    "mapping"
                } else {
                    "sequence"
                };
                let message = format!(
                    "`{name}` is {}, but takes {}",
                    described(suffix),
                    shape.described()
                );
                self.problem(
                    "workflow/wrong-type",
                    &format!("{kind}/{suffix}"),
                    node,
                    message,
                );
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
            self.problem("workflow/empty-section", "empty-section", node, message);
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
                self.problem(
                    "workflow/empty-string",
                    "empty-string",
                    node,
                    format!("`{name}` is empty"),
                );
            }
            Shape::Text => {}
            Shape::Bool if matches!(reading, Reading::Bool(_)) => {}
            Shape::Number(number) => self.number(node, &reading, *number, name),
            Shape::Bool => self.wrong(node, "expecting-expression", name, shape),
            Shape::Map(Shape::Loose) if name == "env" => {
                self.wrong(node, "expecting-expression", name, shape);
            }
            Shape::Keys(_) | Shape::Map(_) | Shape::List(_) if is_null => {
                let message = format!("`{name}` is empty");
                self.problem("workflow/empty-section", "empty-section", node, message);
                if let Shape::Keys(keys) = shape {
                    for field in keys.fields.iter().filter(|field| field.is_required) {
                        let message = format!("{} has no `{}`", keys.section, field.name);
                        self.problem("workflow/missing-key", field.missing, node, message);
                    }
                }
            }
            Shape::Keys(_) | Shape::Map(_) => self.wrong(node, "expected-mapping", name, shape),
            Shape::List(_) => self.wrong(node, "section-should-be-sequence", name, shape),
            Shape::Either(either) => match either.text {
                Some(inner) => self.shape(node, inner, name, depth),
                None => self.wrong(node, either.wrong, name, shape),
            },
        }
    }

    fn number(&mut self, node: NodeId, reading: &Reading, number: Number, name: &str) {
        let (value, is_whole) = match reading {
            #[expect(clippy::cast_precision_loss, reason = "only its sign is asked for")]
            Reading::Int(value) => (*value as f64, true),
            Reading::Float(value) => (*value, false),
            Reading::Bool(_) => {
                let kind = if number.is_whole {
                    "expected-int"
                } else {
                    "expected-float"
                };
                return self.wrong(node, kind, name, &Shape::Number(Number::ANY));
            }
            _ => {
                return self.wrong(
                    node,
                    "expecting-expression",
                    name,
                    &Shape::Number(Number::ANY),
                );
            }
        };
        if number.is_whole && !is_whole {
            return self.wrong(node, "expected-int", name, &Shape::Number(Number::ANY));
        }
        if value <= 0.0 {
            let message = format!("`{name}` must be more than 0");
            self.problem("workflow/not-positive", name, node, message);
        }
    }

    fn wrong(&mut self, node: NodeId, kind: &str, name: &str, shape: &Shape) {
        let text = self.tree.text(node).unwrap_or_default();
        let message = match text {
            "" => format!("`{name}` is empty, but takes {}", shape.described()),
            _ => format!(
                "`{name}` takes {}, not `{}`",
                shape.described(),
                short(text)
            ),
        };
        self.problem("workflow/wrong-type", kind, node, message);
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

/// The name that differs least from what was written, if it differs little.
fn nearest<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if written.len() > 40 {
        return None;
    }
    let written = written.to_ascii_lowercase();
    let limit = 1 + written.len() / 5;
    let distances = names.map(|name| (distance(&written, name), name));
    let near = distances.min_by_key(|(distance, _)| *distance)?;
    (near.0 <= limit).then_some(near.1)
}

/// How many letters must be put in, taken out or changed.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, from) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in right.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

//! What an expression reads: what of that an attacker writes, what is fixed, and which events bring it.

use hullmark_tables::{Calls, calls};

use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::model::workflow::expressions::{Holder, Walk};
use crate::model::workflow::flows::Reader;
use crate::model::workflow::taint::tainted;
use crate::model::workflow::{EventSet, declared, flows, taint, triggers, value};
use crate::parse::expression::{self, Expression, Shape, fills, fixes_ref, is_of_some_events};
use crate::parse::yaml::tree::{Content, NodeId, Tree};
use crate::sources::context::Call;

/// How many variables of an `env` are looked through.
const ENV: usize = 200;

/// Events that people with rights cause, or a clock.
const OF_INSIDERS: &[&str] = &[
    "branch_protection_rule",
    "create",
    "delete",
    "deployment",
    "deployment_status",
    "label",
    "merge_group",
    "milestone",
    "page_build",
    "public",
    "push",
    "registry_package",
    "release",
    "repository_dispatch",
    "schedule",
    "workflow_dispatch",
];

impl<'t> Walk<'t, '_> {
    /// What an attacker writes of what an expression gives, and what else is not fixed.
    pub(super) fn read(
        &mut self,
        expression: &Expression,
        holder: Holder<'t>,
    ) -> (Vec<String>, Vec<String>, Vec<String>) {
        let to_json = expression
            .functions
            .iter()
            .any(|function| function.name == "tojson");
        let (mut untrusted, mut indirect, mut open) = (Vec::new(), Vec::new(), Vec::new());
        let events = self.known_events(holder);
        let reader = Reader {
            events: if self.file.is_dialect {
                &[]
            } else {
                self.file.events
            },
            file: self.file,
            tree: self.file.tree,
            root: self.file.root,
            job: holder.job.map(|(node, _)| node).or_else(|| {
                let runs = self.file.tree.get(self.file.root, "runs");
                runs.filter(|_| self.file.is_action)
            }),
        };
        for context in expression.contexts.iter().filter(|context| context.flows) {
            let path = context.path.as_str();
            if !taint::is_filled(path, &events) || self.is_fixed_ref(path, holder) {
                continue;
            }
            if taint::is_untrusted(path) || (to_json && taint::holds_untrusted(path)) {
                untrusted.push(context.path.clone());
            } else if let Some(name) = path.strip_prefix("env.") {
                match self.variable(name, holder) {
                    Some((reads, _)) if !reads.is_empty() => {
                        let reads = reads.into_iter();
                        untrusted.extend(reads.filter(|path| taint::is_filled(path, &events)));
                    }
                    Some((_, true)) => {}
                    _ => open.push(context.path.clone()),
                }
            } else if let Some(axis) = path.strip_prefix("matrix.") {
                if !self.is_fixed_axis(axis, holder) {
                    open.push(context.path.clone());
                }
            } else if self.handed(path).is_some() {
                untrusted.push(context.path.clone());
            } else if self.is_of_outsiders(holder) && flows::is_untrusted(reader, path) {
                indirect.push(context.path.clone());
            } else if !(taint::is_fixed(path)
                || self.is_limited_input(path)
                || expression.shape == Shape::Context && taint::is_object(path))
            {
                open.push(context.path.clone());
            }
        }
        untrusted.dedup();
        (untrusted, indirect, open)
    }

    /// The events that can start what holds an expression; those of the call if it reads what that hands on.
    pub(super) fn events(&self, holder: Holder<'t>, handed: Option<&'t Call>) -> Vec<&'t str> {
        if let Some(call) = handed {
            return call.events.iter().map(String::as_str).collect();
        }
        let events = holder.events.unwrap_or(EventSet::MAX);
        self.file.names_of(events).collect()
    }

    /// Those of the events that bring what an expression reads, or what of that an attacker writes; all if each event does.
    pub(super) fn payload_events(
        &self,
        expression: &Expression,
        untrusted: &[String],
        holder: Holder<'t>,
        handed: Option<&'t Call>,
    ) -> Vec<&'t str> {
        let mut events = self.events(holder, handed);
        if self.file.is_action || self.file.is_dialect || handed.is_some() {
            return events;
        }
        let read = expression.contexts.iter().map(|context| &context.path);
        let asked: Vec<&String> = match untrusted {
            [] => read.filter(|path| is_of_some_events(path)).collect(),
            untrusted => untrusted.iter().collect(),
        };
        if !asked.is_empty() {
            events.retain(|event| asked.iter().any(|path| fills(path, event)));
        }
        events
    }

    /// The variable that the `env` of the step, the job or the workflow sets to an expression of a script.
    pub(super) fn held(&self, expression: &Expression, holder: Holder<'t>) -> Option<&'t str> {
        let tree = self.file.tree;
        let (step, _) = holder.step?;
        tree.get(step, "run")?;
        let nodes = [
            Some(step),
            holder.job.map(|(node, _)| node),
            Some(self.file.root),
        ];
        let mut envs = nodes
            .into_iter()
            .flatten()
            .filter_map(|node| tree.get(node, "env"));
        envs.find_map(|env| {
            let pairs = tree.pairs(env).into_iter().take(ENV);
            let mut same = pairs.filter(|(_, value)| {
                let text = tree.text(*value).unwrap_or_default().trim();
                let inside = text
                    .strip_prefix("${{")
                    .and_then(|rest| rest.strip_suffix("}}"));
                inside.is_some_and(|inside| inside.trim() == expression.text)
            });
            tree.text(same.next()?.0)
        })
    }

    /// The call that fills the input at a path with what an attacker writes.
    pub(super) fn handed(&self, path: &str) -> Option<&'t Call> {
        let name = path.strip_prefix("inputs.")?;
        let mut calls = self.file.calls.iter().copied();
        calls
            .find(|call| call.input == name)
            .filter(|_| !self.is_limited_input(path))
    }

    /// The row of a local action or workflow that is given what an attacker writes.
    pub(super) fn call(&mut self, at: RowRef, key: &str, holder: Holder<'t>, context: &str) {
        if !self.tables.wants(Table::Calls) {
            return;
        }
        let job = holder.job.filter(|_| holder.step.is_none());
        let uses = holder
            .uses
            .or_else(|| self.file.tree.text_at(job?.0, "uses"));
        let (Some(input), Some(target)) = (
            key.strip_prefix("with."),
            uses.and_then(|uses| uses.trim().strip_prefix("./")),
        ) else {
            return;
        };
        let above = self.file.path.split_once(".github/");
        let repository = above.map_or("", |(above, _)| above);
        let target = format!("{repository}{}", target.trim_end_matches('/'));
        let handed = self.handed(context);
        let mut events = self.events(holder, handed);
        if handed.is_none() {
            events.retain(|event| fills(context, event));
        }
        let row = RowBuilder::<Calls>::at(at)
            .set(calls::document, self.file.at)
            .text(calls::target, &target)
            .text(calls::input, &input.to_ascii_lowercase())
            .text(calls::context, handed.map_or(context, |call| &call.context))
            .texts(calls::events, events);
        self.tables.add_row(row);
    }

    /// Those of some contexts that a job of this file computes.
    pub(super) fn computed(&self, open: &[String], holder: Holder<'t>) -> Vec<String> {
        let computed = open.iter().filter(|path| self.is_computed(path, holder));
        computed.cloned().collect()
    }

    /// The events that can start what holds an expression; none if they are not known.
    fn known_events(&self, holder: Holder<'t>) -> Vec<&'t str> {
        self.file
            .known_events(holder.events.unwrap_or(EventSet::MAX))
    }

    /// Whether a path is the name of a branch or tag that the events or the conditions fix.
    fn is_fixed_ref(&self, path: &str, holder: Holder<'t>) -> bool {
        if !matches!(path, "github.ref" | "github.ref_name") || self.file.is_action {
            return false;
        }
        let tree = self.file.tree;
        let holders = [holder.step, holder.job].into_iter().flatten();
        let mut conditions = holders.filter_map(|(node, _)| tree.text_at(node, "if"));
        if conditions.any(fixes_ref) {
            return true;
        }
        let events = self.known_events(holder);
        !events.is_empty()
            && events
                .iter()
                .all(|event| triggers::fixes_ref(tree, self.file.root, event))
    }

    /// Whether outsiders can cause the run: the names of files that were pushed, and what people with rights started by hand, are not theirs. Who
    /// calls an action or a workflow is not known.
    fn is_of_outsiders(&self, holder: Holder<'t>) -> bool {
        let events = self.file.names_of(holder.events.unwrap_or(EventSet::MAX));
        self.file.is_action || self.file.events.is_empty() || {
            let mut events = events.filter(|event| !OF_INSIDERS.contains(event));
            events.next().is_some()
        }
    }

    /// Whether the type of an input takes no free text: `boolean`, `number`, or `choice` of what is written here.
    fn is_limited_input(&self, path: &str) -> bool {
        let name = path
            .strip_prefix("inputs.")
            .or_else(|| path.strip_prefix("github.event.inputs."));
        let Some(name) = name.filter(|_| !self.file.is_action) else {
            return false;
        };
        let types = declared::input_types(self.file.tree, self.file.root, name);
        !types.is_empty()
            && types
                .iter()
                .all(|kind| matches!(*kind, "boolean" | "number" | "choice"))
    }

    /// What `env.<name>` reads: the step's own, then the job's, then the workflow's.
    fn variable(&mut self, name: &str, holder: Holder<'t>) -> Option<(Vec<String>, bool)> {
        let nodes = [holder.step, holder.job]
            .into_iter()
            .flatten()
            .map(|(node, _)| node);
        let name = name.to_ascii_uppercase();
        for node in nodes.chain([self.file.root]) {
            let tree = self.file.tree;
            let tainted = self.env.entry(node).or_insert_with(|| tainted(tree, node));
            if let Some(found) = tainted.get(&name) {
                return Some(found.clone());
            }
        }
        None
    }

    /// Whether every value of a matrix axis is written in the file.
    fn is_fixed_axis(&self, axis: &str, holder: Holder<'t>) -> bool {
        let tree = self.file.tree;
        let matrix = holder
            .job
            .and_then(|(job, _)| tree.at(job, &["strategy", "matrix"]));
        let Some(matrix) = matrix.filter(|matrix| tree.is_mapping(*matrix)) else {
            return false;
        };
        let name = axis.split('.').next().unwrap_or_default();
        let own = tree.pairs(matrix).into_iter().filter(|(key, _)| {
            tree.text(*key)
                .is_some_and(|key| key.eq_ignore_ascii_case(name))
        });
        let include = tree.get(matrix, "include");
        if include.is_some_and(|include| tree.scalar(include).is_some()) {
            return false;
        }
        let included = include.map_or(&[][..], |include| tree.items(include));
        let included = included.iter().filter_map(|item| tree.get(*item, name));
        // Of an axis of mappings only what is read counts.
        let rest: Vec<&str> = axis.split('.').skip(1).collect();
        let is_fixed = |value: NodeId| match leaf(tree, value, &rest) {
            Some(value) => value::is_static(tree, value),
            None => true,
        };
        let mut values = own.flat_map(|(_, value)| match tree.content(value) {
            Content::Sequence(items) => items.clone(),
            _ => vec![value],
        });
        values.all(is_fixed) && { included }.all(is_fixed)
    }

    /// Whether a job of this file computes a value: an output of one, or an axis that is one.
    fn is_computed(&self, path: &str, holder: Holder<'t>) -> bool {
        let is_output = |path: &str| {
            let mut parts = path.split('.');
            matches!(parts.next(), Some("needs" | "steps"))
        };
        let Some(axis) = path.strip_prefix("matrix.") else {
            return is_output(path);
        };
        let tree = self.file.tree;
        let Some(matrix) = holder
            .job
            .and_then(|(job, _)| tree.at(job, &["strategy", "matrix"]))
        else {
            return false;
        };
        let name = axis.split('.').next().unwrap_or_default();
        let own = declared::get(tree, matrix, name);
        let items = own.map_or(&[][..], |own| tree.items(own));
        let given = [Some(matrix), tree.get(matrix, "include"), own];
        let nodes = given.into_iter().flatten().chain(items.iter().copied());
        let texts = nodes.filter_map(|node| tree.scalar(node));
        let mut dynamic = texts
            .map(|scalar| &scalar.text)
            .filter(|text| value::is_dynamic(&text.text))
            .peekable();
        dynamic.peek().is_some()
            && dynamic.all(|text| {
                let mut read = expression::find(text)
                    .into_iter()
                    .flat_map(|expression| expression.contexts)
                    .filter(|context| context.flows);
                read.all(|context| is_output(&context.path))
            })
    }
}

/// What is at a path of names below a value of a matrix; nothing if a mapping on the way lacks one.
fn leaf(tree: &Tree, value: NodeId, path: &[&str]) -> Option<NodeId> {
    let mut at = value;
    for name in path {
        if *name == "*" || !tree.is_mapping(at) {
            break;
        }
        at = declared::get(tree, at, name)?;
    }
    Some(at)
}

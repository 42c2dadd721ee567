//! Every expression of a workflow: where it is, what it reads, and what of that an attacker can write.

use std::sync::Arc;

use hullmark_tables::{Calls, Expressions, calls, expressions, faults};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::FileTables;
use crate::model::place::{RowRef, TextPlace};
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::model::workflow::expression_scope::{ExpressionScope, Fault};
use crate::model::workflow::flows::Reader;
use crate::model::workflow::quoting::Scan;
use crate::model::workflow::secret_names::is_public_name;
use crate::model::workflow::taint::{Tainted, tainted};
use crate::model::workflow::{
    EventSet, Places, WorkflowFile, declared, flows, scope, taint, triggers, value, variable_names,
};
use crate::parse::expression::{
    self, Context, Expression, Shape, fills, fixes_ref, is_of_some_events,
};
use crate::parse::yaml::tree::{Content, NodeId, Tree};
use crate::sources::context::Call;

/// How many nodes are looked at, since aliases may repeat them without end, and how deep.
const NODES: usize = 200_000;
const DEPTH: usize = 48;
/// How many variables of an `env` are looked through.
const ENV: usize = 200;

/// Actions that run one of their inputs as code.
const SINKS: &[(&str, &[&str])] = &[
    ("8398a7/action-slack", &["custom_payload"]),
    ("actions/github-script", &["script"]),
    ("amadevus/pwsh-script", &["script"]),
    ("addnab/docker-run-action", &["run"]),
    ("appleboy/ssh-action", &["script"]),
    ("appleboy/telegram-action", &["message"]),
    ("azure/cli", &["inlinescript"]),
    ("azure/powershell", &["inlinescript"]),
    ("cardinalby/js-eval-action", &["expression"]),
    ("devorbitus/yq-action-output", &["cmd"]),
    ("gautamkrishnar/blog-post-workflow", &["item_exec"]),
    (
        "imjohnbo/issue-bot",
        &[
            "body",
            "linked-comments-previous-issue-text",
            "linked-comments-new-issue-text",
        ],
    ),
    ("jannekem/run-python-script-action", &["script"]),
    ("lucasbento/auto-close-issues", &["issue-close-message"]),
    ("mikefarah/yq", &["cmd"]),
    (
        "roots/issue-closer-action",
        &["issue-close-message", "pr-close-message"],
    ),
    ("sergeysova/jq-action", &["cmd"]),
    ("skitionek/notify-microsoft-teams", &["overwrite"]),
    (
        "tibdex/backport",
        &[
            "body_template",
            "head_template",
            "labels_template",
            "title_template",
        ],
    ),
];

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
            Content::Scalar(scalar) => {
                let text = &scalar.text;
                let is_condition = matches!(key, "if" | "snapshot.if" | "pre-if" | "post-if");
                let expressions = if value::is_dynamic(&text.text) {
                    expression::find(text)
                } else if is_condition && !value::is_null(tree, node) {
                    vec![expression::bare(text)]
                } else {
                    return;
                };
                let is_bare = !value::is_dynamic(&text.text);
                let count = expressions.len();
                // One text for all rows: a script of 50,000 expressions would be held as many times.
                let whole = Arc::<str>::from(text.text.as_str());
                let mut seen: FxHashSet<String> = FxHashSet::default();
                let mut scan = match kind_of_place(key, holder) {
                    "run" => Some(Scan::new(&whole)),
                    "script" => Some(Scan::of_javascript(&whole)),
                    _ => None,
                };
                for (number, expression) in expressions.into_iter().enumerate() {
                    let start = expression.range.start;
                    let around = text.text.len() - expression.range.len().min(text.text.len());
                    let is_whole =
                        count == 1 && (is_bare || text.text.trim().len() <= expression.range.len());
                    let path = format!("{path}/expression[{number}]");
                    let scope = ExpressionScope {
                        tree,
                        root: self.file.root,
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
                    let quotes = scan.as_mut().and_then(|scan| scan.at(start).named());
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
                        .text(expressions::line, line_at(&whole, start))
                        .set(expressions::is_bare, is_bare)
                        .set(expressions::is_whole, is_whole)
                        .set(expressions::has_text_around, has_text_around)
                        .set(expressions::scalar, whole.clone());
                    self.tables.add_row(row);
                }
            }
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

    fn row(
        &mut self,
        expression: &Expression,
        path: String,
        holder: Holder<'t>,
        key: &str,
    ) -> RowBuilder<Expressions> {
        let mut place = TextPlace::new(expression.span, path);
        for (number, context) in expression.contexts.iter().enumerate() {
            place = place.item("contexts", number, context.span);
        }
        if let Some(error) = &expression.error {
            place = place.field("error", error.span);
        }
        let at = self.tables.text(place);
        let (untrusted, indirect, open) = self.read(expression, holder);
        let held = self.held(expression, holder);
        let computed = self.computed(&open, holder);
        let variables = variables(expression, held);
        for context in untrusted.iter().chain(&indirect) {
            self.call(at, key, holder, context);
        }
        let handed = untrusted.iter().find_map(|path| self.handed(path));
        let secret = |context: &Context| {
            let name = context.path.strip_prefix("secrets.")?;
            (name != "*").then(|| as_written(&expression.text, name).to_owned())
        };
        let secrets = expression.contexts.iter().filter_map(secret);
        // What is compared, negated or asked for gives true or false, and nothing of the secret.
        let sensitive: Vec<String> = expression
            .contexts
            .iter()
            .filter(|context| context.flows)
            .filter_map(secret)
            .filter(|name| !is_public_name(name))
            .collect();
        let is_of_script = kind_of_place(key, holder) == "run";
        let new_secrets: Vec<String> = sensitive
            .iter()
            .filter(|name| is_of_script && self.secrets.insert(name.to_ascii_uppercase()))
            .cloned()
            .collect();
        let reads_all_secrets = expression
            .contexts
            .iter()
            .any(|context| matches!(context.path.as_str(), "secrets" | "secrets.*"));
        let place = at_of(holder.step);
        // GitHub lets a job ask for the success of some of those it needs, though its documentation does not say so.
        let error = expression.error.as_ref().filter(|error| {
            !["`success(", "`failure("]
                .iter()
                .any(|call| error.message.starts_with(call))
        });
        RowBuilder::at(at)
            .set(expressions::document, self.file.at)
            .set(expressions::workflow, self.file.at)
            .maybe(expressions::job, at_of(holder.job))
            .maybe(expressions::step, place)
            .text(expressions::text, &expression.text)
            .texts(
                expressions::contexts,
                expression.contexts.iter().map(|context| &context.path),
            )
            .map(
                expressions::spelling,
                expression.contexts.iter().filter_map(|context| {
                    let written = as_written(&expression.text, &context.path);
                    (written != context.path).then(|| (context.path.clone(), written))
                }),
            )
            .texts(
                expressions::functions,
                expression.functions.iter().map(|function| &function.name),
            )
            .texts(
                expressions::literals,
                expression.literals.iter().map(|literal| &literal.text),
            )
            .texts(
                expressions::demanded,
                expression
                    .literals
                    .iter()
                    .filter(|literal| !literal.is_refused)
                    .map(|literal| &literal.text),
            )
            .text(expressions::shape, shape(expression.shape))
            .text(expressions::place, kind_of_place(key, holder))
            .text(expressions::key, key)
            .set(expressions::is_valid, error.is_none())
            .maybe_text(
                expressions::error,
                error.map(|error| error.message.as_str()),
            )
            .maybe_text(expressions::error_kind, error.map(|error| error.kind))
            .texts(expressions::events, self.events(holder, handed))
            .texts(
                expressions::payload_events,
                self.payload_events(expression, &untrusted, holder, handed),
            )
            .set(expressions::is_in_env, held.is_some())
            .maybe_text(
                expressions::filled_with,
                handed.map(|call| call.context.as_str()),
            )
            .maybe_text(
                expressions::filled_by,
                handed.map(|call| in_repository(&call.by)),
            )
            .texts(expressions::untrusted, untrusted)
            .texts(expressions::indirect, indirect)
            .texts(expressions::open, open)
            .texts(expressions::computed, computed)
            .map(
                expressions::variables,
                variables
                    .iter()
                    .map(|(path, name)| ((*path).clone(), name.as_str())),
            )
            .texts(expressions::new_secrets, new_secrets)
            .texts(expressions::sensitive, sensitive)
            .texts(expressions::secrets, secrets)
            .set(expressions::reads_all_secrets, reads_all_secrets)
    }

    /// What an attacker writes of what an expression gives, and what else is not fixed.
    fn read(
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
    fn events(&self, holder: Holder<'t>, handed: Option<&'t Call>) -> Vec<&'t str> {
        if let Some(call) = handed {
            return call.events.iter().map(String::as_str).collect();
        }
        let events = holder.events.unwrap_or(EventSet::MAX);
        self.file.names_of(events).collect()
    }

    /// The events that can start what holds an expression; none if they are not known.
    fn known_events(&self, holder: Holder<'t>) -> Vec<&'t str> {
        self.file
            .known_events(holder.events.unwrap_or(EventSet::MAX))
    }

    /// Those of the events that bring what an expression reads, or what of that an attacker writes; all if each event does.
    fn payload_events(
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

    /// The variable that the `env` of the step, the job or the workflow sets to an expression of a script.
    fn held(&self, expression: &Expression, holder: Holder<'t>) -> Option<&'t str> {
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
    fn handed(&self, path: &str) -> Option<&'t Call> {
        let name = path.strip_prefix("inputs.")?;
        let mut calls = self.file.calls.iter().copied();
        calls
            .find(|call| call.input == name)
            .filter(|_| !self.is_limited_input(path))
    }

    /// The row of a local action or workflow that is given what an attacker writes.
    fn call(&mut self, at: RowRef, key: &str, holder: Holder<'t>, context: &str) {
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

    /// Those of some contexts that a job of this file computes.
    fn computed(&self, open: &[String], holder: Holder<'t>) -> Vec<String> {
        let computed = open.iter().filter(|path| self.is_computed(path, holder));
        computed.cloned().collect()
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

/// The path of a workflow or action from its repository, as far as the path shows that.
fn in_repository(path: &str) -> &str {
    path.find(".github/").map_or(path, |at| &path[at..])
}

fn at_of(holder: Option<(NodeId, RowRef)>) -> Option<RowRef> {
    holder.map(|(_, at)| at)
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Context => "context",
        Shape::Call => "call",
        Shape::Literal => "literal",
        Shape::Boolean => "boolean",
        Shape::Logical => "logical",
        Shape::Unknown => "unknown",
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

/// The variable that may take the value of each context, by its path: the one that holds the expression, if one does.
fn variables<'e>(expression: &'e Expression, held: Option<&str>) -> Vec<(&'e String, String)> {
    let named = expression.contexts.iter().map(|context| {
        if let Some(held) = held {
            return (&context.path, held.to_owned());
        }
        let written = as_written(&expression.text, &context.path);
        (&context.path, variable_names::name_of(written))
    });
    named.collect()
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

/// The line of a text that a byte is on, without indentation.
fn line_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = text.get(start..).unwrap_or_default();
    rest.lines().next().unwrap_or_default().trim()
}

/// A name that was lowered, as it stands in the text.
fn as_written<'e>(text: &'e str, name: &'e str) -> &'e str {
    let start = text.to_ascii_lowercase().find(name);
    start
        .and_then(|start| text.get(start..start + name.len()))
        .unwrap_or(name)
}

/// `run`, `script` (an input that an action runs as code), `with`, `env`, `if`, `name`, `uses` or `other`.
fn kind_of_place(key: &str, holder: Holder<'_>) -> &'static str {
    let first = key.split('.').next().unwrap_or_default();
    match first {
        "if" | "pre-if" | "post-if" => "if",
        "snapshot" if key == "snapshot.if" => "if",
        "env" => "env",
        "name" => "name",
        "run" if holder.step.is_some() => "run",
        "uses" => "uses",
        "with" => {
            let input = key.split_once('.').map_or("", |(_, input)| input);
            let slug = holder
                .uses
                .unwrap_or_default()
                .split('@')
                .next()
                .unwrap_or_default();
            let is_sink = SINKS.iter().any(|(action, inputs)| {
                action.eq_ignore_ascii_case(slug.trim())
                    && inputs.iter().any(|known| known.eq_ignore_ascii_case(input))
            });
            if is_sink { "script" } else { "with" }
        }
        _ => "other",
    }
}

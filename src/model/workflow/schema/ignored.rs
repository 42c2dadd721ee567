//! Keys and names that are none of their section's, and those of an action that GitHub takes and ignores: a misspelt one is most often a mistake, any
//! other is without effect.

use hullmark_tables::faults::{self, FaultKind};

use crate::model::workflow::schema::Check;
use crate::model::workflow::schema::shapes::Keys;
use crate::parse::yaml::tree::NodeId;
use crate::suggestion::misspelt;

/// Keys of workflows, which mean nothing in an action.
const OF_WORKFLOWS: &[&str] = &[
    "concurrency",
    "defaults",
    "env",
    "jobs",
    "on",
    "permissions",
    "run-name",
];

/// Keys of a composite action's `runs`.
const OF_RUNS: &[&str] = &["steps", "using", "main", "image", "pre", "post", "args"];

/// A key of `holder` that is not among `keys`.
pub(super) fn key(
    check: &mut Check<'_, '_>,
    holder: NodeId,
    node: NodeId,
    name: &str,
    keys: &'static Keys,
) {
    let fields = keys.fields.iter().map(|field| field.name);
    let near = misspelt(name, fields);
    let is_input = keys.section == "the input";
    let typed = is_input && check.tree.text_at(holder, "type") == Some("choice");
    let (message, remedy) = match near {
        Some(near) => (
            format!("unknown key `{name}` in {}, which GitHub ignores; perhaps `{near}`", keys.section),
            format!("Write `{near}`."),
        ),
        None if is_input && name == "options" => (
            if typed {
                "GitHub ignores `type` and `options` here: an input of an action is any string".to_owned()
            } else {
                "GitHub ignores `options` here: an input of an action is any string".to_owned()
            },
            "Check the value in the action, and remove what is ignored: `options` belongs to inputs of `workflow_dispatch`.".to_owned(),
        ),
        None => {
            let remedy = if keys.section == "the action" && OF_WORKFLOWS.contains(&name) {
                format!("Remove `{name}`: it belongs to workflows.")
            } else if keys.section == "the action" && OF_RUNS.contains(&name) {
                format!("Move `{name}` below `runs`.")
            } else {
                format!("Remove `{name}`.")
            };
            (format!("unknown key `{name}` in {}, which GitHub ignores", keys.section), remedy)
        }
    };
    let severity = if near.is_some() { "warning" } else { "info" };
    let at = check.tables.node(node);
    check
        .tables
        .problem_with_remedy(at, faults::UNKNOWN_KEY, (&message, &remedy), Some(severity));
}

impl Check<'_, '_> {
    /// A key that is none of its section's. Forgejo and Gitea take more, and their newer releases what is not known yet: there only a misspelt one is
    /// reported.
    pub(super) fn unknown_key(
        &mut self,
        node: NodeId,
        (name, section): (&str, &str),
        near: Option<&str>,
    ) {
        if self.forge.takes_key(section, name) {
            return;
        }
        let message = format!("unknown key `{name}` in {section}");
        self.unknown_name(faults::UNKNOWN_KEY, node, message, near);
    }

    /// A name that is none of a list's; `near` is what was meant.
    pub(super) fn unknown_name(
        &mut self,
        kind: FaultKind,
        node: NodeId,
        message: String,
        near: Option<&str>,
    ) {
        match near {
            Some(near) => {
                let message = format!("{message}; perhaps `{near}`");
                let remedy = format!("Write `{near}`.");
                let at = self.tables.node(node);
                let texts = (message.as_str(), remedy.as_str());
                let severity = self.is_dialect.then_some("warning");
                self.tables.problem_with_remedy(at, kind, texts, severity);
            }
            None if self.is_dialect => {
                let at = self.tables.node(node);
                self.tables.minor_problem(at, kind, &message);
            }
            None => self.problem(kind, node, message),
        }
    }
}

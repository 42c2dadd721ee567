//! An object against the schema of its kind: fields that there are not, values of another type, what is missing.

mod fields;
mod hints;
mod kinds;
mod missing;
mod moves;
mod refused;
mod scalars;
mod state;
mod strays;
mod walk;

use std::cell::OnceCell;

use hullmark_schema::{Kind, Schemas};

use self::state::Walk;
use crate::model::kubernetes::schemas::{SCHEMAS, is_builtin};
use crate::model::kubernetes::validation::Sink;
use crate::model::kubernetes::validation::path::Path;
use crate::model::kubernetes::{Object, objects, pods, value};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::context::Declared;

/// Groups whose objects a webhook of their project completes, so that what they lack is not missing.
const COMPLETED_GROUPS: [&str; 4] = ["tekton.dev", "knative.dev", "istio.io", "kyverno.io"];

/// Judges an object by the schemas that are known of its kind and version.
pub(super) fn judge(sink: &mut Sink<'_>, object: Object<'_>, is_patch: bool) {
    let Object {
        tree, node, kind, ..
    } = object;
    let Some(version) = tree.text_at(node, "apiVersion") else {
        return;
    };
    if tree.get(node, "sops").is_some() {
        return;
    }
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    let embedded: Vec<Kind<'_>> = SCHEMAS.kinds_of(group, version, kind).collect();
    let is_builtin = embedded.first().is_some_and(|known| is_builtin(*known));
    if is_builtin && kinds::is_gone(kind) {
        // The whole object has to go, which is told of its version.
        return;
    }
    if is_builtin || !group.contains('.') || kinds::is_group(group) {
        match embedded.as_slice() {
            [known, others @ ..] => walk(sink, object, (*known, others), is_patch),
            // OpenShift takes `v1` for its own groups in the objects of a Template.
            [] if group.is_empty() && object.is_of_template => {}
            [] => kinds::judge(sink, object, (group, version)),
        }
        return;
    }
    let around = object.around;
    let declared = around.contexts.declared(around.source, group, kind);
    let mut known = Vec::with_capacity(declared.len() + embedded.len());
    for one in declared.iter() {
        match one {
            Declared::Packed(bytes) => {
                known.extend(Schemas::new(bytes).kinds_of(group, version, kind));
            }
            Declared::Unreadable => return,
        }
    }
    known.extend(embedded);
    if let [first, others @ ..] = known.as_slice() {
        walk(sink, object, (*first, others), is_patch);
    }
}

/// Judges an object by the first schema of its kind; what one of the others knows is not unknown.
fn walk(
    sink: &mut Sink<'_>,
    object: Object<'_>,
    (known, others): (Kind<'_>, &[Kind<'_>]),
    is_patch: bool,
) {
    let is_builtin = is_builtin(known);
    let group = known.group();
    let is_completed = !is_builtin
        && COMPLETED_GROUPS.iter().any(|completed| {
            let before = group.strip_suffix(completed);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        });
    let is_partial = is_patch
        || object.elsewhere.is_partial && is_builtin
        || is_completed
        || objects::is_sketch(object)
        || is_patch_file(object)
        || is_assertion(object.path);
    if is_builtin {
        kinds::served(sink, object, known);
    }
    let mut walk = Walk {
        sink,
        tree: object.tree,
        object,
        kind: known,
        others: others.to_vec(),
        is_builtin,
        served: known.served(),
        releases: OnceCell::new(),
        is_partial,
        missing: Vec::new(),
        unknown: Vec::new(),
        meant: Vec::new(),
        is_older: None,
        path: Path::default(),
        budget: walk::BUDGET,
    };
    walk.root(object.node);
}

/// Whether a folder says that the file changes objects of other files.
fn is_patch_file(object: Object<'_>) -> bool {
    pods::PATCH_FOLDERS
        .iter()
        .any(|word| object.path.contains(word))
}

/// Whether a file is a part of an object that a test of Chainsaw or KUTTL looks for, by its name: `01-assert.yaml`, `errors.yaml`.
fn is_assertion(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut words = name.split(['-', '_', '.']);
    words.any(|word| matches!(word, "assert" | "asserts" | "errors"))
}

/// Whether a key is filled in, or says how a patch is applied, so that it is no field.
fn is_no_field(name: &str) -> bool {
    name.is_empty()
        || name.contains(['$', '<', '>', '{', '}', '%', '@', '*', '(', ' '])
        || name.contains("__")
        || name == "..."
        || name.len() > 1 && name.bytes().all(|byte| !byte.is_ascii_lowercase())
}

/// Whether a value is filled in later, or encrypted, so that its type says nothing.
fn is_open_value(tree: &Tree, node: NodeId) -> bool {
    value::is_unknown(tree, node)
        || tree
            .text(node)
            .is_some_and(|text| text.starts_with("ENC[") || super::is_placeholder(text))
}

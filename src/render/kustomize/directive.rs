//! Directives of strategic merge patches, `$patch: delete` and the like, and what merging gives.

use std::sync::Arc;

use crate::render::kustomize::refusal::Outcome;
use crate::render::kustomize::tree::Node;

/// The key of a directive in a patch.
pub(crate) const DIRECTIVE: &str = "$patch";

/// What a directive asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    Merge,
    Replace,
    Delete,
}

/// What two values became: `None` if nothing is left.
pub(super) type Merged = Outcome<Option<Arc<Node>>>;

/// The patch's value, noting what it took the place of.
pub(super) fn replacing(patch: &Arc<Node>, dest: Option<&Arc<Node>>) -> Arc<Node> {
    match dest {
        Some(dest) if dest.at != patch.at => {
            let mut node = (**patch).clone();
            node.was = dest.first_at();
            Arc::new(node)
        }
        _ => patch.clone(),
    }
}

/// The directive of that name.
pub(super) fn directive_named(value: &Node) -> Option<Directive> {
    match value.as_str()? {
        "merge" => Some(Directive::Merge),
        "replace" => Some(Directive::Replace),
        "delete" => Some(Directive::Delete),
        _ => None,
    }
}

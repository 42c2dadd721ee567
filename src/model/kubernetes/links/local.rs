//! Names that lead to something within the same object.

use crate::model::kubernetes::links::walk::{Walk, nodes};
use crate::model::kubernetes::value;
use crate::model::links::Local;
use crate::model::links::table::Step;
use crate::suggestion;

/// How many names of an object are listed for one that is none of them.
const LISTED: usize = 5;

impl Walk<'_> {
    /// Whether a name is among those of its object; `None` if these are not known, or there is no list of them.
    pub(super) fn local(&self, paths: &[Vec<Step>], name: &str) -> Option<Local> {
        let tree = self.object.tree;
        let mut known = Vec::new();
        for path in paths {
            for node in nodes(tree, self.root, path)? {
                known.push(value::known_text(tree, node)?);
            }
        }
        if known.is_empty() || self.object.elsewhere.is_patch {
            return None;
        }
        let resolves = known.contains(&name);
        let similar = suggestion::misspelt(name, known.iter().copied());
        let listed = known.iter().take(LISTED).map(|name| format!("`{name}`"));
        Some(Local {
            resolves,
            similar: similar.filter(|_| !resolves).map(Into::into),
            known: listed.collect::<Vec<_>>().join(", ").into(),
        })
    }
}

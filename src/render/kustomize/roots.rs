//! Which kustomizations of a repository are built for themselves: those that no other one names.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::fields::Text;
use crate::render::kustomize::loader::{Folder, Found};
use crate::render::kustomize::tree::Place;

/// A kustomization among others.
#[derive(Default)]
struct Known {
    is_component: bool,
    names: Vec<Folder>,
}

/// Which kustomizations name which.
pub struct Graph {
    known: FxHashMap<Arc<str>, Known>,
}

impl Engine<'_> {
    /// What the kustomizations of `folders` name.
    pub fn graph(&mut self, folders: &[String]) -> Graph {
        let mut known: FxHashMap<Arc<str>, Known> = FxHashMap::default();
        for path in folders {
            let folder = Folder(Arc::from(path.as_str()));
            let entry = self.names_of(&folder);
            known.insert(folder.0, entry);
        }
        Graph { known }
    }

    /// The roots among the kustomizations of `folders`, as [`Graph::roots`] gives them.
    pub fn roots(&mut self, folders: &[String]) -> Vec<String> {
        self.graph(folders).roots()
    }
}

impl Graph {
    /// The roots, sorted: not components, and named by no other one. Of those that name one another in a circle the first is
    /// a root, so that the circle is told.
    pub fn roots(&self) -> Vec<String> {
        let known = &self.known;
        let sorted: BTreeSet<&str> = known.keys().map(|path| &**path).collect();
        let named: FxHashSet<&str> = known
            .iter()
            .flat_map(|(path, entry)| {
                let others = entry.names.iter().filter(move |name| name.0 != *path);
                others.map(|name| &*name.0)
            })
            .collect();
        let mut roots: Vec<&str> = Vec::new();
        let mut reached: FxHashSet<&str> = FxHashSet::default();
        let is_free = |path: &str| !known.get(path).is_some_and(|entry| entry.is_component);
        let unnamed = sorted.iter().filter(|path| !named.contains(*path));
        for path in unnamed.chain(&sorted).filter(|path| is_free(path)) {
            if !reached.contains(path) {
                roots.push(path);
                reach(path, known, &mut reached);
            }
        }
        roots.sort_unstable();
        roots.into_iter().map(str::to_owned).collect()
    }

    /// Whether a kustomization is one of the `folders` or builds on one, over any number of others.
    pub fn reaches(&self, root: &str, folders: &BTreeSet<String>) -> bool {
        let mut reached = FxHashSet::default();
        reach(root, &self.known, &mut reached);
        reached.iter().any(|path| folders.contains(*path))
    }
}

impl Engine<'_> {
    fn names_of(&mut self, folder: &Folder) -> Known {
        let Ok(kustomization) = self.kustomization(folder, Place::default()) else {
            return Known::default();
        };
        let plugins = kustomization
            .generators
            .iter()
            .chain(&kustomization.transformers)
            .chain(&kustomization.validators)
            .map(|inline| &inline.text)
            .filter(|text| !text.text.contains('\n'));
        let paths: Vec<&Text> = kustomization
            .resources
            .iter()
            .chain(&kustomization.components)
            .chain(plugins)
            .collect();
        let names = paths
            .into_iter()
            .filter_map(|path| match self.loader.find(folder, &path.text) {
                Found::Folder(named) => Some(named),
                _ => None,
            })
            .collect();
        let is_component = kustomization.is_component;
        Known {
            is_component,
            names,
        }
    }
}

/// Notes all that a kustomization builds on.
fn reach<'k>(
    path: &'k str,
    known: &'k FxHashMap<Arc<str>, Known>,
    reached: &mut FxHashSet<&'k str>,
) {
    let mut open = vec![path];
    while let Some(path) = open.pop() {
        if reached.insert(path)
            && let Some(entry) = known.get(path)
        {
            open.extend(entry.names.iter().map(|name| &*name.0));
        }
    }
}

//! An object on its way through the transformers, with the names that it had before.

use std::sync::Arc;

use crate::render::kustomize::id::{self, DEFAULT_NAMESPACE, Gvk, Id, NO_NAMESPACE};
use crate::render::kustomize::tree::{Map, Node, Place};

/// What a generator does with an object that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Behavior {
    /// It must not be there.
    #[default]
    Create,
    /// Takes its place.
    Replace,
    /// Adds to its data.
    Merge,
}

/// A name that an object had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// Its kind then.
    pub kind: Arc<str>,
    /// Its name then.
    pub name: Arc<str>,
    /// Its namespace then, as in an [`Id`].
    pub namespace: Arc<str>,
}

/// An object.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its tree.
    pub root: Arc<Node>,
    /// What it was called before, oldest first.
    pub previous: Vec<Previous>,
    /// Prefixes that its name got, innermost first.
    pub prefixes: Vec<Arc<str>>,
    /// Suffixes that its name got, innermost first.
    pub suffixes: Vec<Arc<str>>,
    /// Whether its name is to get the hash of its content.
    pub needs_hash: bool,
    /// What its generator does with one that is there already.
    pub behavior: Behavior,
    /// Whether another object refers to it.
    pub is_referred: bool,
    /// Whether a generator made it.
    pub is_generated: bool,
    /// Names of `vars` that read from it.
    pub vars: Vec<Arc<str>>,
    /// Whether the `namespace` of a kustomization leaves it alone, as it does what a chart rendered.
    pub keeps_namespace: bool,
}

impl Resource {
    /// An object as it was read.
    pub fn new(root: Arc<Node>) -> Self {
        Self {
            root,
            previous: Vec::new(),
            prefixes: Vec::new(),
            suffixes: Vec::new(),
            needs_hash: false,
            behavior: Behavior::Create,
            is_referred: false,
            is_generated: false,
            vars: Vec::new(),
            keeps_namespace: false,
        }
    }

    /// Its tree, to change.
    pub fn root_mut(&mut self) -> &mut Node {
        Arc::make_mut(&mut self.root)
    }

    fn field(&self, path: &[&str]) -> &str {
        let node = self.root.at_path(path).filter(|node| !node.is_null());
        node.and_then(Node::as_str).unwrap_or_default()
    }

    /// `apiVersion`, empty if there is none.
    pub fn api_version(&self) -> &str {
        self.field(&["apiVersion"])
    }

    /// `kind`, empty if there is none.
    pub fn kind(&self) -> &str {
        self.field(&["kind"])
    }

    /// `metadata.name`, empty if there is none.
    pub fn name(&self) -> &str {
        self.field(&["metadata", "name"])
    }

    /// `metadata.namespace`, empty if there is none.
    pub fn namespace(&self) -> &str {
        self.field(&["metadata", "namespace"])
    }

    /// Where its name was written, or where it begins.
    pub fn name_at(&self) -> Place {
        let name = self.root.at_path(&["metadata", "name"]);
        name.map_or(self.root.at, |name| name.at)
    }

    /// Group, version and kind.
    pub fn gvk(&self) -> Gvk {
        Gvk::of(self.api_version(), self.kind())
    }

    /// Whether it is known to have no namespace.
    pub fn is_cluster_scoped(&self) -> bool {
        id::is_cluster_scoped(self.api_version(), self.kind())
    }

    /// The namespace that counts, as in an [`Id`].
    pub fn effective_namespace(&self) -> &str {
        if self.is_cluster_scoped() {
            return NO_NAMESPACE;
        }
        effective(self.namespace())
    }

    /// What it is called now.
    pub fn current_id(&self) -> Id {
        Id {
            gvk: self.gvk(),
            name: Arc::from(self.name()),
            namespace: Arc::from(self.effective_namespace()),
        }
    }

    /// What it was called first.
    pub fn original_id(&self) -> Id {
        match self.previous.first() {
            Some(previous) => self.previous_id(previous),
            None => self.current_id(),
        }
    }

    /// All that it was called, and last what it is called now.
    pub fn ids(&self) -> Vec<Id> {
        let previous = self
            .previous
            .iter()
            .map(|previous| self.previous_id(previous));
        previous.chain([self.current_id()]).collect()
    }

    /// Whether it is, or was, called so.
    pub fn has_id(&self, id: &Id) -> bool {
        let has_version = || {
            let (group, version) = id::split_version(self.api_version());
            *group == *id.gvk.group && *version == *id.gvk.version
        };
        let was = |previous: &Previous| {
            previous.name == id.name
                && previous.kind == id.gvk.kind
                && effective(&previous.namespace) == &*id.namespace
        };
        let is = || {
            self.name() == &*id.name
                && self.kind() == &*id.gvk.kind
                && self.effective_namespace() == &*id.namespace
        };
        has_version() && (self.previous.iter().any(was) || is())
    }

    fn previous_id(&self, previous: &Previous) -> Id {
        let (group, version) = id::split_version(self.api_version());
        Id {
            gvk: Gvk {
                group: Arc::from(group),
                version: Arc::from(version),
                kind: previous.kind.clone(),
            },
            name: previous.name.clone(),
            namespace: Arc::from(effective(&previous.namespace)),
        }
    }

    /// Notes what it is called, before that changes.
    pub fn store_id(&mut self) {
        let namespace = self.effective_namespace();
        let last = self.previous.last().map(|previous| &previous.namespace);
        let namespace = match last.filter(|last| ***last == *namespace) {
            Some(last) => last.clone(),
            None => Arc::from(namespace),
        };
        let previous = Previous {
            kind: self.shared(&["kind"]),
            name: self.shared(&["metadata", "name"]),
            namespace,
        };
        self.previous.push(previous);
    }

    /// The text of a field, shared with the tree.
    fn shared(&self, path: &[&str]) -> Arc<str> {
        let node = self.root.at_path(path).filter(|node| !node.is_null());
        let scalar = node.and_then(Node::as_scalar);
        scalar.map_or_else(|| Arc::from(""), |scalar| scalar.text.clone())
    }

    /// Whether kustomize would have noted something about it in its annotations.
    pub fn is_annotated(&self) -> bool {
        !self.previous.is_empty()
            || !self.prefixes.is_empty()
            || !self.suffixes.is_empty()
            || self.is_generated
            || self.is_referred
    }

    /// Its metadata, to change; made if it is not there.
    pub fn metadata_mut(&mut self, at: Place) -> Option<&mut Map> {
        let root = self.root_mut().as_map_mut()?;
        root.get_or_insert("metadata", || Node::empty_map(at), at)
            .as_map_mut()
    }

    /// Sets its name.
    pub fn set_name(&mut self, name: Node) {
        let at = name.at;
        if let Some(metadata) = self.metadata_mut(at) {
            metadata.set("name", at, name);
        }
    }

    /// The labels or annotations: keys with their texts.
    pub fn strings<'r>(&'r self, field: &str) -> impl Iterator<Item = (&'r str, &'r str)> {
        let map = self
            .root
            .at_path(&["metadata", field])
            .and_then(Node::as_map);
        map.into_iter().flat_map(|map| {
            map.entries
                .iter()
                .map(|entry| (&*entry.key, entry.value.as_str().unwrap_or_default()))
        })
    }
}

/// The namespace that counts for one that was written.
pub fn effective(namespace: &str) -> &str {
    match namespace {
        "" => DEFAULT_NAMESPACE,
        namespace => namespace,
    }
}

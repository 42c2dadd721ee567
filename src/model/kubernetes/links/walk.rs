//! The walk over the nodes of an object that the table of references has steps for.

use crate::model::FileTables;
use crate::model::kubernetes::links::{links, parts, stated};
use crate::model::kubernetes::{Object, value};
use crate::model::links::table::{Entry, How, KindId, Namespace, Necessity, Step, table};
use crate::model::links::{Definition, Reference};
use crate::parse::yaml::tree::{NodeId, Tree};

/// How many nodes of an object are looked at: aliases multiply what is written.
const NODES: usize = 50_000;

/// The walk over the nodes of an object that the table has steps for.
pub(super) struct Walk<'t> {
    pub(super) object: Object<'t>,
    pub(super) owner: u32,
    /// Where names within the object begin.
    pub(super) root: NodeId,
    /// The nodes from the root to the one that is looked at.
    above: Vec<NodeId>,
    left: usize,
}

/// Notes what an object names and selects below a node that has a branch of the table.
pub(super) fn from(
    tables: &mut FileTables,
    object: Object<'_>,
    (root, branch): (NodeId, usize),
    owner: u32,
) {
    let mut walk = Walk {
        object,
        owner,
        root,
        above: vec![root],
        left: NODES,
    };
    walk.visit(tables, root, branch);
}

impl Walk<'_> {
    fn visit(&mut self, tables: &mut FileTables, node: NodeId, branch: usize) {
        let Some(left) = self.left.checked_sub(1) else {
            return;
        };
        self.left = left;
        let tree = self.object.tree;
        let here = &table().branches[branch];
        for number in &here.entries {
            self.field(tables, node, *number);
        }
        if let Some(next) = here.items {
            for item in tree.items(node) {
                self.above.push(*item);
                self.visit(tables, *item, next);
                self.above.pop();
            }
        }
        if here.keys.is_empty() || !tree.is_mapping(node) {
            return;
        }
        for (key, child) in tree.borrowed_pairs(node).iter() {
            let (child, Some(name)) = (*child, tree.text(*key)) else {
                continue;
            };
            let is_pod = branch == table().pod_spec();
            let name = match name {
                "initContainers" if is_pod => "containers",
                name => name,
            };
            let mut keys = here.keys.iter();
            if let Some((_, next)) = keys.find(|(known, _)| *known == name) {
                self.above.push(child);
                self.visit(tables, child, *next);
                self.above.pop();
            }
        }
    }

    /// A node that names or selects something.
    fn field(&self, tables: &mut FileTables, node: NodeId, number: u16) {
        let entry = &table().entries[usize::from(number)];
        match &entry.how {
            How::Selector | How::Labels => self.selector(tables, node, number, entry),
            How::Makes(pattern) => self.product(tables, node, entry, pattern),
            _ => self.name(tables, node, number, entry),
        }
    }

    /// The node so many levels above the one that is looked at.
    pub(super) fn parent(&self, levels: usize) -> Option<NodeId> {
        let index = self.above.len().checked_sub(1 + levels)?;
        self.above.get(index).copied()
    }

    fn product(&self, tables: &mut FileTables, node: NodeId, entry: &Entry, pattern: &str) {
        let Some(name) = value::known_text(self.object.tree, node) else {
            return;
        };
        let name: Box<str> = pattern.replace("{}", name).into();
        for kind in &entry.targets {
            let definition = Definition {
                kind: *kind,
                owner: self.owner,
                name: name.clone(),
                is_product: true,
                is_anywhere: entry.namespace == Namespace::Any,
                keys: parts(self.object, *kind),
                labels: None,
            };
            links(tables, self.object).definitions.push(definition);
        }
    }

    fn name(&self, tables: &mut FileTables, node: NodeId, number: u16, entry: &Entry) {
        let tree = self.object.tree;
        let Some(text) = value::known_text(tree, node).filter(|text| !text.is_empty()) else {
            return;
        };
        let (name, key, levels) = match &entry.how {
            How::Key(levels, path) => {
                let holder = self.parent(*levels);
                let named = holder.and_then(|holder| follow(tree, holder, path));
                match named.and_then(|node| value::known_text(tree, node)) {
                    Some(name) => (name, Some(text), *levels),
                    None => return,
                }
            }
            _ => (text, None, 1),
        };
        let Some(beside) = self.parent(levels) else {
            return;
        };
        let Some((name, beside_it)) = said(entry, name) else {
            return;
        };
        let kind = match self.kind_beside(beside, entry) {
            Beside::Kind(kind) => Some(kind),
            Beside::Nothing => None,
            Beside::Unknown => return,
        };
        let own = self.object.namespace;
        let namespace = match (beside_it, entry.namespace) {
            (Some(namespace), _) => Some(namespace),
            (None, Namespace::Any) => None,
            (None, Namespace::Same) => own,
            (None, Namespace::Field(field)) => match tree.get(beside, field) {
                Some(node) => value::known_text(tree, node),
                None => own,
            },
        };
        let local = match &entry.how {
            How::Local(paths) => match self.local(paths, name) {
                Some(local) => Some(local),
                None => return,
            },
            _ => None,
        };
        let is_optional = match &entry.necessity {
            Necessity::By => value::is_true(tree, beside, "optional"),
            Necessity::Unless(path, said) => {
                let node = follow(tree, self.object.node, path);
                node.is_some_and(|node| tree.text(node) == Some(said))
            }
            Necessity::Optional => true,
            Necessity::Needed | Necessity::Soft => false,
        };
        let at = tables.node(node);
        let reference = Reference {
            owner: self.owner,
            entry: number,
            kind,
            at,
            name: name.into(),
            key: key.map(Into::into),
            namespace: stated(self.object, namespace).map(Into::into),
            is_optional,
            local,
        };
        links(tables, self.object).references.push(reference);
    }

    /// The kind that is written beside a name.
    fn kind_beside(&self, beside: NodeId, entry: &Entry) -> Beside {
        let tree = self.object.tree;
        let is_elsewhere = ["bundle", "resolver", "apiVersion"].iter().any(|name| {
            let text = tree.text_at(beside, name);
            text.is_some_and(|text| *name != "apiVersion" || text.contains("custom"))
        });
        if is_elsewhere && entry.from.starts_with("tekton") {
            return Beside::Unknown;
        }
        // What stands beside the name of an object itself is no kind of another.
        let written = tree
            .get(beside, "kind")
            .filter(|_| beside != self.object.node);
        let clusters = |wanted: bool| {
            let mut targets = entry.targets.iter();
            targets.find(|kind| table().name(**kind).starts_with("Cluster") == wanted)
        };
        match written {
            Some(node) => {
                let name = value::known_text(tree, node);
                let mut targets = entry.targets.iter();
                let kind = targets.find(|kind| Some(table().name(**kind)) == name);
                kind.map_or(Beside::Unknown, |kind| Beside::Kind(*kind))
            }
            None if value::is_true(tree, beside, "clusterScope") => {
                clusters(true).map_or(Beside::Nothing, |kind| Beside::Kind(*kind))
            }
            None => Beside::Nothing,
        }
    }
}

/// What is written beside a name about its kind.
enum Beside {
    /// This kind.
    Kind(KindId),
    /// Nothing.
    Nothing,
    /// Another kind than the table knows, so that nothing can be said.
    Unknown,
}

/// The name that a text says, and the namespace, if it says one; `None` if it names nothing in the cluster.
fn said<'t>(entry: &Entry, text: &'t str) -> Option<(&'t str, Option<&'t str>)> {
    match entry.how {
        How::Host => {
            if text.contains('*') {
                return None;
            }
            match text.split_once('.') {
                None => Some((text, None)),
                Some((name, rest)) => {
                    let (namespace, rest) = rest.split_once('.')?;
                    matches!(rest, "svc" | "svc.cluster.local").then_some((name, Some(namespace)))
                }
            }
        }
        How::Gateway if text == "mesh" => None,
        How::Gateway => Some(match text.split_once('/') {
            Some((namespace, name)) => (name, Some(namespace)),
            None => (text, None),
        }),
        _ => Some((text, None)),
    }
}

/// The nodes at a path; `None` if some are not known.
pub(super) fn nodes(tree: &Tree, from: NodeId, path: &[Step]) -> Option<Vec<NodeId>> {
    let mut nodes = vec![from];
    for step in path {
        let below = nodes.iter().flat_map(|node| match step {
            Step::Key(key) => tree.get(*node, key).into_iter().collect(),
            Step::Item => tree.items(*node).to_vec(),
        });
        nodes = below.collect();
        if nodes.iter().any(|node| value::is_unknown(tree, *node)) {
            return None;
        }
    }
    Some(nodes)
}

fn follow(tree: &Tree, from: NodeId, path: &[Step]) -> Option<NodeId> {
    path.iter().try_fold(from, |node, step| match step {
        Step::Key(key) => tree.get(node, key),
        Step::Item => None,
    })
}

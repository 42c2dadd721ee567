//! The objects of a build in their order, found by what they are and were called.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::render::kustomize::id::Id;
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::resource::{Behavior, Resource};
use crate::render::kustomize::tree::{Map, Node, Place};

/// Objects in order. No two have the same id now.
#[derive(Clone, Debug, Default)]
pub struct Resources {
    list: Vec<Resource>,
    /// The ids in `list`, if they were asked for since something changed.
    ids: Option<FxHashSet<Id>>,
    /// Which objects have or had a name, likewise.
    names: Option<FxHashMap<Arc<str>, Vec<usize>>>,
}

impl Resources {
    /// The objects.
    pub fn list(&self) -> &[Resource] {
        &self.list
    }

    /// The objects, to change at will.
    pub fn list_mut(&mut self) -> &mut Vec<Resource> {
        self.ids = None;
        self.names = None;
        &mut self.list
    }

    /// An object, to change in anything but its ids.
    pub fn content_mut(&mut self, index: usize) -> &mut Resource {
        &mut self.list[index]
    }

    /// Adds an object; one of the same id must not be there.
    pub fn append(&mut self, resource: Resource, at: Place) -> Outcome<()> {
        let id = resource.current_id();
        let ids = self
            .ids
            .get_or_insert_with(|| self.list.iter().map(Resource::current_id).collect());
        if !ids.insert(id.clone()) {
            let message = format!("{id} is there already");
            return Err(Refusal::new(at, message).of(Cause::Refused));
        }
        if let Some(names) = &mut self.names {
            note_names(names, self.list.len(), &resource);
        }
        self.list.push(resource);
        Ok(())
    }

    /// Refuses objects that have come to be called alike.
    pub fn check_unique(&self, at: Place) -> Outcome<()> {
        let mut ids = FxHashSet::default();
        for resource in &self.list {
            let id = resource.current_id();
            if !ids.insert(id.clone()) {
                return Err(Refusal::new(at, format!("{id} is there already")).of(Cause::Refused));
            }
        }
        Ok(())
    }

    /// Adds objects in their order.
    pub fn append_all(&mut self, resources: Vec<Resource>, at: Place) -> Outcome<()> {
        for resource in resources {
            self.append(resource, at)?;
        }
        Ok(())
    }

    /// The objects that are or were called `id`, ascending.
    pub fn with_id(&mut self, id: &Id) -> Vec<usize> {
        let candidates = self.with_name(&id.name).to_vec();
        let is_it = |index: &usize| {
            let resource = &self.list[*index];
            !resource.root.is_empty() && resource.has_id(id)
        };
        candidates.into_iter().filter(is_it).collect()
    }

    /// The objects that have or had the name, ascending.
    pub fn with_name(&mut self, name: &str) -> &[usize] {
        let names = self.names.get_or_insert_with(|| {
            let mut names = FxHashMap::default();
            for (index, resource) in self.list.iter().enumerate() {
                note_names(&mut names, index, resource);
            }
            names
        });
        names.get(name).map_or(&[], Vec::as_slice)
    }

    /// Drops what patches have deleted.
    pub fn drop_empty(&mut self) {
        if self.list.iter().any(|resource| resource.root.is_empty()) {
            self.list_mut().retain(|resource| !resource.root.is_empty());
        }
    }

    /// Takes what a generator made: adds it, or puts it where the one of its id is.
    pub fn absorb(&mut self, mut made: Resource, at: Place) -> Outcome<Absorbed> {
        let id = made.current_id();
        let found = self.with_id(&id);
        let refuse = |message: String| Err(Refusal::new(at, message).of(Cause::Refused));
        match (&found[..], made.behavior) {
            ([], Behavior::Create) => self.append(made, at).map(|()| Absorbed::Added),
            ([], _) => Ok(Absorbed::NoTarget(id)),
            ([_], Behavior::Create) => refuse(format!(
                "{id} is there already; `behavior` must be merge or replace"
            )),
            ([index], behavior) => {
                take_over(&mut made, &self.list[*index], behavior);
                let index = *index;
                self.list_mut()[index] = made;
                Ok(Absorbed::Added)
            }
            _ => refuse(format!("several objects could take what is made for {id}")),
        }
    }
}

/// What became of a generated object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absorbed {
    /// It is among the objects.
    Added,
    /// It was to be merged into an object that is not there.
    NoTarget(Id),
}

fn note_names(names: &mut FxHashMap<Arc<str>, Vec<usize>>, index: usize, resource: &Resource) {
    let current: Arc<str> = Arc::from(resource.name());
    let all = resource
        .previous
        .iter()
        .map(|previous| previous.name.clone());
    for name in all.chain([current]) {
        let indices = names.entry(name).or_default();
        if indices.last() != Some(&index) {
            indices.push(index);
        }
    }
}

/// Gives a generated object what it keeps of the one that it replaces: labels, annotations, names, data.
fn take_over(made: &mut Resource, old: &Resource, behavior: Behavior) {
    made.previous.clone_from(&old.previous);
    made.prefixes.clone_from(&old.prefixes);
    made.suffixes.clone_from(&old.suffixes);
    made.vars.clone_from(&old.vars);
    made.is_referred = old.is_referred;
    made.needs_hash &= old.needs_hash;
    made.behavior = old.behavior;
    let at = made.root.at;
    let keep = |made: &mut Map, field: &str, from: &Node| {
        let Some(old) = from.get(field).and_then(|old| old.as_map()) else {
            return;
        };
        if old.entries.is_empty() {
            return;
        }
        let into = made.get_or_insert(field, || Node::empty_map(at), at);
        let Some(into) = into.as_map_mut() else {
            return;
        };
        for entry in &old.entries {
            match into.get_mut(&entry.key) {
                Some(value) => value.was = entry.value.at,
                None => into.entries.push(entry.clone()),
            }
        }
    };
    if let (Some(metadata), Some(from)) = (made.metadata_mut(at), old.root.get("metadata")) {
        keep(metadata, "labels", from);
        keep(metadata, "annotations", from);
        for field in ["name", "namespace"] {
            if let Some(entry) = from.as_map().and_then(|from| from.entry(field)) {
                metadata.remove(field, Place::default());
                metadata.entries.push(entry.clone());
            }
        }
    }
    if behavior == Behavior::Merge
        && let Some(root) = made.root_mut().as_map_mut()
    {
        keep(root, "data", &old.root);
        keep(root, "binaryData", &old.root);
    }
}

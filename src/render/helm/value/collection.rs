//! Lists, which never change, and maps, which templates share and change.

use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;

/// Which of Go's slice types a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// `[]interface {}`.
    Any,
    /// `[]string`.
    Str,
    /// `[]int`.
    Int,
    /// `[][]interface {}`.
    Lists,
    /// `common.VersionSet`: the API versions of a cluster.
    Versions,
}

impl ListKind {
    /// Go's name.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Any => "[]interface {}",
            Self::Str => "[]string",
            Self::Int => "[]int",
            Self::Lists => "[][]interface {}",
            Self::Versions => "common.VersionSet",
        }
    }
}

/// What a list holds.
#[derive(Debug)]
pub struct Items {
    /// The elements.
    pub items: Vec<Val>,
    /// The type.
    pub kind: ListKind,
}

/// A shared list.
#[derive(Clone, Debug)]
pub struct List(Rc<Items>);

impl std::ops::Deref for List {
    type Target = Items;

    fn deref(&self) -> &Items {
        &self.0
    }
}

impl List {
    /// A list of type `[]interface {}`.
    pub fn new(items: Vec<Val>) -> Self {
        Self::of_kind(items, ListKind::Any)
    }

    /// A list of a type.
    pub fn of_kind(items: Vec<Val>, kind: ListKind) -> Self {
        Self(Rc::new(Items { items, kind }))
    }
}

impl Drop for Items {
    fn drop(&mut self) {
        take_apart(std::mem::take(&mut self.items));
    }
}

/// Which of Go's map types a map has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapKind {
    /// `map[string]interface {}`.
    Any,
    /// `map[string]string`.
    Str,
    /// `common.Values`.
    Values,
    /// `engine.files`.
    Files,
}

impl MapKind {
    /// Go's name.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Any => "map[string]interface {}",
            Self::Str => "map[string]string",
            Self::Values => "common.Values",
            Self::Files => "engine.files",
        }
    }
}

/// A key's place and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where the key stands.
    pub key: Place,
    /// The value.
    pub val: Val,
}

/// What a map holds, in the order of its keys' bytes.
pub type Entries = BTreeMap<Rc<str>, Entry>;

#[derive(Debug)]
struct Shared {
    entries: RefCell<Entries>,
    kind: MapKind,
}

impl Drop for Shared {
    fn drop(&mut self) {
        let entries = std::mem::take(self.entries.get_mut());
        if !entries.is_empty() {
            take_apart(entries.into_values().map(|entry| entry.val).collect());
        }
    }
}

/// A map that may be shared and changed.
#[derive(Clone, Debug)]
pub struct Map(Rc<Shared>);

impl Default for Map {
    fn default() -> Self {
        Self::of_kind(Entries::new(), MapKind::Any)
    }
}

impl Map {
    /// A map of type `map[string]interface {}`.
    pub fn new(entries: Entries) -> Self {
        Self::of_kind(entries, MapKind::Any)
    }

    /// A map of a type.
    pub fn of_kind(entries: Entries, kind: MapKind) -> Self {
        Self(Rc::new(Shared {
            entries: RefCell::new(entries),
            kind,
        }))
    }

    /// The type.
    pub fn kind(&self) -> MapKind {
        self.0.kind
    }

    /// The entries; nobody may change the map meanwhile.
    pub fn entries(&self) -> Ref<'_, Entries> {
        self.0.entries.borrow()
    }

    /// The entries as they are now.
    pub fn snapshot(&self) -> Vec<(Rc<str>, Entry)> {
        let entries = self.entries();
        let copied = entries
            .iter()
            .map(|(key, entry)| (key.clone(), entry.clone()));
        copied.collect()
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<Entry> {
        self.entries().get(key).cloned()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Val> {
        self.entries().get(key).map(|entry| entry.val.clone())
    }

    /// Whether it has a key.
    pub fn has(&self, key: &str) -> bool {
        self.entries().contains_key(key)
    }

    /// Sets a key that stands at `place`.
    pub fn set(&self, key: &str, place: Place, val: Val) {
        self.set_entry(key, Entry { key: place, val });
    }

    /// Sets a key and its place.
    pub fn set_entry(&self, key: &str, entry: Entry) {
        self.0.entries.borrow_mut().insert(Rc::from(key), entry);
    }

    /// Removes a key.
    pub fn remove(&self, key: &str) -> Option<Entry> {
        self.0.entries.borrow_mut().remove(key)
    }

    /// Keys.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether it has no keys.
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// Whether both are one map.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// The value below a path of keys joined by dots.
    pub fn path(&self, path: &str) -> Option<Val> {
        let mut keys = path.split('.');
        let mut val = self.get(keys.next()?)?;
        for key in keys {
            val = val.as_map()?.get(key)?;
        }
        Some(val)
    }
}

/// Drops values without recursion: a template can nest them as deep as it has steps.
fn take_apart(mut waiting: Vec<Val>) {
    while let Some(mut val) = waiting.pop() {
        let value = std::mem::replace(&mut val.value, Value::Nil { typed: false });
        match value {
            Value::List(List(list)) => {
                if let Ok(mut list) = Rc::try_unwrap(list) {
                    waiting.append(&mut list.items);
                }
            }
            Value::Map(Map(map)) => {
                if let Ok(mut map) = Rc::try_unwrap(map) {
                    let entries = std::mem::take(map.entries.get_mut());
                    waiting.extend(entries.into_values().map(|entry| entry.val));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_values_are_dropped_without_recursion() {
        let mut val = Val::nil();
        for _ in 0..300_000 {
            let map = Map::default();
            map.set("a", Place::NONE, val);
            val = Val::list(vec![Value::Map(map).into()]);
        }
        drop(val);
    }

    #[test]
    fn a_path_leads_through_maps() {
        let inner = Map::default();
        inner.set("b", Place::NONE, Val::bool(true));
        let outer = Map::default();
        outer.set("a", Place::NONE, Value::Map(inner).into());
        assert!(outer.path("a.b").unwrap().is_true());
        assert!(outer.path("a.b.c").is_none() && outer.path("x").is_none());
    }
}

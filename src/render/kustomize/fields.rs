//! Strict reading of kustomization files: unknown fields and wrong types are refused, and names of fields match in any case.

use std::sync::Arc;

use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{Node, Place};
use crate::suggestion;

/// A text with its place.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// What it says.
    pub text: Arc<str>,
    /// Where it was written.
    pub at: Place,
}

impl Text {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// A key and a text, each with its place.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The key.
    pub key: Text,
    /// The value.
    pub value: Text,
}

/// The fields of a mapping of which all names are known.
#[derive(Clone, Copy)]
pub struct Fields<'n> {
    node: &'n Node,
}

impl<'n> Fields<'n> {
    /// Of a mapping; a field that is not in `known` is refused.
    pub fn new(node: &'n Node, known: &[&str]) -> Outcome<Self> {
        let Some(map) = node.as_map() else {
            return Err(mismatch(node, "a mapping"));
        };
        for entry in &map.entries {
            if !known
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&entry.key))
            {
                let meant = suggestion::misspelt(&entry.key, known.iter().copied());
                let meant = suggestion::did_you_mean(meant);
                let message = format!("unknown field `{}`{meant}", entry.key.escape_debug());
                return Err(Refusal::new(entry.key_at, message).of(Cause::Refused));
            }
        }
        Ok(Self { node })
    }

    /// The value of a field, unless it is null.
    pub fn get(self, name: &str) -> Option<&'n Arc<Node>> {
        let entries = &self.node.as_map()?.entries;
        let exact = entries.iter().rfind(|entry| &*entry.key == name);
        let found = exact.or_else(|| {
            entries
                .iter()
                .rfind(|entry| entry.key.eq_ignore_ascii_case(name))
        });
        found
            .map(|entry| &entry.value)
            .filter(|value| !value.is_null())
    }

    /// Where a field's key stands.
    pub fn key_at(self, name: &str) -> Option<Place> {
        let entries = &self.node.as_map()?.entries;
        let found = entries
            .iter()
            .find(|entry| entry.key.eq_ignore_ascii_case(name));
        found.map(|entry| entry.key_at)
    }

    /// Where the mapping stands.
    pub fn at(self) -> Place {
        self.node.at
    }

    /// A field of text; empty if it is not there.
    pub fn text(self, name: &str) -> Outcome<Text> {
        match self.get(name) {
            Some(node) => text(node),
            None => Ok(Text {
                text: Arc::from(""),
                at: self.node.at,
            }),
        }
    }

    /// A field that is true or false; false if it is not there.
    pub fn flag(self, name: &str) -> Outcome<bool> {
        let Some(node) = self.get(name) else {
            return Ok(false);
        };
        let plain = node.as_scalar().filter(|scalar| !scalar.quoted);
        match plain.map(|scalar| &*scalar.text) {
            Some(
                "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y",
            ) => Ok(true),
            Some(
                "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n"
                | "N",
            ) => Ok(false),
            _ => Err(mismatch(node, "true or false")),
        }
    }

    /// A field with a whole number.
    pub fn number(self, name: &str) -> Outcome<Option<i64>> {
        let Some(node) = self.get(name) else {
            return Ok(None);
        };
        let scalar = node.as_scalar().filter(|scalar| !scalar.quoted);
        let number = scalar.and_then(|scalar| scalar::canonical(scalar).parse().ok());
        number
            .map(Some)
            .ok_or_else(|| mismatch(node, "a whole number"))
    }

    /// The elements of a list; none if it is not there.
    pub fn list(self, name: &str) -> Outcome<&'n [Arc<Node>]> {
        let Some(node) = self.get(name) else {
            return Ok(&[]);
        };
        node.as_list().ok_or_else(|| mismatch(node, "a list"))
    }

    /// A list of texts.
    pub fn texts(self, name: &str) -> Outcome<Vec<Text>> {
        self.list(name)?.iter().map(|node| text(node)).collect()
    }

    /// A list whose elements `read` understands.
    pub fn each<T>(
        self,
        name: &str,
        read: impl Fn(&'n Arc<Node>) -> Outcome<T>,
    ) -> Outcome<Vec<T>> {
        self.list(name)?.iter().map(read).collect()
    }

    /// A mapping of texts, sorted by key.
    pub fn pairs(self, name: &str) -> Outcome<Vec<Pair>> {
        let Some(node) = self.get(name) else {
            return Ok(Vec::new());
        };
        let map = node.as_map().ok_or_else(|| mismatch(node, "a mapping"))?;
        let pair = |entry: &crate::render::kustomize::tree::Entry| {
            let key = Text {
                text: entry.key.clone(),
                at: entry.key_at,
            };
            text(&entry.value).map(|value| Pair { key, value })
        };
        let mut pairs: Vec<Pair> = map.entries.iter().map(pair).collect::<Outcome<_>>()?;
        pairs.sort_by(|a, b| a.key.text.cmp(&b.key.text));
        Ok(pairs)
    }
}

/// The text of a scalar that a reader of YAML 1.1 takes for text; null is empty.
pub fn text(node: &Node) -> Outcome<Text> {
    let at = node.at;
    if node.is_null() {
        let text = Arc::from("");
        return Ok(Text { text, at });
    }
    let scalar = node.as_scalar().ok_or_else(|| mismatch(node, "text"))?;
    let is_text = scalar.quoted || scalar.tag == Tag::Text && !scalar::is_old_special(&scalar.text);
    if !is_text && scalar.tag != Tag::Time {
        return Err(mismatch(node, "text"));
    }
    let text = scalar.text.clone();
    Ok(Text { text, at })
}

fn mismatch(node: &Node, want: &str) -> Refusal {
    let shown = match node.as_scalar() {
        Some(scalar) => format!("`{}`", scalar.text.escape_debug()),
        None => node.kind_name().to_owned(),
    };
    Refusal::new(node.at, format!("expected {want}, found {shown}")).of(Cause::WrongField)
}

/// The fields of a plugin's configuration, of which any may be there.
pub(super) fn fields_of<'n>(root: &'n Node, known: &[&str]) -> Outcome<Fields<'n>> {
    let keys: Vec<&str> = root
        .as_map()
        .into_iter()
        .flat_map(|map| map.entries.iter().map(|entry| &*entry.key))
        .chain(known.iter().copied())
        .collect();
    Fields::new(root, &keys)
}

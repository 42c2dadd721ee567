//! What Helm reads of a document: its kind and its annotations.

use crate::render::helm::value::{Val, Value};
use crate::render::helm::yaml::read::{Broken, read};
use crate::render::text::Text;

/// The events that a hook may wait for.
const EVENTS: &[&str] = &[
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
];

/// The kind of a document, and what it is to Helm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The kind; empty if there is none.
    pub kind: String,
    /// What it is.
    pub role: Role,
}

/// What a document is to Helm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An object to install.
    Object,
    /// An object that waits for an event.
    Hook,
    /// A hook for an event that does not exist; it is left out.
    Dropped,
}

fn wrong(message: &str) -> Broken {
    Broken {
        message: message.to_owned(),
        at: 0,
    }
}

/// Reads the head of a document.
pub fn head(document: &Text) -> Result<Head, Broken> {
    let val = read(document, 1)?
        .into_iter()
        .next()
        .unwrap_or_else(Val::nil);
    let map = match &val.value {
        Value::Nil { .. } => {
            return Ok(Head {
                kind: String::new(),
                role: Role::Object,
            });
        }
        Value::Map(map) => map.clone(),
        Value::List(_) => {
            return Err(wrong(
                "cannot unmarshal array into Go value of type util.SimpleHead",
            ));
        }
        _ => {
            return Err(wrong(
                "cannot unmarshal string into Go value of type util.SimpleHead",
            ));
        }
    };
    let text_of = |val: Option<Val>| match val.map(|val| val.value) {
        None | Some(Value::Nil { .. }) => Ok(String::new()),
        Some(Value::Str(text)) => Ok(text.to_str().into_owned()),
        Some(Value::Map(_)) => Err(wrong("cannot unmarshal object into a text of the head")),
        Some(Value::List(_)) => Err(wrong("cannot unmarshal array into a text of the head")),
        Some(_) => Ok(String::new()),
    };
    let kind = text_of(map.get("kind"))?;
    text_of(map.get("apiVersion"))?;
    let metadata = match map.get("metadata").map(|val| val.value) {
        None | Some(Value::Nil { .. }) => None,
        Some(Value::Map(metadata)) => Some(metadata),
        Some(_) => {
            return Err(wrong(
                "cannot unmarshal metadata of the head: it is no mapping",
            ));
        }
    };
    let Some(metadata) = metadata else {
        return Ok(Head {
            kind,
            role: Role::Object,
        });
    };
    text_of(metadata.get("name"))?;
    let annotations = match metadata.get("annotations").map(|val| val.value) {
        None | Some(Value::Nil { .. }) => {
            return Ok(Head {
                kind,
                role: Role::Object,
            });
        }
        Some(Value::Map(annotations)) => annotations,
        Some(_) => {
            return Err(wrong(
                "cannot unmarshal annotations of the head: they are no mapping",
            ));
        }
    };
    for (_, entry) in annotations.snapshot() {
        text_of(Some(entry.val))?;
    }
    let role = match annotations.get("helm.sh/hook") {
        None => Role::Object,
        Some(events) => {
            let events = text_of(Some(events))?;
            let known = |event: &str| EVENTS.contains(&event.trim().to_lowercase().as_str());
            if events.split(',').all(known) {
                Role::Hook
            } else {
                Role::Dropped
            }
        }
    };
    Ok(Head { kind, role })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_say_what_a_document_is() {
        for (text, kind, role) in [
            (
                "kind: Pod\nmetadata: {annotations: {helm.sh/hook: 'test, Pre-Install'}}",
                "Pod",
                Role::Hook,
            ),
            (
                "kind: Pod\nmetadata: {annotations: {helm.sh/hook: crd-install}}",
                "Pod",
                Role::Dropped,
            ),
            ("metadata: {annotations: {a: 1}}", "", Role::Object),
            ("# only a comment", "", Role::Object),
        ] {
            let head = head(&Text::plain(text)).unwrap();
            assert_eq!((head.kind.as_str(), head.role), (kind, role), "{text}");
        }
        for text in [
            "- a",
            "text",
            "a:\n\tb: 1",
            "metadata: [a]",
            "metadata: {annotations: {a: {b: c}}}",
        ] {
            assert!(head(&Text::plain(text)).is_err(), "{text}");
        }
    }
}

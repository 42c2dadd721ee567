//! Fields that transformers reach by paths such as `spec/template/spec/containers[]/image`: lists on the way are followed into each element.

use std::sync::Arc;

use crate::render::kustomize::id::Gvk;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{Content, Node, Place, Scalar};

/// A field of objects of some kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// The kinds; what is empty in it is any.
    pub gvk: Gvk,
    /// The path, with `/` between keys.
    pub path: Arc<str>,
    /// Whether the field is made where it is not there.
    pub create: bool,
}

impl FieldSpec {
    /// A field of all kinds that is made where it is not there.
    pub fn everywhere(path: &str) -> Self {
        let (gvk, path) = (Gvk::default(), Arc::from(path));
        let create = true;
        Self { gvk, path, create }
    }
}

/// What is made where a field is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// Nothing: then the field is left alone.
    Nothing,
    /// A scalar.
    Scalar,
    /// A mapping.
    Map,
}

/// What changes a field's value.
pub type Change<'c> = dyn FnMut(&mut Node) -> Outcome<()> + 'c;

/// Changes each value at the end of the path, if the object is of the spec's kinds. `at` is the place of what is made on the way.
pub fn change(
    resource: &mut Resource,
    spec: &FieldSpec,
    make: Make,
    at: Place,
    set: &mut Change<'_>,
) -> Outcome<()> {
    if !resource.gvk().is_selected(&spec.gvk) {
        return Ok(());
    }
    let make = if spec.create { make } else { Make::Nothing };
    let path = split(&spec.path, '/');
    if make == Make::Nothing && !is_reached(&resource.root, &path) {
        return Ok(());
    }
    walk(resource.root_mut(), &path, make, at, set)
}

/// Shows each value at the end of the path.
pub fn visit<'n>(node: &'n Node, path: &[String], see: &mut dyn FnMut(&'n Node)) {
    let Some((key, rest)) = path.split_first() else {
        return see(node);
    };
    match &node.content {
        Content::List(items) => items.iter().for_each(|item| visit(item, path, see)),
        Content::Map(map) => {
            if let Some(value) = map.get(key.strip_suffix("[]").unwrap_or(key)) {
                visit(value, rest, see);
            }
        }
        Content::Scalar(_) => {}
    }
}

/// Whether null stands where the path has a list; walking there makes it an empty one.
pub fn meets_null_list(node: &Node, path: &[String]) -> bool {
    let Some((key, rest)) = path.split_first() else {
        return false;
    };
    match &node.content {
        Content::List(items) => items.iter().any(|item| meets_null_list(item, path)),
        Content::Map(map) => {
            let name = key.strip_suffix("[]");
            map.get(name.unwrap_or(key)).is_some_and(|value| {
                (name.is_some() && value.is_null()) || meets_null_list(value, rest)
            })
        }
        Content::Scalar(_) => false,
    }
}

/// Whether something stands at the end of the path, or a scalar in its way.
fn is_reached(node: &Node, path: &[String]) -> bool {
    let Some((key, rest)) = path.split_first() else {
        return true;
    };
    match &node.content {
        Content::List(items) => items.iter().any(|item| is_reached(item, path)),
        Content::Map(map) => map
            .get(key.strip_suffix("[]").unwrap_or(key))
            .is_some_and(|value| {
                is_reached(value, rest) || (key.ends_with("[]") && value.is_null())
            }),
        Content::Scalar(scalar) => scalar.tag != Tag::Null,
    }
}

fn walk(
    node: &mut Node,
    path: &[String],
    make: Make,
    at: Place,
    set: &mut Change<'_>,
) -> Outcome<()> {
    let Some((key, rest)) = path.split_first() else {
        return set(node);
    };
    if node.is_null() {
        return Ok(());
    }
    let stands_at = node.at;
    match &mut node.content {
        Content::List(items) => {
            for item in items {
                if is_reached(item, path) || make != Make::Nothing {
                    walk(Arc::make_mut(item), path, make, at, set)?;
                }
            }
            Ok(())
        }
        Content::Map(map) => {
            let (name, is_list) = match key.strip_suffix("[]") {
                Some(name) => (name, true),
                None => (key.as_str(), false),
            };
            let make_here = match (is_list, make, rest.is_empty()) {
                (true, ..) | (_, Make::Nothing, _) => Make::Nothing,
                (_, make, true) => make,
                (..) => Make::Map,
            };
            if map.get(name).is_none() {
                let fresh = match make_here {
                    Make::Nothing => return Ok(()),
                    Make::Scalar => Node::text("", at),
                    Make::Map => Node::empty_map(at),
                };
                map.insert(name, at, Arc::new(fresh));
            }
            let Some(value) = map.get_mut(name) else {
                return Ok(());
            };
            if value.is_null() {
                if is_list {
                    value.content = Content::List(Vec::new());
                } else if make_here == Make::Map {
                    value.content = Node::empty_map(at).content;
                }
            }
            walk(value, rest, make, at, set)
        }
        Content::Scalar(_) => {
            let message = format!("path `{}` leads through a scalar", path.join("/"));
            Err(Refusal::new(stands_at, message))
        }
    }
}

/// Writes text over a scalar. Without a tag the new text is read as the old one was: in its quotes, or plain.
pub fn set_scalar(node: &mut Node, text: &str, tag: Option<Tag>, at: Place) -> Outcome<()> {
    let Some(scalar) = node.as_scalar() else {
        let message = format!("a scalar is to be set here, not {}", node.kind_name());
        return Err(Refusal::new(node.at, message));
    };
    let quoted = scalar.quoted;
    let tag = match tag {
        Some(tag) => tag,
        None if quoted => Tag::Text,
        None => scalar::resolve(text),
    };
    if node.at.is_some() && node.at != at {
        node.was = node.first_at();
    }
    node.at = at;
    let text = Arc::from(text);
    node.content = Content::Scalar(Scalar { text, tag, quoted });
    Ok(())
}

/// The keys of a path. A backslash before the separator makes it part of the key; one at the start is dropped.
pub fn split(path: &str, separator: char) -> Vec<String> {
    let path = match path.strip_prefix(separator) {
        Some(rest) if !rest.is_empty() => rest,
        _ => path,
    };
    let mut keys: Vec<String> = Vec::new();
    for part in path.split(separator) {
        match keys.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.pop();
                last.push(separator);
                last.push_str(part);
            }
            _ => keys.push(part.to_owned()),
        }
    }
    keys
}

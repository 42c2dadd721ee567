//! JSON patches (RFC 6902) in the dialect of kustomize's library: `replace` of a key that a mapping lacks adds it.

use std::sync::Arc;

use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{self, Content, Node, Place};

/// How many operations a patch may have.
const OPERATIONS: usize = 10_000;
/// How many values an object may have after a patch.
const VALUES: usize = 1_000_000;

/// A JSON patch, checked.
#[derive(Clone, Debug)]
pub struct JsonPatch {
    operations: Vec<Operation>,
}

#[derive(Clone, Debug)]
struct Operation {
    verb: Verb,
    path: Vec<String>,
    /// Where the path was written.
    at: Place,
    from: Vec<String>,
    value: Option<Arc<Node>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

/// Reads the operations of a patch.
pub fn read(list: &Node) -> Outcome<JsonPatch> {
    let Some(items) = list.as_list() else {
        return Err(
            Refusal::new(list.at, "a JSON patch is a list of operations").of(Cause::Refused),
        );
    };
    if items.len() > OPERATIONS {
        let message = format!("patch has more than {OPERATIONS} operations");
        return Err(Refusal::new(list.at, message));
    }
    let operations = items
        .iter()
        .map(|item| operation(item))
        .collect::<Outcome<_>>()?;
    Ok(JsonPatch { operations })
}

fn operation(item: &Node) -> Outcome<Operation> {
    let refuse = |message: String| Refusal::new(item.at, message).of(Cause::Refused);
    let text = |key: &str| item.get(key).and_then(|node| node.as_str());
    let word = text("op").ok_or_else(|| refuse("operation has no `op`".to_owned()))?;
    let verb = match word {
        "add" => Verb::Add,
        "remove" => Verb::Remove,
        "replace" => Verb::Replace,
        "move" => Verb::Move,
        "copy" => Verb::Copy,
        "test" => Verb::Test,
        _ => {
            return Err(refuse(format!(
                "unknown operation `{}`",
                word.escape_debug()
            )));
        }
    };
    let path = text("path").ok_or_else(|| refuse("operation has no `path`".to_owned()))?;
    let from = text("from")
        .map(|from| pointer(from, item.at))
        .transpose()?;
    if matches!(verb, Verb::Move | Verb::Copy) && from.is_none() {
        return Err(refuse(format!("`{word}` has no `from`")));
    }
    Ok(Operation {
        verb,
        path: pointer(path, item.at)?,
        at: item.get("path").map_or(item.at, |path| path.at),
        from: from.unwrap_or_default(),
        value: item.get("value").map(as_old),
    })
}

/// A value of a patch as a reader of YAML 1.1 sees it: `yes` and `on` are true, dates are text. Trees nest within `tree::DEPTH`.
fn as_old(value: &Arc<Node>) -> Arc<Node> {
    match &value.content {
        Content::Scalar(scalar) => match scalar::old_reading(scalar) {
            Some(scalar) => {
                let mut node = (**value).clone();
                node.content = Content::Scalar(scalar);
                Arc::new(node)
            }
            None => value.clone(),
        },
        Content::List(items) => {
            let mut node = (**value).clone();
            node.content = Content::List(items.iter().map(as_old).collect());
            Arc::new(node)
        }
        Content::Map(map) => {
            let mut node = (**value).clone();
            let mut map = map.clone();
            for entry in &mut map.entries {
                entry.value = as_old(&entry.value);
            }
            node.content = Content::Map(map);
            Arc::new(node)
        }
    }
}

/// The keys of a JSON pointer.
fn pointer(text: &str, at: Place) -> Outcome<Vec<String>> {
    let Some(rest) = text.strip_prefix('/') else {
        let message = format!("path `{}` does not begin with `/`", text.escape_debug());
        return Err(Refusal::new(at, message).of(Cause::Refused));
    };
    let decode = |key: &str| key.replace("~1", "/").replace("~0", "~");
    Ok(rest.split('/').map(decode).collect())
}

impl JsonPatch {
    /// Whether it does nothing.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Applies the operations in their order.
    pub fn apply(&self, root: &mut Node) -> Outcome<()> {
        for operation in &self.operations {
            operation.apply(root)?;
            if operation.verb == Verb::Copy && !tree::is_bounded(root, VALUES) {
                return Err(Refusal::new(
                    operation.at,
                    "patch makes the object too large",
                ));
            }
        }
        if tree::is_bounded(root, VALUES) {
            Ok(())
        } else {
            Err(Refusal::new(root.at, "patch makes the object too large"))
        }
    }
}

impl Operation {
    fn refuse(&self, message: impl Into<String>) -> Refusal {
        Refusal::new(self.at, message).of(Cause::Refused)
    }

    fn apply(&self, root: &mut Node) -> Outcome<()> {
        let value = || match &self.value {
            Some(value) => value.clone(),
            None => Arc::new(Node::plain("null", self.at)),
        };
        match self.verb {
            Verb::Add => self.add(root, value()),
            Verb::Replace => self.replace(root, value()),
            Verb::Remove => self.remove(root, &self.path).map(|_| ()),
            Verb::Move => {
                let value = self.remove(root, &self.from)?;
                self.add(root, value)
            }
            Verb::Copy => {
                let missing = || Arc::new(Node::plain("null", self.at));
                let value = find(root, &self.from).map_or_else(missing, Arc::new);
                self.add(root, value)
            }
            Verb::Test => self.test(root),
        }
    }

    /// The collection that holds the last key of a path, to change.
    fn parent<'n>(&self, root: &'n mut Node, path: &[String]) -> Outcome<&'n mut Node> {
        let mut node = root;
        for key in &path[..path.len().saturating_sub(1)] {
            let next = match &mut node.content {
                Content::Map(map) => map.get_mut(key),
                Content::List(items) => {
                    let index = index(key, items.len()).filter(|index| *index < items.len());
                    index.map(|index| Arc::make_mut(&mut items[index]))
                }
                Content::Scalar(_) => None,
            };
            let next = next.filter(|next| !next.is_null());
            node = next.ok_or_else(|| {
                self.refuse(format!(
                    "path `/{}` leads nowhere: there is no `{key}`",
                    path.join("/")
                ))
            })?;
        }
        Ok(node)
    }

    fn add(&self, root: &mut Node, value: Arc<Node>) -> Outcome<()> {
        let last = self.path.last().map_or("", String::as_str);
        let parent = self.parent(root, &self.path)?;
        match &mut parent.content {
            Content::Map(map) => {
                map.set(last, self.at, Arc::unwrap_or_clone(value));
                Ok(())
            }
            Content::List(items) => {
                let index = match last {
                    "-" => Some(items.len()),
                    last => index(last, items.len() + 1),
                };
                match index.filter(|index| *index <= items.len()) {
                    Some(index) => items.insert(index, value),
                    None => return Err(self.refuse(format!("index `{last}` is out of bounds"))),
                }
                Ok(())
            }
            Content::Scalar(_) => Err(self.refuse("path leads into a scalar")),
        }
    }

    fn replace(&self, root: &mut Node, value: Arc<Node>) -> Outcome<()> {
        let last = self.path.last().map_or("", String::as_str);
        let parent = self.parent(root, &self.path)?;
        match &mut parent.content {
            Content::Map(map) => {
                map.set(last, self.at, Arc::unwrap_or_clone(value));
                Ok(())
            }
            Content::List(items) => {
                let index = index(last, items.len()).filter(|index| *index < items.len());
                let Some(index) = index else {
                    return Err(self.refuse(format!("index `{last}` is out of bounds")));
                };
                let mut value = Arc::unwrap_or_clone(value);
                value.was = items[index].first_at();
                items[index] = Arc::new(value);
                Ok(())
            }
            Content::Scalar(_) => Err(self.refuse("path leads into a scalar")),
        }
    }

    fn remove(&self, root: &mut Node, path: &[String]) -> Outcome<Arc<Node>> {
        let last = path.last().map_or("", String::as_str);
        let parent = self.parent(root, path)?;
        let removed = match &mut parent.content {
            Content::Map(map) => map.remove(last, self.at),
            Content::List(items) => {
                let index = index(last, items.len()).filter(|index| *index < items.len());
                index.map(|index| items.remove(index))
            }
            Content::Scalar(_) => None,
        };
        removed.ok_or_else(|| {
            self.refuse(format!(
                "path `/{}` leads nowhere: nothing to remove",
                path.join("/")
            ))
        })
    }

    fn test(&self, root: &mut Node) -> Outcome<()> {
        let found = find(root, &self.path);
        let is_equal = match (&found, &self.value) {
            (Some(found), Some(want)) => tree::equal(found, want),
            (None, want) => want.as_ref().is_none_or(|want| want.is_null()),
            (Some(found), None) => found
                .as_scalar()
                .is_some_and(|scalar| scalar.tag == Tag::Null),
        };
        if is_equal {
            Ok(())
        } else {
            Err(self.refuse(format!("test of `/{}` fails", self.path.join("/"))))
        }
    }
}

/// The value at a path.
fn find(root: &Node, path: &[String]) -> Option<Node> {
    let mut node = root;
    for key in path {
        node = match &node.content {
            Content::Map(map) => map.get(key)?,
            Content::List(items) => items.get(index(key, items.len())?)?,
            Content::Scalar(_) => return None,
        };
    }
    Some(node.clone())
}

/// A number below `length`; a negative one counts from its end.
fn index(text: &str, length: usize) -> Option<usize> {
    match text.strip_prefix('-') {
        Some(back) => length.checked_sub(back.parse().ok()?),
        None => text.parse().ok(),
    }
}

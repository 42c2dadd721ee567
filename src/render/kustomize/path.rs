//! Field paths of replacements and vars: keys with dots between them, `[name=x]`, indices and `*`.

use std::sync::Arc;

use regex::bytes::Regex;

use crate::render::kustomize::field;
use crate::render::kustomize::pattern;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::scalar::Tag;
use crate::render::kustomize::tree::{Content, Map, Node, Place};

/// A step of a path.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
    Every,
    /// Elements whose field matches, or that match themselves if it has no name.
    Where {
        field: String,
        value: String,
        regex: Regex,
    },
}

impl Step {
    /// The empty collection that the step leads into.
    fn holder(&self) -> Content {
        match self {
            Self::Key(_) => Content::Map(Map::default()),
            _ => Content::List(Vec::new()),
        }
    }
}

/// A field path.
#[derive(Clone, Debug)]
pub struct FieldPath {
    steps: Vec<Step>,
    text: Arc<str>,
    at: Place,
}

/// What is made at the end of a path where nothing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Create {
    /// Nothing.
    No,
    /// A scalar without text.
    Scalar,
    /// A sequence.
    List,
    /// A mapping.
    Map,
}

/// What is done with each value at the end of a path.
pub type Act<'a> = dyn FnMut(&mut Node) -> Outcome<()> + 'a;

impl FieldPath {
    /// Of a text such as `spec.containers.[name=web].env.0.value`.
    pub fn new(text: &Arc<str>, at: Place) -> Outcome<Self> {
        let keys = split(text);
        let steps = keys
            .into_iter()
            .map(|key| step(key, at))
            .collect::<Outcome<_>>()?;
        let text = text.clone();
        Ok(Self { steps, text, at })
    }

    /// How many steps it has.
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// The first `count` steps.
    pub fn head(&self, count: usize) -> Self {
        let steps = self.steps[..count].to_vec();
        let (text, at) = (self.text.clone(), self.at);
        Self { steps, text, at }
    }

    /// The steps from number `from` on.
    pub fn tail(&self, from: usize) -> Self {
        let steps = self.steps[from..].to_vec();
        let (text, at) = (self.text.clone(), self.at);
        Self { steps, text, at }
    }

    /// The one value that it leads to; `*` leads nowhere here.
    pub fn get<'n>(&self, root: &'n Node) -> Option<&'n Node> {
        let mut node = root;
        for step in &self.steps {
            node = match step {
                Step::Key(key) => node.get(key)?,
                Step::Index(index) => node.as_list()?.get(*index)?,
                Step::Every => return None,
                Step::Where { field, value, .. } => {
                    let items = node.as_list()?;
                    items
                        .iter()
                        .find(|item| text_of(item, field) == Some(value))?
                }
            };
        }
        Some(node)
    }

    /// Acts on all values that it leads to and gives their number.
    pub fn act(&self, root: &mut Node, create: Create, act: &mut Act<'_>) -> Outcome<usize> {
        self.walk(root, &self.steps, create, act)
    }

    fn refuse(&self, message: &str) -> Refusal {
        let message = format!("path `{}`: {message}", self.text.escape_debug());
        Refusal::new(self.at, message)
    }

    fn walk(
        &self,
        node: &mut Node,
        steps: &[Step],
        create: Create,
        act: &mut Act<'_>,
    ) -> Outcome<usize> {
        let Some((step, rest)) = steps.split_first() else {
            return act(node).map(|()| 1);
        };
        if create != Create::No && node.is_null() {
            node.content = step.holder();
        }
        match (step, &mut node.content) {
            (Step::Key(key), Content::Map(map)) => {
                if map.get(key).is_none() {
                    if create == Create::No {
                        return Ok(0);
                    }
                    map.insert(key, self.at, Arc::new(self.made(rest, create)));
                }
                map.get_mut(key)
                    .map_or(Ok(0), |next| self.walk(next, rest, create, act))
            }
            (Step::Key(_), Content::Scalar(scalar)) if scalar.tag == Tag::Null => Ok(0),
            (Step::Key(_), _) => Err(self.refuse("leads through what is no mapping")),
            (Step::Every, Content::List(items)) => {
                let mut count = 0;
                for item in items {
                    count += self.walk(Arc::make_mut(item), rest, create, act)?;
                }
                Ok(count)
            }
            (Step::Index(index), Content::List(items)) => {
                if *index == items.len() && create != Create::No {
                    items.push(Arc::new(self.made(rest, create)));
                }
                match items.get_mut(*index) {
                    Some(item) => self.walk(Arc::make_mut(item), rest, create, act),
                    None => Err(self.refuse("index is out of bounds")),
                }
            }
            (
                Step::Where {
                    field,
                    value,
                    regex,
                },
                Content::List(items),
            ) => {
                let fits = |item: &Node| {
                    text_of(item, field).is_some_and(|text| regex.is_match(text.as_bytes()))
                };
                if create != Create::No && !items.iter().any(|item| fits(item)) {
                    items.push(Arc::new(self.element(field, value)));
                }
                let rest = if field.is_empty() { &[] } else { rest };
                let mut count = 0;
                for item in items.iter_mut().filter(|item| fits(item)) {
                    count += self.walk(Arc::make_mut(item), rest, create, act)?;
                }
                Ok(count)
            }
            _ => Err(self.refuse("leads through what is no list")),
        }
    }

    /// What is made for a key or index before `rest`.
    fn made(&self, rest: &[Step], create: Create) -> Node {
        let content = match (rest.first(), create) {
            (Some(Step::Index(_) | Step::Where { .. }), _) | (None, Create::List) => {
                Content::List(Vec::new())
            }
            (Some(_), _) | (None, Create::Map) => Content::Map(Map::default()),
            (None, _) => Node::plain("", self.at).content,
        };
        Node::new(content, self.at)
    }

    fn element(&self, field: &str, value: &str) -> Node {
        let value = Node::plain(value, self.at);
        if field.is_empty() {
            return value;
        }
        let mut map = Map::default();
        map.insert(field, self.at, Arc::new(value));
        Node::new(Content::Map(map), self.at)
    }
}

/// The text of a field of an element, or of the element itself.
fn text_of<'n>(item: &'n Node, field: &str) -> Option<&'n str> {
    match field {
        "" => item.as_str(),
        field => item.get(field)?.as_str(),
    }
}

fn step(key: String, at: Place) -> Outcome<Step> {
    if key == "*" {
        return Ok(Step::Every);
    }
    if let Ok(index) = key.parse() {
        return Ok(Step::Index(index));
    }
    let inner = key.strip_prefix('[').and_then(|key| key.strip_suffix(']'));
    let Some((field, value)) = inner.and_then(|inner| inner.split_once('=')) else {
        return Ok(Step::Key(key));
    };
    Ok(Step::Where {
        field: field.to_owned(),
        value: value.to_owned(),
        regex: pattern::compile(value, at)?,
    })
}

/// The parts of a path: what stands in brackets stays one part, without them unless it selects elements.
fn split(text: &str) -> Vec<String> {
    let mut parts = field::split(text, '.').into_iter();
    let mut keys = Vec::new();
    while let Some(part) = parts.next() {
        if !part.starts_with('[') || part.ends_with(']') {
            keys.push(part);
            continue;
        }
        let mut joined = part;
        for part in parts.by_ref() {
            joined.push('.');
            joined.push_str(&part);
            if part.ends_with(']') {
                break;
            }
        }
        if joined.contains('=') {
            keys.push(joined);
        } else {
            keys.push(joined.trim_matches(['[', ']']).to_owned());
        }
    }
    keys.retain(|key| !key.trim().is_empty());
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_split_at_dots_outside_brackets() {
        for (text, want) in [
            ("spec.a.0", &["spec", "a", "0"][..]),
            ("a.[b.c/d].e", &["a", "b.c/d", "e"]),
            ("c.[name=x.y].z", &["c", "[name=x.y]", "z"]),
            (r"a\.b.c", &["a.b", "c"]),
            (".a", &["a"]),
        ] {
            assert_eq!(split(text), want, "{text}");
        }
    }
}

//! Places of rows: a rule hands back `at` and perhaps a field below it, and this turns both into bytes of a file.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::parse::Syntax;
use crate::parse::yaml::tree::{Content, NodeId, Style, Tree};
use crate::span::Span;

/// A row's place: the file's number in the run and the place's number in the file. Opaque to rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    /// The file's number in the run.
    pub file: u32,
    /// An index into the file's places.
    pub place: u32,
}

impl RowRef {
    /// As rules see it.
    pub fn number(self) -> u64 {
        (u64::from(self.file) << 32) | u64::from(self.place)
    }

    /// Read back from a finding; `None` if it is no number that the model gave out.
    pub fn from_number(number: u64) -> Option<Self> {
        Some(Self {
            file: u32::try_from(number >> 32).ok()?,
            place: u32::try_from(number & u64::from(u32::MAX)).ok()?,
        })
    }
}

/// What a place is in its file.
#[derive(Debug)]
pub enum SourceRef {
    /// A node of the YAML tree: fields below it are found in the tree.
    Node(NodeId),
    /// A stretch of text with named parts: an instruction, a command, an expression.
    Text(Box<TextPlace>),
    /// A stretch of text without: a word. There are many of them, and those of a command share its path.
    TextSpan(Span, Arc<str>),
}

/// A place outside the YAML tree.
#[derive(Debug)]
pub struct TextPlace {
    /// Shown for the row itself.
    pub span: Span,
    /// Where it is in terms that survive moved lines: `stage[2]/RUN[1]/apt-get[0]`.
    pub path: String,
    /// Its parts, by the paths of their fields.
    pub fields: Vec<(Name, Span)>,
    /// The same by their paths, if there are many; made when one is asked for first.
    by_path: OnceLock<Box<FxHashMap<String, Span>>>,
}

/// From how many parts on a table finds them: each finding may ask for another.
const MANY_FIELDS: usize = 64;

/// How many bytes of a key or a name the path of a node has.
const LONGEST_PART: usize = 1_000;

/// The path of a field.
#[derive(Debug)]
pub enum Name {
    /// `keyword`, `flags.from`.
    Whole(Cow<'static, str>),
    /// `arguments.2`: most parts of most places, of which hardly any is ever asked for.
    Item(&'static str, usize),
}

impl Name {
    fn is(&self, path: &str) -> bool {
        match self {
            Self::Whole(name) => name == path,
            Self::Item(list, number) => path
                .strip_prefix(list)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|item| item == number.to_string()),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(name) => formatter.write_str(name),
            Self::Item(list, number) => write!(formatter, "{list}.{number}"),
        }
    }
}

impl TextPlace {
    /// A place with no named parts.
    pub fn new(span: Span, path: impl Into<String>) -> Self {
        Self {
            span,
            path: path.into(),
            fields: Vec::new(),
            by_path: OnceLock::new(),
        }
    }

    /// The bytes of the first part of that path.
    fn part(&self, path: &str) -> Option<Span> {
        if self.fields.len() < MANY_FIELDS {
            let mut fields = self.fields.iter();
            return fields
                .find(|(name, _)| name.is(path))
                .map(|(_, span)| *span);
        }
        let by_path = self.by_path.get_or_init(|| {
            let fields = self.fields.iter().rev();
            let fields = fields.map(|(name, span)| (name.to_string(), *span));
            Box::new(fields.collect())
        });
        by_path.get(path).copied()
    }

    /// Names a part.
    #[must_use]
    pub fn field(mut self, name: impl Into<Cow<'static, str>>, span: Span) -> Self {
        self.fields.push((Name::Whole(name.into()), span));
        self
    }

    /// Names a part that is an item of a list.
    #[must_use]
    pub fn item(mut self, list: &'static str, number: usize, span: Span) -> Self {
        self.fields.push((Name::Item(list, number), span));
        self
    }
}

/// One step of a field path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a mapping, or to a named part.
    Key(String),
    /// Into a sequence, counted from 0.
    Item(usize),
}

impl Step {
    /// A part of a dotted path: digits are an item.
    pub fn parse(text: &str) -> Self {
        match text.parse() {
            Ok(item) => Self::Item(item),
            Err(_) => Self::Key(text.to_owned()),
        }
    }
}

/// A place, found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The token to show.
    pub span: Span,
    /// Where it is in terms that survive moved lines.
    pub path: String,
    /// Whether all steps led somewhere.
    pub is_whole: bool,
    /// The collection that is meant, or that lacks what is meant; `None` if a scalar or a token is meant.
    pub holder: Option<Span>,
    /// The keys below it that are not there.
    pub absent: Vec<String>,
}

impl Resolved {
    fn token(span: Span, path: String, is_whole: bool) -> Self {
        Self {
            span,
            path,
            is_whole,
            holder: None,
            absent: Vec::new(),
        }
    }
}

/// Follows `steps` below a place as far as they lead, and picks what to show there: one key or token, never a block.
pub fn resolve(target: &SourceRef, steps: &[Step], syntax: &Syntax) -> Resolved {
    match (target, syntax) {
        (SourceRef::Node(node), Syntax::Yaml(tree)) => below_node(tree, *node, steps),
        (SourceRef::Node(_), Syntax::Dockerfile(_)) => {
            Resolved::token(Span::default(), String::new(), false)
        }
        (SourceRef::Text(place), _) => below_text(place, steps),
        (SourceRef::TextSpan(span, path), _) => {
            Resolved::token(*span, below(path, &names(steps)), steps.is_empty())
        }
    }
}

fn names(steps: &[Step]) -> Vec<String> {
    let names = steps.iter().map(|step| match step {
        Step::Key(key) => key.clone(),
        Step::Item(item) => item.to_string(),
    });
    names.collect()
}

/// The path of something below another.
fn below(path: &str, names: &[String]) -> String {
    names
        .iter()
        .fold(path.to_owned(), |path, name| path + "/" + name)
}

fn below_text(place: &TextPlace, steps: &[Step]) -> Resolved {
    let mut names = names(steps);
    let path = below(&place.path, &names);
    let asked = names.len();
    while !names.is_empty() {
        let wanted = names.join(".");
        if let Some(span) = place.part(&wanted) {
            return Resolved::token(span, path, names.len() == asked);
        }
        names.pop();
    }
    Resolved::token(place.span, path, asked == 0)
}

fn below_node(tree: &Tree, node: NodeId, steps: &[Step]) -> Resolved {
    let mut node = node;
    let mut missing = steps;
    while let Some((step, rest)) = missing.split_first() {
        let next = match step {
            Step::Key(key) => tree.get(node, key),
            Step::Item(item) => tree
                .items(node)
                .get(*item)
                .copied()
                .or_else(|| tree.get(node, &item.to_string())),
        };
        let Some(next) = next else { break };
        node = next;
        missing = rest;
    }
    let mut path = node_path(tree, node);
    for step in missing {
        path.push('/');
        match step {
            Step::Key(key) => path.push_str(key),
            Step::Item(item) => path.push_str(&item.to_string()),
        }
    }
    let is_collection = !matches!(tree.node(node).content, Content::Scalar(_));
    Resolved {
        span: shown(tree, node),
        path,
        is_whole: missing.is_empty(),
        holder: (is_collection || !missing.is_empty()).then(|| tree.node(node).span),
        absent: names(missing),
    }
}

/// What to show of a node: a short value with its key, a collection by its key, its name or its first key.
fn shown(tree: &Tree, node: NodeId) -> Span {
    let written = tree.node(node);
    let key = written.key.map(|key| tree.node(key).span);
    match (&written.content, key) {
        (Content::Scalar(scalar), Some(key))
            if matches!(scalar.style, Style::Literal | Style::Folded) =>
        {
            key
        }
        (Content::Scalar(_) | Content::Alias(_), Some(key)) => key.to(written.span),
        (Content::Mapping(_) | Content::Sequence(_), Some(key)) => key,
        (Content::Scalar(_) | Content::Alias(_), None) => written.span,
        (Content::Sequence(items), None) => items
            .first()
            .map_or(written.span, |item| shown(tree, *item)),
        (Content::Mapping(pairs), None) => {
            name_of(tree, node).unwrap_or_else(|| match pairs.first() {
                Some((key, value)) => match tree.node(*value).content {
                    Content::Scalar(_) => shown(tree, *value),
                    _ => tree.node(*key).span,
                },
                None => written.span,
            })
        }
    }
}

/// `name: app` of a mapping, or of a document's metadata.
fn name_of(tree: &Tree, node: NodeId) -> Option<Span> {
    let metadata = tree
        .get(node, "kind")
        .and_then(|_| tree.get(node, "metadata"));
    let holder = metadata.unwrap_or(node);
    let (key, value) = tree
        .entry(holder, "name")
        .or_else(|| tree.entry(holder, "generateName"))?;
    let short = matches!(&tree.node(value).content, Content::Scalar(scalar) if !matches!(scalar.style, Style::Literal | Style::Folded));
    short.then(|| tree.node(key).span.to(tree.node(value).span))
}

/// The number of an item of a sequence. Items are numbered in the order of the file; only where aliases are unfolded they may not be.
fn number_of(items: &[NodeId], item: NodeId) -> usize {
    let sorted = items.binary_search(&item).ok();
    let found = sorted.or_else(|| items.iter().position(|other| *other == item));
    found.unwrap_or_default()
}

/// A text up to [`LONGEST_PART`] bytes.
fn clipped(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_PART);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `spec/containers[name=app]/image`: keys, and items by their name where they have one.
fn node_path(tree: &Tree, node: NodeId) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut node = node;
    while let Some(parent) = tree.node(node).parent {
        match (&tree.node(parent).content, tree.node(node).key) {
            (Content::Mapping(_), Some(key)) => {
                parts.push(clipped(tree.text(key).unwrap_or("?")).to_owned());
            }
            (Content::Sequence(items), _) => {
                let name = ["name", "id", "key"]
                    .iter()
                    .find_map(|name| Some((name, tree.text_at(node, name)?)));
                parts.push(match name {
                    Some((name, value)) => format!("[{name}={}]", clipped(value)),
                    None => format!("[{}]", number_of(items, node)),
                });
            }
            _ => {}
        }
        node = parent;
    }
    parts.reverse();
    parts.join("/").replace("/[", "[")
}

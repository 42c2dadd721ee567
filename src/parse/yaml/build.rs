//! Builds the tree from events without recursion: open collections are on a stack of our own.

use granit_parser::{Event, ScalarStyle, Tag};
use rustc_hash::FxHashMap;

use crate::parse::problem::Problem;
use crate::parse::yaml::duplicates::PROBLEMS;
use crate::parse::yaml::tree::{Comment, Content, Node, NodeId, Scalar, Style, Tree};
use crate::parse::yaml::{comment_at, duplicates, located, unquoted};
use crate::span::{LocatedText, Span};
use hullmark_tables::faults;

/// How many nodes the aliases of a file may stand for together, beside ten for each that it has. Each may become a row of a
/// kilobyte, and findings.
const EXPANDED: u64 = 20_000;
/// How many bytes of a scalar weigh as much as a node: an alias of a script has it read again.
const SCALAR: usize = 32;
/// How many anchors without an alias are kept.
const UNUSED: usize = 64;
/// How deep a document may nest once its aliases are written out.
const EXPANDED_DEPTH: usize = 256;
/// About how many bytes of a file make a node.
const BYTES: usize = 32;

/// A collection that is still open.
struct Open {
    id: NodeId,
    children: Children,
    anchor: usize,
    /// Nodes below it, aliases written out.
    weight: u64,
    /// Levels below it, aliases written out.
    height: usize,
    end: u32,
}

enum Children {
    Sequence(Vec<NodeId>),
    Mapping(Vec<(NodeId, NodeId)>, Option<NodeId>),
}

/// A closed node that an alias may stand for.
#[derive(Clone, Copy)]
struct Anchored {
    id: NodeId,
    weight: u64,
    height: usize,
}

/// The tree in the making.
pub(super) struct Builder<'t> {
    text: &'t str,
    tree: Tree,
    open: Vec<Open>,
    anchors: FxHashMap<usize, Anchored>,
    /// Where the nodes of the document begin.
    document: usize,
    /// Where the nodes of the document before it begin.
    last_start: usize,
    root: Option<NodeId>,
    /// The weight of what the aliases of the file stand for.
    aliased: u64,
    /// The anchors that no alias names so far, each with its node.
    unused: Vec<(usize, NodeId)>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut tree = Tree::default();
        tree.nodes.reserve(text.len() / BYTES);
        Self {
            text,
            tree,
            open: Vec::new(),
            anchors: FxHashMap::default(),
            document: 0,
            last_start: 0,
            root: None,
            aliased: 0,
            unused: Vec::new(),
        }
    }

    pub(super) fn comment(&mut self, span: Span) {
        let comment: Comment = comment_at(self.text, span);
        self.tree.comments.push(comment);
    }

    pub(super) fn start_document(&mut self) {
        self.anchors.clear();
        self.open.clear();
        self.document = self.tree.nodes.len();
        self.root = None;
    }

    pub(super) fn end_document(&mut self, problems: &mut Vec<Problem>) {
        while !self.open.is_empty() {
            self.close(None, problems);
        }
        self.tree.roots.extend(self.root.take());
        self.last_start = self.document;
        self.document = self.tree.nodes.len();
    }

    /// The byte behind the last finished document, if its root is written in brackets and no node of another was read since.
    pub(super) fn finished_at(&self) -> Option<usize> {
        let root = self.last_root()?;
        root.of(self.text)
            .starts_with(['{', '['])
            .then_some(root.end as usize)
    }

    /// The root of the last finished document, if no node of another was read since.
    fn last_root(&self) -> Option<Span> {
        if self.document < self.tree.nodes.len() {
            return None;
        }
        let root = self.tree.roots.last()?;
        Some(self.tree.node(*root).span)
    }

    /// How many nodes there are by now.
    pub(super) fn nodes(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Where the document that is being read begins: its first key or value.
    pub(super) fn document_span(&self) -> Option<Span> {
        let mut nodes = self.tree.nodes[self.document..].iter();
        let first = nodes.find(|node| matches!(node.content, Content::Scalar(_)));
        first.map(|node| node.span)
    }

    /// Half a document would be reported for what its other half says, so nothing of it stays.
    pub(super) fn abandon_document(&mut self) {
        self.tree.nodes.truncate(self.document);
        self.start_document();
    }

    /// The same for an error at a byte of the text: the parser may have taken the document for finished before it came to the
    /// error. What is written in brackets was complete all the same.
    pub(super) fn abandon_document_at(&mut self, at: usize) {
        if let Some(root) = self.last_root()
            && self.finished_at().is_none()
            && !self.text[root.end as usize..at.max(root.end as usize)]
                .lines()
                .any(is_document_marker)
        {
            self.tree.roots.pop();
            self.document = self.last_start;
        }
        self.abandon_document();
    }

    pub(super) fn finish(mut self) -> Tree {
        self.tree.unused_anchors = self.unused.iter().map(|(_, node)| *node).collect();
        self.tree.comments.sort_by_key(|comment| comment.span);
        self.tree.comments.dedup_by_key(|comment| comment.span);
        let blanks = self.tree.comments.iter();
        let blanks = blanks.filter(|comment| !comment.own_line);
        let blanks = blanks.filter_map(|comment| blank(self.text, comment.span));
        self.tree.made_later = blanks.collect();
        self.tree
    }

    pub(super) fn event(&mut self, event: Event<'_>, span: Span, problems: &mut Vec<Problem>) {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let span = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => self.with_header(span),
                    _ => span,
                };
                let scalar = scalar(self.text, &value, style, tag.as_deref(), span);
                let span = Span::new(
                    span.start as usize,
                    span.start as usize + span.of(self.text).trim_end().len(),
                );
                let id = self.add(Content::Scalar(scalar), span);
                let weight = 1 + (value.len() / SCALAR) as u64;
                self.place(id, weight, 0);
                self.anchor(anchor, id, weight, 0);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.start(Children::Sequence(Vec::new()), anchor, span);
            }
            Event::MappingStart(_, anchor, _) => {
                self.start(Children::Mapping(Vec::new(), None), anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(span), problems),
            Event::Alias(anchor) => self.alias(anchor, span, problems),
            Event::UnresolvedAlias(name) => {
                self.report_unresolved(&name, span, problems);
                self.nothing(span);
            }
            _ => {}
        }
    }

    /// The parser shows a block scalar from its first text on; it begins at its `|` or `>`.
    fn with_header(&self, span: Span) -> Span {
        let before = self.text[..span.start as usize].trim_end();
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        // A comment may be behind the header; the parser tells of it only later.
        let comments = before[line..].match_indices(" #").map(|(at, _)| line + at);
        for end in comments.chain([before.len()]) {
            let header = before[..end].trim_end();
            let header = header
                .trim_end_matches(['+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            if header.ends_with(['|', '>']) {
                return Span::new(header.len() - 1, span.end as usize);
            }
        }
        span
    }

    fn add(&mut self, content: Content, span: Span) -> NodeId {
        let id = NodeId::try_from(self.tree.nodes.len()).unwrap_or(NodeId::MAX);
        self.tree.nodes.push(Node {
            span,
            key: None,
            parent: None,
            content,
        });
        id
    }

    fn start(&mut self, children: Children, anchor: usize, span: Span) {
        let content = match children {
            Children::Sequence(_) => Content::Sequence(Vec::new()),
            Children::Mapping(..) => Content::Mapping(Vec::new()),
        };
        let id = self.add(content, span);
        self.open.push(Open {
            id,
            children,
            anchor,
            weight: 1,
            height: 0,
            end: span.end,
        });
    }

    /// A block collection ends where its last child ends: the parser sees its end only at the next token.
    fn close(&mut self, end: Option<Span>, problems: &mut Vec<Problem>) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let end = match end {
            Some(span) if span.end > span.start => span.end.max(open.end),
            _ => open.end,
        };
        let content = match open.children {
            Children::Sequence(items) => Content::Sequence(items),
            Children::Mapping(pairs, _) => {
                self.tree.is_merged |= duplicates::report(&self.tree, &pairs, problems);
                Content::Mapping(pairs)
            }
        };
        let node = &mut self.tree.nodes[open.id as usize];
        node.content = content;
        node.span.end = end;
        self.place(open.id, open.weight, open.height);
        self.anchor(open.anchor, open.id, open.weight, open.height);
    }

    /// Hangs a finished node into the collection that is open.
    fn place(&mut self, id: NodeId, weight: u64, height: usize) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(id);
            return;
        };
        open.weight = open.weight.saturating_add(weight);
        open.height = open.height.max(height + 1);
        let node = &mut self.tree.nodes[id as usize];
        node.parent = Some(open.id);
        match &mut open.children {
            Children::Sequence(items) => items.push(id),
            Children::Mapping(pairs, key) => match key.take() {
                None => *key = Some(id),
                Some(key) => {
                    let key_end = self.tree.nodes[key as usize].span.end;
                    let node = &mut self.tree.nodes[id as usize];
                    if node.span.start == node.span.end {
                        node.span = after_colon(self.text, key_end, node.span);
                    }
                    node.key = Some(key);
                    pairs.push((key, id));
                }
            },
        }
        open.end = open.end.max(self.tree.nodes[id as usize].span.end);
    }

    fn anchor(&mut self, anchor: usize, id: NodeId, weight: u64, height: usize) {
        if anchor > 0 {
            if self.unused.len() < UNUSED {
                self.unused.push((anchor, id));
            }
            let anchored = Anchored { id, weight, height };
            self.anchors.insert(anchor, anchored);
        }
    }

    /// An alias stands for a finished node, and what all aliases stand for together stays within bounds,
    /// so that whoever follows them later ends soon.
    fn alias(&mut self, anchor: usize, span: Span, problems: &mut Vec<Problem>) {
        let Some(target) = self.anchors.get(&anchor).copied() else {
            let message = "alias refers to a node that contains it";
            if problems.len() < PROBLEMS {
                problems.push(Problem::new(faults::RECURSIVE_ALIAS, span, message));
            }
            return self.nothing(span);
        };
        let nodes = self.tree.nodes.len() as u64;
        let aliased = self.aliased.saturating_add(target.weight);
        if aliased > EXPANDED.saturating_add(nodes.saturating_mul(10))
            || self.open.len() + target.height > EXPANDED_DEPTH
        {
            // One problem tells it; the aliases that follow stay empty too.
            if self.aliased < u64::MAX {
                let message = "aliases stand for too many nodes";
                problems.push(Problem::new(faults::YAML_SYNTAX_ERROR, span, message));
            }
            self.aliased = u64::MAX;
            return self.nothing(span);
        }
        self.aliased = aliased;
        self.unused.retain(|(unused, _)| *unused != anchor);
        let id = self.add(Content::Alias(target.id), span);
        self.place(id, target.weight, target.height);
    }

    /// An alias without an anchor: a slip in its name, or a value that begins with `*` and lacks its quotes.
    fn report_unresolved(&self, name: &str, span: Span, problems: &mut Vec<Problem>) {
        if problems.len() >= PROBLEMS {
            return;
        }
        let message = format!("alias `*{name}` names no anchor before it");
        let mut problem = Problem::new(faults::YAML_SYNTAX_ERROR, span, message);
        let is_name = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        problem.help = Some(match unquoted::help(self.text, span.start as usize) {
            Some(help) if !is_name => help.into(),
            _ => format!(
                "Write the anchor `&{name}` before the value that is meant, or put `*{name}` in quotes."
            )
            .into(),
        });
        problems.push(problem);
    }

    /// An empty scalar where something was that cannot be used.
    fn nothing(&mut self, span: Span) {
        let scalar = Scalar {
            text: LocatedText::verbatim("", span.start),
            style: Style::Plain,
            tag: None,
        };
        let id = self.add(Content::Scalar(scalar), span);
        self.place(id, 1, 0);
    }
}

/// Whether a line ends a document or begins the next.
fn is_document_marker(line: &str) -> bool {
    line.starts_with("---") || line.starts_with("...")
}

/// An absent value is right after the colon of its key.
fn after_colon(text: &str, key_end: u32, span: Span) -> Span {
    match text.as_bytes().get(key_end as usize) {
        Some(b':') => Span::new(key_end as usize + 1, key_end as usize + 1),
        _ => span,
    }
}

fn scalar(text: &str, value: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Scalar {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    };
    Scalar {
        text: located::locate(text, span, value, style),
        style,
        tag: tag.map(|tag| tag.original().into_boxed_str()),
    }
}

/// The bytes from a key without a value to the end of its line, where a placeholder that YAML takes for a comment is all that follows: `image: #{IMAGE}`,
/// `image: #IMAGE#`, or an expression of ytt, `image: #@ data.values.image`. A program puts the value there before the file is read.
fn blank(text: &str, comment: Span) -> Option<Span> {
    let inner = comment.of(text).trim_end().strip_prefix('#')?;
    let is_name = || {
        let name = match inner.strip_prefix('{') {
            Some(rest) => rest.split_once('}')?.0.trim_matches(['{', '}']),
            None => inner.trim_start_matches('#').strip_suffix('#')?,
        };
        let name = name.trim_end_matches('#').trim();
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        (!name.is_empty() && name.bytes().all(is_sign)).then_some(())
    };
    let is_expression = || {
        inner
            .strip_prefix("@ ")
            .is_some_and(|code| !code.trim().is_empty())
    };
    let before = text.get(..comment.start as usize)?;
    let before = before.trim_end_matches([' ', '\t']);
    (before.ends_with([':', '-']) && (is_expression() || is_name().is_some())).then(|| Span {
        start: u32::try_from(before.len()).unwrap_or(comment.start),
        end: comment.end,
    })
}

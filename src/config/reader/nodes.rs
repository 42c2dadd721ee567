//! Nodes of a configuration as the types that its keys take.

use crate::config::error::{Mistake, MistakeKind};
use crate::config::given::{self, Given};
use crate::config::reader::Reader;
use crate::config::{Level, Selector, severity_named};
use crate::diagnostic::Severity;
use crate::inert::clipped;
use crate::parse::yaml::tree::{Content, NodeId, Style};
use crate::patterns::Patterns;
use crate::span::Span;
use crate::suggestion::similar;

/// How deep the settings of a rule nest: a mapping of lists or mappings.
const DEEPEST: usize = 2;

/// How many characters of a wrong value a message shows.
const SHOWN: usize = 40;

impl<'a> Reader<'a> {
    pub(super) fn place(&self, span: Span) -> String {
        let start = self.lines.position(self.text, span.start);
        format!("{}:{}:{}", self.shown, start.line, start.column)
    }

    pub(super) fn report(&self, span: Span, kind: MistakeKind) {
        let place = self.place(span);
        self.mistakes.borrow_mut().push(Mistake { place, kind });
    }

    /// Reports a node that is not what its key takes; `suggestion` is a word that may have been meant.
    pub(super) fn report_type(
        &self,
        node: NodeId,
        what: String,
        wanted: &'static str,
        suggestion: Option<&str>,
    ) {
        let kind = MistakeKind::WrongType {
            what,
            wanted,
            found: self.found(node),
            suggestion: suggestion.map(ToOwned::to_owned),
        };
        self.report(self.span(node), kind);
    }

    pub(super) fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }

    /// The pairs of a mapping whose keys must be `known`; none if the value is left empty.
    pub(super) fn pairs(
        &self,
        node: NodeId,
        what: &str,
        known: &[&'static str],
    ) -> Vec<(&'static str, NodeId)> {
        let mut pairs = Vec::new();
        for (key, value) in self.mapping(node, what) {
            let name = self.tree.text(key).unwrap_or_default();
            if let Some(name) = known.iter().find(|known| **known == name) {
                pairs.push((*name, value));
                continue;
            }
            let kind = MistakeKind::UnknownKey {
                key: name.to_owned(),
                suggestion: similar(name, known).map(ToOwned::to_owned),
            };
            self.report(self.span(key), kind);
        }
        pairs
    }

    pub(super) fn mapping(&self, node: NodeId, what: &str) -> Vec<(NodeId, NodeId)> {
        match self.tree.content(node) {
            Content::Mapping(_) => return self.tree.pairs(node),
            _ if self.is_empty(node) => {}
            _ => self.report_type(node, what.to_owned(), "a mapping, `key: value`", None),
        }
        Vec::new()
    }

    pub(super) fn list(&self, node: NodeId) -> &'a [NodeId] {
        match self.tree.content(node) {
            Content::Sequence(items) => return items,
            _ if self.is_empty(node) => {}
            _ => self.report_type(node, self.key(node), "a list", None),
        }
        &[]
    }

    /// A list of texts, or one text, with their places.
    pub(super) fn texts(&self, node: NodeId) -> Vec<(&'a str, Span)> {
        if let Some(text) = self.tree.text(node).filter(|_| !self.is_empty(node)) {
            return vec![(text, self.span(node))];
        }
        let mut texts = Vec::new();
        for item in self.list(node) {
            if let Some(text) = self.tree.text(*item) {
                texts.push((text, self.span(*item)));
                continue;
            }
            let kind = MistakeKind::WrongItem {
                key: self.key(node),
                found: self.found(*item),
            };
            self.report(self.span(*item), kind);
        }
        texts
    }

    pub(super) fn selectors(&self, node: NodeId) -> Vec<Selector> {
        let texts = self.texts(node).into_iter();
        texts
            .map(|(text, span)| self.selector(text, span))
            .collect()
    }

    pub(super) fn selector(&self, text: &str, span: Span) -> Selector {
        Selector {
            text: text.to_owned(),
            place: self.place(span),
        }
    }

    pub(super) fn levels(&self, node: NodeId) -> Vec<(Selector, Level)> {
        let pairs = self.mapping(node, "`severity`").into_iter();
        pairs
            .filter_map(|(key, value)| {
                let name = self.tree.text(key).unwrap_or_default();
                let level = match self.tree.text(value) {
                    Some("off") => Level::Off,
                    _ => Level::At(self.severity(value)?),
                };
                Some((self.selector(name, self.span(key)), level))
            })
            .collect()
    }

    /// A value as it is written; what nests deeper than any setting does is left out.
    pub(super) fn given(&self, node: NodeId, depth: usize) -> Given {
        let below = |node: NodeId| self.given(node, depth + 1);
        let content = match self.tree.content(node) {
            Content::Mapping(_) if depth < DEEPEST => {
                let pairs = self.tree.pairs(node).into_iter();
                given::Content::Map(
                    pairs
                        .map(|(key, value)| (below(key), below(value)))
                        .collect(),
                )
            }
            Content::Mapping(_) => given::Content::Map(Vec::new()),
            Content::Sequence(items) if depth < DEEPEST => {
                given::Content::List(items.iter().map(|item| below(*item)).collect())
            }
            Content::Sequence(_) => given::Content::List(Vec::new()),
            Content::Scalar(scalar) if scalar.style != Style::Plain => {
                given::Content::Scalar(scalar.text.text.clone(), true)
            }
            _ if self.is_empty(node) => given::Content::Empty,
            _ => {
                let text = self.tree.text(node).unwrap_or_default();
                given::Content::Scalar(text.to_owned(), false)
            }
        };
        Given {
            place: self.place(self.span(node)),
            content,
        }
    }

    /// One of two words.
    pub(super) fn word(&self, node: NodeId, known: &[&'static str; 2]) -> Option<&'static str> {
        let word = self.tree.text(node).unwrap_or_default();
        let found = known.iter().find(|known| **known == word);
        if found.is_none() {
            let wanted = match known {
                ["true", _] => "true or false",
                _ => "required or optional",
            };
            self.report_type(node, self.key(node), wanted, similar(word, known));
        }
        found.copied()
    }

    pub(super) fn severity(&self, node: NodeId) -> Option<Severity> {
        let word = self.tree.text(node).unwrap_or_default();
        let severity = severity_named(word);
        if severity.is_none() {
            let suggestion = similar(word, &["error", "warning", "info"]);
            self.report_type(node, self.key(node), "error, warning or info", suggestion);
        }
        severity
    }

    pub(super) fn patterns(&self, node: NodeId) -> Option<Patterns> {
        let texts = self.texts(node);
        for (glob, span) in &texts {
            if let Err(error) = Patterns::new(self.folder, [glob]) {
                self.report(*span, error.into());
                return None;
            }
        }
        Patterns::new(self.folder, texts.iter().map(|(glob, _)| glob))
            .map_err(|error| self.report(self.span(node), error.into()))
            .ok()
    }

    /// The same as texts, for globs that count from a folder that is not known yet.
    pub(super) fn globs(&self, node: NodeId) -> Option<Vec<String>> {
        let patterns = self.patterns(node)?;
        Some(patterns.texts().to_vec())
    }

    pub(super) fn is_empty(&self, node: NodeId) -> bool {
        self.tree
            .scalar(node)
            .is_some_and(|scalar| scalar.text.text.is_empty() || scalar.text.text == "null")
    }

    /// The key that a value, or the list that holds it, belongs to, in backticks.
    pub(super) fn key(&self, node: NodeId) -> String {
        let key = self.tree.node(node).key;
        let key = key.and_then(|key| self.tree.text(key));
        format!("`{}`", key.unwrap_or_default())
    }

    /// What a node is, for a message.
    pub(super) fn found(&self, node: NodeId) -> String {
        match self.tree.content(node) {
            Content::Mapping(_) => "a mapping".to_owned(),
            Content::Sequence(_) => "a list".to_owned(),
            _ => {
                let text = self.tree.text(node).unwrap_or_default();
                format!("`{}`", clipped(text, SHOWN))
            }
        }
    }
}

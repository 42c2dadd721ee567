//! A configuration of another linter while it is read: its lines, and what is said of each.

use std::collections::BTreeMap;

use crate::cli::migrate::wanted::Wanted;
use crate::config::selector::RuleSelector;
use crate::inert::{clipped, line as line_of};
use crate::parse::yaml;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::rules::Catalogue;
use crate::span::{Lines, Span};

/// How many characters of what is written are shown.
const LONGEST: usize = 60;

/// A file, what it comes to, and what is said of it.
pub(super) struct File<'a> {
    name: &'a str,
    pub(super) text: &'a str,
    tree: Tree,
    lines: Lines,
    catalogue: &'a Catalogue,
    pub(super) wanted: &'a mut Wanted,
    /// By place.
    said: BTreeMap<(u32, u32), String>,
}

impl<'a> File<'a> {
    pub(super) fn new(
        name: &'a str,
        text: &'a str,
        catalogue: &'a Catalogue,
        wanted: &'a mut Wanted,
    ) -> Self {
        let mut problems = Vec::new();
        let mut file = Self {
            name,
            text,
            tree: yaml::parse(text, &mut problems),
            lines: Lines::of(text),
            catalogue,
            wanted,
            said: BTreeMap::new(),
        };
        if name.ends_with("ml") {
            for problem in problems {
                file.say(problem.span, "is not read", &problem.message);
            }
        }
        file
    }

    /// What is said, a line for each place, in their order.
    pub(super) fn said(&self) -> String {
        self.said.values().map(String::as_str).collect()
    }

    /// Notes what became of something that is written.
    pub(super) fn say(&mut self, span: Span, became: &str, why: &str) {
        let at = self.lines.position(self.text, span.start);
        let written = span.of(self.text).lines().next().unwrap_or_default().trim();
        let written = clipped(written, LONGEST);
        let why = if why.is_empty() {
            String::new()
        } else {
            format!(": {why}")
        };
        let line = format!(
            "{}:{}:{}: `{written}` {became}{why}",
            self.name, at.line, at.column
        );
        let line = line_of(&line) + "\n";
        let said = self.said.entry((at.line, at.column)).or_default();
        said.push_str(&line);
    }

    /// Notes that something has no counterpart.
    pub(super) fn nothing(&mut self, span: Span, why: &str) {
        self.say(span, "has no counterpart", why);
    }

    /// Notes that something is part of the configuration now.
    pub(super) fn is_now(&mut self, span: Span, what: &str) {
        self.say(span, "is now", &format!("`{what}`"));
    }

    /// The selector for a tool's id, if some rule covers it; says so if none does.
    pub(super) fn selector(&mut self, tool: &str, id: &str, span: Span) -> Option<String> {
        let id = id.trim();
        let full = format!("{tool}:{id}");
        let known = [full, id.to_owned()]
            .into_iter()
            .find(|one| RuleSelector::parse(one, self.catalogue).is_some());
        if known.is_none() {
            self.nothing(span, "no rule covers it, so it is not reported");
        }
        known
    }

    /// The keys of the document with their values.
    pub(super) fn pairs(&self, node: Option<NodeId>) -> Vec<(String, Span, NodeId)> {
        let Some(node) = node else {
            return Vec::new();
        };
        let pairs = self.tree.pairs(node).into_iter();
        let pairs = pairs.map(|(key, value)| {
            let name = self.tree.text(key).unwrap_or_default().to_owned();
            (name, self.tree.node(key).span, value)
        });
        pairs.collect()
    }

    pub(super) fn root(&self) -> Option<NodeId> {
        self.tree.roots.first().copied()
    }

    /// The texts of a list, or the one that is there instead; of one with commas, its parts.
    pub(super) fn texts(&self, node: NodeId) -> Vec<(String, Span)> {
        let split = |node: NodeId| {
            let span = self.tree.node(node).span;
            let text = self.tree.text(node).unwrap_or_default();
            let parts = text
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            parts
                .map(|part| (part.to_owned(), span))
                .collect::<Vec<_>>()
        };
        if self.tree.text(node).is_some() {
            return split(node);
        }
        let items = self.tree.items(node).iter();
        items.flat_map(|item| split(*item)).collect()
    }

    /// The items of a list.
    pub(super) fn items(&self, node: NodeId) -> Vec<NodeId> {
        self.tree.items(node).to_vec()
    }

    pub(super) fn text_of(&self, node: NodeId) -> String {
        self.tree.text(node).unwrap_or_default().to_owned()
    }

    pub(super) fn get(&self, node: NodeId, name: &str) -> Option<NodeId> {
        self.tree.get(node, name)
    }

    pub(super) fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }

    pub(super) fn is_true(&self, node: NodeId) -> bool {
        self.tree.text(node) == Some("true")
    }

    /// Adds the ids of a list to what is ignored.
    pub(super) fn ignore(&mut self, tool: &str, node: NodeId) {
        for (id, span) in self.texts(node) {
            if let Some(selector) = self.selector(tool, &id, span) {
                self.is_now(span, &format!("ignore: [{selector}]"));
                self.wanted.ignore.insert(selector);
            }
        }
    }

    /// Adds the globs of a list to what is excluded.
    pub(super) fn exclude(&mut self, node: NodeId) {
        for (glob, span) in self.texts(node) {
            let glob = glob.trim_start_matches("./").to_owned();
            self.is_now(span, &format!("exclude: [{glob}]"));
            self.wanted.exclude.insert(glob);
        }
    }
}

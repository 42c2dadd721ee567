//! Finds and reads configuration files; every mistake has its file, line and column, and all of a file are reported together.

use std::cell::RefCell;
use std::path::Path;

use crate::config::error::{Error, Mistake, MistakeKind};
use crate::config::given::{self, Given};
use crate::config::{Config, FailOn, Level, Override, Selector, project, severity_named};
use crate::diagnostic::Severity;
use crate::inert::clipped;
use crate::parse::yaml;
use crate::parse::yaml::tree::{Content, NodeId, Style, Tree};
use crate::patterns::Patterns;
use crate::regular;
use crate::span::{Lines, Span};
use crate::suggestion::similar;

/// The keys at the top.
const KEYS: &[&str] = &[
    "select",
    "ignore",
    "severity",
    "exclude",
    "test-data",
    "overrides",
    "policies",
    "rules",
    "fail-on",
];

/// The keys of an override.
const OVERRIDE_KEYS: &[&str] = &["paths", "select", "ignore", "severity"];

/// How deep the settings of a rule nest: a mapping of lists or mappings.
const DEEPEST: usize = 2;

/// How many bytes a configuration has at most.
const LARGEST: u64 = 1 << 20;

/// How many items a list or a mapping of it has at most.
const MOST: usize = 1_000;

/// How many bytes a text of it has at most.
const LONGEST: usize = 1_024;

/// How many characters of a wrong value a message shows.
const SHOWN: usize = 40;

/// Reads a configuration, and finds all mistakes in it; `working` is the folder from which its path is shown.
///
/// # Errors
/// If the file cannot be read, or is no YAML.
pub fn read(file: &Path, working: &Path) -> Result<(Config, Vec<Mistake>), Error> {
    read_with(file, working, |reader, root| match root {
        Some(root) => reader.config(root),
        None => Config::default(),
    })
}

/// Reads the settings of one rule from a file of their own, as they would be below the rule's id.
///
/// # Errors
/// If the file cannot be read, or is no YAML.
pub fn read_settings(file: &Path, working: &Path) -> Result<Given, Error> {
    let (given, mistakes) = read_with(file, working, |reader, root| {
        root.map_or_else(Given::default, |root| reader.given(root, 0))
    })?;
    if mistakes.is_empty() {
        return Ok(given);
    }
    Err(Error::Invalid(mistakes))
}

fn read_with<T>(
    file: &Path,
    working: &Path,
    take: impl Fn(&Reader, Option<NodeId>) -> T,
) -> Result<(T, Vec<Mistake>), Error> {
    let shown = file
        .strip_prefix(working)
        .unwrap_or(file)
        .to_string_lossy()
        .replace('\\', "/");
    let text = regular::read_text(file, LARGEST).map_err(|source| Error::Unreadable {
        path: shown.clone(),
        source,
    })?;
    let mut problems = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let tree = yaml::parse(text, &mut problems);
    let reader = Reader {
        shown: &shown,
        folder: project::folder(file),
        text,
        lines: Lines::of(text),
        tree: &tree,
        mistakes: RefCell::default(),
    };
    for problem in &problems {
        reader.report(problem.span, MistakeKind::Syntax(problem.message.clone()));
    }
    if let [_, second, ..] = tree.roots[..] {
        reader.report(tree.node(second).span, MistakeKind::SecondDocument);
    }
    reader.bound();
    // A broken file is not read further.
    if !reader.mistakes.borrow().is_empty() {
        return Err(Error::Invalid(reader.mistakes.into_inner()));
    }
    let taken = take(&reader, tree.roots.first().copied());
    Ok((taken, reader.mistakes.into_inner()))
}

/// Reads the nodes of one file. A node that is not as it should be is reported and read as if it were absent.
struct Reader<'a> {
    shown: &'a str,
    folder: &'a Path,
    text: &'a str,
    lines: Lines,
    tree: &'a Tree,
    mistakes: RefCell<Vec<Mistake>>,
}

impl<'a> Reader<'a> {
    fn place(&self, span: Span) -> String {
        let start = self.lines.position(self.text, span.start);
        format!("{}:{}:{}", self.shown, start.line, start.column)
    }

    fn report(&self, span: Span, kind: MistakeKind) {
        let place = self.place(span);
        self.mistakes.borrow_mut().push(Mistake { place, kind });
    }

    /// Reports a node that is not what its key takes; `suggestion` is a word that may have been meant.
    fn report_type(
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

    /// Reports lists and texts that are larger than any that somebody writes: what reads them takes time for each item and letter.
    fn bound(&self) {
        for node in &self.tree.nodes {
            let (what, most) = match &node.content {
                Content::Sequence(items) if items.len() > MOST => ("list", MOST),
                Content::Mapping(pairs) if pairs.len() > MOST => ("mapping", MOST),
                Content::Scalar(scalar) if scalar.text.text.len() > LONGEST => ("text", LONGEST),
                _ => continue,
            };
            self.report(node.span, MistakeKind::TooLarge { what, most });
        }
    }

    fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }

    fn config(&self, root: NodeId) -> Config {
        let mut config = Config::default();
        for (key, value) in self.pairs(root, "the configuration", KEYS) {
            match key {
                "select" => config.select = Some(self.selectors(value)),
                "ignore" => config.ignore = self.selectors(value),
                "severity" => config.severity = self.levels(value),
                "exclude" => config.exclude = self.patterns(value),
                "test-data" => config.test_data = self.globs(value),
                "overrides" => config.overrides = self.overrides(value),
                "policies" => {
                    let folders = self.texts(value).into_iter();
                    config.policies = folders
                        .map(|(folder, _)| self.folder.join(folder))
                        .collect();
                }
                "rules" => config.rules = self.rules(value),
                _ => config.fail_on = self.fail_on(value),
            }
        }
        config
    }

    fn overrides(&self, list: NodeId) -> Vec<Override> {
        let items = self.list(list).iter();
        items.filter_map(|item| self.one_override(*item)).collect()
    }

    fn one_override(&self, item: NodeId) -> Option<Override> {
        let before = self.mistakes.borrow().len();
        let mut paths = None;
        let (mut select, mut ignore, mut severity) = (Vec::new(), Vec::new(), Vec::new());
        for (key, value) in self.pairs(item, "an override", OVERRIDE_KEYS) {
            match key {
                "paths" => paths = self.patterns(value),
                "select" => select = self.selectors(value),
                "ignore" => ignore = self.selectors(value),
                _ => severity = self.levels(value),
            }
        }
        if paths.is_none() && self.mistakes.borrow().len() == before {
            self.report(self.span(item), MistakeKind::MissingPaths);
        }
        Some(Override {
            paths: paths?,
            select,
            ignore,
            severity,
        })
    }

    /// The pairs of a mapping whose keys must be `known`; none if the value is left empty.
    fn pairs(
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

    fn mapping(&self, node: NodeId, what: &str) -> Vec<(NodeId, NodeId)> {
        match self.tree.content(node) {
            Content::Mapping(_) => return self.tree.pairs(node),
            _ if self.is_empty(node) => {}
            _ => self.report_type(node, what.to_owned(), "a mapping, `key: value`", None),
        }
        Vec::new()
    }

    fn list(&self, node: NodeId) -> &'a [NodeId] {
        match self.tree.content(node) {
            Content::Sequence(items) => return items,
            _ if self.is_empty(node) => {}
            _ => self.report_type(node, self.key(node), "a list", None),
        }
        &[]
    }

    /// A list of texts, or one text, with their places.
    fn texts(&self, node: NodeId) -> Vec<(&'a str, Span)> {
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

    fn selectors(&self, node: NodeId) -> Vec<Selector> {
        let texts = self.texts(node).into_iter();
        texts
            .map(|(text, span)| self.selector(text, span))
            .collect()
    }

    fn selector(&self, text: &str, span: Span) -> Selector {
        Selector {
            text: text.to_owned(),
            place: self.place(span),
        }
    }

    fn levels(&self, node: NodeId) -> Vec<(Selector, Level)> {
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

    /// Each rule that is named, with what is given for it.
    fn rules(&self, node: NodeId) -> Vec<(Selector, Given)> {
        let pairs = self.mapping(node, "`rules`").into_iter();
        let rules = pairs.map(|(key, value)| {
            let name = self.tree.text(key).unwrap_or_default();
            (self.selector(name, self.span(key)), self.given(value, 0))
        });
        rules.collect()
    }

    /// A value as it is written; what nests deeper than any setting does is left out.
    fn given(&self, node: NodeId, depth: usize) -> Given {
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

    fn severity(&self, node: NodeId) -> Option<Severity> {
        let word = self.tree.text(node).unwrap_or_default();
        let severity = severity_named(word);
        if severity.is_none() {
            let suggestion = similar(word, &["error", "warning", "info"]);
            self.report_type(node, self.key(node), "error, warning or info", suggestion);
        }
        severity
    }

    fn fail_on(&self, node: NodeId) -> Option<FailOn> {
        let word = self.tree.text(node).unwrap_or_default();
        let fail_on = FailOn::named(word);
        if fail_on.is_none() {
            let suggestion = similar(word, &["error", "warning", "info", "never"]);
            let wanted = "error, warning, info or never";
            self.report_type(node, self.key(node), wanted, suggestion);
        }
        fail_on
    }

    fn patterns(&self, node: NodeId) -> Option<Patterns> {
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
    fn globs(&self, node: NodeId) -> Option<Vec<String>> {
        let patterns = self.patterns(node)?;
        Some(patterns.texts().to_vec())
    }

    fn is_empty(&self, node: NodeId) -> bool {
        self.tree
            .scalar(node)
            .is_some_and(|scalar| scalar.text.text.is_empty() || scalar.text.text == "null")
    }

    /// The key that a value, or the list that holds it, belongs to, in backticks.
    fn key(&self, node: NodeId) -> String {
        let key = self.tree.node(node).key;
        let key = key.and_then(|key| self.tree.text(key));
        format!("`{}`", key.unwrap_or_default())
    }

    /// What a node is, for a message.
    fn found(&self, node: NodeId) -> String {
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

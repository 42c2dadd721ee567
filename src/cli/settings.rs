//! Finds and reads the configuration: every complaint names file, line and column, and what may have been meant.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Trouble;
use crate::cli::arguments::severity;
use crate::cli::suggestion::suggested;
use crate::config::given::{self, Given};
use crate::config::patterns::Patterns;
use crate::config::{Config, Level, NAMES, Override, Selector};
use crate::diagnostic::Severity;
use crate::parse::yaml::tree::{Content, NodeId, Style, Tree};
use crate::parse::yaml::{self};
use crate::span::{Lines, Span};

/// The keys at the top.
const KEYS: &[&str] = &[
    "select",
    "ignore",
    "severity",
    "exclude",
    "overrides",
    "policies",
    "rules",
    "fail-on",
];

/// How deep the settings of a rule nest: a mapping of lists or mappings.
const DEEPEST: usize = 2;

/// The keys of an override.
const OVERRIDE_KEYS: &[&str] = &["paths", "select", "ignore", "severity"];

/// The configuration that is nearest to `folder`, upwards to the root of its repository.
pub(super) fn nearest(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let found = NAMES
            .iter()
            .map(|name| folder.join(name))
            .find(|file| file.is_file());
        if found.is_some() {
            return found;
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Reads a configuration; `working` is the folder from which its path is shown.
pub(super) fn read(file: &Path, working: &Path) -> Result<Config, Trouble> {
    reading(file, working, |reader, root| match root {
        Some(root) => reader.config(root),
        None => Ok(Config::default()),
    })
}

/// Reads settings that stand alone in a file, as they would below a rule's id.
pub(super) fn alone(file: &Path, working: &Path) -> Result<Given, Trouble> {
    reading(file, working, |reader, root| {
        Ok(root.map_or_else(Given::default, |root| reader.given(root, 0)))
    })
}

fn reading<T>(
    file: &Path,
    working: &Path,
    take: impl Fn(&Reader, Option<NodeId>) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let shown = file
        .strip_prefix(working)
        .unwrap_or(file)
        .to_string_lossy()
        .replace('\\', "/");
    let text = fs::read_to_string(file).map_err(|error| Trouble(format!("{shown}: {error}")))?;
    let mut problems = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let tree = yaml::parse(text, &mut problems);
    let folder = match file.parent() {
        // Paths in `.github/hullmark.yml` count from the repository's root, where its user sees them.
        Some(folder) if folder.ends_with(".github") => folder.parent().unwrap_or(folder),
        Some(folder) => folder,
        None => working,
    };
    let reader = Reader {
        shown: &shown,
        folder,
        text,
        lines: Lines::of(text),
        tree: &tree,
    };
    if let Some(problem) = problems.first() {
        return Err(reader.wrong(problem.span, &problem.message));
    }
    match tree.roots[..] {
        [] => take(&reader, None),
        [root] => take(&reader, Some(root)),
        [_, second, ..] => {
            Err(reader.wrong(tree.node(second).span, "a configuration is one document"))
        }
    }
}

struct Reader<'a> {
    shown: &'a str,
    folder: &'a Path,
    text: &'a str,
    lines: Lines,
    tree: &'a Tree,
}

impl Reader<'_> {
    fn place(&self, span: Span) -> String {
        let start = self.lines.position(self.text, span.start);
        format!("{}:{}:{}", self.shown, start.line, start.column)
    }

    fn wrong(&self, span: Span, what: &str) -> Trouble {
        Trouble(format!("{}: {what}", self.place(span)))
    }

    fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }

    fn config(&self, root: NodeId) -> Result<Config, Trouble> {
        let mut config = Config::default();
        for (key, value) in self.pairs(root, "the configuration", KEYS)? {
            match key {
                "select" => config.select = Some(self.selectors(value)?),
                "ignore" => config.ignore = self.selectors(value)?,
                "severity" => config.severity = self.levels(value)?,
                "exclude" => config.exclude = Some(self.patterns(value)?),
                "overrides" => config.overrides = self.overrides(value)?,
                "policies" => {
                    let folders = self.texts(value)?.into_iter();
                    config.policies = folders
                        .map(|(folder, _)| self.folder.join(folder))
                        .collect();
                }
                "rules" => config.rules = self.rules(value)?,
                _ => config.fail_on = Some(self.severity(value)?),
            }
        }
        Ok(config)
    }

    fn overrides(&self, list: NodeId) -> Result<Vec<Override>, Trouble> {
        self.list(list)?
            .iter()
            .map(|item| {
                let mut paths = None;
                let (mut select, mut ignore, mut severity) = (Vec::new(), Vec::new(), Vec::new());
                for (key, value) in self.pairs(*item, "an override", OVERRIDE_KEYS)? {
                    match key {
                        "paths" => paths = Some(self.patterns(value)?),
                        "select" => select = self.selectors(value)?,
                        "ignore" => ignore = self.selectors(value)?,
                        _ => severity = self.levels(value)?,
                    }
                }
                let paths = paths
                    .ok_or_else(|| self.wrong(self.span(*item), "an override needs `paths`"))?;
                Ok(Override {
                    paths,
                    select,
                    ignore,
                    severity,
                })
            })
            .collect()
    }

    /// The pairs of a mapping whose keys must be `known`; none if the value is left empty.
    fn pairs(
        &self,
        node: NodeId,
        what: &str,
        known: &[&'static str],
    ) -> Result<Vec<(&'static str, NodeId)>, Trouble> {
        let mut pairs = Vec::new();
        for (key, value) in self.mapping(node, what)? {
            let name = self.tree.text(key).unwrap_or_default();
            let Some(name) = known.iter().find(|known| **known == name) else {
                let hint = suggested(name, known);
                return Err(self.wrong(self.span(key), &format!("unknown key `{name}`{hint}")));
            };
            pairs.push((*name, value));
        }
        Ok(pairs)
    }

    fn mapping(&self, node: NodeId, what: &str) -> Result<Vec<(NodeId, NodeId)>, Trouble> {
        match self.tree.content(node) {
            Content::Mapping(_) => Ok(self.tree.pairs(node)),
            _ if self.is_empty(node) => Ok(Vec::new()),
            _ => Err(self.wrong(
                self.span(node),
                &format!(
                    "{what} is a mapping, `key: value`, not {}",
                    self.found(node)
                ),
            )),
        }
    }

    fn list(&self, node: NodeId) -> Result<&[NodeId], Trouble> {
        match self.tree.content(node) {
            Content::Sequence(items) => Ok(items),
            _ if self.is_empty(node) => Ok(&[]),
            _ => Err(self.wrong(
                self.span(node),
                &format!("`{}` is a list, not {}", self.key(node), self.found(node)),
            )),
        }
    }

    /// A list of texts, or one text, with where each stands.
    fn texts(&self, node: NodeId) -> Result<Vec<(&str, Span)>, Trouble> {
        if let Some(text) = self.tree.text(node).filter(|_| !self.is_empty(node)) {
            return Ok(vec![(text, self.span(node))]);
        }
        let items = self.list(node)?.iter();
        items
            .map(|item| match self.tree.text(*item) {
                Some(text) => Ok((text, self.span(*item))),
                None => Err(self.wrong(
                    self.span(*item),
                    &format!(
                        "`{}` is a list of texts, not of {}",
                        self.key(node),
                        self.found(*item)
                    ),
                )),
            })
            .collect()
    }

    fn selectors(&self, node: NodeId) -> Result<Vec<Selector>, Trouble> {
        let texts = self.texts(node)?.into_iter();
        Ok(texts
            .map(|(text, span)| self.selector(text, span))
            .collect())
    }

    fn selector(&self, text: &str, span: Span) -> Selector {
        Selector {
            text: text.to_owned(),
            place: self.place(span),
        }
    }

    fn levels(&self, node: NodeId) -> Result<Vec<(Selector, Level)>, Trouble> {
        let pairs = self.mapping(node, "`severity`")?.into_iter();
        pairs
            .map(|(key, value)| {
                let name = self.tree.text(key).unwrap_or_default();
                let level = match self.tree.text(value) {
                    Some("off") => Level::Off,
                    _ => Level::At(self.severity(value)?),
                };
                Ok((self.selector(name, self.span(key)), level))
            })
            .collect()
    }

    /// Each rule that is named, with what is given for it.
    fn rules(&self, node: NodeId) -> Result<Vec<(Selector, Given)>, Trouble> {
        let pairs = self.mapping(node, "`rules`")?.into_iter();
        let rules = pairs.map(|(key, value)| {
            let name = self.tree.text(key).unwrap_or_default();
            (self.selector(name, self.span(key)), self.given(value, 0))
        });
        Ok(rules.collect())
    }

    /// A value as it stands; what nests deeper than any setting does is left out.
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

    fn severity(&self, node: NodeId) -> Result<Severity, Trouble> {
        let word = self.tree.text(node).unwrap_or_default();
        severity(word).map_err(|words| {
            let hint = suggested(word, &["error", "warning", "info"]);
            self.wrong(
                self.span(node),
                &format!(
                    "`{}` is {words}, not {}{hint}",
                    self.key(node),
                    self.found(node)
                ),
            )
        })
    }

    fn patterns(&self, node: NodeId) -> Result<Patterns, Trouble> {
        let texts = self.texts(node)?;
        for (glob, span) in &texts {
            Patterns::new(self.folder, [glob])
                .map_err(|error| self.wrong(*span, &error.to_string()))?;
        }
        Patterns::new(self.folder, texts.iter().map(|(glob, _)| glob))
            .map_err(|error| self.wrong(self.span(node), &error.to_string()))
    }

    fn is_empty(&self, node: NodeId) -> bool {
        self.tree
            .scalar(node)
            .is_some_and(|scalar| scalar.text.text.is_empty() || scalar.text.text == "null")
    }

    /// The key that a value, or the list that holds it, stands under.
    fn key(&self, node: NodeId) -> &str {
        let key = self.tree.node(node).key;
        key.and_then(|key| self.tree.text(key)).unwrap_or_default()
    }

    /// What stands in the wrong place.
    fn found(&self, node: NodeId) -> String {
        match self.tree.content(node) {
            Content::Mapping(_) => "a mapping".to_owned(),
            Content::Sequence(_) => "a list".to_owned(),
            _ => format!("`{}`", self.tree.text(node).unwrap_or_default()),
        }
    }
}

//! Finds and reads configuration files; every mistake has its file, line and column, and all of a file are reported together.

mod nodes;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use hullmark_schema::target::Target;

use crate::config::error::{Error, Mistake, MistakeKind};
use crate::config::given::Given;
use crate::config::{Config, Extended, FailOn, Override, Selector, Suppressions, project};
use crate::parse::yaml;
use crate::parse::yaml::tree::{Content, NodeId, Tree};
use crate::regular;
use crate::span::Lines;
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
    "locked",
    "suppressions",
    "baseline",
    "kubernetes",
    "schemas",
    "extends",
];

/// The keys of `suppressions`.
const SUPPRESSIONS_KEYS: &[&str] = &["inline", "reason", "expiry", "forbid"];

/// The keys of an override.
const OVERRIDE_KEYS: &[&str] = &["paths", "select", "ignore", "severity"];

/// How many bytes a configuration has at most.
const LARGEST: u64 = 1 << 20;

/// How many items a list or a mapping of it has at most.
const MOST: usize = 1_000;

/// How many bytes a text of it has at most.
const LONGEST: usize = 1_024;

/// Reads a configuration, and finds all mistakes in it; `working` is the folder from which its path is shown.
///
/// # Errors
/// If the file cannot be read, or is no YAML.
pub fn read(file: &Path, working: &Path) -> Result<(Config, Vec<Mistake>), Error> {
    let (text, shown) = text_of(file, working)?;
    read_text(&text, &shown, project::folder(file))
}

/// The same for a text: `shown` is how its place is named, and its paths count from `folder`.
///
/// # Errors
/// If it is no YAML.
pub fn read_text(text: &str, shown: &str, folder: &Path) -> Result<(Config, Vec<Mistake>), Error> {
    read_with(text, shown, folder, |reader, root| match root {
        Some(root) => reader.config(root),
        None => Config::default(),
    })
}

/// Reads the settings of one rule from a file of their own, as they would be below the rule's id.
///
/// # Errors
/// If the file cannot be read, or is no YAML.
pub fn read_settings(file: &Path, working: &Path) -> Result<Given, Error> {
    let (text, shown) = text_of(file, working)?;
    let folder = project::folder(file);
    let (given, mistakes) = read_with(&text, &shown, folder, |reader, root| {
        root.map_or_else(Given::default, |root| reader.given(root, 0))
    })?;
    if mistakes.is_empty() {
        return Ok(given);
    }
    Err(Error::Invalid(mistakes))
}

/// The text of a file, and its path from the working folder.
fn text_of(file: &Path, working: &Path) -> Result<(String, String), Error> {
    let shown = file
        .strip_prefix(working)
        .unwrap_or(file)
        .to_string_lossy()
        .replace('\\', "/");
    match regular::read_text(file, LARGEST) {
        Ok(text) => Ok((text, shown)),
        Err(source) => Err(Error::Unreadable {
            path: shown,
            source,
        }),
    }
}

fn read_with<T>(
    text: &str,
    shown: &str,
    folder: &Path,
    take: impl Fn(&Reader, Option<NodeId>) -> T,
) -> Result<(T, Vec<Mistake>), Error> {
    let mut problems = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tree = yaml::parse(text, &mut problems);
    let reader = Reader {
        shown,
        folder,
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

impl Reader<'_> {
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

    fn config(&self, root: NodeId) -> Config {
        let mut config = Config::default();
        for (key, value) in self.pairs(root, "the configuration", KEYS) {
            let written = self.tree.node(value).key.unwrap_or(value);
            let places = config.origins.entry(key).or_default();
            places.push(self.place(self.span(written)));
            match key {
                "select" => config.select = Some(self.selectors(value)),
                "ignore" => config.ignore = self.selectors(value),
                "severity" => config.severity = self.levels(value),
                "exclude" => config.exclude = self.patterns(value).into_iter().collect(),
                "test-data" => config.test_data = self.globs(value),
                "overrides" => config.overrides = self.overrides(value),
                "policies" => {
                    let folders = self.texts(value).into_iter();
                    config.policies = folders
                        .map(|(folder, _)| self.folder.join(folder))
                        .collect();
                }
                "rules" => config.rules = self.rules(value),
                "locked" => config.locked = self.selectors(value),
                "suppressions" => config.suppressions = self.suppressions(value),
                "baseline" => config.baseline = self.file(value),
                "kubernetes" => config.kubernetes = self.target(value),
                "schemas" => {
                    let files = self.texts(value).into_iter();
                    config.schemas = files.map(|(file, _)| self.folder.join(file)).collect();
                }
                "extends" => {
                    let files = self.texts(value).into_iter();
                    let files = files.map(|(text, span)| Extended {
                        text: text.to_owned(),
                        place: self.place(span),
                    });
                    config.extends = files.collect();
                }
                _ => config.fail_on = self.fail_on(value),
            }
        }
        config
    }

    fn target(&self, node: NodeId) -> Option<Target> {
        let target = self.tree.text(node).and_then(Target::parse);
        if target.is_none() {
            let wanted = "a release as `1.34` or a range as `1.29-1.36`";
            self.report_type(node, self.key(node), wanted, None);
        }
        target
    }

    fn suppressions(&self, node: NodeId) -> Suppressions {
        let mut suppressions = Suppressions::default();
        for (key, value) in self.pairs(node, "`suppressions`", SUPPRESSIONS_KEYS) {
            match key {
                "inline" => {
                    suppressions.is_refused = self.word(value, &["true", "false"]) == Some("false");
                }
                "reason" => {
                    suppressions.needs_reason =
                        self.word(value, &["required", "optional"]) == Some("required");
                }
                "expiry" => suppressions.expiry = self.days(value),
                _ => suppressions.forbid = self.selectors(value),
            }
        }
        suppressions
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

    /// Each rule that is named, with what is given for it.
    fn rules(&self, node: NodeId) -> Vec<(Selector, Given)> {
        let pairs = self.mapping(node, "`rules`").into_iter();
        let rules = pairs.map(|(key, value)| {
            let name = self.tree.text(key).unwrap_or_default();
            (self.selector(name, self.span(key)), self.given(value, 0))
        });
        rules.collect()
    }

    /// A number of days: `90d`.
    fn days(&self, node: NodeId) -> Option<u32> {
        let text = self.tree.text(node).unwrap_or_default();
        let days = text.strip_suffix('d').and_then(|days| days.parse().ok());
        if days.is_none() {
            self.report_type(node, self.key(node), "a number of days such as `90d`", None);
        }
        days
    }

    /// The absolute path of the file that a text names.
    fn file(&self, node: NodeId) -> Option<PathBuf> {
        let text = self.tree.text(node).filter(|text| !text.is_empty());
        if text.is_none() {
            self.report_type(node, self.key(node), "the path of a file", None);
        }
        text.map(|text| regular::normal(&self.folder.join(text)))
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
}

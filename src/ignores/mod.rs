//! Suppressions written into a file: where a comment goes is read from the file's tree, and what the file means stays what it is.
//!
//! Each way of writing them is tried as hullmark would read it: the text with the comments is parsed again, and is kept only if it means the same and
//! its comments suppress what they are for.

mod dockerfile;
mod edit;
mod same;
mod template;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::evaluate::suppress::{self, Date, Suppression};
use crate::ignores::edit::{Edits, Place, Written};
use crate::parse::{self, Parsed, Syntax};
use crate::render::helm::comments::same_template;
use crate::sources::Source;

/// How many texts are tried for a file. The first one nearly always does.
const MOST_TRIALS: u32 = 256;

/// A finding that is to be suppressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What the comment names: the rule, or its family.
    pub rule: Arc<str>,
    /// Its first byte.
    pub at: u32,
}

/// What the comments say besides rules.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The last day on which they count.
    pub until: Option<Date>,
    /// Why; one line.
    pub reason: Option<String>,
}

/// A file with its comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The new text; `None` if nothing was added.
    pub text: Option<String>,
    /// How many comments were added.
    pub comments: usize,
    /// How many of them are for the whole file.
    pub for_file: usize,
    /// The numbers of the findings, in the list of those that are wanted, which no comment can suppress.
    pub refused: Vec<usize>,
}

/// Adds comments that suppress the `wanted` findings; `is_template` says whether the file is a template of a chart.
pub fn add(source: &Source, is_template: bool, wanted: &[Wanted], terms: &Terms) -> Added {
    let file = File::of(source, is_template);
    let mut writer = Writer {
        requests: wanted.iter().map(|one| file.request(one)).collect(),
        file,
        terms,
        accepted: BTreeSet::new(),
        trials: 0,
    };
    let mut all: Vec<usize> = (0..wanted.len()).collect();
    writer.settle(&mut all);
    writer.into_added()
}

/// A file, read.
struct File<'a> {
    source: &'a Source,
    layout: Layout,
}

/// What is known of where comments may be.
enum Layout {
    /// JSON, or a template that cannot be read: nowhere.
    Nowhere,
    Yaml(Parsed, yaml::Layout),
    Dockerfile(Parsed, dockerfile::Layout),
    Template(template::Layout),
}

/// A finding with the places at which a comment may suppress it, the best first.
struct Request {
    rule: Arc<str>,
    at: u32,
    places: Vec<Place>,
    /// Which of the places is tried.
    next: usize,
}

impl<'a> File<'a> {
    fn of(source: &'a Source, is_template: bool) -> Self {
        let layout = if is_template {
            template::Layout::of(source).map_or(Layout::Nowhere, Layout::Template)
        } else if source.text.trim_start().starts_with('{') {
            Layout::Nowhere
        } else {
            let parsed = parse::parse(source);
            match &parsed.tree {
                Syntax::Yaml(tree) => {
                    let layout = yaml::Layout::of(source, tree);
                    Layout::Yaml(parsed, layout)
                }
                Syntax::Dockerfile(tree) => {
                    let layout = dockerfile::Layout::of(source, tree);
                    Layout::Dockerfile(parsed, layout)
                }
            }
        };
        Self { source, layout }
    }

    fn request(&self, wanted: &Wanted) -> Request {
        let places = match &self.layout {
            Layout::Nowhere => Vec::new(),
            Layout::Yaml(_, layout) => layout.places(self.source, wanted.at),
            Layout::Dockerfile(_, layout) => layout.places(self.source, wanted.at),
            Layout::Template(layout) => layout.places(self.source, wanted.at),
        };
        Request {
            rule: Arc::clone(&wanted.rule),
            at: wanted.at,
            places,
            next: 0,
        }
    }

    fn edits(&self) -> Edits<'a> {
        Edits {
            source: self.source,
            is_template: matches!(self.layout, Layout::Template(_)),
            first_line: match &self.layout {
                Layout::Dockerfile(_, layout) => layout.first_line,
                _ => 1,
            },
        }
    }

    /// What suppresses something in a text that takes the file's place; `None` if it does not mean the same.
    fn suppressions(&self, text: &str) -> Option<Vec<Suppression>> {
        let source = self.source.with_text(text);
        let before = match &self.layout {
            Layout::Nowhere => return None,
            Layout::Template(_) => {
                return same_template(&self.source.text, text)
                    .then(|| suppress::find_in_template(&source));
            }
            Layout::Yaml(before, _) | Layout::Dockerfile(before, _) => before,
        };
        let after = parse::parse(&source);
        same::is_same(before, &after).then(|| suppress::find(&source, &after))
    }
}

/// Finds a place for each finding.
struct Writer<'a> {
    file: File<'a>,
    terms: &'a Terms,
    requests: Vec<Request>,
    /// Places that do, with the numbers of their findings.
    accepted: BTreeSet<(Place, usize)>,
    trials: u32,
}

impl Writer<'_> {
    /// Finds places for these requests: for all at once, or for each half, or, of a single one, the next place that does.
    fn settle(&mut self, requests: &mut [usize]) {
        requests.sort_by_key(|number| self.place(*number));
        let open = requests.partition_point(|number| self.place(*number).is_none());
        // Those without a place come first.
        let requests = &mut requests[open..];
        if requests.is_empty() || self.trials >= MOST_TRIALS {
            return;
        }
        let placed = requests
            .iter()
            .filter_map(|number| Some((self.place(*number)?, *number)));
        let placed: Vec<(Place, usize)> = placed.collect();
        if self.does(&placed) {
            self.accepted.extend(placed);
            return;
        }
        if let [only] = requests {
            self.requests[*only].next += 1;
            return self.settle(requests);
        }
        let (first, second) = requests.split_at_mut(requests.len() / 2);
        self.settle(first);
        self.settle(second);
    }

    fn place(&self, request: usize) -> Option<Place> {
        let request = &self.requests[request];
        request.places.get(request.next).copied()
    }

    /// Whether the text with these comments, and those that were accepted, means the same and suppresses what it should.
    fn does(&mut self, placed: &[(Place, usize)]) -> bool {
        self.trials += 1;
        let mut all = self.accepted.clone();
        all.extend(placed);
        let written = self.written(&all);
        let Some(found) = self.file.suppressions(&written.text) else {
            return false;
        };
        let mut by_rule: FxHashMap<&str, Vec<&Suppression>> = FxHashMap::default();
        for suppression in found.iter().filter(|one| !one.is_faulty()) {
            for rule in suppression.rules() {
                by_rule.entry(rule).or_default().push(suppression);
            }
        }
        all.iter().all(|(_, number)| {
            let request = &self.requests[*number];
            let at = written.moved(request.at);
            let named = by_rule.get(&*request.rule);
            named.is_some_and(|named| named.iter().any(|one| one.covers(at)))
        })
    }

    /// The text with comments for these findings.
    fn written(&self, placed: &BTreeSet<(Place, usize)>) -> Written {
        let mut by_place: BTreeMap<Place, BTreeSet<&str>> = BTreeMap::new();
        for (place, number) in placed {
            let rules = by_place.entry(*place).or_default();
            rules.insert(&self.requests[*number].rule);
        }
        self.file.edits().write(&by_place, self.terms)
    }

    fn into_added(self) -> Added {
        let suppressed: BTreeSet<usize> = self.accepted.iter().map(|(_, number)| *number).collect();
        let places: BTreeSet<Place> = self.accepted.iter().map(|(place, _)| *place).collect();
        let refused = (0..self.requests.len()).filter(|number| !suppressed.contains(number));
        let for_file = places.iter().filter(|place| place.is_for_file()).count();
        Added {
            text: (!places.is_empty()).then(|| self.written(&self.accepted).text),
            comments: places.len(),
            for_file,
            refused: refused.collect(),
        }
    }
}

#[cfg(test)]
mod tests;

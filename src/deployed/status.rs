//! What became of charts and kustomizations: rendered, rendered in part, or not, and why.

use crate::deployed::chart::{Chart, Refused};
use crate::deployed::kustomization::Kustomizations;
use crate::deployed::{Files, Variant};

/// A chart or a kustomization, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Status {
    /// Its folder, as paths are shown.
    pub path: String,
    /// What it is.
    pub what: What,
    /// What became of it.
    pub state: State,
    /// The files of a chart that are judged as what they are rendered into, as paths are shown.
    pub parts: Vec<String>,
}

/// What is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A Helm chart.
    Chart,
    /// A Helm chart that only lends its templates to others.
    Library,
    /// A kustomization that no other one builds on.
    Kustomization,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is rendered.
    Rendered,
    /// It is rendered, but for what lies elsewhere: one line that says what.
    Incomplete(String),
    /// It is not rendered: one line that says why.
    Refused(String),
}

impl State {
    /// The line that says why; empty if all is rendered.
    pub fn reason(&self) -> &str {
        match self {
            Self::Rendered => "",
            Self::Incomplete(reason) | Self::Refused(reason) => reason,
        }
    }
}

impl Chart {
    /// What became of it.
    pub fn status(&self) -> Status {
        let refused = self.refused.iter();
        let mut refused = refused.filter(|(variant, _)| *variant != Variant::AllOn);
        let elsewhere = (!self.missing.is_empty()).then(|| {
            let names: Vec<String> = self
                .missing
                .iter()
                .map(|name| format!("`{name}`"))
                .collect();
            let (are, which) = match names.len() {
                1 => ("dependency", "is"),
                _ => ("dependencies", "are"),
            };
            format!(
                "the {are} {} {which} not in the repository",
                names.join(", ")
            )
        });
        let state = if self.is_library {
            State::Rendered
        } else if self.is_rendered() {
            elsewhere.map_or(State::Rendered, State::Incomplete)
        } else {
            let own = refused.next().map(|(_, refused)| refused.line(&self.files));
            let below = self.missing_below.first();
            let below = below.map(|(name, of)| {
                format!("the dependency `{name}` of `{of}` is not in the repository")
            });
            // What a library would define is not there either.
            let is_of_library = own
                .as_ref()
                .is_some_and(|line| line.contains("no template \""));
            let below = below.filter(|_| is_of_library);
            State::Refused(elsewhere.or(below).or(own).unwrap_or_default())
        };
        let parts = if self.is_rendered() {
            let files = self.files.all().iter();
            files.map(|file| file.path.to_string()).collect()
        } else {
            Vec::new()
        };
        Status {
            path: self.path.clone(),
            what: if self.is_library {
                What::Library
            } else {
                What::Chart
            },
            state,
            parts,
        }
    }
}

impl Kustomizations {
    /// What became of each root.
    pub fn statuses(&self) -> Vec<Status> {
        let status = |path: &str, state| Status {
            path: path.to_owned(),
            what: What::Kustomization,
            state,
            parts: Vec::new(),
        };
        let built = self.roots.iter().map(|root| {
            let first = root.left_out();
            status(
                &root.path,
                first.map_or(State::Rendered, |reason| {
                    State::Incomplete(reason.to_owned())
                }),
            )
        });
        let refused = self.refused.iter();
        let refused =
            refused.map(|(path, refused)| status(path, State::Refused(refused.line(&self.files))));
        built.chain(refused).collect()
    }
}

impl Refused {
    /// `path:line: message`.
    fn line(&self, files: &Files) -> String {
        let message = self.message.lines().next().unwrap_or_default();
        let file = self.at.and_then(|at| Some((at, files.get(at.file)?)));
        match file {
            Some((at, file)) => {
                let before = file.text.get(..at.span.start as usize).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                format!("{}:{line}: {message}", file.path)
            }
            None => message.to_owned(),
        }
    }
}

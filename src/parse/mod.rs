//! One file becomes a located tree, and problems beside it. Parsing never fails: what is broken costs itself alone.

pub mod dockerfile;
pub mod expression;
mod hidden;
pub mod problem;
pub mod shell;
pub mod yaml;

use crate::parse::dockerfile::Dockerfile;
use crate::parse::problem::Problem;
use crate::parse::yaml::tree::Tree;
use crate::sources::{Kind, Source};

/// A parsed file.
#[derive(Debug)]
pub struct Parsed {
    /// The tree of its kind.
    pub tree: Syntax,
    /// What the parser found wrong.
    pub problems: Vec<Problem>,
}

impl Parsed {
    /// A tree of nothing, for rows that do not come from one.
    pub fn empty() -> Self {
        Self {
            tree: Syntax::Dockerfile(Dockerfile::default()),
            problems: Vec::new(),
        }
    }
}

/// The tree of a file.
#[derive(Debug)]
pub enum Syntax {
    /// Kubernetes manifests, workflows, actions, Compose files.
    Yaml(Tree),
    /// Dockerfiles.
    Dockerfile(Dockerfile),
}

/// Parses a file as what it is.
pub fn parse(source: &Source) -> Parsed {
    let mut problems = Vec::new();
    let tree = match source.kind {
        Kind::Dockerfile => Syntax::Dockerfile(dockerfile::parse(&source.text, &mut problems)),
        _ => Syntax::Yaml(yaml::parse(&source.text, &mut problems)),
    };
    hidden::find(&source.text, &mut problems);
    Parsed { tree, problems }
}

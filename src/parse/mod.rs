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
use crate::sources::source_map::Origin;
use crate::sources::{Kind, Source};
use hullmark_tables::faults;

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
    let mut tree = match source.kind {
        Kind::Dockerfile => Syntax::Dockerfile(dockerfile::parse(&source.text, &mut problems)),
        Kind::Workflow | Kind::Action => Syntax::Yaml(workflow(&source.text, &mut problems)),
        _ => Syntax::Yaml(yaml::parse(&source.text, &mut problems)),
    };
    if let (Syntax::Yaml(tree), Origin::Rendered(map)) = (&mut tree, source.origin()) {
        tree.made_later = map.unknown();
    }
    hidden::find(&source.text, &mut problems);
    Parsed { tree, problems }
}

/// The tree of a workflow or an action. A template of one is none yet: GitHub does not read it, so nothing is wrong with it, and nothing missing.
fn workflow(text: &str, problems: &mut Vec<Problem>) -> Tree {
    let tree = yaml::parse(text, problems);
    let is_broken = |problem: &Problem| problem.kind == faults::YAML_SYNTAX_ERROR;
    let is_template = problems
        .iter()
        .any(|problem| problem.message == yaml::TEMPLATE)
        || (problems.iter().any(is_broken) && yaml::has_tag_line(text));
    if !is_template {
        return tree;
    }
    problems.clear();
    yaml::parse("", problems)
}

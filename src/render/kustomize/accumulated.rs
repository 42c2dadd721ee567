//! Objects on their way through a build, and where the build is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::render::kustomize::config::{self, Config};
use crate::render::kustomize::kustomization::Var;
use crate::render::kustomize::loader::Folder;
use crate::render::kustomize::refusal::{Missing, Outcome, Refusal};
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::schema::Schema;
use crate::render::kustomize::tree::Place;
use crate::render::kustomize::vars;

/// How many objects a build may have.
const OBJECTS: usize = 20_000;

/// An entry of `patches` that matched nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// What it is for, as a message says it.
    pub target: Arc<str>,
    /// Whether it is for whatever may be there: with labels, or in a component for all objects of a kind, of which whoever takes the component may have none.
    pub is_general: bool,
}

/// Objects on their way, and what goes along with them.
#[derive(Clone, Debug)]
pub struct Accumulated {
    /// The objects.
    pub resources: Resources,
    /// The fields that transformers reach.
    pub config: Arc<Config>,
    /// The vars.
    pub vars: Vec<Var>,
    /// What was left out.
    pub missing: BTreeSet<Missing>,
    /// The entries of `patches` whose target matched nothing, and what that is.
    pub unmatched: BTreeMap<Place, Unmatched>,
    /// The entries of `patches` whose target matched something: a component may be taken twice.
    pub matched: BTreeSet<Place>,
    /// The files that were read.
    pub files: BTreeSet<u32>,
    /// The kustomizations that were built.
    pub folders: BTreeSet<Arc<str>>,
    /// Whether a kustomization in it names charts.
    pub has_charts: bool,
    /// The file of the schema that its kustomizations named, if they did.
    pub schema_file: Option<u32>,
}

impl Accumulated {
    /// Notes that something was left out.
    pub fn leave_out(&mut self, at: Place, reason: String) {
        self.missing.insert(Missing { at, reason });
    }

    /// Takes all that another accumulation has.
    pub(super) fn absorb(&mut self, other: &Self, at: Place) -> Outcome<()> {
        let count = self.resources.list().len() + other.resources.list().len();
        check_count(count, at)?;
        if self.resources.list().is_empty() {
            self.resources = other.resources.clone();
        } else {
            let list = other.resources.list().to_vec();
            self.resources.append_all(list, at)?;
        }
        self.config = config::merge(&self.config, &other.config, at)?;
        vars::add(&mut self.vars, &other.vars)?;
        self.missing.extend(other.missing.iter().cloned());
        let unmatched = other.unmatched.iter();
        self.unmatched
            .extend(unmatched.map(|(at, target)| (*at, target.clone())));
        self.matched.extend(&other.matched);
        self.files.extend(&other.files);
        self.folders.extend(other.folders.iter().cloned());
        self.has_charts |= other.has_charts;
        Ok(())
    }
}

/// Where a build is.
pub struct Walk {
    /// The kustomizations that are being built, the root first.
    pub stack: Vec<Folder>,
    /// The file of the schema, if a kustomization has named one: the first one counts from there on, for all.
    pub schema_file: Option<u32>,
    /// The schema.
    pub schema: Arc<Schema>,
    /// The namespace that charts get if nothing nearer names one.
    pub chart_namespace: Arc<str>,
}

impl Default for Accumulated {
    fn default() -> Self {
        Self {
            resources: Resources::default(),
            config: Arc::new(config::Config::default()),
            vars: Vec::new(),
            missing: BTreeSet::new(),
            unmatched: BTreeMap::new(),
            matched: BTreeSet::new(),
            files: BTreeSet::new(),
            folders: BTreeSet::new(),
            has_charts: false,
            schema_file: None,
        }
    }
}

pub(super) fn check_count(count: usize, at: Place) -> Outcome<()> {
    if count <= OBJECTS {
        return Ok(());
    }
    let message = format!("build has more than {OBJECTS} objects");
    Err(Refusal::new(at, message))
}

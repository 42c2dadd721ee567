//! Which Dockerfiles are built with which context, as Compose files and workflows of the run say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hullmark_tables::builds;

use crate::model::FileTables;
use crate::model::table::Table;
use crate::sources::Source;

/// A Dockerfile and the context of a build of it, both relative to the working folder.
pub(super) type Build = (Arc<str>, String);

/// The contexts of each Dockerfile.
#[derive(Debug, Default)]
pub(super) struct Builds(BTreeMap<Arc<str>, BTreeSet<String>>);

impl Builds {
    /// What a file says.
    pub(super) fn of(facts: &FileTables) -> Vec<Build> {
        let rows = facts.rows(Table::Builds).iter();
        let builds = rows.filter_map(|row| {
            let dockerfile = row.text(builds::dockerfile)?.into();
            Some((dockerfile, row.text(builds::context)?.to_owned()))
        });
        builds.collect()
    }

    /// Takes in what files say.
    pub(super) fn extend(&mut self, builds: impl IntoIterator<Item = Build>) {
        for (dockerfile, context) in builds {
            self.0.entry(dockerfile).or_default().insert(context);
        }
    }

    /// Tells a Dockerfile of its contexts.
    pub(super) fn tell(&self, source: &mut Source) {
        let contexts = self.0.get(&source.path);
        if let (Some(surroundings), Some(contexts)) = (&mut source.surroundings, contexts) {
            for context in contexts {
                surroundings.name(context);
            }
        }
    }
}

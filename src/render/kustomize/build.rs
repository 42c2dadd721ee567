//! Builds a kustomization: the entry point, and the steps that are taken once at the root.

use std::collections::BTreeMap;
use std::sync::Arc;

pub use crate::render::kustomize::accumulated::Unmatched;
use crate::render::kustomize::accumulated::{Accumulated, Walk};
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::hash;
use crate::render::kustomize::kustomization::Kustomization;
use crate::render::kustomize::loader::Folder;
use crate::render::kustomize::metadata;
use crate::render::kustomize::objects;
use crate::render::kustomize::order;
use crate::render::kustomize::references;
use crate::render::kustomize::refusal::{Missing, Outcome, Refusal};
use crate::render::kustomize::released::Deployer;
use crate::render::kustomize::schema;
use crate::render::kustomize::tree::{Node, Place};
use crate::render::kustomize::vars;

/// What a kustomization builds.
#[derive(Clone, Debug)]
pub struct Build {
    /// The objects in the order of the output.
    pub objects: Vec<Object>,
    /// The numbers of the files that were read for it, ascending.
    pub files: Vec<u32>,
    /// What was left out; if there is something, objects and fields may be missing.
    pub missing: Vec<Missing>,
    /// The entries of `patches` whose target matched nothing.
    pub unmatched: BTreeMap<Place, Unmatched>,
}

/// An object of a build.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its tree, in which each value and key knows its place.
    pub root: Arc<Node>,
    /// Whether a generator made it.
    pub is_generated: bool,
}

impl Engine<'_> {
    /// Builds the kustomization of a folder, a path below the root of the repository.
    ///
    /// # Errors
    ///
    /// What kustomize would refuse too, with its place.
    pub fn build(&mut self, folder: &str) -> Outcome<Build> {
        self.build_as(folder, None)
    }

    /// The same with what its deployer adds.
    ///
    /// # Errors
    ///
    /// What kustomize would refuse too, and if there is no such deployer.
    pub fn build_as(&mut self, folder: &str, deployer: Option<&Deployer>) -> Outcome<Build> {
        let nowhere = Place::default();
        let entry = self.loader.entry(folder).filter(|entry| entry.is_folder);
        let Some(entry) = entry else {
            return Err(Refusal::new(
                nowhere,
                format!("`{}` is no folder", folder.escape_debug()),
            ));
        };
        let folder = Folder(Arc::from(entry.real));
        let mut kustomization = self.kustomization(&folder, nowhere)?;
        let added = deployer
            .map(|by| self.added(&kustomization, by))
            .transpose()?;
        if let Some(added) = &added {
            kustomization = added.kustomization.clone();
        }
        let named = kustomization.schema.as_ref();
        let schema_file = named.map(|path| self.loader.file(&folder, path));
        let schema_file = schema_file.transpose()?;
        let schema = match schema_file {
            Some(file) => self.schema(file, nowhere)?,
            None => schema::builtin(),
        };
        let mut walk = Walk {
            stack: vec![folder.clone()],
            schema_file,
            schema,
            chart_namespace: Arc::from(""),
        };
        let mut accumulated =
            self.accumulate(&folder, &kustomization, Accumulated::default(), &mut walk)?;
        accumulated.files.extend(walk.schema_file);
        finish(&mut accumulated, &kustomization)?;
        let resources = accumulated.resources.list_mut();
        metadata::add(resources, &kustomization, &folder, &self.loader)?;
        if let Some(added) = &added {
            added.substitute(&mut accumulated);
            // What is said for all that is deployed matches where there is something.
            accumulated.unmatched.retain(|at, _| at.file != added.file);
        }
        let resources = accumulated.resources.list();
        let mut unmatched = accumulated.unmatched;
        unmatched.retain(|at, _| !accumulated.matched.contains(at));
        Ok(Build {
            objects: resources
                .iter()
                .map(|resource| Object {
                    root: resource.root.clone(),
                    is_generated: resource.is_generated,
                })
                .collect(),
            files: accumulated
                .files
                .into_iter()
                .filter(|file| *file != 0)
                .collect(),
            missing: accumulated.missing.into_iter().collect(),
            unmatched,
        })
    }
}

/// Hashes, references, vars and order: what is done once, with all objects there.
fn finish(accumulated: &mut Accumulated, root: &Kustomization) -> Outcome<()> {
    let resources = &mut accumulated.resources;
    hash::append(resources)?;
    let config = accumulated.config.clone();
    references::fix(resources, &config)?;
    let mut all = accumulated.vars.clone();
    all.sort_by(|a, b| a.name.text.cmp(&b.name.text));
    vars::resolve(resources, &all, &config, !accumulated.missing.is_empty())?;
    resources
        .list_mut()
        .retain(|resource| !objects::is_local(resource));
    order::sort(resources, root.sort.as_ref());
    for resource in resources.list_mut() {
        objects::drop_notes(resource);
    }
    Ok(())
}

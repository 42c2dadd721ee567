//! Builds kustomizations: the entry point, and the steps that are taken once at the root.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::render::kustomize::accumulate::{Accumulated, Walk};
use crate::render::kustomize::charts::Charts;
use crate::render::kustomize::config;
use crate::render::kustomize::decode;
use crate::render::kustomize::files::Files;
use crate::render::kustomize::hash;
use crate::render::kustomize::kustomization::Kustomization;
use crate::render::kustomize::loader::{Folder, Loader};
use crate::render::kustomize::metadata;
use crate::render::kustomize::objects;
use crate::render::kustomize::order;
use crate::render::kustomize::references;
use crate::render::kustomize::refusal::{Missing, Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::schema::{self, Schema};
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
    pub unmatched: BTreeSet<Place>,
}

/// An object of a build.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its tree, in which each value and key knows its place.
    pub root: Arc<Node>,
    /// Whether a generator made it.
    pub is_generated: bool,
}

/// A folder, and the file of the schema that the root names.
type BaseKey = (Folder, Option<u32>);
/// What a base builds, and the namespace that its charts got.
type Base = (Arc<str>, Arc<Accumulated>);

/// Builds kustomizations of one repository and remembers what they share.
pub struct Engine<'f> {
    pub(super) loader: Loader<'f>,
    pub(super) charts: Option<&'f dyn Charts>,
    pub(super) bases: FxHashMap<BaseKey, Base>,
    pub(super) objects: FxHashMap<u32, Outcome<Arc<Vec<Resource>>>>,
    kustomizations: FxHashMap<u32, Outcome<Arc<Kustomization>>>,
    schemas: FxHashMap<u32, Outcome<Arc<Schema>>>,
}

impl<'f> Engine<'f> {
    /// Of the files of a repository. Without `charts`, what `helmCharts` render is missing from the builds.
    pub fn new(files: &'f dyn Files, charts: Option<&'f dyn Charts>) -> Self {
        Self {
            loader: Loader::new(files),
            charts,
            bases: FxHashMap::default(),
            objects: FxHashMap::default(),
            kustomizations: FxHashMap::default(),
            schemas: FxHashMap::default(),
        }
    }

    /// The files that were read, and what is remembered of them.
    pub fn loader(&self) -> &Loader<'f> {
        &self.loader
    }

    /// Builds the kustomization of a folder, a path below the root of the repository.
    ///
    /// # Errors
    ///
    /// What kustomize would refuse too, with its place.
    pub fn build(&mut self, folder: &str) -> Outcome<Build> {
        let nowhere = Place::default();
        let entry = self.loader.entry(folder).filter(|entry| entry.is_folder);
        let Some(entry) = entry else {
            return Err(Refusal::new(
                nowhere,
                format!("`{}` is no folder", folder.escape_debug()),
            ));
        };
        let folder = Folder(Arc::from(entry.real));
        let kustomization = self.kustomization(&folder, nowhere)?;
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
        let resources = accumulated.resources.list();
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
            unmatched: accumulated.unmatched,
        })
    }

    /// The deprecated fields that the kustomization file of a folder uses, each with its place; none if it cannot be read.
    pub fn deprecated(&mut self, folder: &str) -> Vec<(Arc<str>, Place)> {
        let folder = Folder(Arc::from(folder));
        let kustomization = self.kustomization(&folder, Place::default());
        let fields = kustomization.iter().flat_map(|found| &found.deprecated);
        fields
            .map(|field| (Arc::clone(&field.text), field.at))
            .collect()
    }

    /// What the kustomization file of a folder says.
    ///
    /// # Errors
    ///
    /// If there is none, or it says what no kustomization can.
    pub fn kustomization(&mut self, folder: &Folder, at: Place) -> Outcome<Arc<Kustomization>> {
        let file = self.loader.kustomization(folder, at)?;
        if let Some(known) = self.kustomizations.get(&file) {
            return known.clone();
        }
        let read = self.read_kustomization(file).map(Arc::new);
        self.kustomizations.insert(file, read.clone());
        read
    }

    fn read_kustomization(&mut self, file: u32) -> Outcome<Kustomization> {
        let documents = self.loader.documents(file)?;
        let whole = Place {
            file,
            ..Place::default()
        };
        match documents.first() {
            Some(document) if !document.root.is_null() => decode::kustomization(&document.root),
            _ => Err(Refusal::new(whole, "kustomization is empty")),
        }
    }

    /// The schema that a file defines.
    pub(super) fn schema(&mut self, file: u32, at: Place) -> Outcome<Arc<Schema>> {
        if let Some(known) = self.schemas.get(&file) {
            return known.clone();
        }
        let documents = self.loader.documents(file)?;
        let read = match documents.first() {
            Some(document) => schema::read(&document.root).map(Arc::new),
            None => Err(Refusal::new(at, "schema is empty")),
        };
        self.schemas.insert(file, read.clone());
        read
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

/// What an accumulation starts with.
impl Default for Accumulated {
    fn default() -> Self {
        Self {
            resources: Resources::default(),
            config: Arc::new(config::Config::default()),
            vars: Vec::new(),
            missing: BTreeSet::new(),
            unmatched: BTreeSet::new(),
            files: BTreeSet::new(),
            folders: BTreeSet::new(),
            has_charts: false,
            schema_file: None,
        }
    }
}

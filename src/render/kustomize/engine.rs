//! What builds of one repository share: the files, and what is remembered of them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::render::kustomize::accumulated::Accumulated;
use crate::render::kustomize::charts::Charts;
use crate::render::kustomize::decode;
use crate::render::kustomize::files::Files;
use crate::render::kustomize::kustomization::Kustomization;
use crate::render::kustomize::loader::{Folder, Loader};
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::schema::{self, Schema};
use crate::render::kustomize::tree::Place;

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
        Self::of_loader(Loader::new(files, false), charts)
    }

    /// The same, but files may lie outside the folder of the kustomization that names them, as Flux builds them, and others
    /// with `--load-restrictor LoadRestrictionsNone`.
    pub fn unrestricted(files: &'f dyn Files, charts: Option<&'f dyn Charts>) -> Self {
        Self::of_loader(Loader::new(files, true), charts)
    }

    fn of_loader(loader: Loader<'f>, charts: Option<&'f dyn Charts>) -> Self {
        Self {
            loader,
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

    /// The number of a file by its path below the root, which is read if it was not; `None` if it cannot be.
    pub fn number(&mut self, path: &str) -> Option<u32> {
        let entry = self.loader.entry(path)?;
        self.loader.open(&entry.real, Place::default()).ok()
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

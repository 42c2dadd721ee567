//! From a kustomization to its objects: resources, generators, components and transformers, bases first.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::render::kustomize::accumulated::{Accumulated, Walk, check_count};
use crate::render::kustomize::config::{self, Config};
use crate::render::kustomize::configurations;
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::fields::Text;
use crate::render::kustomize::inline;
use crate::render::kustomize::kustomization::{Inline, Kustomization};
use crate::render::kustomize::loader::{Folder, Found};
use crate::render::kustomize::objects;
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::tree::Place;
use crate::render::kustomize::vars;

/// How many kustomizations may stand on one another.
const DEPTH: usize = 64;

impl Engine<'_> {
    /// Builds a kustomization onto what is there: nothing, or for a component what the kustomization has that names it.
    pub(super) fn accumulate(
        &mut self,
        folder: &Folder,
        kustomization: &Arc<Kustomization>,
        mut into: Accumulated,
        walk: &mut Walk,
    ) -> Outcome<Accumulated> {
        into.files.insert(kustomization.file);
        into.folders.insert(folder.0.clone());
        if !kustomization.namespace.is_empty() {
            walk.chart_namespace = kustomization.namespace.text.clone();
        }
        for path in &kustomization.resources {
            self.add_resource(folder, path, &mut into, walk)?;
        }
        let own = self.config(folder, kustomization, &mut into.files)?;
        let at = Place {
            file: kustomization.file,
            ..Place::default()
        };
        into.config = config::merge(&into.config, &own, at)?;
        self.generate(folder, kustomization, &mut into, walk)?;
        for path in &kustomization.components {
            into = self.add_component(folder, path, into, walk)?;
        }
        self.transform(folder, kustomization, &mut into, walk)?;
        vars::note(&mut into.resources, &mut into.vars, &kustomization.vars)?;
        Ok(into)
    }

    fn config(
        &mut self,
        folder: &Folder,
        kustomization: &Kustomization,
        files: &mut BTreeSet<u32>,
    ) -> Outcome<Arc<Config>> {
        let mut config = config::builtin();
        for path in &kustomization.configurations {
            let file = self.loader.file(folder, path)?;
            files.insert(file);
            let documents = self.loader.documents(file)?;
            let more = configurations::read(&documents, path.at)?;
            config = config::merge(&config, &Arc::new(more), path.at)?;
        }
        for path in &kustomization.crds {
            let file = self.loader.file(folder, path)?;
            files.insert(file);
            let documents = self.loader.documents(file)?;
            let more = configurations::read_crds(&documents, path.at)?;
            config = config::merge(&config, &Arc::new(more), path.at)?;
        }
        Ok(config)
    }

    /// Adds the objects of a file, or of a kustomization.
    pub(super) fn add_resource(
        &mut self,
        folder: &Folder,
        path: &Text,
        into: &mut Accumulated,
        walk: &mut Walk,
    ) -> Outcome<()> {
        if path.is_empty() {
            return Err(Refusal::new(path.at, "expected a path"));
        }
        match self.loader.find(folder, &path.text) {
            Found::File(_) => {
                let file = self.loader.file(folder, path)?;
                into.files.insert(file);
                let objects = self.objects_of(file)?;
                into.resources.append_all(objects.to_vec(), path.at)?;
                check_count(into.resources.list().len(), path.at)
            }
            Found::Folder(base) => {
                let base = self.base(&base, path.at, walk)?;
                into.absorb(&base, path.at)
            }
            Found::Remote => {
                let shown = path.text.escape_debug();
                into.leave_out(path.at, format!("`{shown}` is not in the repository"));
                Ok(())
            }
            Found::Nothing => {
                let message = format!("there is no file or folder `{}`", path.text.escape_debug());
                Err(Refusal::new(path.at, message).of(Cause::MissingFile))
            }
        }
    }

    /// The objects of a file.
    pub(super) fn objects_of(&mut self, file: u32) -> Outcome<Arc<Vec<Resource>>> {
        if let Some(known) = self.objects.get(&file) {
            return known.clone();
        }
        let text = self.loader.source(file).map(|source| source.text.clone());
        let objects = inline::check_separators(&text.unwrap_or_default(), file)
            .and_then(|()| self.loader.documents(file))
            .and_then(|documents| objects::of(&documents))
            .map(Arc::new);
        self.objects.insert(file, objects.clone());
        objects
    }

    /// What a kustomization other than the root builds, made once for all that name it.
    fn base(&mut self, folder: &Folder, at: Place, walk: &mut Walk) -> Outcome<Arc<Accumulated>> {
        check_cycle(folder, at, walk)?;
        let key = (folder.clone(), walk.schema_file);
        if let Some((namespace, known)) = self.bases.get(&key)
            && (!known.has_charts || *namespace == walk.chart_namespace)
        {
            check_cycles(known, at, walk)?;
            let known = known.clone();
            if let Some(file) = known.schema_file {
                self.adopt_schema(file, at, walk)?;
            }
            return Ok(known);
        }
        let kustomization = self.kustomization(folder, at)?;
        if kustomization.is_component {
            return Err(Refusal::new(at, "a component belongs under `components`"));
        }
        let mut built = self.nested(folder, &kustomization, Accumulated::default(), walk)?;
        built.resources.check_unique(at)?;
        built.schema_file = walk.schema_file;
        let built = Arc::new(built);
        self.bases
            .insert(key, (walk.chart_namespace.clone(), built.clone()));
        Ok(built)
    }

    fn nested(
        &mut self,
        folder: &Folder,
        kustomization: &Arc<Kustomization>,
        into: Accumulated,
        walk: &mut Walk,
    ) -> Outcome<Accumulated> {
        if let Some(path) = &kustomization.schema {
            let file = self.loader.file(folder, path)?;
            self.adopt_schema(file, path.at, walk)?;
        }
        walk.stack.push(folder.clone());
        let namespace = walk.chart_namespace.clone();
        let built = self.accumulate(folder, kustomization, into, walk);
        walk.chart_namespace = namespace;
        walk.stack.pop();
        built
    }

    /// Makes a file the schema from here on, unless there is one already.
    fn adopt_schema(&mut self, file: u32, at: Place, walk: &mut Walk) -> Outcome<()> {
        if walk.schema_file.is_none() {
            walk.schema = self.schema(file, at)?;
            walk.schema_file = Some(file);
        }
        Ok(())
    }

    fn add_component(
        &mut self,
        folder: &Folder,
        path: &Text,
        mut into: Accumulated,
        walk: &mut Walk,
    ) -> Outcome<Accumulated> {
        let shown = path.text.escape_debug();
        let component = match self.loader.find(folder, &path.text) {
            Found::Folder(component) => component,
            Found::Remote => {
                into.leave_out(path.at, format!("`{shown}` is not in the repository"));
                return Ok(into);
            }
            Found::File(_) => return Err(Refusal::new(path.at, "a component is a folder")),
            Found::Nothing => {
                let message = format!("there is no folder `{shown}`");
                return Err(Refusal::new(path.at, message).of(Cause::MissingFile));
            }
        };
        check_cycle(&component, path.at, walk)?;
        let kustomization = self.kustomization(&component, path.at)?;
        if !kustomization.is_component {
            return Err(Refusal::new(
                path.at,
                "only what is of the kind Component belongs here",
            ));
        }
        self.nested(&component, &kustomization, into, walk)
    }

    /// The configurations of generators or transformers: each written in place, in a file, or built by a kustomization.
    pub(super) fn plugins(
        &mut self,
        folder: &Folder,
        listed: &[Inline],
        into: &mut Accumulated,
        walk: &mut Walk,
    ) -> Outcome<Vec<Resource>> {
        let mut found = Accumulated::default();
        let mut paths: Vec<&Text> = Vec::new();
        for inline in listed {
            let documents = self.loader.inline(&inline.node, false);
            let is_object = |documents: &[crate::render::kustomize::read::Document]| {
                documents
                    .iter()
                    .any(|document| document.root.as_map().is_some())
            };
            match documents {
                Ok(documents) if is_object(&documents) => {
                    let objects = objects::of(&documents)?;
                    found.resources.append_all(objects, inline.text.at)?;
                }
                _ => paths.push(&inline.text),
            }
        }
        for path in paths {
            self.add_resource(folder, path, &mut found, walk)?;
        }
        into.missing.extend(found.missing.iter().cloned());
        into.files.extend(&found.files);
        into.folders.extend(found.folders.iter().cloned());
        Ok(std::mem::take(found.resources.list_mut()))
    }
}

/// A base must not hold a kustomization that is being built, nor be one.
fn check_cycle(base: &Folder, at: Place, walk: &Walk) -> Outcome<()> {
    if let Some(open) = walk.stack.iter().find(|open| base.holds(&open.0)) {
        let message = format!("cycle: `{}` is being built already", open.0.escape_debug());
        return Err(Refusal::new(at, message));
    }
    if walk.stack.len() >= DEPTH {
        let message = format!("more than {DEPTH} kustomizations stand on one another");
        return Err(Refusal::new(at, message));
    }
    Ok(())
}

/// The same for all that a base has built, which may have been done for another root.
fn check_cycles(base: &Accumulated, at: Place, walk: &Walk) -> Outcome<()> {
    for folder in &base.folders {
        check_cycle(&Folder(folder.clone()), at, walk)?;
    }
    Ok(())
}

//! The files and folders that a kustomization and those below it name, and that are not there.

use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::fields::Text;
use crate::render::kustomize::kustomization::Kustomization;
use crate::render::kustomize::loader::{Folder, Found};
use crate::render::kustomize::refusal::{Cause, Refusal};
use crate::render::kustomize::tree::Place;

/// How many are told of one kustomization.
const MOST: usize = 1_000;

impl Engine<'_> {
    /// All of them, each as the refusal that a build would end with if it were the first. Of the kustomizations below, those
    /// that can be read are looked into.
    pub fn absent(&mut self, folder: &str) -> Vec<Refusal> {
        let mut seen: Vec<Folder> = Vec::new();
        let mut open = vec![Folder(folder.into())];
        let mut found = Vec::new();
        while let Some(folder) = open.pop() {
            if seen.contains(&folder) || found.len() >= MOST {
                continue;
            }
            if let Ok(kustomization) = self.kustomization(&folder, Place::default()) {
                self.look(&folder, &kustomization, &mut open, &mut found);
            }
            seen.push(folder);
        }
        found
    }

    fn look(
        &mut self,
        folder: &Folder,
        kustomization: &Kustomization,
        open: &mut Vec<Folder>,
        found: &mut Vec<Refusal>,
    ) {
        let (resources, components) = (&kustomization.resources, &kustomization.components);
        for (paths, what) in [(resources, "file or folder"), (components, "folder")] {
            for path in paths.iter().filter(|path| !path.is_empty()) {
                match self.loader.find(folder, &path.text) {
                    Found::Folder(below) => open.push(below),
                    Found::Nothing => {
                        let shown = path.text.escape_debug();
                        let message = format!("there is no {what} `{shown}`");
                        found.push(Refusal::new(path.at, message).of(Cause::MissingFile));
                    }
                    Found::File(_) | Found::Remote => {}
                }
            }
        }
        let patches = kustomization
            .patches
            .iter()
            .chain(&kustomization.json_patches);
        let is_path = |text: &Text| {
            let mut endings = [".yaml", ".yml", ".json"].iter();
            !text.text.contains('\n') && endings.any(|ending| text.text.ends_with(ending))
        };
        let merges = kustomization
            .merge_patches
            .iter()
            .map(|inline| &inline.text);
        let merges = merges.filter(|text| is_path(text));
        let patches = patches.map(|patch| &patch.path).chain(merges);
        let files: Vec<&Text> = patches
            .chain(&kustomization.configurations)
            .chain(&kustomization.crds)
            .filter(|path| !path.is_empty())
            .collect();
        for path in files {
            if let Err(refusal) = self.loader.file(folder, path)
                && refusal.cause == Cause::MissingFile
            {
                found.push(refusal);
            }
        }
    }
}

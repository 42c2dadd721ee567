//! What the generators of one kustomization add: config maps, secrets, charts, and what configurations of plugins name.

use crate::render::kustomize::accumulated::{Accumulated, Walk};
use crate::render::kustomize::charts::ChartRequest;
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::fields::Text;
use crate::render::kustomize::generate::{self, Kind};
use crate::render::kustomize::kustomization::{Chart, Kustomization};
use crate::render::kustomize::loader::{Folder, Found};
use crate::render::kustomize::objects;
use crate::render::kustomize::read::Document;
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Absorbed;
use crate::render::kustomize::tree::Place;

impl Engine<'_> {
    /// Runs the generators of a kustomization.
    pub(super) fn generate(
        &mut self,
        folder: &Folder,
        kustomization: &Kustomization,
        into: &mut Accumulated,
        walk: &mut Walk,
    ) -> Outcome<()> {
        let global = &kustomization.generator_options;
        let maps = kustomization
            .config_maps
            .iter()
            .map(|entry| (Kind::ConfigMap, entry));
        let secrets = kustomization
            .secrets
            .iter()
            .map(|entry| (Kind::Secret, entry));
        for (kind, generator) in maps.chain(secrets) {
            let made = generate::make(&mut self.loader, folder, generator, kind, global)?;
            absorb(into, made, generator.name.at)?;
        }
        for chart in &kustomization.charts {
            into.has_charts = true;
            self.add_chart(folder, chart, &kustomization.chart_home, into, walk)?;
        }
        for plugin in self.plugins(folder, &kustomization.generators, into, walk)? {
            self.run_generator(folder, &plugin, into, walk)?;
        }
        Ok(())
    }

    /// Adds what a chart renders, if it is in the repository.
    pub(super) fn add_chart(
        &mut self,
        folder: &Folder,
        chart: &Chart,
        home: &Text,
        into: &mut Accumulated,
        walk: &Walk,
    ) -> Outcome<()> {
        let home = if home.is_empty() {
            "charts"
        } else {
            &home.text
        };
        let path = format!("{home}/{}", chart.name.text);
        let Found::Folder(found) = self.loader.find(folder, &path) else {
            let message = format!(
                "chart `{}` is not in the repository",
                chart.name.text.escape_debug()
            );
            into.leave_out(chart.at, message);
            return Ok(());
        };
        let Some(charts) = self.charts else {
            into.leave_out(
                chart.at,
                format!("chart `{}` is not rendered", chart.name.text),
            );
            return Ok(());
        };
        let request = self.chart_request(folder, chart, &found, walk)?;
        let loader = &mut self.loader;
        let mut number = |path: &str| loader.open(path, chart.at).ok();
        let rendered = charts
            .render(&request, &mut number)
            .map_err(|why| Refusal::new(chart.at, format!("chart `{}`: {why}", chart.name.text)))?;
        let documents: Vec<Document> = rendered
            .into_iter()
            .map(|root| Document {
                root,
                odd_key: None,
                has_folded: false,
            })
            .collect();
        for mut object in objects::of(&documents)? {
            object.keeps_namespace = true;
            absorb(into, object, chart.at)?;
        }
        Ok(())
    }

    fn chart_request(
        &mut self,
        folder: &Folder,
        chart: &Chart,
        found: &Folder,
        walk: &Walk,
    ) -> Outcome<ChartRequest> {
        let mut values_files = Vec::new();
        for file in &chart.values_files {
            let Found::File(real) = self.loader.find(folder, &file.text) else {
                let message = format!("there is no file `{}`", file.text.escape_debug());
                return Err(Refusal::new(file.at, message));
            };
            values_files.push(real);
        }
        let own = &chart.namespace;
        let namespace = if own.is_empty() {
            &walk.chart_namespace
        } else {
            &own.text
        };
        Ok(ChartRequest {
            folder: found.0.to_string(),
            release: chart.release.text.to_string(),
            namespace: namespace.to_string(),
            values_files,
            values: chart.values.clone(),
            values_merge: chart.values_merge.text.to_string(),
            with_crds: chart.with_crds,
        })
    }
}

/// Adds what a generator made; where something is missing, what it adds to may be that.
pub(super) fn absorb(into: &mut Accumulated, made: Resource, at: Place) -> Outcome<()> {
    for field in ["data", "binaryData"] {
        let data = made.root.get(field).and_then(|data| data.as_map());
        let entries = data.map_or(&[][..], |data| &data.entries);
        into.files
            .extend(entries.iter().map(|entry| entry.value.at.file));
    }
    match into.resources.absorb(made, at)? {
        Absorbed::NoTarget(id) if into.missing.is_empty() => Err(Refusal::new(
            at,
            format!("there is no {id} to merge into or replace"),
        )
        .of(Cause::Refused)),
        _ => Ok(()),
    }
}

//! The seam to the engine of charts: `helmCharts` whose chart is in the repository.

use std::sync::Arc;

use crate::render::kustomize::tree::Node;

/// A chart that a kustomization wants rendered. Paths are below the root of the repository.
#[derive(Clone, Debug)]
pub struct ChartRequest {
    /// The folder of the chart.
    pub folder: String,
    /// The name of the release.
    pub release: String,
    /// Its namespace; empty for the default one.
    pub namespace: String,
    /// Files of values, the last one counts most.
    pub values_files: Vec<String>,
    /// Values written in the kustomization.
    pub values: Option<Arc<Node>>,
    /// Whether files count more than the values (`merge`), all others less (`override`, the default), or not at all (`replace`).
    pub values_merge: String,
    /// Whether custom resource definitions are part of it.
    pub with_crds: bool,
}

/// Renders charts.
pub trait Charts {
    /// The documents that a chart gives, in order. `number` gives the number of a file of the repository, for the places of nodes.
    ///
    /// # Errors
    ///
    /// Why the chart cannot be rendered, in one line.
    fn render(
        &self,
        request: &ChartRequest,
        number: &mut dyn FnMut(&str) -> Option<u32>,
    ) -> Result<Vec<Arc<Node>>, String>;
}

//! Charts: their files, metadata, subcharts and values.

pub mod archive;
pub(crate) mod capabilities;
pub(crate) mod coalesce;
pub(crate) mod dependencies;
pub mod files;
pub mod folder;
pub(crate) mod ignore;
pub(crate) mod load;
pub mod masked;
pub(crate) mod metadata;
pub(crate) mod misspelt;
pub(crate) mod schema;
pub mod set;
pub(crate) mod unknown;
pub(crate) mod values;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::render::helm::chart::metadata::Metadata;
use crate::render::helm::value::Val;
use crate::render::helm::value::collection::Map;
use crate::render::place::Place;
use crate::render::text::Text;

/// `values.schema.json`: what a chart wants of its values. It is read once, however often the chart is rendered.
#[derive(Debug)]
pub(crate) struct Schema {
    /// The file.
    pub file: File,
    /// What it says, once it was read.
    pub value: OnceCell<Val>,
}

impl Schema {
    /// The schema in a file, which is not read yet.
    pub fn of(file: File) -> Self {
        let value = OnceCell::new();
        Self { file, value }
    }
}

/// A file of a chart.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The path below the chart's folder.
    pub name: String,
    /// The content; each byte knows its place.
    pub text: Text,
    /// Its number in the origins.
    pub number: u32,
}

/// A chart and the charts in it.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    /// What Chart.yaml says.
    pub metadata: Metadata,
    /// The defaults of its values.
    pub values: Map,
    /// Where the defaults stand.
    pub values_place: Place,
    /// Files in `templates/`.
    pub templates: Vec<File>,
    /// Other files, `crds/` among them.
    pub files: Vec<File>,
    /// `values.schema.json`.
    pub schema: Option<Rc<Schema>>,
    /// The charts in `charts/`.
    pub dependencies: Vec<Chart>,
}

impl Chart {
    /// The name, or the alias that its parent gives it.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// Whether it only lends its templates to others.
    pub fn is_library(&self) -> bool {
        self.metadata.kind.eq_ignore_ascii_case("library")
    }
}

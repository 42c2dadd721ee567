//! The dot of a chart's templates: `.Values`, `.Chart`, `.Release` and the rest.

use std::rc::Rc;

use crate::render::helm::chart::{Chart, File};
use crate::render::helm::value::collection::{Entries, Entry, Map, MapKind};
use crate::render::helm::value::host::{Capabilities, Host};
use crate::render::helm::value::{IntKind, Val, Value};
use crate::render::place::Place;

/// A template that is to run.
pub struct Planned {
    /// The path that it goes by, such as `chart/templates/x.yaml`.
    pub path: String,
    /// The folder of its chart's templates.
    pub base: String,
    /// The file.
    pub file: File,
    /// The dot of its chart.
    pub dot: Map,
}

/// What all charts of a rendering share.
pub struct Shared {
    /// `.Release`.
    pub release: Val,
    /// `.Capabilities`.
    pub capabilities: Val,
}

impl Shared {
    /// The release of this name, installed or upgraded.
    pub fn new(name: &str, namespace: &str, is_upgrade: bool, capabilities: Capabilities) -> Self {
        let release = Map::default();
        let set = |name: &str, val: Val| release.set(name, Place::NONE, val);
        set("Name", Val::str(name));
        set("Namespace", Val::str(namespace));
        set("Service", Val::str("Helm"));
        set("IsUpgrade", Val::bool(is_upgrade));
        set("IsInstall", Val::bool(!is_upgrade));
        set("Revision", Value::Int(1, IntKind::Int).into());
        Self {
            release: Value::Map(release).into(),
            capabilities: Val::host(Host::Capabilities(capabilities)),
        }
    }
}

/// Collects the templates of a chart and its subcharts; gives the chart's dot.
pub fn plan(
    chart: &Chart,
    values: &Val,
    shared: &Shared,
    path: &str,
    is_root: bool,
    found: &mut Vec<Planned>,
) -> Map {
    let dot = Map::of_kind(Entries::new(), MapKind::Values);
    let set = |name: &str, val: Val| dot.set(name, Place::NONE, val);
    let values = Val {
        value: Value::Map(typed(values)),
        at: values.at.or(chart.values_place),
        ..values.clone()
    };
    let inner_values = values.as_map().cloned().unwrap_or_default();
    let subcharts = Map::default();
    for inner in &chart.dependencies {
        let inner_path = format!("{path}/charts/{}", inner.name());
        let below = inner_values.get(inner.name());
        let below = below.filter(|val| val.as_map().is_some());
        let below = below.unwrap_or_else(|| Value::Map(Map::default()).into());
        let inner_dot = plan(inner, &below, shared, &inner_path, false, found);
        subcharts.set(inner.name(), Place::NONE, Value::Map(inner_dot).into());
    }
    set("Chart", chart.metadata.as_val(is_root));
    set("Values", values);
    set("Release", shared.release.clone());
    set("Capabilities", shared.capabilities.clone());
    set("Files", files(&chart.files));
    set("Subcharts", Value::Map(subcharts).into());
    for file in &chart.templates {
        let name = file.name.rsplit('/').next().unwrap_or_default();
        if chart.is_library() && !name.starts_with('_') {
            continue;
        }
        found.push(Planned {
            path: format!("{path}/{}", file.name),
            base: format!("{path}/templates"),
            file: file.clone(),
            dot: dot.clone(),
        });
    }
    dot
}

/// The same map as `common.Values`, sharing what it holds.
fn typed(values: &Val) -> Map {
    let entries = values.as_map().map(|map| map.entries().clone());
    Map::of_kind(entries.unwrap_or_default(), MapKind::Values)
}

fn files(files: &[File]) -> Val {
    let entries = files.iter().map(|file| {
        let entry = Entry {
            key: Place::NONE,
            val: Value::Bytes(file.as_value()).into(),
        };
        (Rc::from(file.name.as_str()), entry)
    });
    Value::Map(Map::of_kind(entries.collect(), MapKind::Files)).into()
}

impl Planned {
    /// The dot with `.Template` for this file.
    pub fn dot(&self) -> Val {
        let template = Map::of_kind(Entries::new(), MapKind::Values);
        template.set("Name", Place::NONE, Val::str(&self.path));
        template.set("BasePath", Place::NONE, Val::str(&self.base));
        self.dot
            .set("Template", Place::NONE, Value::Map(template).into());
        Value::Map(self.dot.clone()).into()
    }

    /// The name of the file without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

//! Which subcharts are rendered, under which name, and what their parent takes from their values.

use crate::render::helm::chart::coalesce::{coalesce, tables};
use crate::render::helm::chart::metadata::Dependency;
use crate::render::helm::chart::{Chart, values};
use crate::render::helm::fault::Fallible;
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;

/// The dependencies of the chart that are not in `charts/`, by the names that they are wanted by.
pub fn missing(chart: &Chart) -> Vec<&Dependency> {
    let wanted = chart.metadata.dependencies.iter();
    let is_there = |wanted: &Dependency| {
        chart
            .dependencies
            .iter()
            .any(|chart| chart.name() == wanted.name)
    };
    wanted.filter(|wanted| !is_there(wanted)).collect()
}

/// Switches subcharts on and off, gives them their aliases, and takes over what is imported from them.
pub fn process(chart: &mut Chart, given: &Map) -> Fallible<()> {
    switch(chart, given, "")?;
    import(chart)
}

fn switch(chart: &mut Chart, given: &Map, path: &str) -> Fallible<()> {
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    let wanted = &chart.metadata.dependencies;
    let is_wanted = |inner: &Chart| {
        let fits =
            |one: &&Dependency| one.name == inner.name() && one.takes(&inner.metadata.version);
        wanted.iter().find(fits).is_some()
    };
    let mut charts: Vec<Chart> = chart
        .dependencies
        .iter()
        .filter(|inner| !is_wanted(inner))
        .cloned()
        .collect();
    for one in wanted {
        let fits = |inner: &&Chart| one.name == inner.name() && one.takes(&inner.metadata.version);
        if let Some(found) = chart.dependencies.iter().find(fits) {
            let mut found = found.clone();
            if !one.alias.is_empty() {
                found.metadata.name.clone_from(&one.alias);
            }
            charts.push(found);
        }
    }
    for one in &mut chart.metadata.dependencies {
        if !one.alias.is_empty() {
            one.name.clone_from(&one.alias);
        }
        one.enabled = true;
    }
    chart.dependencies = charts;
    let values = coalesce(chart, given, false)?;
    for one in &mut chart.metadata.dependencies {
        by_tags(one, &values);
        by_condition(one, &values, path);
    }
    let off: Vec<String> = chart
        .metadata
        .dependencies
        .iter()
        .filter(|one| !one.enabled)
        .map(|one| one.name.clone())
        .collect();
    chart
        .dependencies
        .retain(|inner| !off.iter().any(|name| name == inner.name()));
    chart
        .metadata
        .dependencies
        .retain(|one| !off.contains(&one.name));
    for inner in &mut chart.dependencies {
        let below = format!("{path}{}.", inner.name());
        switch(inner, &values, &below)?;
    }
    Ok(())
}

/// Any tag that is true switches a dependency on; if none is, one that is false switches it off.
fn by_tags(one: &mut Dependency, values: &Map) {
    let Some(tags) = values.get("tags").and_then(|val| val.as_map().cloned()) else {
        return;
    };
    let found = one
        .tags
        .iter()
        .filter_map(|tag| match tags.get(tag)?.value {
            Value::Bool(value) => Some(value),
            _ => None,
        });
    let found: Vec<bool> = found.collect();
    one.enabled = found.is_empty() || found.contains(&true);
}

/// The first path that leads to a truth value decides.
fn by_condition(one: &mut Dependency, values: &Map, path: &str) {
    for condition in one.condition.trim().split(',') {
        if condition.is_empty() {
            continue;
        }
        let found = values.path(&format!("{path}{condition}"));
        if let Some(Value::Bool(value)) = found.map(|val| val.value) {
            one.enabled = value;
            return;
        }
    }
}

/// Takes over what dependencies export, from the innermost outwards.
fn import(chart: &mut Chart) -> Fallible<()> {
    for inner in &mut chart.dependencies {
        import(inner)?;
    }
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    let all = coalesce(chart, &Map::default(), true)?;
    let imported = Map::default();
    for one in &chart.metadata.dependencies {
        for (from, to) in &one.imports {
            let found = all.path(&format!("{}.{from}", one.name));
            let Some(found) = found.filter(|val| val.as_map().is_some()) else {
                continue;
            };
            let below = match to.as_str() {
                "." | "" => found.as_map().cloned().unwrap_or_default(),
                path => nested(path, &found),
            };
            tables(&imported, &values::copied(&below)?, true, 0);
        }
    }
    tables(&all, &imported, true, 0);
    chart.values = all;
    Ok(())
}

/// A map that holds a value at a path.
fn nested(path: &str, val: &Val) -> Map {
    let mut val = val.clone();
    for name in path.rsplit('.') {
        let map = Map::default();
        map.set(name, Place::NONE, val);
        val = Value::Map(map).into();
    }
    val.as_map().cloned().unwrap_or_default()
}

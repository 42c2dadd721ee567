//! A chart from its files.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::render::helm::chart::files::ChartFiles;
use crate::render::helm::chart::ignore::Rules;
use crate::render::helm::chart::metadata::Metadata;
use crate::render::helm::chart::{Chart, File, Schema, archive, dependencies, values};
use crate::render::helm::fault::{Fallible, fault, fault_at};
use crate::render::helm::functions::constraints::Constraints;
use crate::render::helm::limits;
use crate::render::helm::semver::Version;
use crate::render::helm::value::Val;
use crate::render::helm::yaml::read::read;
use crate::render::place::{Origins, Place};
use crate::render::text::{Piece, Text};

/// Loads the chart that a folder holds.
pub fn load(files: &dyn ChartFiles, origins: &mut Origins) -> Fallible<Chart> {
    load_below("", files, origins)
}

/// Adds the dependencies of a chart that are not in `charts/` but elsewhere in the repository.
pub fn add_beside(
    chart: &mut Chart,
    files: &dyn ChartFiles,
    origins: &mut Origins,
    depth: usize,
) -> Fallible<()> {
    if depth > limits::CHART_DEPTH {
        return Ok(());
    }
    let wanted: Vec<[String; 3]> = dependencies::missing(chart)
        .iter()
        .map(|wanted| [&wanted.name, &wanted.repository, &wanted.version].map(Clone::clone))
        .collect();
    for [name, repository, version] in wanted {
        let Some(found) = files.dependency(&name, &repository) else {
            continue;
        };
        let unnamed = || format!("{name} beside the chart: ");
        let prefix = found.shown().unwrap_or_else(unnamed);
        let mut inner = load_below(&prefix, found.as_ref(), origins)?;
        let is_near = repository.starts_with("file:") || !is_other(&version, &inner);
        if inner.name() == name && is_near {
            add_beside(&mut inner, found.as_ref(), origins, depth + 1)?;
            chart.dependencies.push(inner);
        }
    }
    Ok(())
}

/// Whether a chart has another major version than the one that is wanted: what the repository holds today is not what is deployed.
fn is_other(wanted: &str, found: &Chart) -> bool {
    let allowed = Constraints::parse(wanted);
    let first = wanted.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let first = first.split([' ', ',', '|']).next().unwrap_or_default();
    match (
        Version::parse(first),
        Version::parse(&found.metadata.version),
    ) {
        (Some(first), Some(version)) => {
            first.major != version.major && allowed.is_some_and(|all| !all.allow(&version))
        }
        _ => false,
    }
}

/// Loads a chart whose files are shown with `prefix` before their paths.
fn load_below(prefix: &str, files: &dyn ChartFiles, origins: &mut Origins) -> Fallible<Chart> {
    let mut paths = files.list().or_else(fault)?;
    paths.sort_unstable();
    let ignored = match paths.iter().find(|path| *path == ".helmignore") {
        Some(path) => String::from_utf8_lossy(&files.read(path).or_else(fault)?).into_owned(),
        None => String::new(),
    };
    let rules = Rules::parse(&ignored).or_else(fault)?;
    let mut total = 0;
    let mut found = Vec::new();
    for path in paths {
        if rules.ignore(&path) {
            continue;
        }
        let bytes = match files.read(&path) {
            Ok(bytes) => bytes,
            Err(message) => return fault(format!("{path}: {message}")),
        };
        total += bytes.len() as u64;
        if bytes.len() as u64 > limits::FILE_BYTES || total > limits::CHART_BYTES {
            return fault(format!("{path}: chart file is too large"));
        }
        let shown = format!("{prefix}{path}");
        if archive::is_one(&path) {
            let mut unpacking = Unpacking {
                total: &mut total,
                origins,
                found: &mut found,
            };
            unpacking.add(&path, &shown, &bytes, 0)?;
        }
        found.push(located(&path, &shown, &bytes, origins));
    }
    assemble("", found, 0)
}

/// Archives of dependencies that become files of the chart.
struct Unpacking<'a> {
    total: &'a mut u64,
    origins: &'a mut Origins,
    found: &'a mut Vec<File>,
}

impl Unpacking<'_> {
    /// Adds the files of an archive as if it were unpacked where it lies. One that cannot be read is a dependency that is not
    /// there.
    fn add(&mut self, path: &str, shown: &str, packed: &[u8], depth: usize) -> Fallible<()> {
        let Ok(files) = archive::unpack(packed) else {
            return Ok(());
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (inner, bytes) in files {
            *self.total += bytes.len() as u64;
            if *self.total > limits::CHART_BYTES {
                return fault(format!("{path}: chart file is too large"));
            }
            let (path, shown) = (format!("{folder}/{inner}"), format!("{shown}/{inner}"));
            if archive::is_one(&path) && depth < limits::CHART_DEPTH {
                self.add(&path, &shown, &bytes, depth + 1)?;
            }
            self.found
                .push(located(&path, &shown, &bytes, self.origins));
        }
        Ok(())
    }
}

/// A file whose bytes know their place.
fn located(path: &str, shown: &str, bytes: &[u8], origins: &mut Origins) -> File {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Text::plain(text),
        Err(_) => Text::from_bytes(bytes),
    };
    let number = origins.add_file(shown, text.clone(), false);
    File {
        name: path.to_owned(),
        text,
        number,
    }
}

impl File {
    /// The content as values take it: each byte is one of a value.
    pub fn as_value(&self) -> Text {
        let place = Place::new(self.number, 0, self.text.len());
        match std::str::from_utf8(self.text.bytes()) {
            Ok(text) => Text::with_piece(text, Piece::of_value(place, true)),
            Err(_) => self.text.clone(),
        }
    }

    /// Its YAML documents.
    pub(crate) fn documents(&self) -> Fallible<Vec<Val>> {
        read(&self.as_value(), usize::MAX).or_else(|broken| {
            let place = Place::new(self.number, broken.at, broken.at);
            let name = &self.name;
            fault_at(format!("cannot load {name}: {}", broken.message), place)
        })
    }
}

/// Sorts the files of a chart that lies at `prefix` below the outermost one.
fn assemble(prefix: &str, files: Vec<File>, depth: usize) -> Fallible<Chart> {
    if depth > limits::CHART_DEPTH {
        return fault(format!(
            "charts are nested more than {} levels deep",
            limits::CHART_DEPTH
        ));
    }
    let mut parts = Parts::default();
    for file in files {
        parts.add(prefix, file);
    }
    let Some(chart) = parts.chart else {
        let place = if prefix.is_empty() {
            String::new()
        } else {
            format!("{prefix}: ")
        };
        return fault(format!("{place}Chart.yaml file is missing"));
    };
    let fields = chart
        .documents()?
        .into_iter()
        .next()
        .unwrap_or_else(Val::nil);
    let requirements = match &parts.requirements {
        Some(file) => file.documents()?.into_iter().next(),
        None => None,
    };
    let version = fields.as_map().and_then(|map| map.get("apiVersion"));
    let is_old = version.is_none_or(|version| version.as_text().is_some_and(|text| text.is("v1")));
    if let Some(file) = parts.requirements.filter(|_| is_old) {
        let name = "requirements.yaml".to_owned();
        parts.files.push(File { name, ..file });
    }
    let place = Place::new(chart.number, 0, 0);
    let metadata = match Metadata::read(&fields, requirements.as_ref()) {
        Ok(metadata) => metadata,
        Err(message) => return fault_at(message, place),
    };
    let (values, values_place) = match &parts.values {
        Some(file) => values::of_file(file)?,
        None => Default::default(),
    };
    let mut dependencies = Vec::new();
    for (name, files) in parts.charts {
        let prefix = format!("{prefix}charts/{name}/");
        dependencies.push(assemble(&prefix, files, depth + 1)?);
    }
    Ok(Chart {
        metadata,
        values,
        values_place,
        templates: parts.templates,
        files: parts.files,
        schema: parts.schema.map(|file| Rc::new(Schema::of(file))),
        dependencies,
    })
}

/// The files of a chart by what they are.
#[derive(Default)]
struct Parts {
    chart: Option<File>,
    values: Option<File>,
    requirements: Option<File>,
    schema: Option<File>,
    templates: Vec<File>,
    files: Vec<File>,
    charts: BTreeMap<String, Vec<File>>,
}

impl Parts {
    fn add(&mut self, prefix: &str, file: File) {
        let name = file
            .name
            .strip_prefix(prefix)
            .unwrap_or(&file.name)
            .to_owned();
        match name.as_str() {
            "Chart.yaml" => self.chart = Some(file),
            "values.yaml" => self.values = Some(file),
            "values.schema.json" => self.schema = Some(file),
            "Chart.lock" => {}
            "requirements.yaml" => self.requirements = Some(file),
            _ if name.starts_with("templates/") => {
                self.templates.push(File { name, ..file });
            }
            _ if name.starts_with("charts/") => {
                let below = &name["charts/".len()..];
                let (chart, is_inside) = match below.split_once('/') {
                    Some((chart, _)) => (chart, true),
                    None => (below, false),
                };
                // An archive is not read; any other file that is no folder is a chart without files.
                let is_archive = [".tgz", ".prov"].iter().any(|end| chart.ends_with(end));
                if !chart.starts_with(['_', '.']) && (is_inside || !is_archive) {
                    let files = self.charts.entry(chart.to_owned()).or_default();
                    files.extend(is_inside.then_some(file));
                }
            }
            _ => self.files.push(File { name, ..file }),
        }
    }
}

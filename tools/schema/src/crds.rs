//! The table of a project: the union of its custom resource definitions over releases.

use std::fs;
use std::path::{Path, PathBuf};

use hullmark_schema::definition::{Definitions, Field, Interval, Kind, Project, Scalar, Shape};
use hullmark_schema::{crd, text};
use serde::Deserialize;
use serde_json::Value;

use crate::share;

/// The table, from `release=path` of each release, oldest first.
pub(crate) fn table(project: &str, source: &str, releases: &[&str]) -> Result<String, String> {
    let mut all = Definitions::default();
    let mut names = Vec::new();
    for (number, release) in releases.iter().enumerate() {
        let (name, path) = release.split_once('=').ok_or("a release is NAME=PATH")?;
        names.push(name.to_owned());
        let number = u8::try_from(number).map_err(|_| "too many releases")?;
        for definitions in definitions(Path::new(path))? {
            for kind in &definitions.kinds {
                add(&mut all, &definitions, kind, number);
            }
        }
        close(&mut all, number);
    }
    all.projects = vec![Project {
        name: project.to_owned(),
        releases: names,
    }];
    let shared = share::types(&all);
    Ok(format!(
        "# Custom resources of {project}, https://github.com/{source}: names, types, enumerations by release. Made by tools/schema from its CRDs.\n{}",
        text::write(&shared)
    ))
}

/// The definitions in a file, or in all YAML files below a folder.
fn definitions(path: &Path) -> Result<Vec<Definitions>, String> {
    let mut files = Vec::new();
    collect(path, &mut files);
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        for document in serde_yaml::Deserializer::from_str(&text) {
            let Ok(document) = Value::deserialize(document) else {
                break;
            };
            let items = document.get("items").and_then(Value::as_array);
            let items = items.cloned().unwrap_or_else(|| vec![document.clone()]);
            found.extend(items.iter().filter_map(|item| crd::kinds(item, "")));
        }
    }
    Ok(found)
}

fn collect(path: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(path) else {
        into.push(path.to_owned());
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_yaml = path.extension().is_some_and(|end| end == "yaml" || end == "yml");
        if path.is_dir() || is_yaml {
            collect(&path, into);
        }
    }
}

/// Adds a kind of a release; `deprecated` and `removed` of a definition are 1 if it says so.
fn add(all: &mut Definitions, from: &Definitions, kind: &Kind, release: u8) {
    let known = all.kinds.iter().position(|known| {
        (&known.group, &known.version, &known.kind) == (&kind.group, &kind.version, &kind.kind)
    });
    let mark = |marked: u8| if marked > 0 { release.max(1) } else { 0 };
    match known {
        Some(known) => {
            let root = all.kinds[known].root;
            merge(all, root, from, kind.root, release);
            let known = &mut all.kinds[known];
            known.served.last = release;
            if known.deprecated == 0 {
                known.deprecated = mark(kind.deprecated);
            }
            if known.removed == 0 {
                known.removed = mark(kind.removed);
            }
        }
        None => {
            let root = copy(all, from, kind.root, 0);
            all.kinds.push(Kind {
                root,
                project: 0,
                served: Interval {
                    first: release,
                    last: release,
                },
                deprecated: mark(kind.deprecated),
                removed: mark(kind.removed),
                ..kind.clone()
            });
        }
    }
}

/// What the newest release has is still there.
fn close(all: &mut Definitions, release: u8) {
    for kind in &mut all.kinds {
        if kind.served.last == Interval::OPEN && kind.served.first < release {
            kind.served.last = release - 1;
        }
        if kind.served.last == release {
            kind.served.last = Interval::OPEN;
        }
    }
}

/// Copies a type with those that it refers to; its fields are there since a release.
fn copy(all: &mut Definitions, from: &Definitions, index: usize, first: u8) -> usize {
    let number = all.types.len();
    let mut of = from.types[index].clone();
    all.types.push(of.clone());
    for field in &mut of.fields {
        field.there.0 = first;
        field.shape = copied(all, from, &field.shape);
    }
    all.types[number] = of;
    number
}

fn copied(all: &mut Definitions, from: &Definitions, shape: &Shape) -> Shape {
    match shape {
        Shape::Scalar(scalar) => Shape::Scalar(*scalar),
        Shape::List(inner) => Shape::List(Box::new(copied(all, from, inner))),
        Shape::Map(inner) => Shape::Map(Box::new(copied(all, from, inner))),
        Shape::Object(index) => Shape::Object(copy(all, from, *index, 0)),
    }
}

fn merge(all: &mut Definitions, into: usize, from: &Definitions, index: usize, release: u8) {
    let new = &from.types[index];
    all.types[into].is_open |= new.is_open;
    all.types[into].is_embedded |= new.is_embedded;
    let mut fields = std::mem::take(&mut all.types[into].fields);
    for field in &mut fields {
        let Some(other) = new.fields.iter().find(|other| other.name == field.name) else {
            if field.there.1 == Interval::OPEN {
                field.there.1 = release - 1;
            }
            field.is_required = false;
            continue;
        };
        field.there.1 = Interval::OPEN;
        field.is_required &= other.is_required;
        field.is_nullable |= other.is_nullable;
        field.has_default |= other.has_default;
        words(field, other);
        field.shape = joined(all, &field.shape, from, &other.shape, release);
    }
    for other in &new.fields {
        if !fields.iter().any(|field| field.name == other.name) {
            let shape = copied(all, from, &other.shape);
            fields.push(Field {
                shape,
                there: (release, Interval::OPEN),
                ..other.clone()
            });
        }
    }
    all.types[into].fields = fields;
}

/// A word that some release knows is known; where one takes any, all are.
fn words(field: &mut Field, other: &Field) {
    if other.words.is_empty() {
        field.words.clear();
    } else if !field.words.is_empty() {
        for word in &other.words {
            if !field.words.iter().any(|known| known.text == word.text) {
                field.words.push(word.clone());
            }
        }
    }
}

fn joined(all: &mut Definitions, old: &Shape, from: &Definitions, new: &Shape, release: u8) -> Shape {
    match (old, new) {
        (Shape::Object(old), Shape::Object(new)) => {
            merge(all, *old, from, *new, release);
            Shape::Object(*old)
        }
        (Shape::List(old), Shape::List(new)) => {
            Shape::List(Box::new(joined(all, old, from, new, release)))
        }
        (Shape::Map(old), Shape::Map(new)) => {
            Shape::Map(Box::new(joined(all, old, from, new, release)))
        }
        (Shape::Scalar(old), Shape::Scalar(new)) if old == new => Shape::Scalar(*old),
        _ => Shape::Scalar(Scalar::Any),
    }
}

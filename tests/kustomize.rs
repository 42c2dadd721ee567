//! Each text in `fixtures/render/kustomize` holds a kustomization and what kubectl 1.36.3 (kustomize 5.8.1) makes of it, and the places of
//! what is made are held against the files.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use hullmark::render::kustomize::build::Build;
use hullmark::render::kustomize::engine::Engine;
use hullmark::render::kustomize::files::{Entry, Files};
use hullmark::render::kustomize::refusal::Refusal;
use hullmark::render::kustomize::tree::{Content, Node, Place};
use hullmark::render::kustomize::write;
use hullmark::span::Lines;
use serde_yaml::Value;

/// A text of sections: `-- path --` begins a file, `-- expected --`, `-- refused --` and `-- places --` say what comes of it.
struct Case {
    name: String,
    folder: String,
    files: Texts,
    expected: Option<String>,
    places: Vec<String>,
}

/// Files in memory.
#[derive(Default)]
struct Texts(BTreeMap<String, String>);

impl Files for Texts {
    fn entry(&self, path: &str) -> Option<Entry> {
        let real = path.to_owned();
        if self.0.contains_key(path) {
            let is_folder = false;
            return Some(Entry { is_folder, real });
        }
        let below = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let is_folder = self.0.keys().any(|key| key.starts_with(&below));
        is_folder.then_some(Entry { is_folder, real })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.0.get(path).ok_or("is not there")?;
        Ok(text.clone().into_bytes())
    }

    fn inside(&self, _: &str) -> Option<String> {
        None
    }
}

fn cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/render/kustomize");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| case(path)).collect()
}

fn case(path: &std::path::Path) -> Case {
    let mut case = Case {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        folder: String::new(),
        files: Texts::default(),
        expected: None,
        places: Vec::new(),
    };
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in fs::read_to_string(path).unwrap().split_inclusive('\n') {
        let name = line
            .strip_prefix("-- ")
            .and_then(|line| line.strip_suffix(" --\n"));
        match name {
            Some(name) => sections.push((name.to_owned(), String::new())),
            None => sections.last_mut().unwrap().1.push_str(line),
        }
    }
    for (name, text) in sections {
        match name.as_str() {
            "BUILD" => text.trim().clone_into(&mut case.folder),
            "expected" => case.expected = Some(text),
            "refused" => {}
            "places" => case.places = text.lines().map(str::to_owned).collect(),
            _ => _ = case.files.0.insert(name, text),
        }
    }
    case
}

/// The build as one text of YAML.
fn yaml(build: &Build) -> String {
    let mut out = String::new();
    for (number, object) in build.objects.iter().enumerate() {
        if number > 0 {
            out.push_str("---\n");
        }
        for line in write::document(&object.root) {
            out.push_str(&line.text);
            out.push('\n');
        }
    }
    out
}

fn values(text: &str) -> Vec<Value> {
    use serde::Deserialize as _;
    serde_yaml::Deserializer::from_str(text)
        .map(|document| Value::deserialize(document).unwrap())
        .filter(|value| !value.is_null())
        .collect()
}

#[test]
fn what_kubectl_makes_is_made() {
    let cases = cases();
    assert!(cases.len() > 100, "only {} cases", cases.len());
    let mut faults = String::new();
    for case in &cases {
        let mut engine = Engine::new(&case.files, None);
        match (engine.build(&case.folder), &case.expected) {
            (Ok(build), Some(expected)) => {
                let made = yaml(&build);
                if values(&made) != values(expected) {
                    let _ = writeln!(faults, "{}: made\n{made}\nnot\n{expected}", case.name);
                }
            }
            (Ok(build), None) if build.missing.is_empty() => {
                let _ = writeln!(faults, "{}: is not refused", case.name);
            }
            (Err(refusal), Some(_)) => {
                let _ = writeln!(faults, "{}: is refused: {refusal}", case.name);
            }
            _ => {}
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Whatever cannot be built says where, but for a folder without a kustomization.
#[test]
fn refusals_have_places() {
    for case in cases() {
        let mut engine = Engine::new(&case.files, None);
        let refusal = engine.build(&case.folder).err();
        let is_whole_folder = |refusal: &Refusal| refusal.message.starts_with("folder");
        if let Some(refusal) = refusal.filter(|refusal| !is_whole_folder(refusal)) {
            let source = engine.loader().source(refusal.at.file);
            assert!(source.is_some(), "{}: {refusal}", case.name);
        }
        for missing in engine
            .build(&case.folder)
            .map(|build| build.missing)
            .unwrap_or_default()
        {
            assert!(missing.at.is_some(), "{}: {}", case.name, missing.reason);
        }
    }
}

/// All scalars of a tree with their paths.
fn scalars<'n>(node: &'n Node, path: &str, out: &mut Vec<(String, &'n Node)>) {
    match &node.content {
        Content::Scalar(_) => out.push((path.to_owned(), node)),
        Content::List(items) => {
            for (index, item) in items.iter().enumerate() {
                scalars(item, &format!("{path}.{index}"), out);
            }
        }
        Content::Map(map) => {
            for entry in &map.entries {
                scalars(&entry.value, &format!("{path}.{}", entry.key), out);
            }
        }
    }
}

/// A scalar is at its place, or, where a transformer composed it, part of it does.
#[test]
fn places_hold_what_was_written() {
    let (mut count, mut verbatim) = (0, 0);
    for case in cases() {
        let mut engine = Engine::new(&case.files, None);
        let Ok(build) = engine.build(&case.folder) else {
            continue;
        };
        for object in &build.objects {
            let mut found = Vec::new();
            scalars(&object.root, "", &mut found);
            for (path, node) in found {
                let text = node.as_str().unwrap();
                let source = engine.loader().source(node.at.file);
                let source = source.unwrap_or_else(|| panic!("{}: {path} has no place", case.name));
                let written = node.at.span.of(&source.text).trim_matches(['"', '\'']);
                count += 1;
                let words = |text: &str| {
                    text.split_whitespace()
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                };
                let is_there =
                    written == text || words(&written.replace('|', " ")).ends_with(&words(text));
                verbatim += usize::from(is_there);
            }
        }
    }
    assert!(count > 2_500, "{count}");
    assert!(verbatim * 100 >= count * 90, "{verbatim} of {count}");
}

/// `Deployment/web spec.replicas o/kustomization.yaml:5 7`: object, path, file, line, and the text there.
#[test]
fn places_are_those_of_the_case() {
    let mut seen = 0;
    let mut faults = String::new();
    for case in cases() {
        let mut engine = Engine::new(&case.files, None);
        let Ok(build) = engine.build(&case.folder) else {
            continue;
        };
        for want in &case.places {
            let mut words = want.split(' ');
            let (object, path) = (words.next().unwrap(), words.next().unwrap());
            let (kind, name) = object.split_once('/').unwrap();
            let is_it = |root: &Node| {
                let text = |path: &[&str]| {
                    root.at_path(path)
                        .and_then(Node::as_str)
                        .unwrap_or_default()
                };
                text(&["kind"]) == kind && text(&["metadata", "name"]) == name
            };
            let root = build
                .objects
                .iter()
                .find(|object| is_it(&object.root))
                .unwrap();
            let mut found = Vec::new();
            scalars(&root.root, "", &mut found);
            let node = found.iter().find(|(own, _)| own[1..] == *path);
            let (_, node) = node.unwrap_or_else(|| panic!("{}: no {path}", case.name));
            let shown = |at: Place| match engine.loader().source(at.file) {
                Some(source) => {
                    let line = Lines::of(&source.text).line(at.span.start);
                    format!("{}:{line} {}", source.path, at.span.of(&source.text))
                }
                None => "nowhere".to_owned(),
            };
            let mut made = format!("{object} {path} {}", shown(node.at));
            if want.contains(" was ") {
                made = format!("{made} was {}", shown(node.was));
            }
            if made != *want {
                let _ = writeln!(faults, "{}: {made}\n  not {want}", case.name);
            }
            seen += 1;
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
    assert!(seen > 20, "{seen}");
}

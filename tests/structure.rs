//! The structure of the project: layers and files depend on each other one way, files say what they are for, links lead somewhere.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the linter, and each crate of the workspace, may depend on. What is not here may depend on nothing.
const LAYERS: &[(&str, &[&str])] = &[
    ("crates/tables", &[]),
    ("crates/policy", &["crates/tables"]),
    ("crates/schema", &[]),
    ("main", &["cli"]),
    (
        "cli",
        &[
            "config",
            "crates/tables",
            "deployed",
            "diagnostic",
            "evaluate",
            "external",
            "fixtures",
            "git",
            "ignores",
            "inert",
            "lint",
            "meter",
            "model",
            "parse",
            "path_set",
            "patterns",
            "regular",
            "render",
            "report",
            "rules",
            "sources",
            "span",
            "suggestion",
        ],
    ),
    (
        "fixtures",
        &[
            "config",
            "diagnostic",
            "evaluate",
            "lint",
            "rules",
            "sources",
        ],
    ),
    (
        "ignores",
        &["evaluate", "parse", "render", "sources", "span"],
    ),
    (
        "lint",
        &[
            "crates/tables",
            "deployed",
            "diagnostic",
            "evaluate",
            "external",
            "meter",
            "model",
            "parse",
            "rules",
            "sources",
            "span",
        ],
    ),
    (
        "deployed",
        &[
            "crates/tables",
            "diagnostic",
            "regular",
            "render",
            "sources",
            "span",
        ],
    ),
    (
        "config",
        &[
            "crates/policy",
            "crates/schema",
            "diagnostic",
            "git",
            "inert",
            "parse",
            "path_set",
            "patterns",
            "regular",
            "rules",
            "span",
            "suggestion",
        ],
    ),
    ("external", &[]),
    ("git", &["external"]),
    ("render", &["span", "suggestion"]),
    (
        "evaluate",
        &[
            "crates/policy",
            "crates/tables",
            "diagnostic",
            "meter",
            "model",
            "parse",
            "rules",
            "sources",
            "span",
        ],
    ),
    (
        "report",
        &[
            "diagnostic",
            "inert",
            "patterns",
            "rules",
            "sources",
            "span",
        ],
    ),
    (
        "model",
        &[
            "crates/schema",
            "crates/tables",
            "parse",
            "sources",
            "span",
            "suggestion",
        ],
    ),
    ("parse", &["crates/tables", "sources", "span"]),
    ("patterns", &["inert"]),
    ("sources", &["crates/schema", "patterns", "regular", "span"]),
    (
        "rules",
        &["config", "crates/policy", "diagnostic", "regular"],
    ),
    ("diagnostic", &["crates/policy", "span"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A file of Rust as a module: `evaluate::engine` for `src/evaluate/engine.rs`, `tables::row` for `crates/tables/src/row.rs`.
struct Module {
    name: Vec<String>,
    /// How many segments of the name are the crate's: 0 for the linter, 1 for another crate of the workspace.
    of_crate: usize,
    file: PathBuf,
    /// The text up to its unit tests, without comments.
    code: String,
}

/// All modules of the workspace. Files of unit tests are left out, and so are roots of crates: all depend on them in name only.
fn modules() -> Vec<Module> {
    let mut sources = vec![(root().join("src"), Vec::new())];
    for entry in fs::read_dir(root().join("crates")).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        sources.push((entry.path().join("src"), vec![name]));
    }
    let mut modules = Vec::new();
    for (folder, of_crate) in sources {
        for file in files(&folder) {
            let below = file.strip_prefix(&folder).unwrap().with_extension("");
            let parts = below.iter().map(|part| part.to_str().unwrap().to_owned());
            let mut name: Vec<String> = of_crate.iter().cloned().chain(parts).collect();
            if name.last().is_some_and(|last| last == "mod") {
                name.pop();
            }
            let is_rust = file.extension().is_some_and(|end| end == "rs");
            let is_test = name.iter().any(|part| part == "tests");
            if is_rust && !is_test && name.last().is_none_or(|last| last != "lib") {
                modules.push(Module {
                    code: code(&fs::read_to_string(&file).unwrap()),
                    of_crate: of_crate.len(),
                    name,
                    file,
                });
            }
        }
    }
    modules
}

/// The lines of a file before its unit tests, without comments.
fn code(text: &str) -> String {
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths of items that a file names from `crate`, `self`, `super` or another crate of the workspace on: `use crate::a::{b, c::d}` names
/// `a::b` and `a::c::d`.
fn paths(module: &Module) -> BTreeSet<Vec<String>> {
    let own = module.name[..module.of_crate].to_vec();
    // `self` is the module, or the folder that it opens; `super` the one above.
    let above = module.name[..module.name.len() - 1].to_vec();
    let mut roots = vec![
        ("crate::".to_owned(), own),
        ("hullmark_".to_owned(), Vec::new()),
        ("self::".to_owned(), module.name.clone()),
        ("super::".to_owned(), above),
    ];
    // Modules that the file declares need no prefix.
    let declared = module.code.lines().filter_map(|line| {
        let (_, name) = line.strip_suffix(';')?.split_once("mod ")?;
        Some(name)
    });
    for name in declared {
        let path = [&module.name[..], &[name.to_owned()]].concat();
        roots.push((format!("{name}::"), path));
    }
    let mut found = BTreeSet::new();
    for (word, above) in roots {
        for (at, _) in module.code.match_indices(&word) {
            let is_whole =
                !module.code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
            if is_whole {
                expand(&module.code[at + word.len()..], &above, &mut found);
            }
        }
    }
    found
}

/// Reads a path, or a group of paths in braces, that begins below `above`; gives what follows it.
fn expand<'t>(text: &'t str, above: &[String], found: &mut BTreeSet<Vec<String>>) -> &'t str {
    if let Some(mut rest) = text.strip_prefix('{') {
        while !rest.is_empty() && !rest.starts_with('}') {
            rest = expand(rest.trim_start(), above, found);
            // `as name`, a comma, white space.
            let next = rest.find([',', '}']).unwrap_or(rest.len());
            rest = rest[next..].trim_start_matches(',').trim_start();
        }
        return rest.strip_prefix('}').unwrap_or(rest);
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut path = above.to_vec();
    match name {
        "self" | "" => {}
        "super" => drop(path.pop()),
        _ => path.push(name.to_owned()),
    }
    if let Some(below) = rest.strip_prefix("::") {
        return expand(below, &path, found);
    }
    found.insert(path);
    rest
}

/// By module, the modules whose items it names. What a module takes from one that it is part of is left out: a submodule may use what the
/// file above it defines.
fn dependencies(modules: &[Module]) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let names: BTreeSet<&[String]> = modules.iter().map(|module| &module.name[..]).collect();
    let module_of = |path: &[String]| {
        let prefixes = (1..=path.len()).rev().map(|length| &path[..length]);
        let mut known = prefixes.filter(|prefix| names.contains(prefix));
        known.next().map(<[String]>::to_vec)
    };
    let dependencies = modules.iter().map(|module| {
        let paths = paths(module);
        let others = paths.iter().filter_map(|path| module_of(path));
        let others = others.filter(|name| !module.name.starts_with(name));
        (module.name.clone(), others.collect())
    });
    dependencies.collect()
}

/// Everything that can be reached from a module.
fn reachable(
    from: &[String],
    dependencies: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
) -> BTreeSet<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut left = vec![from.to_vec()];
    while let Some(name) = left.pop() {
        for next in dependencies.get(&name).into_iter().flatten() {
            if seen.insert(next.clone()) {
                left.push(next.clone());
            }
        }
    }
    seen
}

/// The name of the layer that a module is part of: its first segment, of another crate `crates/<name>`.
fn layer(module: &Module) -> String {
    let first = module.name.first().map_or("", String::as_str);
    match module.of_crate {
        0 => first.to_owned(),
        _ => format!("crates/{first}"),
    }
}

#[test]
fn layers_depend_on_lower_layers_only() {
    let modules = modules();
    let mut faults = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for module in &modules {
        let from = layer(module);
        let allowed = LAYERS.iter().find(|(name, _)| *name == from);
        let allowed = allowed.map_or(&[][..], |(_, to)| to);
        for path in paths(module) {
            let is_of_crate = |other: &&Module| other.name.first() == path.first();
            let Some(to) = modules.iter().find(is_of_crate).map(layer) else {
                continue;
            };
            if to != from && !allowed.contains(&to.as_str()) {
                let file = module.file.display();
                faults.push(format!("{file}: `{from}` may not depend on `{to}`"));
            }
        }
        seen.insert(from);
    }
    let missing = LAYERS.iter().filter(|(name, _)| !seen.contains(*name));
    faults.extend(missing.map(|(name, _)| format!("there is no module `{name}`")));
    assert_none(&faults);
}

#[test]
fn files_do_not_depend_on_each_other_in_circles() {
    let modules = modules();
    let dependencies = dependencies(&modules);
    assert!(dependencies.values().map(BTreeSet::len).sum::<usize>() > 300);
    let reachable_from: BTreeMap<&Vec<String>, BTreeSet<Vec<String>>> = dependencies
        .keys()
        .map(|name| (name, reachable(name, &dependencies)))
        .collect();
    let mut cycles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (name, reached) in &reachable_from {
        // Those that reach it again are in one circle with it.
        let circle = reached.iter().filter(|other| {
            let back = reachable_from.get(other);
            back.is_some_and(|back| back.contains(*name))
        });
        let circle: Vec<String> = circle.map(|name| name.join("::")).collect();
        if !circle.is_empty() {
            cycles.insert(circle);
        }
    }
    let faults = cycles.iter();
    let faults =
        faults.map(|cycle| format!("depend on each other in a circle: {}", cycle.join(", ")));
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let mut faults = Vec::new();
    for path in files(&root().join("src"))
        .into_iter()
        .chain(files(&root().join("tests")))
    {
        let rust = path.extension().is_some_and(|end| end == "rs");
        if rust
            && !path.to_string_lossy().contains("fuzz")
            && !fs::read_to_string(&path).unwrap().starts_with("//! ")
        {
            faults.push(format!("{}: opens with no `//!` sentence", path.display()));
        }
    }
    assert_none(&faults);
}

/// Links between documents of the repository lead somewhere.
#[test]
fn links_lead_to_files() {
    let docs = files(&root().join("docs")).into_iter();
    let pages = docs.chain([root().join("README.md")]);
    let mut faults = Vec::new();
    for page in pages.filter(|path| path.extension().is_some_and(|end| end == "md")) {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap_or_default();
            let is_here = !target.is_empty() && !target.contains("://") && !target.contains(' ');
            if is_here && !page.parent().unwrap().join(target).exists() {
                faults.push(format!("{}: no file `{target}`", page.display()));
            }
        }
    }
    assert_none(&faults);
}

//! The structure of the project: layers and files depend on each other one way, policies say all they must, and pages are fresh.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hullmark::rules::{self, compatibility, metadata, page, reference, restrictions};

/// What each module of the linter, and each crate of the workspace, may depend on. What is not here may depend on nothing.
const LAYERS: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    (
        "cli",
        &[
            "check",
            "config",
            "evaluate",
            "external",
            "finding",
            "fixtures",
            "model",
            "parse",
            "patterns",
            "report",
            "rules",
            "sources",
            "span",
            "suggestion",
        ],
    ),
    (
        "fixtures",
        &["check", "config", "evaluate", "finding", "rules", "sources"],
    ),
    (
        "check",
        &[
            "evaluate", "external", "finding", "model", "parse", "rules", "sources", "span",
        ],
    ),
    (
        "config",
        &[
            "finding",
            "parse",
            "patterns",
            "rules",
            "span",
            "suggestion",
        ],
    ),
    ("external", &[]),
    (
        "evaluate",
        &["finding", "model", "parse", "rules", "sources", "span"],
    ),
    ("report", &["finding", "rules", "sources", "span"]),
    ("model", &["parse", "sources", "span", "suggestion"]),
    ("parse", &["sources", "span"]),
    ("sources", &["patterns", "span"]),
    ("rules", &["finding", "config"]),
    ("finding", &["span"]),
];

/// Files that depend on each other in a circle, by the paths of their modules. There are to be no more of them.
const KNOWN_CYCLES: &[&[&str]] = &[
    &["model::part", "model::row"],
    &[
        "parse::shell::build",
        "parse::shell::grammar",
        "parse::shell::plain",
        "parse::shell::rough",
    ],
    &["rules::inline", "rules::reads", "rules::statement"],
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

/// Every policy: path below `policies/`, and text.
fn policies() -> Vec<(String, String)> {
    let folder = root().join("policies");
    let rego = files(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rego"));
    rego.map(|path| {
        let name = path
            .strip_prefix(&folder)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    })
    .collect()
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
    let known: BTreeSet<Vec<String>> = KNOWN_CYCLES
        .iter()
        .map(|cycle| cycle.iter().map(ToString::to_string).collect())
        .collect();
    let new = cycles.difference(&known);
    let gone = known.difference(&cycles);
    let new = new.map(|cycle| format!("depend on each other in a circle: {}", cycle.join(", ")));
    let gone =
        gone.map(|cycle| format!("is no circle any more: take it out: {}", cycle.join(", ")));
    assert_none(&new.chain(gone).collect::<Vec<_>>());
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

#[test]
fn policies_hold_nothing_that_the_two_modes_of_the_engine_understand_differently() {
    let mut faults = Vec::new();
    for (name, text) in policies() {
        for fault in restrictions::dangers(&text)
            .into_iter()
            .chain(restrictions::deviations(&text))
        {
            faults.push(format!("policies/{name}:{}: {}", fault.line, fault.message));
        }
    }
    assert_none(&faults);
}

#[test]
fn no_rule_multiplies_tables() {
    let mut faults = Vec::new();
    for (name, text) in policies() {
        let mut loops = 0;
        for (number, line) in text.lines().enumerate() {
            if line.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                loops = 0;
            }
            loops += line.matches(" in input.").count() - line.matches(" in input.index.").count();
            if loops > 1 {
                faults.push(format!(
                    "policies/{name}:{}: two free loops over tables; use `input.index`",
                    number + 1
                ));
                loops = 0;
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn rules_have_one_public_name_and_no_regex() {
    let mut faults = Vec::new();
    for (name, text) in policies()
        .iter()
        .filter(|(name, _)| !name.starts_with("lib/"))
    {
        for (number, line) in text.lines().enumerate() {
            let head = line.split([' ', '(', ':', '[']).next().unwrap_or_default();
            let private = head.is_empty() || head.starts_with(['#', '_', '}', ']', ')', '\t']);
            if !private && !matches!(head, "package" | "import" | "deny" | "default") {
                faults.push(format!(
                    "policies/{name}:{}: `{head}` must begin with `_`",
                    number + 1
                ));
            }
            if line.contains("regex.") && !line.trim_start().starts_with('#') {
                faults.push(format!(
                    "policies/{name}:{}: no regexes in rules; ask the model for a field",
                    number + 1
                ));
            }
        }
    }
    assert_none(&faults);
}

/// Whether a message begins as it should: with lower case, or with a name (`A`, `ONBUILD`, `ConfigMap`, a kind of Kubernetes).
fn begins_well(message: &str) -> bool {
    let first = message.split(' ').next().unwrap_or_default();
    let kinds = [
        "Service",
        "Dockerfile",
        "Deployment",
        "Role",
        "Secret",
        "Ingress",
        "Linux",
        "Windows",
        "Docker",
        "Pod",
    ];
    let inner = first.chars().skip(1).any(char::is_uppercase);
    !first.starts_with(char::is_uppercase) || inner || kinds.contains(&first)
}

fn is_alias(alias: &str) -> bool {
    alias.split_once(':').is_some_and(|(tool, id)| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !id.is_empty()
            && !tool.is_empty()
            && tool.bytes().all(plain)
            && !id.contains(char::is_whitespace)
    })
}

#[test]
fn metadata_is_complete_and_in_form() {
    let mut faults = Vec::new();
    for rule in rules::catalogue().rules.iter() {
        let mut fault = |what: &str| faults.push(format!("{}: {what}", rule.id));
        if !begins_well(&rule.message) {
            fault("its message begins in upper case");
        }
        if rule.message.ends_with('.') || rule.message.contains('\n') {
            fault("its message is not one line without a final dot");
        }
        if rule.title.ends_with('.') || rule.title.is_empty() {
            fault("its title is empty or ends with a dot");
        }
        if !rule.description.trim_end().ends_with(['.', '`', ')', ':'])
            || rule.description.len() < 40
        {
            fault("its description is not whole sentences");
        }
        if !rule.remediation.trim_end().ends_with('.') {
            fault("its remediation does not end with a dot");
        }
        for alias in rule.aliases.iter().filter(|alias| !is_alias(alias)) {
            fault(&format!("alias `{alias}` is not `tool:ID`"));
        }
        let distinct: BTreeSet<&str> = rule.aliases.iter().map(AsRef::as_ref).collect();
        if distinct.len() != rule.aliases.len() {
            fault("an alias is duplicated");
        }
    }
    assert_none(&faults);
}

#[test]
fn every_policy_is_in_the_catalogue_under_its_path() {
    let catalogue = rules::catalogue();
    let mut faults = Vec::new();
    for (name, text) in policies() {
        let id = name.trim_end_matches(".rego");
        let package = metadata::package(&text)
            .map(|(_, package)| package.to_owned())
            .unwrap_or_default();
        let expected = match id.strip_prefix("lib/") {
            Some(noun) => format!("lib.{noun}"),
            None => metadata::package_of(id),
        };
        if package != expected {
            faults.push(format!(
                "policies/{name}: package `{package}` must be `{expected}`"
            ));
        }
        if !id.starts_with("lib/") && catalogue.rule(id).is_none() {
            faults.push(format!("policies/{name}: is not in the catalogue"));
        }
    }
    assert_none(&faults);
}

#[test]
fn pages_are_fresh() {
    let folder = root().join("docs/rules");
    let catalogue = rules::catalogue();
    let rules = catalogue.rules.iter();
    let pages: Vec<(PathBuf, String)> = rules
        .map(|rule| (folder.join(format!("{}.md", rule.id)), page::page(rule)))
        .collect();
    let mut stale = freshened(&pages);
    for path in files(&folder) {
        if !pages.iter().any(|(page, _)| *page == path) {
            stale.push(format!(
                "{}: no rule has this page: remove it",
                path.display()
            ));
        }
    }
    assert_none(&stale);
}

/// Names what is stale, and writes it anew unless snapshots are not to be written either (`INSTA_UPDATE=no`, as in CI).
fn freshened(pages: &[(PathBuf, String)]) -> Vec<String> {
    let mut stale = Vec::new();
    for (path, text) in pages {
        if fs::read_to_string(path).unwrap_or_default() != *text {
            let is_written = std::env::var_os("INSTA_UPDATE").is_none_or(|update| update != "no");
            if is_written {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            let what = if is_written {
                "was stale and is written anew"
            } else {
                "is stale"
            };
            stale.push(format!(
                "{}: {what}: run the tests, read and commit it",
                path.display()
            ));
        }
    }
    stale
}

/// The page on differences from other tools.
fn deviations() -> String {
    fs::read_to_string(root().join("docs/compatibility/deviations.md")).unwrap()
}

/// The page of all rules is made on demand: whoever adds a rule changes no file that others change too.
#[test]
fn the_reference_names_every_rule_and_every_alias() {
    let catalogue = rules::catalogue();
    let rules: Vec<_> = catalogue.rules.iter().collect();
    let page = reference::page(&rules);
    let mut faults = Vec::new();
    for rule in rules {
        let row = format!(
            "| {} | {} |",
            page::link(rule),
            rule.title.replace('|', "\\|")
        );
        if !page.contains(&row) {
            faults.push(format!("{}: is not in the reference", rule.id));
        }
        for alias in rule.aliases.iter() {
            let (tool, id) = alias.split_once(':').unwrap();
            let part = page
                .split(&format!("\n### {tool}\n"))
                .nth(1)
                .unwrap_or_default();
            let part = part.split("\n### ").next().unwrap_or_default();
            let row = part
                .lines()
                .find(|line| line.starts_with(&format!("| `{id}` |")));
            if !row.is_some_and(|row| row.contains(&page::link(rule))) {
                faults.push(format!("{alias}: is not in the reference with {}", rule.id));
            }
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

/// Each line of the tools' levels is a tool that some rule knows, a level and ids; a tool's own name is no domain.
#[test]
fn profiles_are_in_form() {
    let catalogue = rules::catalogue();
    let text = fs::read_to_string(root().join("data/profiles.tsv")).unwrap();
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [tool, level, ids] = cells[..] else {
            panic!("{line}: is not a tool, a level and ids");
        };
        let is_known =
            compatibility::is_peer(tool) && ["error", "warning", "info", "off"].contains(&level);
        let twice = ids
            .split(' ')
            .filter(|id| !seen.insert(format!("{tool}:{id}")));
        faults.extend(twice.map(|id| format!("{id}: is duplicated")));
        if !is_known {
            faults.push(format!("{line}: has an unknown tool or level"));
        }
    }
    for rule in catalogue.rules.iter() {
        if compatibility::is_peer(rule.domain()) {
            faults.push(format!("{}: its domain is a tool's name", rule.id));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_tool_is_known_by_name() {
    let catalogue = rules::catalogue();
    let aliases = catalogue.rules.iter().flat_map(|rule| rule.aliases.iter());
    let unknown: BTreeSet<String> = aliases
        .filter_map(|alias| alias.split_once(':'))
        .filter(|(tool, _)| !compatibility::is_peer(tool))
        .map(|(tool, _)| format!("`{tool}` has no name in src/rules/compatibility.rs"))
        .collect();
    assert_none(&unknown.into_iter().collect::<Vec<_>>());
}

/// An id that the page on differences says no rule covers is in a row of its table; no rule may have it.
#[test]
fn ids_without_a_rule_are_in_no_rule() {
    let text = deviations();
    let part = text.split("### What no rule judges").nth(1).unwrap();
    let part = part.split("\n### ").next().unwrap();
    let catalogue = rules::catalogue();
    let mut faults = Vec::new();
    for id in part.lines().filter_map(|line| {
        let cell = line.strip_prefix("| `")?;
        cell.split('`').next()
    }) {
        let carrier = catalogue
            .rules
            .iter()
            .find(|rule| rule.aliases.iter().any(|alias| alias == id));
        if let Some(rule) = carrier {
            faults.push(format!("`{id}` is carried by {}", rule.id));
        }
    }
    assert_none(&faults);
}

//! Compiles `policies/` into programs for the engine and a static catalogue, so that a run starts without reading or compiling a rule.

#[path = "src/rules/alias.rs"]
#[expect(dead_code, reason = "conditions are put in words where pages are made")]
mod alias;
#[path = "src/rules/assignment.rs"]
#[expect(dead_code, reason = "our own policies are held to it by a test")]
mod assignment;
#[path = "src/rules/compile.rs"]
mod compile;
#[path = "src/rules/facts.rs"]
mod facts;
#[path = "src/parse/faults.rs"]
#[expect(dead_code, reason = "faults are found at run time")]
mod faults;
#[path = "src/rules/filter.rs"]
#[expect(dead_code, reason = "filters are read at run time")]
mod filter;
#[path = "src/config/given.rs"]
mod given;
#[path = "src/rules/inline.rs"]
mod inline;
#[path = "src/rules/metadata.rs"]
mod metadata;
#[path = "src/rules/narrow.rs"]
mod narrow;
#[path = "src/rules/reads.rs"]
mod reads;
#[path = "src/rules/setting.rs"]
mod setting;
#[path = "src/rules/statement.rs"]
mod statement;
#[path = "src/rules/yields.rs"]
#[expect(dead_code, reason = "findings are refused at run time")]
mod yields;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::alias::{AnyOf, Condition, Fact};
use crate::metadata::Metadata;
use crate::narrow::Narrowed;
use crate::reads::Reads;
use crate::setting::{Setting, Value};

/// A rule's file, read.
struct Policy {
    id: String,
    path: String,
    narrowed: Narrowed,
    metadata: Metadata,
    reads: Reads,
    wholes: BTreeSet<String>,
}

fn main() {
    println!("cargo::rerun-if-changed=policies");
    println!("cargo::rerun-if-changed=fixtures");
    println!("cargo::rerun-if-changed=src/rules/compile.rs");
    println!("cargo::rerun-if-changed=src/rules/filter.rs");
    println!("cargo::rerun-if-changed=src/rules/inline.rs");
    println!("cargo::rerun-if-changed=src/rules/narrow.rs");
    println!("cargo::rerun-if-changed=src/rules/metadata.rs");
    println!("cargo::rerun-if-changed=src/rules/alias.rs");
    println!("cargo::rerun-if-changed=src/parse/faults.rs");
    println!("cargo::rerun-if-changed=src/rules/facts.rs");
    println!("cargo::rerun-if-changed=src/rules/yields.rs");
    println!("cargo::rerun-if-changed=src/rules/setting.rs");
    println!("cargo::rerun-if-changed=src/config/given.rs");
    if let Err(message) = embed() {
        println!("cargo::error={}", message.trim().replace('\n', " | "));
    }
}

fn embed() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?);
    let libraries = libraries(&root)?;
    let mut domains: BTreeMap<String, Vec<Policy>> = BTreeMap::new();
    for path in files(&root.join("policies"), "rego") {
        let policy = read_policy(&root, &path, &libraries)?;
        if let Some(policy) = policy {
            let domain = policy.id.split('/').next().unwrap_or_default().to_owned();
            domains.entry(domain).or_default().push(policy);
        }
    }
    // By id, in whose order the catalogue is.
    let mut rules: BTreeMap<String, String> = BTreeMap::new();
    for policy in natives(&root)? {
        rules.insert(policy.id.clone(), rule(&policy, "Body::Native", &root));
    }
    let mut programs = String::from("pub(crate) static PROGRAMS: &[&[u8]] = &[\n");
    let mut number = 0;
    for (domain, policies) in &domains {
        for (part, group) in policies.chunks(compile::ENTRY_POINTS).enumerate() {
            let file = out.join(format!("{domain}-{part}.rvm"));
            compile_group(group, &libraries, &file)?;
            let _ = writeln!(
                programs,
                "    include_bytes!({:?}),",
                file.display().to_string()
            );
            for (entry, policy) in group.iter().enumerate() {
                let body = format!("Body::Rego {{ program: {number}, entry: {entry} }}");
                rules.insert(policy.id.clone(), rule(policy, &body, &root));
            }
            number += 1;
        }
    }
    let mut code = String::from("pub(crate) static RULES: &[Rule] = &[\n");
    code.extend(rules.into_values());
    code.push_str("];\n\n");
    programs.push_str("];\n\npub(crate) static LIBRARIES: &[(&str, &str)] = &[\n");
    for (path, _) in libraries.values() {
        let file = root.join(path);
        let _ = writeln!(
            programs,
            "    ({path:?}, include_str!({:?})),",
            file.display().to_string()
        );
    }
    programs.push_str("];\n");
    fs::write(out.join("catalogue.rs"), code + &programs).map_err(|error| error.to_string())
}

/// All files with an extension below a folder, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|end| end == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn libraries(root: &Path) -> Result<BTreeMap<String, compile::Module>, String> {
    let mut libraries = BTreeMap::new();
    for path in files(&root.join("policies/lib"), "rego") {
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        libraries.insert(name, (relative(root, &path), text));
    }
    Ok(libraries)
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

fn read_policy(
    root: &Path,
    path: &Path,
    libraries: &BTreeMap<String, compile::Module>,
) -> Result<Option<Policy>, String> {
    let shown = relative(root, path);
    let id = shown
        .strip_prefix("policies/")
        .and_then(|path| path.strip_suffix(".rego"))
        .unwrap_or_default()
        .to_owned();
    if id.starts_with("lib/") {
        return Ok(None);
    }
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let at = |line: usize, message: &str| format!("{shown}:{line}: {message}");
    let metadata = metadata::read(&text).map_err(|fault| at(fault.line, &fault.message))?;
    let wanted = metadata::package_of(&id);
    match metadata::package(&text) {
        Some((_, package)) if package == wanted => {}
        Some((line, package)) => {
            return Err(at(line, &format!("package `{package}` must be `{wanted}`")));
        }
        None => return Err(at(1, &format!("has no package; it must be `{wanted}`"))),
    }
    if let Some(fault) = metadata::foreign_settings(&text, &id, &metadata.custom) {
        return Err(at(fault.line, &fault.message));
    }
    let code: Vec<&str> = libraries.values().map(|(_, text)| text.as_str()).collect();
    if let Some(fault) = facts::check(&text, &metadata, &code) {
        return Err(at(fault.line, &fault.message));
    }
    let library = |name: &str| libraries.get(name).map(|(_, text)| text.as_str());
    let narrowed = narrow::narrow(&text, &library);
    let reads = reads::reads(&text, &library);
    let wholes = narrowed.wholes(&library);
    Ok(Some(Policy {
        id,
        path: shown,
        narrowed,
        metadata,
        reads,
        wholes,
    }))
}

/// The native rules: a file of METADATA for each that the program knows.
fn natives(root: &Path) -> Result<Vec<Policy>, String> {
    let mut natives = Vec::new();
    for path in files(&root.join("policies"), "yaml") {
        let shown = relative(root, &path);
        let id = shown
            .strip_prefix("policies/")
            .and_then(|path| path.strip_suffix(".yaml"))
            .unwrap_or_default();
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let at = |line: usize, message: &str| format!("{shown}:{line}: {message}");
        let metadata =
            metadata::read_native(&text).map_err(|fault| at(fault.line, &fault.message))?;
        let kinds = faults::NATIVE.iter().find(|(rule, _)| *rule == id);
        let Some((_, kinds)) = kinds else {
            return Err(at(
                1,
                "src/parse/faults.rs has no fault of this native rule",
            ));
        };
        if let Some(fault) = facts::check_native(&text, &metadata, kinds, faults::FACTS) {
            return Err(at(fault.line, &fault.message));
        }
        natives.push(Policy {
            id: id.to_owned(),
            path: shown.clone(),
            narrowed: Narrowed::default(),
            metadata,
            reads: Reads {
                tables: BTreeSet::from(["problems".to_owned()]),
                ..Reads::default()
            },
            wholes: BTreeSet::new(),
        });
    }
    let is_there = |id: &str| natives.iter().any(|native| native.id == id);
    match faults::NATIVE.iter().find(|(id, _)| !is_there(id)) {
        Some((id, _)) => Err(format!(
            "src/parse/faults.rs: no policies/{id}.yaml describes the native rule"
        )),
        None => Ok(natives),
    }
}

fn compile_group(
    group: &[Policy],
    libraries: &BTreeMap<String, compile::Module>,
    file: &Path,
) -> Result<(), String> {
    let mut modules: Vec<compile::Module> = libraries.values().cloned().collect();
    modules.extend(
        group
            .iter()
            .map(|policy| (policy.path.clone(), policy.narrowed.text.clone())),
    );
    let packages: Vec<String> = group
        .iter()
        .map(|policy| metadata::package_of(&policy.id))
        .collect();
    let program = compile::compile(&modules, &packages)?;
    let bytes = program.serialize_binary()?;
    fs::write(file, bytes).map_err(|error| error.to_string())
}

/// A rule of the catalogue, as Rust has it.
fn rule(policy: &Policy, body: &str, root: &Path) -> String {
    let Metadata {
        title,
        description,
        related_resources,
        custom,
    } = &policy.metadata;
    let texts = |items: &[String]| {
        let items: Vec<String> = items
            .iter()
            .map(|item| format!("Cow::Borrowed({item:?})"))
            .collect();
        format!("Cow::Borrowed(&[{}])", items.join(", "))
    };
    let lookup = |((table, field), filters): (&reads::Lookup, &BTreeSet<String>)| {
        let filters: Vec<String> = filters.iter().cloned().collect();
        let (table, field, filters) = (cow(table), cow(field), texts(&filters));
        format!("Lookup {{ table: {table}, field: {field}, filters: {filters} }}")
    };
    let none = BTreeSet::new();
    let lookups = policy.reads.lookups.iter().map(lookup);
    let sizes = policy.reads.sizes.iter().map(|size| lookup((size, &none)));
    let lookups: Vec<String> = lookups.collect();
    let sizes: Vec<String> = sizes.collect();
    let tables: Vec<String> = policy.reads.tables.iter().cloned().collect();
    let wholes: Vec<String> = policy.wholes.iter().cloned().collect();
    let filters: Vec<String> = policy.narrowed.filters.iter().cloned().collect();
    let guards = policy.narrowed.guards.iter();
    let guards: Vec<String> = guards
        .map(|guard| texts(&guard.iter().cloned().collect::<Vec<_>>()))
        .collect();
    let aliases = custom.aliases().unwrap_or_default();
    format!(
        "    Rule {{ id: Cow::Borrowed({:?}), title: Cow::Borrowed({title:?}), description: Cow::Borrowed({description:?}), related_resources: {}, \
         severity: Severity::{}, confidence: Confidence::{}, category: Cow::Borrowed({:?}), message: Cow::Borrowed({:?}), remediation: Cow::Borrowed({:?}), \
         aliases: {}, conditions: {}, is_default: {}, profiles: {}, fix: Cow::Borrowed({:?}), settings: {}, settings_example: {}, tables: {}, whole_tables: {}, lookups: Cow::Borrowed(&[{}]), sizes: Cow::Borrowed(&[{}]), filters: {}, guards: Cow::Borrowed(&[{}]), body: {body}, \
         bad: {}, good: {} }},\n",
        policy.id,
        texts(related_resources),
        capital(&custom.severity),
        capital(&custom.confidence),
        custom.category,
        custom.message,
        custom.remediation,
        texts(&aliases.ids),
        conditions(&aliases.conditions),
        custom.default == "on",
        texts(&custom.profiles),
        custom.fix,
        settings(&custom.settings().unwrap_or_default()),
        settings_example(root, &policy.id),
        texts(&tables),
        texts(&wholes),
        lookups.join(", "),
        sizes.join(", "),
        texts(&filters),
        guards.join(", "),
        example(root, &policy.id, "bad"),
        example(root, &policy.id, "good"),
    )
}

fn conditions(conditions: &[Condition]) -> String {
    let list = |items: Vec<String>| format!("Cow::Borrowed(&[{}])", items.join(", "));
    let fact = |fact: &Fact| {
        let texts = fact.texts.iter().map(|text| cow(text)).collect();
        format!(
            "Fact {{ name: {}, texts: {} }}",
            cow(&fact.name),
            list(texts)
        )
    };
    let any = |any: &AnyOf| {
        let all = any.iter().map(|all| list(all.iter().map(fact).collect()));
        list(all.collect())
    };
    let conditions = conditions.iter().map(|condition| {
        format!(
            "Condition {{ first: {}, end: {}, when: {}, unless: {} }}",
            condition.first,
            condition.end,
            any(&condition.when),
            any(&condition.unless)
        )
    });
    list(conditions.collect())
}

fn settings(settings: &[Setting]) -> String {
    let settings = settings.iter().map(|setting| {
        let values: Vec<String> = setting.values.iter().map(|text| cow(text)).collect();
        format!(
            "Setting {{ name: {}, kind: Kind::{:?}, default: {}, description: {}, is_needed: {}, values: Cow::Borrowed(&[{}]) }}",
            cow(&setting.name),
            setting.kind,
            value(&setting.default),
            cow(&setting.description),
            setting.is_needed,
            values.join(", ")
        )
    });
    let settings: Vec<String> = settings.collect();
    format!("Cow::Borrowed(&[{}])", settings.join(", "))
}

/// The settings that a rule's fixtures are judged with.
fn settings_example(root: &Path, id: &str) -> String {
    let file = root.join("fixtures").join(id).join("settings.yml");
    if file.is_file() {
        return format!(
            "Cow::Borrowed(include_str!({:?}))",
            file.display().to_string()
        );
    }
    cow("")
}

fn cow(text: &str) -> String {
    format!("Cow::Borrowed({text:?})")
}

fn value(value: &Value) -> String {
    let list = |items: Vec<String>| format!("Cow::Borrowed(&[{}])", items.join(", "));
    match value {
        Value::Boolean(is) => format!("Value::Boolean({is})"),
        Value::Integer(number) => format!("Value::Integer({number})"),
        Value::Text(text) => format!("Value::Text({})", cow(text)),
        Value::List(items) => {
            let items = items.iter().map(|item| cow(item)).collect();
            format!("Value::List({})", list(items))
        }
        Value::Map(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(key, text)| format!("({}, {})", cow(key), cow(text)));
            format!("Value::Map({})", list(pairs.collect()))
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The fixtures that the page of a rule shows: `bad.<ext>` or the files of the folder `bad/`.
fn example(root: &Path, id: &str, name: &str) -> String {
    let folder = root.join("fixtures").join(id);
    let mut shown = Vec::new();
    if let Ok(entries) = fs::read_dir(&folder) {
        let mut paths: Vec<PathBuf> = entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        for path in paths {
            if path.is_file() && path.file_stem().is_some_and(|stem| stem == name) {
                let label = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                shown.push((label, path));
            }
        }
    }
    if shown.is_empty() {
        let below = folder.join(name);
        shown = all_files(&below)
            .into_iter()
            .map(|path| (relative(&below, &path), path))
            .collect();
    }
    let items: Vec<String> = shown
        .iter()
        .map(|(label, path)| {
            format!(
                "(Cow::Borrowed({label:?}), Cow::Borrowed(include_str!({:?})))",
                path.display().to_string()
            )
        })
        .collect();
    format!("Cow::Borrowed(&[{}])", items.join(", "))
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

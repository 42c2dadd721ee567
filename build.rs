//! Compiles `policies/` into programs for the engine and a static catalogue, so that a run starts without reading or compiling a rule.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use hullmark_policy::bundle::{Added, Compiler, Error, Program};
use hullmark_policy::described;
use hullmark_policy::limits;
use hullmark_policy::literal::Literal;
use hullmark_policy::metadata::Fault;
use hullmark_policy::rule::{Documentation, Examples, Rule};
use hullmark_policy::schema::Schema;
use hullmark_schema::definition::Definitions;
use hullmark_schema::{pack, text as schema_text};
use hullmark_tables::faults;

fn main() {
    println!("cargo::rerun-if-changed=policies");
    println!("cargo::rerun-if-changed=fixtures");
    println!("cargo::rerun-if-changed=data/kubernetes");
    if let Err(message) = embed().and_then(|()| embed_schemas()) {
        println!("cargo::error={}", message.trim().replace('\n', " | "));
    }
}

fn embed() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?);
    let mut compiler = Compiler::new(Schema::of_model());
    let mut libraries = Vec::new();
    for path in files(&root.join("policies"), "rego") {
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let path = relative(&root, &path);
        let added = compiler.add(&path, &text);
        match added.map_err(shown)? {
            Added::Library => libraries.push(path),
            Added::Rule(id) if path == format!("policies/{id}.rego") => {}
            Added::Rule(id) => return Err(format!("{path}: its package says `{id}`")),
        }
    }
    let mut rules = natives(&root)?;
    let native = |id: &str| rules.iter().find(|rule| rule.id == id);
    let bundle = compiler.compile(&native).map_err(shown)?;
    if let Some(program) = bundle
        .programs
        .iter()
        .find(|program| program.code.is_empty())
    {
        return Err(refused(program));
    }
    let mut code = String::from("pub(crate) static RULES: &[Rule] = &[\n");
    rules.extend(bundle.rules);
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    check_families(&rules)?;
    let mut documentation = Vec::new();
    for mut rule in rules {
        // Its id says where it is.
        rule.place = Cow::Borrowed("");
        documentation.push(documented(&mut rule, &root));
        rule.write(&mut code);
        code.push_str(",\n");
    }
    code.push_str("];\n\npub(crate) static PROGRAMS: &[&[u8]] = &[\n");
    for (number, program) in bundle.programs.iter().enumerate() {
        let file = out.join(format!("{number}.rvm"));
        fs::write(&file, program.code.packed()?).map_err(|error| error.to_string())?;
        let file = file.display().to_string();
        code.push_str(&format!("    include_bytes!({file:?}),\n"));
    }
    code.push_str("];\n\npub(crate) static LIBRARIES: &[(&str, &str)] = &[\n");
    for path in libraries {
        let file = root.join(&path).display().to_string();
        code.push_str(&format!("    ({path:?}, include_str!({file:?})),\n"));
    }
    code.push_str("];\n");
    fs::write(out.join("catalogue.rs"), code).map_err(|error| error.to_string())?;
    embed_documentation(&documentation, &out)
}

/// Packs what the pages of the rules say, in the order of their ids.
fn embed_documentation(documentation: &[Documentation], out: &Path) -> Result<(), String> {
    let file = fs::File::create(out.join("documentation.json.deflated"))
        .map_err(|error| error.to_string())?;
    let mut file = DeflateEncoder::new(file, Compression::best());
    serde_json::to_writer(&mut file, documentation).map_err(|error| error.to_string())?;
    file.finish().map(drop).map_err(|error| error.to_string())
}

/// Packs the tables of Kubernetes' kinds; that of Kubernetes itself is the first project.
fn embed_schemas() -> Result<(), String> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?);
    let mut definitions = Definitions::default();
    for path in files(&root.join("data/kubernetes"), "schema") {
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let path = relative(&root, &path);
        schema_text::read(&text, &mut definitions).map_err(|error| format!("{path}: {error}"))?;
    }
    let packed = pack::pack(&definitions)?;
    fs::write(out.join("schemas.bin"), packed).map_err(|error| error.to_string())
}

/// What rules say about each other fits: a family of fewer than two members never has a finding, and what implies a rule exists.
fn check_families(rules: &[Rule]) -> Result<(), String> {
    for rule in rules {
        let is_known = |id: &str| rules.iter().any(|rule| rule.id == id);
        let mut implied = rule.implied_by.iter();
        if let Some(unknown) = implied.find(|other| !is_known(other)) {
            let id = &rule.id;
            return Err(format!("{id}: `implied_by`: there is no rule `{unknown}`"));
        }
    }
    for family in rules.iter().filter(|rule| rule.is_family()) {
        let members = rules.iter().filter(|rule| rule.family == family.id);
        if members.count() < 2 {
            let id = &family.id;
            return Err(format!(
                "policies/{id}.yaml:1: fewer than two rules name this family"
            ));
        }
    }
    Ok(())
}

/// The native rules, a file of METADATA for each that the program knows, and the rules of families.
fn natives(root: &Path) -> Result<Vec<Rule>, String> {
    let mut natives = Vec::new();
    for path in files(&root.join("policies"), "yaml") {
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let path = relative(root, &path);
        let faulty = |fault: Fault| format!("{path}:{}: {}", fault.line, fault.message);
        let id = path
            .strip_prefix("policies/")
            .and_then(|path| path.strip_suffix(".yaml"))
            .unwrap_or_default();
        if let Some(family) = described::family(id, &text).map_err(faulty)? {
            natives.push(family);
            continue;
        }
        let known = faults::NATIVE.iter().find(|(rule, _)| *rule == id);
        let Some((_, kinds)) = known else {
            return Err(format!(
                "{path}:1: no fault of this native rule is declared"
            ));
        };
        let native = described::native(id, &text, kinds, faults::FACTS);
        natives.push(native.map_err(faulty)?);
    }
    let is_there = |id: &str| natives.iter().any(|native| native.id == id);
    match faults::NATIVE.iter().find(|(id, _)| !is_there(id)) {
        Some((id, _)) => Err(format!(
            "policies/{id}.yaml: missing, but faults of this native rule are declared"
        )),
        None => Ok(natives),
    }
}

fn shown(error: Error) -> String {
    match error {
        Error::Faulty { path, fault } => format!("{path}:{}: {}", fault.place(), fault.message),
        Error::Engine(message) => message,
    }
}

/// Why the register machine cannot run a program of ours.
fn refused(program: &Program) -> String {
    let faults = program.modules.iter().flat_map(|(path, text)| {
        let faults = limits::deviations(text).into_iter();
        faults.map(move |fault| format!("{path}:{}: {}", fault.line, fault.message))
    });
    faults.collect::<Vec<_>>().join("\n")
}

/// All files with an extension below a folder, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = all_files(folder);
    found.retain(|path| path.extension().is_some_and(|end| end == extension));
    found
}

/// All files below a folder, sorted.
fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What a folder holds, sorted; nothing if there is none.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// The documentation of a rule with what its page shows of its fixtures.
fn documented(rule: &mut Rule, root: &Path) -> Documentation {
    let folder = root.join("fixtures").join(rule.id.as_ref());
    let settings = fs::read_to_string(folder.join("settings.yml"));
    Documentation {
        settings_example: settings.unwrap_or_default(),
        bad: example(&folder, "bad"),
        good: example(&folder, "good"),
        ..*rule.documentation.take().unwrap_or_default()
    }
}

/// The fixtures that the page of a rule shows: `bad.<ext>` or the files of the folder `bad/`.
fn example(folder: &Path, name: &str) -> Examples {
    let mut shown: Vec<(String, PathBuf)> = entries(folder)
        .into_iter()
        .filter(|path| path.is_file() && path.file_stem().is_some_and(|stem| stem == name))
        .map(|path| (relative(folder, &path), path))
        .collect();
    if shown.is_empty() {
        let below = folder.join(name);
        shown = all_files(&below)
            .into_iter()
            .map(|path| (relative(&below, &path), path))
            .collect();
    }
    shown
        .into_iter()
        .filter_map(|(label, path)| {
            let text = fs::read_to_string(path).ok()?;
            Some((label, text))
        })
        .collect()
}

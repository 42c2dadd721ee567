//! A user's own rules: the same form and the same rights as ours, with messages that say where and what to write.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::finding::Severity;
use crate::rules::compile::{self, Module};
use crate::rules::metadata::{self, Fault, Metadata};
use crate::rules::narrow::{Narrowed, narrow};
use crate::rules::{
    Body, Catalogue, Confidence, Examples, Lookup, Program, Rule, Texts, builtin, facts, reads,
    restrictions,
};

/// A policy that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A folder or file cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// Why it was not.
        source: std::io::Error,
    },
    /// A folder that holds no policy.
    #[error("{}: holds no policy: a rule is a file `<domain>/<rule>.rego`", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// A fault in a policy.
    #[error("{path}:{line}: {message}")]
    Faulty {
        /// The file.
        path: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong and what to write.
        message: String,
    },
    /// The engine's own complaint, which names file and line.
    #[error("{0}")]
    Engine(String),
}

struct Policy {
    id: String,
    path: String,
    text: String,
    /// What is compiled.
    narrowed: Narrowed,
    metadata: Metadata,
}

/// Adds the rules of a folder to the catalogue.
///
/// # Errors
/// The first fault found: an unreadable file, a METADATA that lacks something, an id that exists already, what the engine refuses.
pub fn extend(catalogue: &mut Catalogue, folder: &Path) -> Result<(), Error> {
    let mut libraries: BTreeMap<String, Module> = BTreeMap::new();
    for (path, text) in builtin::LIBRARIES {
        libraries.insert(
            stem(Path::new(path)),
            ((*path).to_owned(), (*text).to_owned()),
        );
    }
    let mut policies = Vec::new();
    for file in files(folder)? {
        let text = fs::read_to_string(&file).map_err(|source| Error::Unreadable {
            path: file.clone(),
            source,
        })?;
        let path = file.to_string_lossy().replace('\\', "/");
        let faulty = |fault: Fault| Error::Faulty {
            path: path.clone(),
            line: fault.line,
            message: fault.message,
        };
        if let Some(danger) = restrictions::dangers(&text).into_iter().next() {
            return Err(faulty(danger));
        }
        let Some((line, package)) = metadata::package(&text) else {
            return Err(faulty(Fault::new(
                1,
                "has no package; write `package rules.<domain>[\"<rule>\"]`",
            )));
        };
        if let Some(library) = package.strip_prefix("lib.") {
            libraries.insert(library.to_owned(), (path, text));
            continue;
        }
        let Some(id) = id_of(package) else {
            let message = format!(
                "package `{package}` must be `rules.<domain>[\"<rule>\"]`, or `lib.<noun>` for functions that rules share"
            );
            return Err(faulty(Fault::new(line, message)));
        };
        if catalogue.rule(&id).is_some() || policies.iter().any(|policy: &Policy| policy.id == id) {
            return Err(faulty(Fault::new(
                line,
                format!("a rule `{id}` exists already; name it otherwise"),
            )));
        }
        let metadata = metadata::read(&text).map_err(faulty)?;
        if let Some(fault) = metadata::foreign_settings(&text, &id, &metadata.custom) {
            return Err(faulty(fault));
        }
        policies.push(Policy {
            id,
            path,
            narrowed: Narrowed::default(),
            text,
            metadata,
        });
    }
    let code: Vec<&str> = libraries.values().map(|(_, text)| text.as_str()).collect();
    for policy in &policies {
        if let Some(fault) = facts::check(&policy.text, &policy.metadata, &code) {
            return Err(Error::Faulty {
                path: policy.path.clone(),
                line: fault.line,
                message: fault.message,
            });
        }
    }
    let library = |name: &str| libraries.get(name).map(|(_, text)| text.as_str());
    for policy in &mut policies {
        policy.narrowed = narrow(&policy.text, &library);
    }
    if policies.is_empty() {
        return Err(Error::Empty {
            path: folder.to_path_buf(),
        });
    }
    add(catalogue, &policies, &libraries)
}

fn add(
    catalogue: &mut Catalogue,
    policies: &[Policy],
    libraries: &BTreeMap<String, Module>,
) -> Result<(), Error> {
    let (odd, plain): (Vec<&Policy>, Vec<&Policy>) = policies
        .iter()
        .partition(|policy| !restrictions::deviations(&policy.text).is_empty());
    for group in plain.chunks(compile::ENTRY_POINTS) {
        let modules = modules(group, libraries, |policy| &policy.narrowed.text);
        let packages: Vec<String> = group
            .iter()
            .map(|policy| metadata::package_of(&policy.id))
            .collect();
        let program = compile::compile(&modules, &packages).map_err(Error::Engine)?;
        let bytes = program.serialize_binary().map_err(Error::Engine)?;
        push(
            catalogue,
            group,
            libraries,
            Program {
                bytes: Cow::Owned(bytes),
                modules: Vec::new(),
            },
        );
    }
    if !odd.is_empty() {
        let modules = modules(&odd, libraries, |policy| &policy.text);
        compile::engine(&modules).map_err(Error::Engine)?;
        push(
            catalogue,
            &odd,
            libraries,
            Program {
                bytes: Cow::Borrowed(&[]),
                modules,
            },
        );
    }
    Ok(())
}

fn modules(
    policies: &[&Policy],
    libraries: &BTreeMap<String, Module>,
    text: fn(&Policy) -> &str,
) -> Vec<Module> {
    let own = policies
        .iter()
        .map(|policy| (policy.path.clone(), text(policy).to_owned()));
    libraries.values().cloned().chain(own).collect()
}

fn push(
    catalogue: &mut Catalogue,
    policies: &[&Policy],
    libraries: &BTreeMap<String, Module>,
    program: Program,
) {
    let number = catalogue.programs.len();
    catalogue.programs.push(program);
    for (entry, policy) in policies.iter().enumerate() {
        let library = |name: &str| libraries.get(name).map(|(_, text)| text.as_str());
        let reads = reads::reads(&policy.text, &library);
        let wholes = policy.narrowed.wholes(&library);
        let sizes = reads.sizes.into_iter().map(|size| (size, BTreeSet::new()));
        let guards = policy.narrowed.guards.iter();
        let custom = &policy.metadata.custom;
        let aliases = custom.aliases().unwrap_or_default();
        catalogue.rules.to_mut().push(Rule {
            id: Cow::Owned(policy.id.clone()),
            title: Cow::Owned(policy.metadata.title.clone()),
            description: Cow::Owned(policy.metadata.description.clone()),
            related_resources: texts(&policy.metadata.related_resources),
            severity: severity(&custom.severity),
            confidence: confidence(&custom.confidence),
            category: Cow::Owned(custom.category.clone()),
            message: Cow::Owned(custom.message.clone()),
            remediation: Cow::Owned(custom.remediation.clone()),
            aliases: texts(&aliases.ids),
            conditions: Cow::Owned(aliases.conditions),
            is_default: custom.default == "on",
            profiles: texts(&custom.profiles),
            fix: Cow::Owned(custom.fix.clone()),
            settings: Cow::Owned(custom.settings().unwrap_or_default()),
            settings_example: Cow::Borrowed(""),
            tables: texts(&reads.tables.into_iter().collect::<Vec<_>>()),
            whole_tables: wholes.into_iter().map(Cow::Owned).collect(),
            lookups: reads.lookups.into_iter().map(lookup).collect(),
            sizes: sizes.map(lookup).collect(),
            filters: policy
                .narrowed
                .filters
                .iter()
                .cloned()
                .map(Cow::Owned)
                .collect(),
            guards: guards
                .map(|guard| guard.iter().cloned().map(Cow::Owned).collect())
                .collect(),
            body: Body::Rego {
                program: number,
                entry,
            },
            bad: Examples::default(),
            good: Examples::default(),
        });
    }
}

fn lookup(((table, field), filters): (reads::Lookup, BTreeSet<String>)) -> Lookup {
    Lookup {
        table: Cow::Owned(table),
        field: Cow::Owned(field),
        filters: filters.into_iter().map(Cow::Owned).collect(),
    }
}

fn texts(items: &[String]) -> Texts {
    items.iter().cloned().map(Cow::Owned).collect()
}

fn severity(word: &str) -> Severity {
    match word {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    }
}

fn confidence(word: &str) -> Confidence {
    match word {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        _ => Confidence::Low,
    }
}

/// `domain/rule` of `rules.domain["rule"]` or `rules.domain.rule`.
fn id_of(package: &str) -> Option<String> {
    let rest = package.strip_prefix("rules.")?;
    let (domain, name) = match rest.split_once("[\"") {
        Some((domain, name)) => (domain, name.strip_suffix("\"]")?),
        None => rest.split_once('.')?,
    };
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    (plain(domain) && plain(name)).then(|| format!("{domain}/{name}"))
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The policies below a folder, sorted; a file stands for itself. Tests of the policies (`*_test.rego`) are left out.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |source| Error::Unreadable {
        path: folder.to_path_buf(),
        source,
    };
    if folder.is_file() {
        return Ok(vec![folder.to_path_buf()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let path = entry.path();
        if kind.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|end| end == "rego")
            && !stem(&path).ends_with("_test")
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

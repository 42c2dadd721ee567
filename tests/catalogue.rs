//! The catalogue: policies say all they must, in form, under their paths, and their pages are fresh.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hullmark::model;
use hullmark::rules::documentation::documentation;
use hullmark::rules::{self, compatibility, metadata, page, reference, restrictions};

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

/// What other tools call a fault is METADATA: a condition there, on a fact that the finding says.
#[test]
fn no_id_of_another_tool_stands_in_code() {
    let mut faults = Vec::new();
    for (name, text) in policies() {
        let (metadata, code) = text.split_once("\npackage ").unwrap_or(("", &text));
        let before = metadata.lines().count() + 1;
        for (number, line) in code.lines().enumerate() {
            let mut literals = line.split('"').skip(1).step_by(2);
            let id = literals.find(|literal| {
                let tool = literal.split_once(':').map(|(tool, _)| tool);
                tool.is_some_and(compatibility::is_tool)
            });
            if let Some(id) = id {
                let line = before + number;
                faults.push(format!("policies/{name}:{line}: names `{id}`"));
            }
        }
    }
    assert_none(&faults);
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
        let description = documentation(rule).description.trim_end();
        if !description.ends_with(['.', '`', ')', ':']) || description.len() < 40 {
            fault("its description is not whole sentences");
        }
        // A help that is nothing but a value is whole sentences of its rule; one may end with an example.
        if !rule.remediation.trim_end().ends_with(['.', '}', '`']) {
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
        let line = text.lines().find_map(|line| line.strip_prefix("package "));
        let package = line.unwrap_or_default();
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
        .map(|rule| {
            (
                folder.join(format!("{}.md", rule.id)),
                page::page(&catalogue, rule),
            )
        })
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
/// Where all snapshots are to be written (`INSTA_UPDATE=always`), that is what was asked for and no fault.
fn freshened(pages: &[(PathBuf, String)]) -> Vec<String> {
    let mut stale = Vec::new();
    for (path, text) in pages {
        if fs::read_to_string(path).unwrap_or_default() != *text {
            let update = std::env::var("INSTA_UPDATE").unwrap_or_default();
            let is_written = update != "no";
            if is_written {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            if update == "always" {
                continue;
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
/// A page is about no finding: what a finding fills in stands there as `<name>` in code, else METADATA says it in general.
#[test]
fn pages_say_how_to_fix_without_a_finding() {
    let catalogue = rules::catalogue();
    let mut faults = Vec::new();
    for rule in catalogue.rules.iter() {
        let text = &documentation(rule).how_to_fix;
        let mut parts = text.split("```").enumerate();
        let is_said = parts.all(|(number, part)| {
            let is_code = number % 2 == 1;
            let mut spans = part.split('`').step_by(2);
            is_code || spans.all(|outside| !outside.contains(['<', '{']))
        });
        if text.trim().is_empty() || !is_said {
            faults.push(format!("{}: {text}", rule.id));
        }
    }
    assert_none(&faults);
}

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

#[test]
fn the_page_on_the_model_is_fresh() {
    assert_none(&freshened(&[(
        root().join("docs/model.md"),
        model::page::page(),
    )]));
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
            compatibility::is_tool(tool) && ["error", "warning", "info", "off"].contains(&level);
        let twice = ids
            .split(' ')
            .filter(|id| !seen.insert(format!("{tool}:{id}")));
        faults.extend(twice.map(|id| format!("{id}: is duplicated")));
        if !is_known {
            faults.push(format!("{line}: has an unknown tool or level"));
        }
    }
    for rule in catalogue.rules.iter() {
        if compatibility::is_tool(rule.domain()) {
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
        .filter(|(tool, _)| !compatibility::is_tool(tool))
        .map(|(tool, _)| format!("`{tool}` has no name in src/rules/compatibility.rs"))
        .collect();
    assert_none(&unknown.into_iter().collect::<Vec<_>>());
}

/// An id that the page on differences says no rule covers is in a row of its table; no rule may have it.
#[test]
fn ids_without_a_rule_are_in_no_rule() {
    let text = deviations();
    let part = text.split("### What no rule covers").nth(1).unwrap();
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

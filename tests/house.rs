//! The house rules: arrows between rooms run down, policies say all they must, and pages are fresh.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hullmark::rules::{self, compatibility, metadata, page, profiles, restrictions};

/// What each room may import. A room that is not here may import nothing.
const ARROWS: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    (
        "cli",
        &[
            "check", "config", "evaluate", "external", "finding", "model", "parse", "render",
            "report", "rules", "sources", "span",
        ],
    ),
    (
        "check",
        &[
            "evaluate", "external", "finding", "model", "parse", "rules", "sources", "span",
        ],
    ),
    ("external", &[]),
    (
        "evaluate",
        &["finding", "model", "parse", "rules", "sources", "span"],
    ),
    ("report", &["finding", "rules", "sources", "span"]),
    ("model", &["parse", "sources", "span"]),
    ("parse", &["sources", "span"]),
    ("render", &["span"]),
    ("sources", &["config", "span"]),
    ("rules", &["config", "finding"]),
    ("config", &["finding"]),
    ("finding", &["span"]),
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

/// The rooms that a line of Rust names.
fn rooms_named(line: &str) -> Vec<String> {
    let parts = ["crate::", "hullmark::"]
        .into_iter()
        .flat_map(|prefix| line.split(prefix).skip(1));
    parts
        .map(|part| {
            part.chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect::<String>()
        })
        .filter(|room| !room.is_empty())
        .collect()
}

#[test]
fn arrows_between_rooms_run_one_way() {
    let source = root().join("src");
    let mut faults = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for path in files(&source) {
        let inside = path.strip_prefix(&source).unwrap();
        let first = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        let room = first.trim_end_matches(".rs").to_owned();
        if room == "lib" || path.extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let allowed = ARROWS
            .iter()
            .find(|(name, _)| *name == room)
            .map_or(&[][..], |(_, to)| to);
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            for to in rooms_named(line) {
                if to != room && !allowed.contains(&to.as_str()) {
                    faults.push(format!(
                        "{}:{}: `{room}` must not know `{to}`",
                        inside.display(),
                        number + 1
                    ));
                }
            }
        }
        seen.insert(room);
    }
    assert!(
        ARROWS.iter().all(|(room, _)| seen.contains(*room)),
        "rooms are missing: {seen:?}"
    );
    assert_none(&faults);
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
    alias.split_once(':').is_some_and(|(peer, id)| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !id.is_empty()
            && !peer.is_empty()
            && peer.bytes().all(plain)
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
            fault(&format!("alias `{alias}` is not `peer:ID`"));
        }
        let distinct: BTreeSet<&str> = rule.aliases.iter().map(AsRef::as_ref).collect();
        if distinct.len() != rule.aliases.len() {
            fault("an alias stands twice");
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
    let mut pages = vec![(folder.join("README.md"), page::index(&catalogue))];
    for rule in catalogue.rules.iter() {
        pages.push((folder.join(format!("{}.md", rule.id)), page::page(rule)));
    }
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

/// Writes what has changed anew, and says so.
fn freshened(pages: &[(PathBuf, String)]) -> Vec<String> {
    let mut stale = Vec::new();
    for (path, text) in pages {
        if fs::read_to_string(path).unwrap_or_default() != *text {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
            stale.push(format!(
                "{}: was stale and is written anew: read and commit it",
                path.display()
            ));
        }
    }
    stale
}

/// The part of the page on other programs that is kept by hand.
fn deviations() -> String {
    fs::read_to_string(root().join("docs/compatibility/deviations.md")).unwrap()
}

#[test]
fn the_page_on_other_programs_is_fresh() {
    let page = compatibility::page(&rules::catalogue(), &deviations());
    assert_none(&freshened(&[(root().join("docs/compatibility.md"), page)]));
}

#[test]
fn the_page_on_profiles_is_fresh() {
    let page = profiles::page(&rules::catalogue());
    assert_none(&freshened(&[(root().join("docs/profiles.md"), page)]));
}

/// Each line of the peers' levels is a peer that some rule knows, a level and ids; a peer's own name is no domain.
#[test]
fn profiles_are_in_form() {
    let catalogue = rules::catalogue();
    let text = fs::read_to_string(root().join("data/profiles.tsv")).unwrap();
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [peer, level, ids] = cells[..] else {
            panic!("{line}: is no peer, level and ids");
        };
        let is_known =
            compatibility::is_peer(peer) && ["error", "warning", "info", "off"].contains(&level);
        let twice = ids
            .split(' ')
            .filter(|id| !seen.insert(format!("{peer}:{id}")));
        faults.extend(twice.map(|id| format!("{id}: stands twice")));
        if !is_known {
            faults.push(format!("{line}: has an unknown peer or level"));
        }
    }
    for rule in catalogue.rules.iter() {
        if compatibility::is_peer(rule.domain()) {
            faults.push(format!("{}: its domain is a peer's name", rule.id));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_peer_is_known_by_name() {
    let catalogue = rules::catalogue();
    let aliases = catalogue.rules.iter().flat_map(|rule| rule.aliases.iter());
    let strangers: BTreeSet<String> = aliases
        .filter_map(|alias| alias.split_once(':'))
        .filter(|(peer, _)| !compatibility::is_peer(peer))
        .map(|(peer, _)| format!("`{peer}` has no name in src/rules/compatibility.rs"))
        .collect();
    assert_none(&strangers.into_iter().collect::<Vec<_>>());
}

/// An id that the deviations say no rule judges stands in a table row that ends with its reason; a rule that carries it makes the row a lie.
#[test]
fn what_no_rule_judges_is_carried_by_none() {
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

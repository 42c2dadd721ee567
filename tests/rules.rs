//! Each rule fires on its `bad` fixtures, is silent on its `good` ones, looks as in its snapshot, and judges alike in both modes of the engine.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hullmark::check::{Outcome, Request, check};
use hullmark::evaluate::suppress::Date;
use hullmark::finding::Findings;
use hullmark::model;
use hullmark::model::table::{Table, TableSet, may_hold};
use hullmark::parse;
use hullmark::report::{self, Format, Report};
use hullmark::rules::setting::given;
use hullmark::rules::{self, Catalogue, Program, Rule, Settings};
use hullmark::sources::{self, Roots};

/// The day on which fixtures are judged.
const TODAY: &str = "2026-11-23";

/// What a rule is set to: beside its fixtures, or in the folder of one.
const SETTINGS: &str = "settings.yml";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A case of a rule: a file, or a folder of files that are judged together.
struct Case {
    rule: String,
    path: PathBuf,
    is_bad: bool,
}

/// Every `bad*` and `good*` below `fixtures/<domain>/<rule>/`.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for rule in rules::catalogue().rules.iter() {
        let folder = root().join("fixtures").join(rule.id.as_ref());
        let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name == SETTINGS {
                continue;
            }
            assert!(
                name.starts_with("bad") || name.starts_with("good"),
                "{}: is neither bad nor good",
                path.display()
            );
            cases.push(Case {
                rule: rule.id.to_string(),
                path,
                is_bad: name.starts_with("bad"),
            });
        }
    }
    cases
}

/// The settings of every rule that has a file of them beside its fixtures, or in the case's own folder.
fn settings(catalogue: &Catalogue, case: &Path) -> Settings {
    let mut settings = Settings::default();
    for rule in catalogue.rules.iter() {
        let beside = root().join("fixtures").join(rule.id.as_ref());
        let own = case.starts_with(&beside).then(|| case.join(SETTINGS));
        let files = own.into_iter().chain([beside.join(SETTINGS)]);
        let Some(file) = files.into_iter().find(|file| file.is_file()) else {
            continue;
        };
        let yaml: serde_yaml::Value =
            serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for (name, value) in yaml.as_mapping().unwrap() {
            let name = name.as_str().unwrap();
            let setting = rule.settings.iter().find(|setting| setting.name == name);
            let setting = setting.unwrap_or_else(|| panic!("{}: {name}", file.display()));
            let value = setting.read(&given(value)).unwrap();
            let of_rule = settings.entry(rule.id.to_string()).or_default();
            of_rule.insert(name.to_owned(), value);
        }
    }
    settings
}

/// A copy of a case's files, with `dot-git` under its true name: git does not keep a folder of that name.
fn repository(case: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut left = vec![case.to_path_buf()];
    while let Some(path) = left.pop() {
        let name = path.to_string_lossy().replace("dot-git", ".git");
        let (from, to) = (root().join(&path), folder.path().join(name));
        if from.is_dir() {
            fs::create_dir_all(to).unwrap();
            left.extend(
                fs::read_dir(from)
                    .unwrap()
                    .map(|entry| path.join(entry.unwrap().file_name())),
            );
        } else {
            fs::copy(from, to).unwrap();
        }
    }
    folder
}

/// What a catalogue finds in a case; the rule itself need not be on by default.
fn judge(catalogue: &Catalogue, path: &Path, active: &[usize]) -> Outcome {
    let below = path.strip_prefix(root()).unwrap().to_path_buf();
    let repository = path.join("dot-git").is_dir().then(|| repository(&below));
    let roots = Roots {
        folder: repository
            .as_ref()
            .map_or_else(root, |folder| folder.path().to_owned()),
        paths: vec![below],
        exclude: Vec::new(),
        stdin: None,
    };
    let files = sources::gather(&roots).unwrap();
    let request = Request {
        files: &files,
        catalogue,
        active,
        settings: &settings(catalogue, path),
        shellcheck: None,
        verdict: &|finding, _| Some(finding.severity),
        today: TODAY.parse::<Date>().unwrap(),
    };
    check(&request).unwrap()
}

/// The numbers of the rules that judge a case: the rule, and for rules about suppressions all others too.
fn active(catalogue: &Catalogue, id: &str) -> Vec<usize> {
    let rules = catalogue.rules.iter().enumerate();
    rules
        .filter(|(_, rule)| {
            rule.id == id || (id.starts_with("hullmark/") && rule.domain() != "hullmark")
        })
        .map(|(number, _)| number)
        .collect()
}

fn of_rule(outcome: &Outcome, id: &str) -> Findings {
    let standing = outcome
        .findings
        .iter()
        .filter(|finding| *finding.rule == *id && finding.suppressed.is_none());
    standing.cloned().collect()
}

#[test]
fn every_rule_fires_on_bad_and_is_silent_on_good() {
    let catalogue = rules::catalogue();
    let mut faults = Vec::new();
    let mut seen: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for case in cases() {
        let found = of_rule(
            &judge(&catalogue, &case.path, &active(&catalogue, &case.rule)),
            &case.rule,
        );
        let count = seen.entry(case.rule.clone()).or_default();
        if case.is_bad {
            count.0 += 1;
        } else {
            count.1 += 1;
        }
        if case.is_bad == found.is_empty() {
            let lines: Vec<u32> = found
                .iter()
                .map(|finding| finding.location.start.line)
                .collect();
            faults.push(format!(
                "{}: `{}` found {} (lines {lines:?})",
                case.path.display(),
                case.rule,
                found.len()
            ));
        }
    }
    for rule in catalogue.rules.iter().filter(|rule| {
        rule.id != hullmark::evaluate::RULE_ERROR
            && rule.id != "hullmark/internal-error"
            && !rule.needs_program()
    }) {
        let (bad, good) = seen.get(rule.id.as_ref()).copied().unwrap_or_default();
        if bad == 0 || good == 0 {
            faults.push(format!(
                "{}: has {bad} bad and {good} good fixtures",
                rule.id
            ));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// By kinds alone a run leaves out the rules that ask for rows its files cannot have.
#[test]
fn files_have_rows_only_in_tables_of_their_kind() {
    let candidates = sources::gather(&Roots {
        folder: root(),
        paths: vec![PathBuf::from("fixtures")],
        ..Roots::default()
    });
    let mut seen = 0;
    for candidate in candidates.unwrap() {
        let Some((source, _)) = sources::read(&candidate) else {
            continue;
        };
        let parsed = parse::parse(&source);
        let facts = model::build(0, &source, &parsed, TableSet::ALL);
        for table in Table::ALL {
            let is_of = may_hold(*table, source.kind);
            assert!(
                is_of || facts.rows(*table).is_empty(),
                "{}: {table:?}",
                source.path
            );
            seen += usize::from(!is_of);
        }
    }
    assert!(seen > 1_000, "{seen}");
}

#[test]
fn every_rule_looks_as_in_its_snapshot() {
    let catalogue = rules::catalogue();
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for case in cases().iter().filter(|case| case.is_bad) {
        let outcome = judge(&catalogue, &case.path, &active(&catalogue, &case.rule));
        let findings = of_rule(&outcome, &case.rule);
        let report = Report {
            files: outcome.files,
            findings: &findings,
            rules: &catalogue.rules,
            sources: &outcome.sources,
            show_suppressed: false,
        };
        let mut text = Vec::new();
        report::write(&report, Format::Text, false, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap().replace('\\', "/");
        let shown = shown.entry(case.rule.clone()).or_default();
        shown.push_str(&text);
        let rule = catalogue.rule(&case.rule).unwrap();
        shown.push_str(&conditional(rule, &findings));
    }
    for (rule, text) in shown {
        let (domain, name) = rule.split_once('/').unwrap();
        insta::with_settings!({
            snapshot_path => root().join("tests/snapshots").join(domain),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, text);
        });
    }
}

/// Conditions that only a finding meets which is not shown here: it is equal to another one, or needs a setting of its own.
const HIDDEN: &[(&str, &str)] = &[
    ("dockerfile/label-mismatch", "hadolint:DL3050"),
    ("shell/bashism", "hadolint:SC3037"),
    ("shell/bashism", "shellcheck:SC3037"),
];

/// A condition that no finding meets is misspelt, or needs a fixture to show that it is not.
#[test]
fn every_alias_counts_for_a_finding_of_a_fixture() {
    let catalogue = rules::catalogue();
    let all: Vec<usize> = (0..catalogue.rules.len()).collect();
    let (mut seen, mut spared) = (BTreeSet::new(), BTreeSet::new());
    for finding in judge(&catalogue, &root().join("fixtures"), &all).findings {
        let rule = catalogue.rule(&finding.rule).unwrap();
        for alias in rule.aliases.iter() {
            let key = (rule.id.to_string(), alias.to_string());
            if finding.aliases.iter().any(|other| **other == **alias) {
                seen.insert(key);
            } else {
                spared.insert(key);
            }
        }
    }
    let mut faults = Vec::new();
    for rule in catalogue.rules.iter() {
        let conditional =
            (0..rule.aliases.len()).filter(|number| rule.condition(*number).is_some());
        for number in conditional {
            let (id, alias) = (rule.id.as_ref(), rule.aliases[number].as_ref());
            let key = (id.to_owned(), alias.to_owned());
            if !seen.contains(&key) && !HIDDEN.contains(&(id, alias)) {
                faults.push(format!(
                    "{id}: `{alias}` counts for no finding of its fixtures"
                ));
            }
            if !spared.contains(&key) {
                faults.push(format!(
                    "{id}: `{alias}` counts for each finding of its fixtures"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// What of its rule's aliases each finding has, if that differs from finding to finding: `line:column aliases`.
fn conditional(rule: &Rule, findings: &Findings) -> String {
    let mut text = String::new();
    for finding in findings.iter().filter(|_| !rule.conditions.is_empty()) {
        let start = finding.location.start;
        let aliases = finding.aliases.join(" ");
        let _ = writeln!(text, "= {}:{} {aliases}", start.line, start.column);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The catalogue with every program run by the interpreter, as it is written and over every row, as a user's rule is that the register machine cannot run.
fn interpreted() -> Catalogue {
    let mut catalogue = rules::catalogue();
    let text = |path: &str| {
        (
            path.to_owned(),
            fs::read_to_string(root().join(path)).unwrap(),
        )
    };
    let libraries: Vec<_> = fs::read_dir(root().join("policies/lib"))
        .into_iter()
        .flatten()
        .map(|entry| {
            text(&format!(
                "policies/lib/{}",
                entry.unwrap().file_name().to_string_lossy()
            ))
        })
        .collect();
    for number in 0..catalogue.programs.len() {
        let own = catalogue
            .rules
            .iter()
            .filter(|rule| rule.program() == Some(number));
        let own = own.map(|rule| text(&format!("policies/{}.rego", rule.id)));
        catalogue.programs[number] = Program {
            bytes: (&[]).into(),
            modules: libraries.iter().cloned().chain(own).collect(),
        };
    }
    catalogue
}

#[test]
fn both_modes_of_the_engine_judge_alike() {
    let (machine, interpreter) = (rules::catalogue(), interpreted());
    let all: Vec<usize> = (0..machine.rules.len()).collect();
    let folder = root().join("fixtures");
    let (ours, theirs) = (
        judge(&machine, &folder, &all),
        judge(&interpreter, &folder, &all),
    );
    assert!(ours.files > 50, "only {} fixtures were judged", ours.files);
    let lines = |outcome: &Outcome| -> Vec<String> {
        let findings = outcome.findings.iter();
        findings
            .map(|finding| {
                format!(
                    "{}:{} {} {}",
                    finding.location.path,
                    finding.location.start.line,
                    finding.rule,
                    finding.message
                )
            })
            .collect()
    };
    let (ours, theirs) = (lines(&ours), lines(&theirs));
    let differing: Vec<&String> = ours
        .iter()
        .filter(|line| !theirs.contains(line))
        .chain(theirs.iter().filter(|line| !ours.contains(line)))
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

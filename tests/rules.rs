//! Each rule fires on its `bad` fixtures, is silent on its `good` ones, looks as in its snapshot, and finds the same in both modes of the engine.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hullmark::diagnostic::{Diagnostic, Diagnostics};
use hullmark::evaluate::suppress::Date;
use hullmark::fixtures::{Fixture, SETTINGS, Suite, reported};
use hullmark::lint::Outcome;
use hullmark::model;
use hullmark::model::table::{Table, TableSet, may_hold};
use hullmark::parse;
use hullmark::report::{self, Format, Report, Style};
use hullmark::rules::template::{self, Part};
use hullmark::rules::{self, Catalogue, Code, Program, Rule};
use hullmark::sources::context::BuildContexts;
use hullmark::sources::{Roots, SourceDb};

/// The day on which suppressions in fixtures are checked.
const TODAY: &str = "2026-11-23";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The fixtures of a catalogue's rules: `fixtures/<domain>/<rule>/`.
fn suite<'a>(catalogue: &'a Catalogue, root: &'a Path) -> Suite<'a> {
    let today = TODAY.parse::<Date>().unwrap();
    Suite::load(catalogue, root.join("fixtures"), root, today).unwrap()
}

/// A copy of a fixture's files, with `dot-git` under its true name: git does not keep a folder of that name.
fn repository(below: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut left = vec![below.to_path_buf()];
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

/// What a fixture's rule finds in it; rules about suppressions need the findings of all others.
fn outcome(suite: &Suite, catalogue: &Catalogue, fixture: &Fixture) -> Outcome {
    let is_about_suppressions = catalogue.rules[fixture.rule].domain() == "hullmark";
    let rules = catalogue.rules.iter().enumerate();
    let active: Vec<usize> = if is_about_suppressions {
        let others =
            rules.filter(|(number, rule)| *number == fixture.rule || rule.domain() != "hullmark");
        others.map(|(number, _)| number).collect()
    } else {
        vec![fixture.rule]
    };
    if !fixture.path.join("dot-git").is_dir() {
        return suite.check(fixture, &active).unwrap();
    }
    let root = root();
    let below = fixture.path.strip_prefix(&root).unwrap();
    let copy = repository(below);
    suite.check_files(copy.path(), below, &active).unwrap()
}

/// The line on which a diagnostic begins.
fn line(outcome: &Outcome, diagnostic: &Diagnostic) -> u32 {
    let source = &outcome.sources[&diagnostic.primary.file];
    source.lines.line(diagnostic.primary.span.start)
}

/// Every fixture with what its rule finds in it.
fn outcomes(catalogue: &Catalogue) -> Vec<(Fixture, Outcome)> {
    let root = root();
    let suite = suite(catalogue, &root);
    let numbers = 0..catalogue.rules.len();
    let fixtures = numbers.flat_map(|number| suite.of_rule(number));
    fixtures
        .map(|fixture| {
            let outcome = outcome(&suite, catalogue, &fixture);
            (fixture, outcome)
        })
        .collect()
}

#[test]
fn every_rule_fires_on_bad_and_is_silent_on_good() {
    let catalogue = rules::catalogue();
    let root = root();
    let suite = suite(&catalogue, &root);
    let mut faults = Vec::new();
    let mut seen: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (fixture, outcome) in outcomes(&catalogue) {
        let (bad, good) = seen.entry(fixture.rule).or_default();
        *(if fixture.is_bad { bad } else { good }) += 1;
        let id = &catalogue.rules[fixture.rule].id;
        let wrong = suite.faults(&fixture, &outcome);
        faults.extend(wrong.iter().map(|fault| format!("{id}: {fault}")));
    }
    for (number, rule) in catalogue.rules.iter().enumerate() {
        let (bad, good) = seen.get(&number).copied().unwrap_or_default();
        // No file by itself makes hullmark fail, or the configuration refuse a comment (`tests/governance.rs`).
        let is_failure = [
            hullmark::evaluate::RULE_ERROR,
            "hullmark/internal-error",
            "hullmark/refused-suppression",
        ]
        .contains(&rule.id.as_ref());
        if (bad == 0 || good == 0) && !is_failure && !rule.needs_program() {
            faults.push(format!(
                "{}: has {bad} bad and {good} good fixtures",
                rule.id
            ));
        }
        for entry in fs::read_dir(suite.folder_of(number)).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name != SETTINGS && !name.starts_with("bad") && !name.starts_with("good") {
                faults.push(format!("{}: `{name}` is neither bad nor good", rule.id));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// By kinds alone a run leaves out the rules that ask for rows its files cannot have.
#[test]
fn files_have_rows_only_in_tables_of_their_kind() {
    let mut db = SourceDb::on_disk(&root());
    let files = db.discover(&Roots {
        paths: vec![PathBuf::from("fixtures")],
        ..Roots::default()
    });
    let mut seen = 0;
    for file in files.unwrap() {
        let Some((source, _)) = db.read(file) else {
            continue;
        };
        let parsed = parse::parse(&source);
        let facts = model::build(&source, &parsed, TableSet::ALL, &BuildContexts::default());
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

/// What a user sees of the findings in a fixture.
fn shown(catalogue: &Catalogue, fixture: &Fixture, outcome: &Outcome) -> String {
    let findings = reported(outcome, &catalogue.rules[fixture.rule].id);
    let findings: Diagnostics = findings.cloned().map(Box::new).collect();
    let report = Report {
        files: outcome.files,
        diagnostics: &findings,
        rules: &catalogue.rules,
        sources: &outcome.sources,
        show_suppressed: false,
        test_data: report::LeftOut::default(),
        owners: None,
    };
    let mut text = Vec::new();
    report::write(&report, Format::Text, Style::default(), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap().replace('\\', "/");
    // The address of the rule is on its page.
    let (shown, rest) = text.split_once("\nRules:\n").unwrap();
    let count = rest.lines().last().unwrap_or_default();
    let text = format!("{shown}\n{count}\n");
    text + &conditional(&catalogue.rules[fixture.rule], &findings, outcome)
}

#[test]
fn every_rule_looks_as_in_its_snapshot() {
    let catalogue = rules::catalogue();
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    for (fixture, outcome) in outcomes(&catalogue) {
        if fixture.is_bad {
            let text = texts.entry(fixture.rule).or_default();
            text.push_str(&shown(&catalogue, &fixture, &outcome));
        }
    }
    for (number, text) in texts {
        let (domain, name) = catalogue.rules[number].id.split_once('/').unwrap();
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
    let (mut seen, mut spared) = (BTreeSet::new(), BTreeSet::new());
    let root = root();
    let all: Vec<usize> = (0..catalogue.rules.len()).collect();
    let suite = suite(&catalogue, &root);
    let outcome = suite.check_files(&root, Path::new("fixtures"), &all);
    let outcome = outcome.unwrap();
    let findings = outcome.diagnostics.iter();
    let findings = findings.flat_map(|finding| {
        let members = finding.members.iter();
        let members = members.map(|member| (&member.rule, &member.aliases));
        members.chain([(&finding.rule, &finding.aliases)])
    });
    for (rule, aliases) in findings {
        let rule = catalogue.rule(rule).unwrap();
        for alias in rule.aliases.iter() {
            let key = (rule.id.to_string(), alias.to_string());
            if aliases.iter().any(|other| **other == **alias) {
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

/// No finding shows a placeholder of its rule, in its message or its help.
#[test]
fn messages_and_helps_are_filled_in() {
    let catalogue = rules::catalogue();
    let (mut faults, mut filled) = (Vec::new(), 0);
    for (fixture, outcome) in outcomes(&catalogue) {
        for finding in &outcome.diagnostics {
            let Some(rule) = catalogue.rule(&finding.rule) else {
                continue;
            };
            filled += usize::from(finding.help.is_some());
            for (template, text) in [
                (&rule.message, finding.message.as_str()),
                (&rule.remediation, finding.help(Some(rule))),
            ] {
                for part in template::parts(template) {
                    if let Part::Placeholder {
                        name,
                        follows_dollar: false,
                    } = part
                        && text.contains(&format!("{{{name}}}"))
                    {
                        faults.push(format!("{}: {}: {text}", rule.id, fixture.name));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(filled > 20, "{filled} helps are filled in");
}

/// What of its rule's aliases each finding has, if that differs from finding to finding: `line:column aliases`.
fn conditional(rule: &Rule, findings: &Diagnostics, outcome: &Outcome) -> String {
    let mut text = String::new();
    for finding in findings.iter().filter(|_| !rule.conditions.is_empty()) {
        let source = &outcome.sources[&finding.primary.file];
        let start = source
            .lines
            .position(&source.text, finding.primary.span.start);
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
            code: Code::Plain(Vec::new()),
            modules: libraries.iter().cloned().chain(own).collect(),
        };
    }
    catalogue
}

#[test]
fn both_modes_of_the_engine_find_the_same() {
    let (machine, interpreter) = (rules::catalogue(), interpreted());
    let all: Vec<usize> = (0..machine.rules.len()).collect();
    let root = root();
    let check = |catalogue: &Catalogue| {
        let folder = Path::new("fixtures");
        let outcome = suite(catalogue, &root).check_files(&root, folder, &all);
        outcome.unwrap()
    };
    let (ours, theirs) = (check(&machine), check(&interpreter));
    assert!(ours.files > 50, "only {} fixtures were checked", ours.files);
    let lines = |outcome: &Outcome| -> Vec<String> {
        let findings = outcome.diagnostics.iter();
        findings
            .map(|finding| {
                format!(
                    "{}:{} {} {}",
                    outcome.sources[&finding.primary.file].path,
                    line(outcome, finding),
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

//! How our rules run: each reads what it names, and what it asks of a row is asked before the engine sees the row.

use std::fs;
use std::path::Path;

use hullmark::rules::{self, Rule, filter::Filter};

/// The code of a rule's policy, line by line. Our policies are formatted, so a line is a statement.
fn code(rule: &Rule) -> Vec<String> {
    let path = format!("policies/{}.rego", rule.id);
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let text = text.unwrap_or_default();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    lines.map(str::to_owned).collect()
}

fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.bytes().all(is_part)
}

/// The loops over tables and lookups in a rule's text: the name of the table or lookup, and what the statements below ask of the
/// row in the plainest ways.
fn loops(lines: &[String]) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let statement = line.trim_start_matches('\t');
        let indent = &line[..line.len() - statement.len()];
        let Some((row, table)) = statement
            .strip_prefix("some ")
            .and_then(|rest| rest.split_once(" in input."))
        else {
            continue;
        };
        let name = table.strip_prefix("index.");
        let name = name
            .and_then(|name| name.split_once('['))
            .map(|(name, _)| name);
        let name = name.unwrap_or(table);
        if indent.is_empty() || !is_name(row) || !is_name(name) {
            continue;
        }
        let body = lines[number + 1..]
            .iter()
            .take_while(|line| line.starts_with(indent));
        let asked = body.filter_map(|line| asked(row, line.strip_prefix(indent)?));
        found.push((name.to_owned(), asked.collect()));
    }
    found
}

/// The condition of `row.field == "text"`, `row.field` and `not row.field`.
fn asked(row: &str, statement: &str) -> Option<String> {
    let field = |text: &str| {
        let field = text.strip_prefix(row)?.strip_prefix('.')?;
        is_name(field).then(|| field.to_owned())
    };
    if let Some((value, text)) = statement.split_once(" == ") {
        let is_text = text.starts_with('"') && !text[1..text.len() - 1].contains(['"', '\\']);
        return field(value)
            .filter(|_| is_text)
            .map(|field| format!("{field} in {text}"));
    }
    match statement.strip_prefix("not ") {
        Some(value) => field(value).map(|field| format!("not {field}")),
        None => field(statement),
    }
}

#[test]
fn what_a_loop_asks_is_asked_by_its_filter() {
    let (mut count, mut faults) = (0, Vec::new());
    for rule in rules::catalogue().rules.iter() {
        let filters = rule.filters.iter().filter_map(|text| Filter::read(text));
        let filters: Vec<(String, Vec<String>)> = filters
            .map(|filter| {
                let conditions = filter.conditions.iter().map(ToString::to_string);
                (filter.table.clone(), conditions.collect())
            })
            .collect();
        let is_met = |text: &str, asked: &[String]| {
            let conditions = Filter::read(text).map(|filter| filter.conditions);
            let conditions: Vec<String> = (conditions.iter().flatten())
                .map(ToString::to_string)
                .collect();
            asked.iter().all(|one| conditions.contains(one))
        };
        for (table, asked) in loops(&code(rule)) {
            count += asked.len();
            let is_filtered = filters.iter().any(|(of, conditions)| {
                *of == table && asked.iter().all(|one| conditions.contains(one))
            });
            let is_covered = is_filtered
                || rule.lookups.iter().any(|lookup| {
                    let is_narrowed = !lookup.filters.is_empty();
                    lookup.whole().key == table
                        && is_narrowed
                        && lookup.filters.iter().all(|text| is_met(text, &asked))
                });
            if !asked.is_empty() && !is_covered {
                faults.push(format!("{}: {table} | {}", rule.id, asked.join(" | ")));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(count > 700, "only {count} conditions were found");
}

#[test]
fn what_a_rule_names_is_read() {
    let (mut count, mut faults) = (0, Vec::new());
    for rule in rules::catalogue().rules.iter() {
        for line in code(rule) {
            for read in line.split("input.").skip(1) {
                let end = read.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let (name, rest) = read.split_at(end.unwrap_or(read.len()));
                let mut below = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let lookup = below.nth(1).unwrap_or_default();
                let is_known = |lookups: &[rules::Lookup]| {
                    lookups
                        .iter()
                        .any(|known| format!("{}_by_{}", known.table, known.field) == lookup)
                };
                count += 1;
                let is_read = match name {
                    "settings" => !rule.settings.is_empty(),
                    "index" => is_known(&rule.lookups),
                    "sizes" => is_known(&rule.sizes),
                    table => rule.tables.iter().any(|known| known == table),
                };
                if !is_read {
                    faults.push(format!("{}: input.{name}.{lookup}", rule.id));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(count > 400, "only {count} reads were found");
}

#[test]
fn few_rules_see_whole_tables_or_run_for_nothing() {
    let catalogue = rules::catalogue();
    let written: Vec<&Rule> = catalogue
        .rules
        .iter()
        .filter(|rule| !rule.is_native())
        .collect();
    let share = |is: &dyn Fn(&Rule) -> bool| {
        let count = written.iter().filter(|rule| is(rule)).count();
        count * 1000 / written.len()
    };
    let scanning = share(&|rule| !rule.full_scans.is_empty());
    let unconditional = share(&|rule| rule.preconditions.is_empty());
    let interpreted = share(&|rule| {
        rule.program()
            .is_some_and(|program| catalogue.programs[program].code.is_empty())
    });
    assert!(
        scanning <= SCANNING,
        "{scanning} of 1000 rules see every row of a table"
    );
    assert!(
        unconditional <= UNCONDITIONAL,
        "{unconditional} of 1000 rules have no precondition"
    );
    assert_eq!(interpreted, 0);
}

/// Of a thousand rules, those that see every row of a table. Most are off by default, and about tables of few rows: roles, bindings, objects as written.
const SCANNING: usize = 48;
/// Of a thousand rules, those that are entered whatever the rows.
const UNCONDITIONAL: usize = 10;

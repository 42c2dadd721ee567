//! Loops over a whole table become loops over the rows that a filter lets through. Used by `build.rs` for our policies
//! and at run time for a user's.
//!
//! A rule is written as one thinks, `some command in input.commands` and then `command.program == "sudo"`; run as it
//! stands, it would look at every command of a batch for each of a hundred rules. What is rewritten stays on its line,
//! so that the engine's messages still name the right one, and the conditions stay too, so that nothing changes but
//! the number of rows.

use std::collections::BTreeSet;

use crate::ALIASES;
use crate::assignment::{held, is_name};
use crate::filter::Filter;
use crate::inline::inline;
use crate::reads;
use crate::statement::{self, Functions};

/// A policy as it is compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// Its text.
    pub text: String,
    /// The filters that its loops ask for.
    pub filters: BTreeSet<String>,
    /// Tables and filters by body of `deny`: a body can yield only if each of its own has rows. Nothing if that cannot
    /// be told for every body.
    pub guards: Vec<BTreeSet<String>>,
}

impl Narrowed {
    /// The tables that are still read as a whole, by the policy or by a library that it imports.
    pub fn full_scans<'a>(&'a self, library: &dyn Fn(&str) -> Option<&'a str>) -> BTreeSet<String> {
        let mut tables = reads::reads(&self.text, library).tables;
        tables.remove("filtered");
        tables
    }
}

/// The policy with its calls inlined and its loops narrowed. What is not written in the canonical form (`opa fmt`) is left as
/// it is. `library` gives the text of `data.lib.<name>`.
pub fn narrow<'a>(policy: &'a str, library: &dyn Fn(&str) -> Option<&'a str>) -> Narrowed {
    let policy = inline(policy, library);
    let lines: Vec<&str> = policy.split('\n').collect();
    let functions = Functions::of(&lines);
    let mut narrowed = Narrowed::default();
    let mut written = Vec::with_capacity(lines.len());
    let mut is_head = false;
    for (number, line) in lines.iter().enumerate() {
        is_head |= line.starts_with("deny contains {");
        let renamed = line.replace("\"aliases\": ", &format!("\"{ALIASES}\": "));
        let line = if is_head { renamed.as_str() } else { line };
        is_head &= !line.contains("} if ");
        let rest = lines.get(number + 1..).unwrap_or_default();
        match filter(line, rest, &functions) {
            Some((indent, row, filter)) => {
                let key = filter.to_string();
                written.push(format!("{indent}some {row} in input.filtered[`{key}`]"));
                narrowed.filters.insert(key);
            }
            None => written.push(held(line)),
        }
    }
    narrowed.guards = guards(&written).unwrap_or_default();
    narrowed.text = written.join("\n");
    narrowed
}

/// The loop in `line`: its indentation, its variable, and what its body asks of the rows.
fn filter<'a>(
    line: &'a str,
    after: &[&'a str],
    functions: &Functions,
) -> Option<(&'a str, &'a str, Filter)> {
    let statement = line.trim_start_matches('\t');
    let indent = line.get(..line.len() - statement.len())?;
    if indent.is_empty() {
        return None;
    }
    let (row, table) = statement.strip_prefix("some ")?.split_once(" in input.")?;
    if !is_name(row) || !is_name(table) {
        return None;
    }
    let body = after
        .iter()
        .take_while(|line| line.starts_with(indent))
        .filter_map(|line| line.strip_prefix(indent));
    let filter = Filter {
        table: table.to_owned(),
        conditions: statement::conditions(row, body, functions),
    };
    (!filter.conditions.is_empty()).then_some((indent, row, filter))
}

/// By body of `deny`, the tables and filters that it loops over outright.
fn guards(lines: &[String]) -> Option<Vec<BTreeSet<String>>> {
    let mut guards = Vec::new();
    let mut lines = lines.iter();
    while let Some(line) = lines.next() {
        if !line.starts_with("deny") {
            continue;
        }
        if line.ends_with(" if {") {
            // Its body begins.
        } else if line.ends_with('{') {
            // So it does below a head of several lines.
            lines.find(|line| *line == "} if {")?;
        } else {
            return None;
        }
        let body = lines.by_ref().take_while(|line| *line != "}");
        let sources: BTreeSet<String> = body.filter_map(|line| source(line)).collect();
        if sources.is_empty() {
            return None;
        }
        guards.push(sources);
    }
    Some(guards)
}

/// The table or filter over which a statement of a body's own loops.
fn source(line: &str) -> Option<String> {
    let (_, source) = line.strip_prefix("\tsome ")?.split_once(" in input.")?;
    match source.strip_prefix("filtered[`") {
        Some(key) => key.strip_suffix("`]").map(str::to_owned),
        None => is_name(source).then(|| source.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::Narrowed;

    fn narrow(policy: &str) -> Narrowed {
        super::narrow(policy, &|_| None)
    }

    /// The text of the policy's only filter.
    fn filter(policy: &str) -> String {
        let narrowed = narrow(policy);
        assert!(narrowed.filters.len() < 2, "{narrowed:?}");
        narrowed.filters.into_iter().next().unwrap_or_default()
    }

    #[test]
    fn what_a_body_asks_of_its_row_is_asked_first() {
        let policy = "deny contains {\"at\": command.at} if {\n\tsome command in input.commands\n\tcommand.shell in {\"sh\", \"bash\"}\n\tcommand.program == \"sudo\"\n\tcommand.is_first\n\tnot command.is_last\n\tcommand.source != \"probe\"\n}\n";
        let key = "commands | shell in \"sh\", \"bash\" | program in \"sudo\" | is_first | not is_last | source != \"probe\"";
        let narrowed = narrow(policy);
        assert_eq!(
            narrowed.text,
            policy.replace("input.commands", &format!("input.filtered[`{key}`]"))
        );
        assert_eq!(narrowed.guards, [[key.to_owned()].into()]);
    }

    #[test]
    fn what_hangs_below_the_row_is_asked_too() {
        let policy = "_x if {\n\tsome step in input.steps\n\taction := step.action\n\taction.owner == \"a\"\n\tsome word in step.words\n\tword.text in {\"b\", \"c\"}\n}";
        assert_eq!(
            filter(policy),
            "steps | some action | action.owner in \"a\" | some words[] | words[].text in \"b\", \"c\""
        );
        let policy = "_x if {\n\tsome step in input.steps\n\t\"a\" in step.names\n\tcount(step.needs) > 0\n\tstep.words[0].text == \"b\"\n\tstartswith(step.name, \"c\")\n}";
        assert_eq!(
            filter(policy),
            "steps | names[] in \"a\" | some needs[] | words[0].text in \"b\" | name ^ \"c\""
        );
    }

    #[test]
    fn each_way_of_asking_is_understood() {
        for (asked, condition) in [
            ("row.size == 3", "size == 3"),
            ("row.size > 3", "size > 3"),
            ("not row.kind in {\"a\", \"b\"}", "not kind in \"a\", \"b\""),
            ("lower(row.kind) == \"a\"", "lower kind in \"a\""),
            ("upper(row.kind) == \"A_B\"", "lower kind in \"a_b\""),
            (
                "lower(row.kind) in {\"a\", \"b\"}",
                "lower kind in \"a\", \"b\"",
            ),
            ("contains(row.text, \"::\")", "text ~ \"::\""),
            ("endswith(row.text, \".tar\")", "text $ \".tar\""),
            ("startswith(row.text, \"-\")", "text ^ \"-\""),
            ("some flag, _ in row.flags", "some flags{}"),
            ("some number, word in row.words", "some words[]"),
            ("count(row.args) > 0", "some args[]"),
            (
                "row.kind in {\n\t\t\"a\", \"b\",\n\t\t\"c\",\n\t}",
                "kind in \"a\", \"b\", \"c\"",
            ),
        ] {
            let policy = format!("_x if {{\n\tsome row in input.rows\n\t{asked}\n}}");
            assert_eq!(filter(&policy), format!("rows | {condition}"));
        }
    }

    #[test]
    fn what_all_definitions_of_a_function_ask_is_asked_too() {
        let body = "_x if {\n\tsome row in input.rows\n\t_f(row.inner)\n}\n\n";
        let first = "_f(inner) if {\n\tinner.kind == \"b\"\n\tinner.is_new\n}\n\n";
        let asked = |others: &str| filter(&format!("{body}{first}{others}"));
        assert_eq!(asked(""), "rows | inner.kind in \"b\"");
        assert_eq!(
            asked("_f(part) if part.kind in {\"a\", \"c\"}"),
            "rows | inner.kind in \"a\", \"b\", \"c\""
        );
        let value = body.replace("_f(", "value := _f(");
        assert_eq!(filter(&format!("{value}{first}")), asked(""));
        for other in [
            "_f(inner) if inner.name == \"a\"",
            "_f(inner)",
            "_f(inner) if {\n\tinner.is_old\n}",
            "_f(inner) if {\n\tinner.kind == \"a\"\n} else := 1",
        ] {
            assert_eq!(asked(other), "", "{other}");
        }
        let negated = body.replace("_f(", "not _f(");
        assert_eq!(filter(&format!("{negated}{first}")), "");
    }

    #[test]
    fn conditions_of_other_bodies_rows_and_values_do_not_count() {
        for policy in [
            "_x if {\n\tsome row in input.rows\n}\n\n_y(row) if {\n\trow.kind == \"a\"\n}",
            "_x if {\n\tsome row in input.rows\n\tother.kind == \"a\"\n}",
            "_x if {\n\tsome row in input.rows\n\trow.kind == \"a\" + \"b\"\n}",
            "_x if {\n\tsome row in input.rows\n\trow.kind == \"a`b\"\n}",
            "_x if {\n\tsome row in input.rows\n\trow.kind in {other, \"b\"}\n}",
            "_x if {\n\tsome index, row in input.rows\n\trow.kind == \"a\"\n}",
            "_x := [row |\n\tsome row in input.rows\n] if {\n\trow.kind == \"a\"\n}",
            "_x if {\n\tsome row in input.rows\n\tevery item in items {\n\t\trow.kind == \"a\"\n\t}\n}",
        ] {
            assert_eq!(narrow(policy).text, policy);
        }
    }

    #[test]
    fn a_rule_is_guarded_only_where_every_body_can_be_told() {
        let body = |head: &str, source: &str| {
            format!("deny contains {{\"at\": row.at}} {head}\n\tsome row in {source}\n}}\n\n")
        };
        let first = body("if {", "input.rows");
        let guards = |policy: &str| narrow(policy).guards.len();
        assert_eq!(guards(&first), 1);
        assert_eq!(guards(&(first.clone() + &body("if {", "input.images"))), 2);
        assert_eq!(guards(&(first.clone() + &body("if {", "_found"))), 0);
        assert_eq!(
            guards(&(first.clone() + &body("if {", "input.index.rows_by_at[1]"))),
            0
        );
        assert_eq!(guards(&(first + "deny contains _found if _found\n")), 0);
    }
}

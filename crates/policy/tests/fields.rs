//! Fields that rows do not have are found when a policy is compiled, as far as the schema knows them.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use hullmark_policy::bundle::{Compiler, Error};
use hullmark_policy::schema::Schema;

const HEAD: &str = "# METADATA\n# title: A\n# description: A.\n# custom:\n#   severity: warning\n#   confidence: high\n#   category: style\n#   message: a\n#   remediation: a\npackage rules.a.b\n\nimport data.lib.rows\n";

const LIBRARY: &str = "package lib.rows\n\nis_root(row) if row.user == \"root\"\n\nis_root(row) if row.owner == \"root\"\n\nfar(row) if is_last(row)\n\nis_last(row) if row.is_lst\n";

fn schema() -> Schema {
    Schema::default()
        .with(
            "commands",
            Some(&["at", "program", "user", "words", "stage"]),
        )
        .with("stages", Some(&["at", "name", "owner"]))
        .with("images", None)
}

/// The line below the head and the message of the first fault.
fn fault(policy: &str) -> Option<(usize, String)> {
    let mut compiler = Compiler::new(schema());
    compiler.add("lib/rows.rego", LIBRARY).unwrap();
    compiler.add("a.rego", &format!("{HEAD}{policy}")).unwrap();
    match compiler.compile(&|_| None) {
        Ok(_) => None,
        Err(Error::Faulty { path, fault }) => {
            let before = if path == "a.rego" {
                HEAD.lines().count()
            } else {
                0
            };
            Some((fault.line - before, fault.message))
        }
        Err(Error::Engine(message)) => panic!("{message}"),
    }
}

#[test]
fn fields_that_no_row_has_are_found() {
    for (body, line, field, meant) in [
        ("some c in input.commands\n\tnot c.usr", 3, "usr", "user"),
        (
            "some c in input[\"commands\"]\n\tc[\"progam\"] == \"a\"",
            3,
            "progam",
            "program",
        ),
        (
            "some c in input.commands; some s in input.index.stages_by_at[c.stage]; s.nme == \"\"",
            2,
            "nme",
            "name",
        ),
        (
            "some c in input.commands\n\ts := input.index.stages_by_at[c.stage][0]\n\ts.nam == 1",
            4,
            "nam",
            "name",
        ),
        (
            "some c in input.commands\n\tinput.index.stages_by_at[c.stage][0].nam == 1",
            3,
            "nam",
            "name",
        ),
        ("input.commands[0].wrds == 1", 2, "wrds", "words"),
        (
            "some c in input.commands\n\tobject.get(c, \"usr\", \"\") == \"\"",
            3,
            "usr",
            "user",
        ),
        (
            "count([s | some s in input.stages; s.ownr]) == 1",
            2,
            "ownr",
            "owner",
        ),
        ("every s in input.stages { s.ownr }", 2, "ownr", "owner"),
        ("some c in input.commands\n\t_f(c)", 6, "prgram", "program"),
        (
            "some c in input.commands\n\t_g(1, c)",
            6,
            "prgram",
            "program",
        ),
    ] {
        let policy = format!(
            "deny contains {{\"at\": input.commands[0].at}} if {{\n\t{body}\n}}\n\n_f(row) if row.prgram\n\n_g(_, row) if _f(row)\n"
        );
        let (at, message) = fault(&policy).unwrap_or_else(|| panic!("{policy}"));
        assert_eq!(at, line, "{message}\n{policy}");
        assert!(
            message.contains(&format!("no field `{field}` (did you mean `{meant}`?)")),
            "{message}"
        );
    }
}

#[test]
fn rows_are_followed_into_libraries() {
    let policy = |call: &str| {
        format!(
            "deny contains {{\"at\": input.commands[0].at}} if {{\n\tsome c in input.commands\n\t{call}\n}}\n"
        )
    };
    let (line, message) = fault(&policy("rows.far(c)")).unwrap();
    assert_eq!(
        (line, message.as_str()),
        (9, "rows of `commands` have no field `is_lst`")
    );
}

#[test]
fn what_may_be_there_is_not_complained_of() {
    for body in [
        // One of the tables has it.
        "some c in input.commands\n\trows.is_root(c)\n\tsome s in input.stages\n\trows.is_root(s)",
        // Nothing is known of the table.
        "some i in input.images\n\ti.anything == 1",
        // It may be something else as well.
        "some c in array.concat(input.commands, [{\"usr\": 1}])\n\tc.usr",
        "some c in input.commands\n\tsome w in c.words\n\tw.anything == 1",
        "some c in input.commands\n\t_h(c)\n\t_h({\"anything\": 1})",
    ] {
        let policy = format!(
            "deny contains {{\"at\": input.commands[0].at}} if {{\n\t{body}\n}}\n\n_h(row) if row.anything\n"
        );
        assert_eq!(fault(&policy), None, "{policy}");
    }
}

#[test]
fn fields_of_lookups_are_checked() {
    let policy = "deny contains {\"at\": input.commands[0].at} if {\n\tsome c in input.index.commands_by_stag[1]\n}\n";
    let (line, message) = fault(policy).unwrap();
    assert_eq!(line, 2);
    assert!(
        message.contains("did you mean `commands_by_stage`?"),
        "{message}"
    );
}

//! What a policy asks of rows becomes filters, calls of small functions become what the functions say, and what is not understood
//! stays as it is written.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::collections::HashSet;

use hullmark_policy::bundle::{Bundle, Code, Compiler};
use hullmark_policy::schema::Schema;

const HEAD: &str = "# METADATA\n# title: A\n# description: A.\n# custom:\n#   severity: warning\n#   confidence: high\n#   category: style\n#   message: a\n#   remediation: a\npackage rules.a.b\n\nimport data.lib.rows\n\n";

const LIBRARY: &str = "package lib.rows\n\nis_shell(row) if row.program in {\"sh\", \"bash\"}\n\nis_named(row, name) if {\n\tsome word in row.words\n\tword.text == name\n}\n";

fn compiled(policy: &str) -> Bundle {
    let columns: &[&str] = &["at", "program", "stage", "words", "flags", "source"];
    let schema = Schema::default()
        .with("commands", Some(columns))
        .with("stages", Some(&["at", "name", "is_final"]));
    let mut compiler = Compiler::new(schema);
    compiler.add("lib/rows.rego", LIBRARY).unwrap();
    compiler.add("a.rego", &format!("{HEAD}{policy}")).unwrap();
    compiler.compile(&|_| None).unwrap()
}

/// A rule whose loop over `commands` is followed by these statements.
fn of_command(statements: &str) -> String {
    format!(
        "deny contains {{\"at\": command.at}} if {{\n\tsome command in input.commands\n\t{statements}\n}}\n"
    )
}

#[test]
fn what_is_asked_of_a_row_becomes_its_filter() {
    for (statements, filter) in [
        ("command.program == \"a\"", "program in \"a\""),
        ("\"a\" == command.program", "program in \"a\""),
        ("command.program != \"a\"", "program != \"a\""),
        (
            "command.program in {\"a\", \"b\"}",
            "program in \"a\", \"b\"",
        ),
        ("not command.program in {\"a\"}", "not program in \"a\""),
        ("lower(command.program) == \"A\"", "lower program in \"a\""),
        ("startswith(command.program, \"a\")", "program ^ \"a\""),
        ("count(command.words) > 0", "count words"),
        ("command.words[0].text == \"a\"", "words[0].text in \"a\""),
        (
            "some word in command.words\n\tcontains(word.text, \"a\")",
            "some words[] | words[].text ~ \"a\"",
        ),
        // A loop over texts that are written out stands for one of them.
        (
            "some name in [\"a\", \"b\"]\n\tendswith(command.program, name)",
            "program $ \"a\", \"b\"",
        ),
        (
            "some name in {\"a\", \"b\"}\n\tcommand.program == name",
            "program in \"a\", \"b\"",
        ),
        (
            "some word in command.words\n\tsome name in _names\n\tcontains(word.text, name)",
            "some words[] | words[].text ~ \"a\", \"b\"",
        ),
        (
            "some flag in [\"-a\", \"-b\"]\n\tflag in command.flags",
            "flags[] in \"-a\", \"-b\"",
        ),
        // Functions are looked through.
        ("rows.is_shell(command)", "program in \"bash\", \"sh\""),
        ("_is_a(command)", "program in \"a\""),
    ] {
        let policy = of_command(statements);
        let bundle = compiled(&format!(
            "{policy}\n_names := [\"a\", \"b\"]\n\n_is_a(row) if row.program == \"a\"\n"
        ));
        let filters: Vec<String> = bundle.rules[0]
            .filters
            .iter()
            .map(ToString::to_string)
            .collect();
        let sorted = |text: &str| {
            let mut parts: Vec<String> = text.split(" | ").map(str::to_owned).collect();
            for part in &mut parts {
                if let Some((path, texts)) = part.clone().split_once(" in ") {
                    let mut texts: Vec<&str> = texts.split(", ").collect();
                    texts.sort_unstable();
                    *part = format!("{path} in {}", texts.join(", "));
                }
            }
            parts
        };
        assert_eq!(filters.len(), 1, "{statements}: {filters:?}");
        assert_eq!(
            sorted(&filters[0]),
            sorted(&format!("commands | {filter}")),
            "{statements}"
        );
    }
}

#[test]
fn what_is_not_understood_filters_nothing() {
    for statements in [
        "command.program == command.source",
        "some name in [command.source, \"a\"]\n\tcommand.program == name",
        "count([word | some word in command.words; word.text == \"a\"]) == 0",
        "object.get(command, \"program\", \"\") == \"a\"",
    ] {
        let bundle = compiled(&of_command(statements));
        let filters = &bundle.rules[0].filters;
        let is_free = |filter: &str| !filter.contains("program") && !filter.contains("words");
        assert!(
            filters.iter().all(|filter| is_free(filter)),
            "{statements}: {filters:?}"
        );
    }
}

#[test]
fn calls_of_small_functions_become_what_they_say() {
    for (definitions, call, expected) in [
        (
            "_is_a(row) if row.program == \"a\"",
            "_is_a(command)",
            "command.program == \"a\"",
        ),
        (
            "_is_a(row) if {\n\trow.program == \"a\"\n\trow.source\n}",
            "_is_a(command)",
            "command.program == \"a\"; command.source",
        ),
        (
            "_name(row) := row.program",
            "_name(command) == \"a\"",
            "command.program == \"a\"",
        ),
        (
            "_x := 1",
            "rows.is_shell(command)",
            "command.program in {\"sh\", \"bash\"}",
        ),
    ] {
        let bundle = compiled(&format!("{}\n{definitions}\n", of_command(call)));
        let text = &bundle.rules[0].documentation.as_ref().unwrap().runs;
        assert!(text.contains(expected), "{call}:\n{text}");
        // Messages of the engine still name the right line.
        let body = format!("{HEAD}{}\n{definitions}\n", of_command(call));
        assert_eq!(text.lines().count(), body.lines().count(), "{call}");
    }
}

#[test]
fn calls_stay_where_the_text_would_mean_something_else() {
    for (definitions, call) in [
        // Two definitions: one of them must hold.
        (
            "_is_a(row) if row.program == \"a\"\n\n_is_a(row) if row.source == \"b\"",
            "_is_a(command)",
        ),
        // It binds a variable of its own.
        (
            "_has_a(row) if {\n\tsome word in row.words\n\tword.text == \"a\"\n}",
            "_has_a(command)",
        ),
        // `else` is another answer.
        (
            "_is_a(row) := true if {\n\trow.program == \"a\"\n} else := false",
            "_is_a(command) == false",
        ),
        // More than one statement cannot be negated.
        (
            "_is_a(row) if {\n\trow.program == \"a\"\n\trow.source\n}",
            "not _is_a(command)",
        ),
        ("_x := 1", "rows.is_named(command, \"a\")"),
    ] {
        let bundle = compiled(&format!("{}\n{definitions}\n", of_command(call)));
        let text = &bundle.rules[0].documentation.as_ref().unwrap().runs;
        assert!(text.contains(call), "{call}:\n{text}");
    }
}

#[test]
fn programs_are_small_and_hold_each_rule_once() {
    let mut compiler = Compiler::new(Schema::default().with("commands", Some(&["at"])));
    for number in 0..23 {
        let head = HEAD.replace("rules.a.b", &format!("rules.a.b{number}"));
        let head = head.replace("import data.lib.rows\n\n", "");
        let policy = format!("{head}{}", of_command("command.at"));
        compiler.add(&format!("{number}.rego"), &policy).unwrap();
    }
    let bundle = compiler.compile(&|_| None).unwrap();
    assert!(bundle.programs.len() > 3, "{}", bundle.programs.len());
    let bodies: HashSet<_> = bundle.rules.iter().map(|rule| rule.body).collect();
    assert_eq!(bodies.len(), 23);
    for program in &bundle.programs {
        assert!(!program.code.is_empty());
        let packed = program.code.packed().unwrap();
        let unpacked = Code::Packed(packed.leak());
        assert_eq!(unpacked.bytes(), program.code.bytes());
    }
    assert!(Code::Packed(&[9, 0, 0, 0, 0x40, 1]).bytes().is_err());
}

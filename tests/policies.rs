//! Policies of users: whatever way they are written in, they find what they say, or are refused with line and reason.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

const DOCKERFILE: &str = "FROM alpine:3.20\nRUN wget a apk && wget -k b\nRUN echo 'a # b'\n";

/// The METADATA of a rule.
const METADATA: &str = r#"# METADATA
# title: A test
# description: A test.
# custom:
#   severity: warning
#   confidence: high
#   category: style
#   message: "found"
#   remediation: "Take it out."
"#;

/// Ways to say what is found on line 2 alone, each once for the row that it is about.
const FINDING: &[(&str, &str)] = &[
    (
        "canonical",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "one-line",
        "deny contains {\"at\": c.at} if { some c in input.commands; c.program == \"wget\"; \"apk\" == c.words[1].text }\n",
    ),
    (
        "tabs-and-spaces",
        "deny   contains\t{\"at\": c.at}\n  if\n  {\n some   c   in\n input.commands\n      c.program==\"wget\" ; c.words[1].text\n ==\n \"apk\" }\n",
    ),
    (
        "carriage-returns",
        "deny contains {\"at\": c.at} if {\r\n\tsome c in input.commands\r\n\tc.program == \"wget\"\r\n\tc.words[1].text == \"apk\"\r\n}\r\n",
    ),
    (
        "comprehension-not-indented",
        "deny contains {\"at\": d.at} if {\n\tsome d in input.instructions\n\td.keyword == \"RUN\"\n\tfound := [c |\n\tsome c in input.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n\t]\n\tcount(found) == 1\n\td.at == found[0].instruction\n}\n",
    ),
    (
        "outer-row-in-inner-body",
        "deny contains {\"at\": d.at} if {\n\tsome d in input.instructions\n\tnone := [1 |\n\tsome c in input.commands\n\td.keyword == \"nothing\"\n\tc.program == \"nothing\"\n\t]\n\tcount(none) == 0\n\td.keyword == \"RUN\"\n\tcount([c | some c in input.commands; c.instruction == d.at; c.program == \"wget\"]) > 0\n}\n",
    ),
    (
        "input-renamed",
        "deny contains {\"at\": c.at} if {\n\trows := input\n\tsome c in rows.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "input-renamed-twice",
        "deny contains {\"at\": c.at} if {\n\trows := input\n\tcommands := rows[\"commands\"]\n\tsome c in commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "input-renamed-for-all",
        "doc := input\n\ndeny contains {\"at\": c.at} if {\n\tsome c in doc.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "input-as-one-of-two",
        "deny contains {\"at\": c.at} if {\n\tsome rows in [input, input]\n\tsome c in rows.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "brackets",
        "deny contains {\"at\": c[\"at\"]} if {\n\tsome c in input[\"commands\"]\n\tc[\"program\"] == \"wget\"\n\tc[\"words\"][1][`text`] == \"apk\"\n}\n",
    ),
    (
        "raw-strings",
        "deny contains {`at`: c.at} if {\n\tsome c in input[`commands`]\n\tc.program == `wget`\n\tc.words[1].text == `apk`\n}\n",
    ),
    (
        "several-lines-in-a-string",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.program != `\n}\n\ndeny contains {\"at\": 1} if {\n`\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "sign-of-comment-in-string",
        "deny contains {\"at\": c.at} if { c := [c | c := \" # \"; some c2 in input.images; c2 == 1][_]; c == 1 }\n\ndeny contains {\"at\": c.at} if { \" # \" != \"\"; some c in input.commands; c.program == \"wget\"; c.words[1].text == \"apk\" }\n",
    ),
    (
        "comments-everywhere",
        "deny # a\ncontains # b\n{\"at\": c.at} # c\nif # d\n{ # some c in input.images\n\tsome # e\n\tc in # f\n\tinput.commands # g\n\tc.program == # h }\n\t\"wget\"\n\tc.words[1].text == \"apk\" # ]\n} # }\n",
    ),
    (
        "unknown-table-name",
        "deny contains {\"at\": c.at} if {\n\tsome name, rows in input\n\tname == \"commands\"\n\tsome c in rows\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "table-by-variable",
        "deny contains {\"at\": c.at} if {\n\tsome name in [\"commands\", \"images\"]\n\tsome c in input[name]\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "input-handed-to-a-function",
        "deny contains {\"at\": c.at} if {\n\tsome c in _found(input)\n\tc.words[1].text == \"apk\"\n}\n\n_found(doc) := [c | some c in doc.commands; c.program == \"wget\"]\n",
    ),
    (
        "lookup-behind-a-function",
        "deny contains {\"at\": i.at} if {\n\tsome i in input.instructions\n\t_of(input, i)\n}\n\n_of(doc, i) if {\n\tsome c in doc.index.commands_by_instruction[i.at]\n\tc.program == \"wget\"\n}\n",
    ),
    (
        "table-handed-to-a-function",
        "deny contains {\"at\": c.at} if {\n\tsome c in _wget(input.commands)\n\tc.words[1].text == \"apk\"\n}\n\n_wget(rows) := [row | some row in rows; row.program == \"wget\"]\n",
    ),
    (
        "import-of-a-table",
        "import input.commands as rows\n\ndeny contains {\"at\": c.at} if {\n\tsome c in rows\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "import-of-input",
        "import input as doc\n\ndeny contains {\"at\": c.at} if {\n\tsome c in doc.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "with-keyword",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n\t_is_empty with input as {\"images\": []}\n}\n\n_is_empty if count(input.images) == 0\n",
    ),
    (
        "with-on-another-row",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.words[1].text == \"apk\"\n\t_wget with input.commands as [{\"program\": \"wget\"}]\n}\n\n_wget if {\n\tsome c in input.commands\n\tc.program == \"wget\"\n}\n",
    ),
    (
        "every",
        "deny contains {\"at\": i.at} if {\n\tsome i in input.instructions\n\ti.keyword == \"RUN\"\n\tevery c in [c | some c in input.commands; c.instruction == i.at] {\n\t\tc.program == \"wget\"\n\t}\n}\n",
    ),
    (
        "nested-comprehensions",
        "deny contains {\"at\": at} if {\n\tsome at in {c.at | some c in [d | some d in input.commands; d.program == \"wget\"]; c.words[1].text == \"apk\"}\n}\n",
    ),
    (
        "else",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\t_kind(c) == \"b\"\n\tc.words[1].text == \"apk\"\n}\n\n_kind(c) := \"a\" if c.program == \"echo\"\n\nelse := \"b\" if c.program == \"wget\"\n\nelse := \"c\"\n",
    ),
    (
        "else-without-condition",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\t_kind(c) == \"c\"\n\tc.words[1].text == \"apk\"\n}\n\n_kind(c) := \"a\" if c.program == \"echo\"\n\nelse := \"c\"\n",
    ),
    (
        "partial-object",
        "_programs[c.at] := c.program if some c in input.commands\n\ndeny contains {\"at\": at} if {\n\tsome at, program in _programs\n\tprogram == \"wget\"\n\tsome c in input.commands\n\tc.at == at\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "rule-named-like-a-table",
        "commands contains c if {\n\tsome c in input.commands\n\tc.program == \"wget\"\n}\n\ndeny contains {\"at\": c.at} if {\n\tsome c in commands\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "variable-named-like-a-table",
        "deny contains {\"at\": images.at} if {\n\tsome images in input.commands\n\timages.program == \"wget\"\n\timages.words[1].text == \"apk\"\n}\n",
    ),
    (
        "alias-and-variable-of-one-name",
        "deny contains {\"at\": c.at} if {\n\trows := input\n\tsome c in rows.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n\ndeny contains {\"at\": rows.at} if {\n\trows := {\"commands\": [], \"at\": 1}\n\tsome c in rows.commands\n\tc.program == \"nothing\"\n}\n",
    ),
    (
        "text-that-is-counted",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tcount(c.program) > 0\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "numbers-of-a-list",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.program == \"wget\"\n\tsome number, _ in c.words\n\tnumber > 0\n\tc.words[number].text == \"apk\"\n}\n",
    ),
    (
        "numbers-of-a-table",
        "deny contains {\"at\": c.at} if {\n\tsome number, c in input.commands\n\tinput.commands[number].program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "index-without-a-name",
        "deny contains {\"at\": c.at} if {\n\tc := input.commands[_]\n\tc.program == \"wget\"\n\tc.words[_].text == \"apk\"\n}\n",
    ),
    (
        "index-by-an-unbound-name",
        "deny contains {\"at\": input.commands[i].at} if {\n\tinput.commands[i].program == \"wget\"\n\tinput.commands[i].words[1].text == \"apk\"\n}\n",
    ),
    (
        "comprehension-without-a-loop",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n\tx := [1 | c.program == \"ls\"]\n\tcount(x) == 0\n}\n",
    ),
    (
        "comprehension-in-a-comprehension",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.words[1].text == \"apk\"\n\tfound := [y | some w in c.words; y := [1 | w.text == \"nothing\"]]\n\tcount(found) == count(c.words)\n\tc.program == \"wget\"\n}\n",
    ),
    (
        "term-without-a-value",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n\tcount([w.nothing | some w in c.words]) == 0\n}\n",
    ),
    (
        "assignment-in-a-comprehension",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n\tcount([1 | some w in c.words; x := w.nothing]) == 0\n}\n",
    ),
    (
        "assignment-over-lines",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.words[1].text == \"apk\"\n\tnot _odd(c)\n}\n\n_odd(c) if {\n\tx := {\n\t\t\"a\": c.workflow,\n\t}\n}\n",
    ),
    (
        "assignment-as-a-body",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.words[1].text == \"apk\"\n\tnot _odd(c)\n}\n\n_odd(c) := 1 if x := c.workflow\n",
    ),
    (
        "parentheses",
        "deny contains {\"at\": c.at} if {\n\tsome c in (input.commands)\n\t(c.program == (\"wget\"))\n\t((c.words[1].text)) == \"apk\"\n}\n",
    ),
    (
        "turned-round",
        "deny contains {\"at\": c.at} if {\n\t\"apk\" == c.words[1].text\n\tc.program == \"wget\"\n\tsome c in input.commands\n}\n",
    ),
    (
        "unification",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\t\"wget\" = c.program\n\tc.words[1].text = \"apk\"\n}\n",
    ),
    (
        "letters-beyond-ascii",
        "deny contains {\"at\": c.at} if {\n\tsome c in input.commands # ünïcödé \u{1f600}\n\tc.program == \"wget\"\n\tc.program != \"sudö\"\n\t\"\u{1f600}\" != c.program; c.words[1].text == \"apk\"\n}\n",
    ),
    (
        "constants",
        "_programs := {\n\t\"wget\", # why\n\t`doas`,\n}\n\ndeny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tc.program in _programs\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "constant-hidden-by-a-variable",
        "_programs := {\"nothing\"}\n\ndeny contains {\"at\": c.at} if {\n\t_programs := {\"wget\", \"doas\"}\n\tsome c in input.commands\n\tc.program in _programs\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "builtin-defined-anew",
        "startswith(text, other) if text != other\n\ndeny contains {\"at\": c.at} if {\n\tsome c in input.commands\n\tstartswith(c.program, \"nothing\")\n\tc.program == \"wget\"\n\tc.words[1].text == \"apk\"\n}\n",
    ),
    (
        "two-rules-on-a-line",
        "_a := 1 _b := 2\ndeny contains {\"at\": c.at} if { some c in input.commands; c.program == \"wget\"; c.words[_a].text == \"apk\" } _c := 3\n",
    ),
    (
        "whole-set",
        "deny := {{\"at\": c.at} | some c in input.commands; c.program == \"wget\"; c.words[1].text == \"apk\"}\n",
    ),
    (
        "own-package-by-its-path",
        "doc := input\n\n_wget contains c if {\n\tsome c in data.rules.own[\"own-package-by-its-path\"].doc.commands\n\tc.program == \"wget\"\n}\n\ndeny contains {\"at\": c.at} if {\n\tsome c in _wget\n\tc.words[1].text == \"apk\"\n}\n",
    ),
];

/// What is refused, on which line of the policy's own, and what is said.
const REFUSED: &[(&str, usize, &str)] = &[
    (
        "deny contains {\"at\": c.at} if {\n\tsome c in input.comands\n}\n",
        2,
        "`input.comands` is no table (did you mean `commands`?)",
    ),
    (
        "deny contains {\"at\": c.at} if {\n\trows := input\n\tsome c in rows[\"comands\"]\n}\n",
        3,
        "did you mean `commands`?",
    ),
    (
        "deny contains {\"at\": c.at} if {\n\tsome c in input.images\n\tcount(input.index.comands_by_stage[c.at]) > 0\n}\n",
        3,
        "did you mean `commands_by_stage`?",
    ),
    (
        "deny contains {\"at\": c.at} if {\n\tsome c in input.images\n\tinput.sizes.stages[c.at] > 0\n}\n",
        3,
        "is no lookup",
    ),
    (
        "deny contains {\"at\": c.at} if {\n\tsome c in input.images\n\tname := \"commands_by_stage\"\n\tcount(input.index[name][c.at]) > 0\n}\n",
        4,
        "a lookup is written out",
    ),
    (
        "deny contains {\"at\": c.at} if {\n\tsome c in input.images\n\t_f(input, c)\n}\n\n_f(doc, c) if object.get(doc, [\"index\", \"x\"], 0)\n",
        6,
        "cannot be followed",
    ),
    (
        "deny contains {\"at\": c.at} if {\n\tsome c in input.images\n\tdata.lib.comands.is_first(c)\n}\n",
        3,
        "did you mean `commands`?",
    ),
    (
        "deny contains {\"at\": c.at} if {\n\tsome c in data.rules.image[\"latest-tag\"].deny\n}\n",
        2,
        "a rule reads no other rule",
    ),
    (
        "deny contains {\"at\": c.at} if {\n\tsome c in input.images\n\tinput.settings[\"own/refused\"].nme\n}\n",
        3,
        "setting `nme` is not declared in METADATA",
    ),
    (
        "deny contains {\"at\": 1} if _f(1)\n\n_f(x) if _g(x)\n\n_g(x) if _f(x)\n",
        3,
        "calls itself",
    ),
    (
        "deny contains {\"at\": 1} if _f(1)\n\n_f(x) if data.rules.own.refused._f(x)\n",
        3,
        "calls itself",
    ),
];

fn project(policies: &[(String, String)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    // The search for a configuration ends here.
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::create_dir(folder.path().join("own")).unwrap();
    fs::write(folder.path().join("hullmark.yml"), "policies: [own]\n").unwrap();
    fs::write(folder.path().join("Dockerfile"), DOCKERFILE).unwrap();
    for (name, text) in policies {
        fs::write(folder.path().join(format!("own/{name}.rego")), text).unwrap();
    }
    folder
}

fn hullmark(folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hullmark"))
        .current_dir(folder)
        .args(["--select", "own", "--format", "json"])
        .output()
        .unwrap()
}

/// The lines with findings, by rule.
fn found(policies: &[(String, String)]) -> BTreeMap<String, Vec<u64>> {
    let folder = project(policies);
    let output = hullmark(folder.path());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let rule = finding["rule"].as_str().unwrap().to_owned();
        let line = finding["start"]["line"].as_u64().unwrap();
        found.entry(rule).or_default().push(line);
    }
    found
}

fn policy(name: &str, text: &str) -> (String, String) {
    let end = if text.contains('\r') { "\r\n" } else { "\n" };
    let head = METADATA.replace('\n', end);
    (
        name.to_owned(),
        format!("{head}package rules.own[\"{name}\"]{end}{end}{text}"),
    )
}

#[test]
fn policies_find_what_they_say_however_they_are_written() {
    let policies: Vec<_> = FINDING
        .iter()
        .map(|(name, text)| policy(name, text))
        .collect();
    let found = found(&policies);
    let expected: BTreeMap<String, Vec<u64>> = FINDING
        .iter()
        .map(|(name, _)| (format!("own/{name}"), vec![2]))
        .collect();
    let differing: Vec<_> = expected
        .iter()
        .filter(|(name, lines)| found.get(*name) != Some(lines))
        .map(|(name, _)| (name, found.get(name)))
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
    assert_eq!(found, expected);
}

#[test]
fn what_cannot_be_known_is_refused_with_line_and_reason() {
    for (text, line, reason) in REFUSED {
        let (name, text) = policy("refused", text);
        let offset = METADATA.lines().count() + 2;
        let folder = project(&[(name, text.clone())]);
        let output = hullmark(folder.path());
        let said = String::from_utf8_lossy(&output.stderr);
        let place = format!("refused.rego:{}: ", offset + line);
        assert!(
            said.contains(&place) && said.contains(reason),
            "{said}\n{place}\n{text}"
        );
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn libraries_are_understood_as_policies_are() {
    let library = "package lib.own\n\nis_odd(c) if {\n\tx := c.workflow\n}\n\nis_empty(c) if {\n\tx := [y | some w in c.words; y := [1 | w.text == \"nothing\"]]\n\tcount(x) == count(c.words)\n}\n\nfirst := [w | walk(input.images, [_, w])]\n";
    let rule = |name: &str, asked: &str| {
        policy(
            name,
            &format!(
                "import data.lib.own\n\ndeny contains {{\"at\": c.at}} if {{\n\tsome c in input.commands\n\tc.words[1].text == \"apk\"\n\t{asked}\n}}\n"
            ),
        )
    };
    let policies = [
        ("lib-own".to_owned(), library.to_owned()),
        rule("no-value", "not own.is_odd(c)"),
        rule("no-loop", "own.is_empty(c)"),
        rule("walks", "count(own.first) > 0"),
    ];
    let names = ["no-loop", "no-value", "walks"];
    let expected: BTreeMap<String, Vec<u64>> = names
        .iter()
        .map(|name| (format!("own/{name}"), vec![2]))
        .collect();
    assert_eq!(found(&policies), expected);
}

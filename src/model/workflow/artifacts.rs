//! What a workflow reads out of an artifact of the run that started it. In a run for a pull request from a fork, its author writes what is in there.

use crate::model::workflow::brings;
use crate::parse::yaml::tree::{NodeId, Tree};

/// How many lines of a script are read, and how many names it may give to what it read.
const LINES: usize = 2_000;
const NAMES: usize = 50;

/// Calls that fetch an artifact in JavaScript.
const FETCHES: &[&str] = &["downloadArtifact", "archive_download_url"];

/// Calls that give the text of a file.
const READS: &[&str] = &["toString(", "readFileSync(", "readFile("];

/// What leaves a number or a checked text, or asks a question.
const CLEANERS: &[&str] = &[
    "Number(",
    "Number.parse",
    "parseInt(",
    "parseFloat(",
    ".length",
    "===",
    "!==",
    ".match(",
    ".test(",
    "replace(/[^",
    "encodeURIComponent(",
];

/// Whether a script of `actions/github-script` fetches an artifact, and gives the text of a file in it as this output.
pub(super) fn gives(script: &str, output: &str) -> bool {
    if !FETCHES.iter().any(|call| script.contains(call)) {
        return false;
    }
    let mut names: Vec<&str> = Vec::new();
    for line in script.lines().take(LINES) {
        let line = line.trim().trim_end_matches(';');
        let holds = |value: &str| {
            !CLEANERS.iter().any(|cleaner| value.contains(cleaner))
                && (READS.iter().any(|call| value.contains(call))
                    || names.iter().any(|name| names_variable(value, name)))
        };
        if output == "result" && line.strip_prefix("return ").is_some_and(holds) {
            return true;
        }
        if let Some((_, arguments)) = line.split_once("setOutput(")
            && let Some((name, value)) = arguments.split_once(',')
            && name
                .trim()
                .trim_matches(['"', '\'', '`'])
                .eq_ignore_ascii_case(output)
            && holds(value)
        {
            return true;
        }
        if let Some((name, value)) = assigned(line) {
            if holds(value) && names.len() < NAMES {
                names.push(name);
            } else {
                names.retain(|known| *known != name);
            }
        }
    }
    false
}

/// The variable that a line of JavaScript sets, and to what.
fn assigned(line: &str) -> Option<(&str, &str)> {
    let words = ["const ", "let ", "var "];
    let rest = words
        .iter()
        .find_map(|word| line.strip_prefix(word))
        .unwrap_or(line);
    let (name, value) = rest.split_once(" = ")?;
    let name = name.trim();
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'));
    (is_name && !name.is_empty()).then_some((name, value))
}

/// Whether a text has a name in it, and no longer one that ends or begins with it.
fn names_variable(text: &str, name: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
    text.match_indices(name).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        let after = text.as_bytes().get(at + name.len());
        !before.is_some_and(|byte| is_of_name(*byte) || *byte == b'.')
            && !after.is_some_and(|byte| is_of_name(*byte))
    })
}

/// Whether a script writes a file into an output that came in an artifact: a step before it fetched that, into a folder of its own or into a workspace
/// without a checkout. A script that checks what it reads is left alone.
pub(super) fn writes(
    tree: &Tree,
    job: Option<NodeId>,
    (step, script): (NodeId, &str),
    output: &str,
) -> bool {
    let Some(list) = job.and_then(|job| tree.get(job, "steps")) else {
        return false;
    };
    let checks = [
        "=~",
        "grep ",
        "tr -cd",
        "tr -dc",
        "jq ",
        "printf '%d",
        "case ",
    ];
    if checks.iter().any(|check| script.contains(check)) {
        return false;
    }
    let before = tree.items(list).iter().take_while(|other| **other != step);
    let before: Vec<NodeId> = before.copied().collect();
    let uses = |step: &NodeId| tree.text_at(*step, "uses").unwrap_or_default();
    let mut fetched = before.iter().copied().filter(|step| {
        let name = uses(step).split('@').next().unwrap_or_default();
        name.contains("artifact") && brings::foreign(tree, *step)
    });
    let Some(fetch) = fetched.next() else {
        return false;
    };
    let has_checkout = before
        .iter()
        .any(|step| uses(step).starts_with("actions/checkout@"));
    let folder = tree
        .at(fetch, &["with", "path"])
        .and_then(|path| tree.text(path))
        .map(|path| path.trim_start_matches("./").trim_end_matches('/'));
    let prefix = format!("{output}=");
    script.lines().take(LINES).any(|line| {
        let Some((_, value)) = line.split_once(&prefix) else {
            return false;
        };
        let is_output = line.contains("GITHUB_OUTPUT") || line.contains("::set-output");
        is_output
            && printed_file(value).is_some_and(|file| {
                let file = file.trim_start_matches("./");
                let is_in_folder = folder.is_some_and(|folder| {
                    !folder.is_empty() && folder != "." && file.starts_with(folder)
                });
                is_in_folder || !has_checkout && !file.starts_with(['/', '$'])
            })
    })
}

/// The file that a value is: `$(cat pr/number)`, `$(< pr/number)`.
fn printed_file(value: &str) -> Option<&str> {
    let value = value.trim_start_matches('"');
    let starts = ["$(cat ", "$(<", "`cat "];
    let rest = starts.iter().find_map(|start| value.strip_prefix(start))?;
    let end = rest.find([')', '`'])?;
    let file = rest.get(..end)?.trim().trim_matches(['"', '\'']);
    (!file.contains([' ', '|', ';'])).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_files_in_artifacts_are_of_others() {
        let read = "const a = await github.rest.actions.downloadArtifact({})\n";
        for (rest, output) in [
            (
                "const c = await file.buffer();\nreturn c.toString();",
                "result",
            ),
            (
                "const n = fs.readFileSync('n');\ncore.setOutput('pr', n);",
                "pr",
            ),
            (
                "let n = fs.readFileSync('n')\nlet m = n.trim()\nreturn m",
                "result",
            ),
        ] {
            assert!(gives(&[read, rest].concat(), output), "{rest}");
        }
        for rest in [
            "return Number(fs.readFileSync('n'))",
            "const n = fs.readFileSync('n');\nreturn n.length",
            "return artifact.id",
            "fs.writeFileSync('a.zip', Buffer.from(a.data));",
        ] {
            assert!(!gives(&[read, rest].concat(), "result"), "{rest}");
        }
        assert!(!gives("return fs.readFileSync('n')", "result"));
        assert_eq!(printed_file("$(cat pr/number)\" >> x"), Some("pr/number"));
        assert_eq!(printed_file("\"$(<NR)\""), Some("NR"));
        assert_eq!(printed_file("$(cat a | wc -l)"), None);
    }
}

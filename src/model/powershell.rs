//! What a script for PowerShell holds that only POSIX shells understand, and downloads that it runs unseen. It is read line by line.

use crate::parse::shell::script::Construct;
use crate::span::LocatedText;

/// Beginnings of a line that are commands or syntax of POSIX shells, and no command of PowerShell.
const BEGINNINGS: &[&str] = &[
    "export ",
    "unset ",
    "source ",
    "set -e",
    "set -o ",
    "set -x",
    "set -u",
    "set +e",
    "set +x",
    "if [ ",
    "if [[ ",
    "[[ ",
    "elif ",
    "rm -rf ",
    "rm -fr ",
    "local ",
    "while read ",
    "if ! ",
    "cat <<",
    "readonly ",
    "declare ",
];
/// Whole lines that are.
const LINES: &[&str] = &["fi", "done", "esac", "then", "else if", "do"];
/// What runs a text as a script.
const RUNNERS: &[&str] = &["iex", "invoke-expression"];
/// What fetches one.
const FETCHERS: &[&str] = &[
    "iwr",
    "irm",
    "invoke-webrequest",
    "invoke-restmethod",
    "downloadstring",
    "curl",
    "wget",
    "webclient",
];
/// Beginnings of names that only the environment holds, where PowerShell has its own variables.
const ENVIRONMENT: &[&str] = &["GITHUB_", "RUNNER_", "INPUT_"];

/// The constructs of a script, in order; a line has one of each kind at most.
pub(super) fn constructs(text: &LocatedText) -> Vec<Construct> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut in_text = false;
    let mut is_continued = false;
    for line in text.text.split_inclusive('\n') {
        let code = line.trim_end();
        let begin = start + (code.len() - code.trim_start().len());
        let trimmed = code.trim_start();
        let was_text = in_text;
        in_text = if in_text {
            !(trimmed.starts_with("'@") || trimmed.starts_with("\"@"))
        } else {
            code.ends_with("@'") || code.ends_with("@\"")
        };
        if !was_text && !trimmed.starts_with('#') {
            let mut add = |kind, at: usize, length: usize| {
                let first = text.locate(at) as usize;
                let last = text.locate(at + length.max(1) - 1) as usize + 1;
                found.push(Construct {
                    kind,
                    range: first..last,
                    text: text
                        .text
                        .get(at..at + length)
                        .unwrap_or_default()
                        .to_owned(),
                    shell: None,
                });
            };
            if let Some((at, length)) = variable(&text.text, code) {
                add("posix-variable", start + at, length);
            }
            if !is_continued && let Some(length) = command(trimmed) {
                add("posix-command", begin, length);
            }
            is_continued = code.ends_with(" \\");
            let is_last = start + line.len() >= text.text.trim_end().len();
            if is_continued && !is_last {
                add("posix-continuation", start + code.len() - 1, 1);
            }
            if let Some((at, length)) = piped_download(code) {
                add("piped-download", start + at, length);
            }
        }
        start += line.len();
    }
    found
}

/// `$GITHUB_OUTPUT`, which is empty unless the script gives it a value.
fn variable(whole: &str, line: &str) -> Option<(usize, usize)> {
    let places = line.match_indices('$');
    let mut found = places.filter_map(|(at, _)| {
        let rest = &line[at + 1..];
        let name = rest.strip_prefix('{').unwrap_or(rest);
        let end = name.find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'));
        let name = &name[..end.unwrap_or(name.len())];
        let is_known = ENVIRONMENT.iter().any(|start| name.starts_with(start));
        // In single quotes nothing is expanded; a backtick makes the dollar sign a text.
        let is_open =
            line[..at].matches('\'').count().is_multiple_of(2) || line[..at].contains('"');
        let is_escaped = line[..at].ends_with('`');
        let is_braced = rest.starts_with('{');
        let is_set = || {
            ["=", " ="]
                .iter()
                .any(|sign| whole.contains(&format!("${name}{sign}")))
        };
        (is_known && is_open && !is_escaped && !is_set())
            .then(|| (at, name.len() + if is_braced { 3 } else { 1 }))
    });
    found.next()
}

/// How long the beginning of a line is that is a POSIX shell's.
fn command(line: &str) -> Option<usize> {
    let whole = line.trim_end_matches(';').trim_end();
    if LINES.contains(&whole) {
        return Some(whole.len());
    }
    let begin = BEGINNINGS.iter().find(|start| line.starts_with(**start));
    // `if ! …` is an error of syntax: a condition is in parentheses.
    if let Some(begin) = begin {
        let is_set = begin.starts_with("set ") && line.contains('=');
        return (!is_set).then(|| begin.trim_end().len());
    }
    let is_loop = line
        .strip_prefix("for ")
        .is_some_and(|rest| rest.split_whitespace().nth(1) == Some("in") && !rest.starts_with('('));
    if is_loop {
        return Some(3);
    }
    let (name, value) = line.split_once('=')?;
    let is_name = name.len() > 1
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && !value.starts_with('=');
    is_name.then_some(name.len() + 1)
}

/// `iwr https://… | iex` and its like: the word that runs what was fetched.
pub(super) fn piped_download(line: &str) -> Option<(usize, usize)> {
    let lower = line.to_ascii_lowercase();
    if lower.len() != line.len() || !lower.contains("http") {
        return None;
    }
    let is_word = |at: usize, length: usize| {
        let before = lower[..at].chars().next_back();
        let behind = lower[at + length..].chars().next();
        let splits = |sign: Option<char>| {
            sign.is_none_or(|sign| !(sign.is_alphanumeric() || "-_.".contains(sign)))
        };
        splits(before) && splits(behind)
    };
    let has_fetcher = FETCHERS.iter().any(|name| {
        lower.match_indices(name).any(|(at, _)| {
            *name == "downloadstring" || *name == "webclient" || is_word(at, name.len())
        })
    });
    if !has_fetcher {
        return None;
    }
    RUNNERS.iter().find_map(|name| {
        let mut places = lower
            .match_indices(name)
            .filter(|(at, _)| is_word(*at, name.len()));
        places.next().map(|(at, _)| (at, name.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str) -> Vec<(&'static str, String)> {
        let constructs = constructs(&LocatedText::verbatim(text, 0));
        constructs
            .into_iter()
            .map(|construct| (construct.kind, construct.text))
            .collect()
    }

    #[test]
    fn what_posix_shells_alone_know_is_found() {
        assert_eq!(
            found("echo \"v=1\" >> $GITHUB_OUTPUT"),
            [("posix-variable", "$GITHUB_OUTPUT".to_owned())]
        );
        assert_eq!(
            found("export FOO=1"),
            [("posix-command", "export".to_owned())]
        );
        assert_eq!(
            found("VERSION=1.2"),
            [("posix-command", "VERSION=".to_owned())]
        );
        assert_eq!(
            found("for x in a b; do"),
            [("posix-command", "for".to_owned())]
        );
        assert_eq!(
            found("cargo build \\\n  --release"),
            [("posix-continuation", "\\".to_owned())]
        );
        assert_eq!(
            found("iwr -useb https://get.scoop.sh | iex"),
            [("piped-download", "iex".to_owned())]
        );
    }

    #[test]
    fn powershell_itself_is_none() {
        for text in [
            "echo \"v=1\" >> $env:GITHUB_OUTPUT",
            "$GITHUB_THING = 1; $GITHUB_THING",
            "if ($x) { a } else { b }",
            "foreach ($x in $y) { }",
            "$env:FOO = '1'",
            "cd C:\\a\\\ndir",
            "iex $command",
            "Write-Output 'https://example.com'",
            "# export FOO=1",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}

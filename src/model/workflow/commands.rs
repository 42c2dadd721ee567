//! Workflow commands such as `::notice::text` that scripts write out.

use hullmark_tables::{WorkflowCommand, workflow_command};

use crate::model::FileTables;
use crate::model::place::TextPlace;
use crate::model::row::RowBuilder;
use crate::span::LocatedText;

/// What GitHub reads, and whether it has removed that or is about to.
const COMMANDS: &[(&str, bool)] = &[
    ("add-mask", false),
    ("add-matcher", false),
    ("add-path", true),
    ("debug", false),
    ("echo", false),
    ("endgroup", false),
    ("error", false),
    ("group", false),
    ("notice", false),
    ("remove-matcher", false),
    ("save-state", true),
    ("set-env", true),
    ("set-output", true),
    ("stop-commands", false),
    ("warning", false),
];

/// Names that people and other systems have for what GitHub calls otherwise.
const MEANT: &[(&str, &str)] = &[
    ("info", "notice"),
    ("information", "notice"),
    ("note", "notice"),
    ("log", "notice"),
    ("message", "notice"),
    ("success", "notice"),
    ("warn", "warning"),
    ("err", "error"),
    ("fatal", "error"),
    ("failure", "error"),
    ("trace", "debug"),
    ("verbose", "debug"),
    ("mask", "add-mask"),
    ("set-secret", "add-mask"),
    ("setsecret", "add-mask"),
    ("end-group", "endgroup"),
    ("startgroup", "group"),
    ("start-group", "group"),
    ("section", "group"),
    ("endsection", "endgroup"),
    ("set-variable", "set-env"),
];

/// What writes a text out, in the languages of scripts.
const WRITERS: &[&str] = &[
    "echo",
    "printf",
    "print",
    "write-output",
    "write-host",
    "console.log",
    "puts",
    "stdout.write",
];

/// How many are looked for in one script.
const MOST: usize = 1_000;

/// The workflow commands in a script.
pub(super) fn rows(
    tables: &mut FileTables,
    script: &LocatedText,
    path: &str,
) -> Vec<RowBuilder<WorkflowCommand>> {
    let text = script.text.as_str();
    if !text.contains("::") {
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(found) = in_line(line)
            && rows.len() < MOST
        {
            let from = start + found.at;
            let span = script.span(from..from + 2 + found.name.len());
            let path = format!("{path}/run/command[{}]", rows.len());
            let at = tables.text(TextPlace::new(span, path));
            let folded = found.name.to_ascii_lowercase();
            let known = COMMANDS.iter().find(|(name, _)| *name == folded);
            let replacement = replacement(&folded, line.get(found.at + 2..).unwrap_or_default());
            let row = RowBuilder::at(at)
                .text(workflow_command::name, found.name)
                .set(workflow_command::is_closed, found.is_closed)
                .set(workflow_command::is_known, known.is_some())
                .set(
                    workflow_command::is_removed,
                    known.is_some_and(|(_, removed)| *removed),
                )
                .set(
                    workflow_command::is_refused,
                    matches!(&*folded, "set-env" | "add-path"),
                )
                .maybe_text(workflow_command::replacement, replacement.as_deref())
                .maybe_text(
                    workflow_command::lines,
                    name_of_lines(line.get(found.at + 2..).unwrap_or_default()),
                )
                .maybe_text(workflow_command::similar, similar(&folded));
            rows.push(row);
        }
        start += line.len();
    }
    rows
}

/// What to write instead of a removed command, in `sh`; `written` is the command from its name on.
fn replacement(name: &str, written: &str) -> Option<String> {
    let file = match name {
        "set-output" => "GITHUB_OUTPUT",
        "save-state" => "GITHUB_STATE",
        "set-env" => "GITHUB_ENV",
        "add-path" => "GITHUB_PATH",
        _ => return None,
    };
    let (head, value) = written.split_once("::")?;
    let value = value.trim_end();
    let value = value.trim_end_matches([';', ' ']);
    let value = match value.strip_suffix(['"', '\'']) {
        Some(value) => value,
        None => value.split([';', '|', '>', '&']).next()?.trim_end(),
    };
    // A quote inside would end the string that the value is put into.
    if value.contains(['"', '`', '\\']) || value.contains("%0A") {
        return None;
    }
    let name = head.split_once("name=").map(|(_, name)| name.trim());
    let text = match (file, name) {
        ("GITHUB_PATH", _) => value.to_owned(),
        (_, Some(name)) if !name.is_empty() && !name.contains(['"', '\'', ' ']) => {
            format!("{name}={value}")
        }
        _ => return None,
    };
    Some(format!("echo \"{text}\" >> \"${file}\""))
}

/// Programs that print lines, and what leaves one line of them, or a number.
const LISTERS: &[&str] = &[
    "grep ",
    "ls ",
    "find ",
    "git log",
    "git diff",
    "git ls-files",
];
const LIMITS: &[&str] = &[
    "head -1", "head -n", "tail -1", "tail -n", "-m1", "-m 1", "grep -c", "wc ", "tr ", "xargs",
    "jq ", "paste ", "-1 ", "-n 1", "base64",
];

/// The name that a command sets to what a program prints, if that may be several lines.
fn name_of_lines(written: &str) -> Option<&str> {
    let (head, value) = written.split_once("::")?;
    let (_, command) = value.split_once("$(")?;
    let is_list = LISTERS.iter().any(|lister| command.contains(lister))
        && !LIMITS.iter().any(|limit| command.contains(limit));
    let (_, name) = head.split_once("name=")?;
    is_list.then_some(name.trim())
}

/// A command in one line.
struct Found<'t> {
    at: usize,
    name: &'t str,
    is_closed: bool,
}

/// The command that a line writes out: after a program that writes, at the start of what is written; or at the start of the line, as in a
/// here-document.
fn in_line(line: &str) -> Option<Found<'_>> {
    if line.trim_start().starts_with('#') {
        return None;
    }
    let at = line.match_indices("::").map(|(at, _)| at).find(|at| {
        let before = &line[..*at];
        let begins = before.trim_end().is_empty()
            || before.ends_with(['"', '\'', '`'])
            || (before.ends_with([' ', '\t']) && before.trim_end().ends_with(is_writer_end));
        begins && (before.trim().is_empty() || writes(before))
    })?;
    let rest = &line[at + 2..];
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let end = rest
        .find(|letter| !is_of_name(letter))
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_closed = after.starts_with("::") || (after.starts_with(' ') && after.contains("::"));
    // `::token::` ends what `stop-commands` began; a text with neither a blank nor colons behind its name is no command.
    (begins && (is_closed || after.starts_with([' ', ':']))).then_some(Found {
        at,
        name,
        is_closed,
    })
}

/// The last letter of a word or of an option.
fn is_writer_end(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
}

/// Whether what is before a text writes it out.
fn writes(before: &str) -> bool {
    let folded = before.to_ascii_lowercase();
    WRITERS.iter().any(|writer| {
        folded.match_indices(writer).any(|(at, _)| {
            let is_start = folded[..at]
                .chars()
                .next_back()
                .is_none_or(|letter| !letter.is_ascii_alphanumeric());
            let rest = &folded[at + writer.len()..];
            let is_near =
                rest.trim_start_matches([' ', '\t', '(', '"', '\'', '`', '-', 'e', 'n', 'f']);
            is_start && is_near.is_empty()
        })
    })
}

/// The command that may be meant.
fn similar(name: &str) -> Option<&'static str> {
    let meant = MEANT.iter().find(|(other, _)| *other == name);
    if let Some((_, meant)) = meant {
        return Some(meant);
    }
    let names = COMMANDS.iter().map(|(name, _)| *name);
    crate::suggestion::misspelt(name, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(line: &str) -> Option<(&str, bool)> {
        in_line(line).map(|found| (found.name, found.is_closed))
    }

    #[test]
    fn commands_are_what_is_written_out() {
        assert_eq!(name("echo \"::info preparing\""), Some(("info", false)));
        assert_eq!(
            name("  echo ::set-output name=a::b"),
            Some(("set-output", true))
        );
        assert_eq!(name("echo -e '::group::x'"), Some(("group", true)));
        assert_eq!(
            name("print(\"::warning file=a::b\")"),
            Some(("warning", true))
        );
        assert_eq!(name("Write-Host \"::error::x\""), Some(("error", true)));
        assert_eq!(name("make && echo \"::notice::x\""), Some(("notice", true)));
        assert_eq!(name("::debug::x"), Some(("debug", true)));
        assert_eq!(name("std::cout << 1;"), None);
        assert_eq!(name("cargo test foo::bar"), None);
        assert_eq!(name("# echo ::set-output name=a::b"), None);
        assert_eq!(name("[System.IO.Path]::GetTempPath()"), None);
        assert_eq!(name("listen ::1"), None);
        assert_eq!(name("echo ::1"), None);
    }

    #[test]
    fn a_removed_command_has_a_line_to_write_instead() {
        assert_eq!(
            replacement("set-output", "set-output name=v::$a.$b\"\n").as_deref(),
            Some("echo \"v=$a.$b\" >> \"$GITHUB_OUTPUT\"")
        );
        assert_eq!(
            replacement("add-path", "add-path::/opt/bin; make").as_deref(),
            Some("echo \"/opt/bin\" >> \"$GITHUB_PATH\"")
        );
        assert_eq!(
            replacement("set-output", "set-output name=v::$(a \"b\")\""),
            None
        );
        assert_eq!(replacement("notice", "notice::x"), None);
    }

    #[test]
    fn what_is_meant_is_near() {
        assert_eq!(similar("info"), Some("notice"));
        assert_eq!(similar("warnig"), Some("warning"));
        assert_eq!(similar("kubernetes"), None);
    }
}

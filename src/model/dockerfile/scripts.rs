//! The scripts of RUN, CMD, ENTRYPOINT and HEALTHCHECK.

use crate::model::FileTables;
use crate::model::dockerfile::Context;
use crate::model::holder::Holder;
use crate::model::place::RowRef;
use crate::model::script::{self, Origin};
use crate::parse::dockerfile::{Heredoc, Instruction};
use crate::parse::shell::Shell;
use crate::span::{LocatedText, Span};

/// Names that every RUN may read without a declaration. Source: the Dockerfile reference, "Predefined ARGs".
const PREDEFINED: &[&str] = &[
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "FTP_PROXY",
    "ftp_proxy",
    "NO_PROXY",
    "no_proxy",
    "ALL_PROXY",
    "all_proxy",
    "PATH",
    "HOME",
];

/// The script of an instruction and its commands.
pub(super) fn push(
    tables: &mut FileTables,
    context: &Context,
    at: RowRef,
    instruction: &Instruction,
    is_onbuild: bool,
) {
    let (source, script) = match instruction.keyword.as_str() {
        "RUN" => ("run", instruction),
        "CMD" => ("cmd", instruction),
        "ENTRYPOINT" => ("entrypoint", instruction),
        "HEALTHCHECK" => match &instruction.inner {
            Some(inner) if inner.keyword == "CMD" => ("healthcheck", inner.as_ref()),
            _ => return,
        },
        _ => return,
    };
    let stage = context.stages.last();
    let shell_line = stage
        .and_then(|stage| stage.shell.as_ref())
        .map(|words| words.join(" "));
    let is_windows = context.has_backslashes || stage.is_some_and(|stage| stage.is_windows);
    let told = stage.and_then(|stage| stage.told_shell);
    let shell = match (&shell_line, told) {
        (_, Some(shell)) => shell,
        (Some(line), None) => Shell::named(line),
        (None, None) if is_powershell(&script.body.text) => Shell::Pwsh,
        (None, None) if is_windows || starts_on_windows(&script.body.text) => Shell::Cmd,
        (None, None) => Shell::Sh,
    };
    let options = shell_line
        .as_deref()
        .map(Shell::options)
        .unwrap_or_default();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let mut variables: Vec<String> = match stage {
        // It runs in a build of its own, which finds none of this one's arguments.
        Some(stage) if is_onbuild => stage.handed_on.iter().cloned().collect(),
        _ => context.variables().names(),
    };
    variables.extend(PREDEFINED.iter().map(ToString::to_string));
    let mut holders = vec![(Holder::Instruction, at)];
    holders.extend(stage.map(|stage| (Holder::Stage, stage.at)));
    let origin = |shell, source| Origin {
        document: context.document,
        shell,
        source,
        options: &options,
        holders: holders.clone(),
        path: stage.map_or_else(
            || instruction.keyword.clone(),
            |stage| stage.last_path(&instruction.keyword),
        ),
        variables: &variables,
        environment: &[],
    };
    if script.list_fault.is_some() {
        // What was meant is a list, and no script of a shell.
        return;
    }
    if script.is_exec {
        let words: Vec<(String, Span)> = script
            .words
            .iter()
            .map(|word| (word.text.clone(), inner(word.span)))
            .collect();
        script::build_exec_rows(tables, &words, &origin(shell, source));
        return;
    }
    match script.heredocs.as_slice() {
        [heredoc] if announces_only(&script.body, heredoc) => {
            let Some(line) = interpreter(&script.body, heredoc) else {
                script::build_rows(tables, &heredoc.text, &origin(shell, "heredoc"));
                return;
            };
            // Its own options are in force, and not those of SHELL.
            let own = Shell::options(&line);
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            let origin = Origin {
                options: &own,
                ..origin(Shell::named(&line), "heredoc")
            };
            script::build_rows(tables, &heredoc.text, &origin);
        }
        [] => {
            script::build_rows(tables, &script.body, &origin(shell, source));
        }
        heredocs => {
            let whole = with_bodies(&script.body, heredocs);
            script::build_rows(tables, &whole, &origin(shell, source));
        }
    }
}

/// Whether a script is plainly PowerShell's, whose image set it: it begins with a cmdlet such as `Copy-Item`, or reads
/// variables that only PowerShell has. What hands a script to `pwsh` is itself read by another shell.
fn is_powershell(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_name = |part: &str| {
        part.len() > 1
            && part.starts_with(|letter: char| letter.is_ascii_uppercase())
            && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let is_cmdlet = first
        .split_once('-')
        .is_some_and(|(verb, noun)| is_name(verb) && is_name(noun));
    let lower = || text.to_ascii_lowercase();
    is_cmdlet
        || (text.contains('$') && {
            let text = lower();
            let mut signs = ["$env:", "$null ", "$erroractionpreference"].iter();
            signs.any(|sign| text.contains(sign))
                && !text.contains("pwsh")
                && !text.contains("powershell")
        })
}

/// Whether a script begins with a program that only Windows has, or with a path of Windows: `C:\tools\nuget restore`.
fn starts_on_windows(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let path = first.trim_start_matches(['"', '\'']).as_bytes();
    let has_drive = matches!(path, [drive, b':', b'\\', ..] if drive.is_ascii_alphabetic());
    has_drive
        || matches!(
            first.to_ascii_lowercase().trim_end_matches(".exe"),
            "powershell" | "cmd"
        )
}

/// The bytes inside a JSON string's quotes.
fn inner(span: Span) -> Span {
    if span.end > span.start + 1 {
        Span {
            start: span.start + 1,
            end: span.end - 1,
        }
    } else {
        span
    }
}

/// Whether a RUN is nothing but a here-document, perhaps with a program that reads it.
fn announces_only(body: &LocatedText, heredoc: &Heredoc) -> bool {
    body.text.trim_start().starts_with("<<") && {
        let text = body.text.trim();
        let rest = text.trim_start_matches(['<', '-', ' ', '"', '\'']);
        let rest = rest.strip_prefix(heredoc.name.as_str()).unwrap_or(rest);
        !rest.contains(['|', '&', ';', '>'])
    }
}

/// Who reads a here-document: what its first line or the word behind it says.
fn interpreter(body: &LocatedText, heredoc: &Heredoc) -> Option<String> {
    if let Some(line) = heredoc
        .text
        .text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("#!"))
    {
        return Some(line.trim().to_owned());
    }
    let text = body.text.trim();
    let rest = text
        .trim_start_matches(['<', '-', ' ', '"', '\''])
        .strip_prefix(heredoc.name.as_str())?;
    let program = rest.trim_start_matches(['"', '\'']).trim();
    (!program.is_empty()).then(|| program.to_owned())
}

/// A command with the bodies of its here-documents behind it, as a shell reads them.
fn with_bodies(body: &LocatedText, heredocs: &[Heredoc]) -> LocatedText {
    let mut whole = body.clone();
    let end = whole.locate(whole.text.len().saturating_sub(1)) + 1;
    whole.push("\n", end);
    for heredoc in heredocs {
        for (offset, letter) in heredoc.text.text.char_indices() {
            let mut buffer = [0; 4];
            whole.push(letter.encode_utf8(&mut buffer), heredoc.text.locate(offset));
        }
        let end = whole.locate(whole.text.len().saturating_sub(1)) + 1;
        whole.push(&heredoc.name, end);
        whole.push("\n", end);
    }
    whole
}

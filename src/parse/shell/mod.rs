//! Shell scripts: which shell a text is written for, and its commands with their places in the file.

pub mod construct;
pub mod script;
pub mod word;

mod build;
mod expanded;
mod frame;
mod nested_scripts;
mod parser;
mod problem;
mod tree;
mod walk;

use std::ops::Range;

use crate::parse::shell::build::Builder;
use crate::parse::shell::frame::Context;
use crate::parse::shell::script::Script;
use crate::span::{LocatedText, Span};

/// What is known about a script before it runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Start {
    /// Whether `set -e` is in force.
    pub is_errexit: bool,
    /// Whether `set -o pipefail` is in force.
    pub is_pipefail: bool,
    /// Whether Kubernetes puts the container's variables in place of `$(NAME)` before the shell reads it.
    pub is_filled: bool,
}

/// How much of a script is read; each byte may become a piece of a word, which takes a hundred.
const LONGEST: usize = 256 << 10;

const TOO_LONG: &str = "script is longer than 256 KiB; what is behind that is not checked";

/// Reads a script of the POSIX family.
pub fn parse(text: &LocatedText, start: Start) -> Script {
    let mut builder = Builder {
        script: Script {
            is_parsed: true,
            ..Script::default()
        },
        is_errexit: start.is_errexit,
        is_pipefail: start.is_pipefail,
        is_filled: start.is_filled,
        ..Builder::default()
    };
    if text.text.len() <= LONGEST {
        walk::text(&mut builder, text, Context::default());
        return builder.script;
    }
    walk::text(&mut builder, &text.head(LONGEST), Context::default());
    // What it breaks off in is no fault of the script.
    Script {
        is_parsed: false,
        error: None,
        cut: Some(TOO_LONG),
        ..builder.script
    }
}

/// A command in exec form: its words are what they are, and only `sh -c` makes a script of one.
pub fn exec(words: &[(String, Span)]) -> Script {
    let mut builder = Builder::default();
    walk::exec(&mut builder, words);
    builder.script
}

/// Blanks what GitHub replaces before the shell reads it, so that the grammar sees letters there, and says where.
fn mask(text: &str) -> (String, Vec<Range<usize>>) {
    let unix = text
        .contains('\r')
        .then(|| text.replace("\\\r\n", " \\\n").replace('\r', " "));
    let mut masked = unix.unwrap_or_else(|| text.to_owned()).into_bytes();
    let mut masks = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("${{").map(|at| from + at) {
        let Some(end) = text[start..].find("}}").map(|at| start + at + 2) else {
            break;
        };
        masked[start..end].fill(b'X');
        masks.push(start..end);
        from = end;
    }
    let masked = String::from_utf8(masked).unwrap_or_default();
    (masked, masks)
}

/// Blanks `$(NAME)`, which Kubernetes replaces in a container's `command` and `args`, and the first sign of `$$(`, by which it is
/// told to leave a `$(` to the shell. A name in lower case is taken for a command.
fn mask_variables(masked: &mut String, masks: &mut Vec<Range<usize>>) {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = masked[from..].find("$(").map(|at| from + at) {
        let name = &masked[start + 2..];
        let length = name
            .bytes()
            .take_while(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
            .count();
        from = start + 2;
        if masked[..start].ends_with('$') {
            found.push(start - 1..start);
        } else if length > 0 && name[length..].starts_with(')') {
            from = start + 2 + length + 1;
            found.push(start..from);
        }
    }
    let mut bytes = std::mem::take(masked).into_bytes();
    for range in &found {
        bytes[range.clone()].fill(b'X');
    }
    *masked = String::from_utf8(bytes).unwrap_or_default();
    masks.append(&mut found);
    masks.sort_by_key(|mask| mask.start);
}

/// The shell that reads a script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shell {
    /// POSIX `sh`, whatever it is linked to.
    Sh,
    /// GNU Bash.
    Bash,
    /// Debian's `sh`.
    Dash,
    /// `BusyBox` `sh`.
    Ash,
    /// Korn shell.
    Ksh,
    /// Z shell.
    Zsh,
    /// `PowerShell`, old and new.
    Pwsh,
    /// `cmd.exe`.
    Cmd,
    /// Python, as a workflow step may choose.
    Python,
    /// Something named that we do not know.
    Other,
    /// Nobody says.
    #[default]
    Unknown,
}

impl Shell {
    /// The shell of a command line such as `/bin/bash -eo pipefail -c` or `pwsh`.
    pub fn named(line: &str) -> Self {
        let words = line.split_whitespace().map(base_name);
        let mut words = words.filter(|word| !word.contains('=') && !word.starts_with('-'));
        let name = match words.next() {
            Some("env" | "sudo" | "exec" | "busybox") => words.next(),
            first => first,
        };
        match name.map(str::to_ascii_lowercase).as_deref() {
            None => Self::Unknown,
            Some("sh") => Self::Sh,
            Some("bash") => Self::Bash,
            Some("dash") => Self::Dash,
            Some("ash") => Self::Ash,
            Some("ksh" | "ksh93" | "mksh") => Self::Ksh,
            Some("zsh") => Self::Zsh,
            Some("pwsh" | "powershell") => Self::Pwsh,
            Some("cmd") => Self::Cmd,
            Some("python" | "python2" | "python3") => Self::Python,
            Some(_) => Self::Other,
        }
    }

    /// As rules see it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sh => "sh",
            Self::Bash => "bash",
            Self::Dash => "dash",
            Self::Ash => "ash",
            Self::Ksh => "ksh",
            Self::Zsh => "zsh",
            Self::Pwsh => "pwsh",
            Self::Cmd => "cmd",
            Self::Python => "python",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }

    /// Whether its scripts are read by our parser. A shell nobody names is taken for a POSIX one.
    pub fn is_posix(self) -> bool {
        !matches!(self, Self::Pwsh | Self::Cmd | Self::Python | Self::Other)
    }

    /// The options that a command line such as `bash -eo pipefail -c` switches on, by their long names.
    pub fn options(line: &str) -> Vec<String> {
        let mut words = line.split_whitespace();
        let mut on = Vec::new();
        words.next();
        while let Some(word) = words.next() {
            match word.strip_prefix("--") {
                // zsh takes each option by its long name.
                Some(name @ ("errexit" | "pipefail" | "nounset" | "xtrace")) => {
                    on.push(name.to_owned());
                }
                Some(_) => {}
                None => {
                    if let Some(letters) = word.strip_prefix('-') {
                        set_options(letters, &mut words, true, &mut on);
                    }
                }
            }
        }
        on
    }
}

/// Adds (or takes away) what the letters of `set -euxo pipefail` stand for; an `o` takes its name from the next word.
pub fn set_options<'a>(
    letters: &str,
    next: &mut impl Iterator<Item = &'a str>,
    is_on: bool,
    options: &mut Vec<String>,
) {
    for letter in letters.chars() {
        let name = match letter {
            'e' => "errexit",
            'u' => "nounset",
            'x' => "xtrace",
            'f' => "noglob",
            'n' => "noexec",
            'v' => "verbose",
            'a' => "allexport",
            'o' => match next.next() {
                Some(name) => name,
                None => return,
            },
            _ => continue,
        };
        options.retain(|option| option != name);
        if is_on {
            options.push(name.to_owned());
        }
    }
}

/// A program's name without its folder and without `.exe`.
pub fn base_name(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".exe")
        .or_else(|| name.strip_suffix(".EXE"))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests;

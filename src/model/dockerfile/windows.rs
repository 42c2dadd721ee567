//! Which stages are images of Windows, as their instructions show, whatever the image that they begin with is called.

use crate::parse::dockerfile::{Dockerfile, Instruction};

/// Programs that only Windows has.
const PROGRAMS: &[&str] = &[
    "choco",
    "dism",
    "icacls",
    "msiexec",
    "powershell",
    "robocopy",
    "setx",
    "takeown",
    "xcopy",
];

/// For each FROM, whether what follows it is for Windows. So is all of a file in which `# escape=` makes way for Windows paths.
pub(super) fn stages(tree: &Dockerfile, has_backslashes: bool) -> Vec<bool> {
    let mut found = Vec::new();
    for instruction in &tree.instructions {
        if instruction.keyword == "FROM" {
            found.push(has_backslashes);
        } else if let Some(last) = found.last_mut() {
            *last |= is_sign(instruction);
        }
    }
    found
}

fn is_sign(instruction: &Instruction) -> bool {
    let mut words = instruction.words.iter().map(|word| word.text.as_str());
    match instruction.keyword.as_str() {
        "WORKDIR" | "COPY" | "ADD" | "VOLUME" => words.any(has_drive),
        "SHELL" => words
            .next()
            .is_some_and(|shell| matches!(name(shell).as_str(), "powershell" | "cmd")),
        "CMD" | "ENTRYPOINT" | "RUN" if instruction.is_exec => {
            let words: Vec<&str> = words.collect();
            is_command(&words)
        }
        "CMD" | "ENTRYPOINT" | "RUN" => instruction
            .body
            .text
            .split(['&', '|', ';', '\n'])
            .any(|command| is_command(&command.split_whitespace().take(2).collect::<Vec<_>>())),
        _ => false,
    }
}

/// Whether only Windows can run a command.
fn is_command(words: &[&str]) -> bool {
    let Some(first) = words.first() else {
        return false;
    };
    let argument = words.get(1).map(|word| word.to_ascii_lowercase());
    let argument = argument.as_deref().unwrap_or_default();
    let program = name(first);
    has_drive(first)
        || PROGRAMS.contains(&program.as_str())
        || program == "cmd" && matches!(argument, "/c" | "/s" | "/k")
        || program == "reg" && argument == "add"
}

/// The last part of a path, in lower case, without `.exe`.
fn name(path: &str) -> String {
    let path = path.trim_matches(['"', '\'']);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let name = name.to_ascii_lowercase();
    name.strip_suffix(".exe").unwrap_or(&name).to_owned()
}

/// `C:\app`, `c:/app`.
fn has_drive(word: &str) -> bool {
    let path = word.trim_start_matches(['"', '\'']).as_bytes();
    matches!(path, [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

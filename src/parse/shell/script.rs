//! A script as its simple commands, each with its place in the file and in the flow of the script.

use std::ops::Range;

use crate::parse::shell::Shell;
use crate::parse::shell::word::Word;
use crate::span::Span;

/// What a script says.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The simple commands in the order written, those inside substitutions after the command that holds them.
    pub commands: Vec<Command>,
    /// Whether the grammar understood it; otherwise the commands are a tokenizer's guess.
    pub is_parsed: bool,
    /// Whether any output goes through a pipe.
    pub has_pipe: bool,
    /// The first pipeline of two or more commands that `pipefail` does not watch.
    pub unwatched_pipe: Option<Span>,
    /// The variables of its loops, and whether all they are given is single words.
    pub loops: Vec<(String, bool)>,
    /// What its words hold beyond plain text, and what not every shell has; empty if the grammar did not understand it.
    pub constructs: Vec<Construct>,
    /// Why it was not understood.
    pub error: Option<ScriptError>,
    /// What a bound kept from being read.
    pub cut: Option<&'static str>,
    /// How many pipelines were counted.
    pub(super) pipelines: u32,
}

/// Where a script breaks the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// Where that shows.
    pub span: Span,
    /// The token that does not fit, or what is never closed; `None` if the script ends too early.
    pub token: Option<String>,
    /// What is wrong, in words.
    pub message: String,
}

/// A construct, by name, with its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Construct {
    /// What it is; `docs/model.md` lists the names.
    pub kind: &'static str,
    /// Where it stands.
    pub range: Range<usize>,
    /// How it is written.
    pub text: String,
    /// The shell that reads it, where another one in the script was handed it.
    pub shell: Option<Shell>,
}

/// A simple command. All ranges are bytes of the file.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// From its first word to its last.
    pub range: Range<usize>,
    /// Its words as written, without assignments and redirections.
    pub words: Vec<Word>,
    /// Which of the words is the program, once `sudo` and the like are peeled off.
    pub program: usize,
    /// What was peeled off.
    pub wrappers: Vec<String>,
    /// Assignments before it, and those that wrappers such as `env` take.
    pub assigns: Vec<Assign>,
    /// Its redirections.
    pub redirects: Vec<Redirect>,
    /// The number of its pipeline in the script.
    pub pipeline: u32,
    /// Its place in the pipeline.
    pub place: u32,
    /// Whether it is the last of its pipeline.
    pub is_last: bool,
    /// The operator before its pipeline: `&&`, `||`, `;`, `&`, or nothing.
    pub before: &'static str,
    /// The operator behind its pipeline.
    pub after: &'static str,
    /// Whether `!` negates its pipeline.
    pub is_negated: bool,
    /// Whether it is in a function's body.
    pub in_function: bool,
    /// Whether its status is that of the script: it is the last command, or the last of a branch of the last `if` or `case`.
    pub is_tail: bool,
    /// Whether `if`, `while` or `until` asks for its result.
    pub in_condition: bool,
    /// Whether it is in `( )` or a substitution, so that what it sets is lost.
    pub in_subshell: bool,
    /// How many substitutions it is in.
    pub depth: u32,
    /// The command that holds it in a substitution, and how.
    pub holder: Option<(usize, Nesting)>,
    /// The shell that reads it, where another one in the script was handed it.
    pub shell: Option<super::Shell>,
    /// Whether `set -e` is in force.
    pub is_errexit: bool,
    /// Whether `set -o pipefail` is in force.
    pub is_pipefail: bool,
}

/// How a command holds others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// `$( )`.
    Command,
    /// Backticks.
    Backtick,
    /// `<( )` or `>( )`.
    Process,
    /// A word that is a script: `sh -c '…'`.
    Script,
    /// A heredoc that a shell reads.
    Heredoc,
}

impl Nesting {
    /// As rules see it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Backtick => "backtick",
            Self::Process => "process",
            Self::Script => "script",
            Self::Heredoc => "heredoc",
        }
    }
}

/// `name=value`.
#[derive(Clone, Debug, Default)]
pub struct Assign {
    /// The variable.
    pub name: String,
    /// The whole word.
    pub word: Word,
}

/// A redirection.
#[derive(Clone, Debug, Default)]
pub struct Redirect {
    /// `>`, `>>`, `<`, `<<`, `<<<`, `&>` … with the descriptor before it, if one is written.
    pub operator: String,
    /// Where to or from: a file, a descriptor, a heredoc's name.
    pub target: Word,
}

/// Takes the program out of its wrappers: `sudo -E env A=b apt-get` runs `apt-get`.
pub(super) fn peel(command: &mut Command) {
    let mut at = 0;
    while let Some(name) = command.words.get(at).and_then(Word::literal) {
        let name = super::base_name(name);
        let Some(wrapper) = WRAPPERS.iter().find(|wrapper| wrapper.name == name) else {
            break;
        };
        let Some(inner) = wrapped(&command.words, at + 1, wrapper) else {
            break;
        };
        let name = name.to_owned();
        for word in &command.words[at + 1..inner] {
            if let Some((name, _)) = word.text.split_once('=').filter(|(name, _)| is_name(name)) {
                command.assigns.push(Assign {
                    name: name.to_owned(),
                    word: word.clone(),
                });
            }
        }
        command.wrappers.push(name);
        at = inner;
    }
    command.program = at;
}

/// Whether a text can be a variable's name.
pub fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether a word of a loop's list is one value, written out.
pub(super) fn is_one_value(written: &str) -> bool {
    let written = &written.replace("${HOME}", "").replace("$HOME/", "");
    let marks = |letter: char| letter.is_whitespace() || "$`*?[{".contains(letter);
    // Numbers, one after the other.
    let is_sequence = ["$(seq ", "`seq "]
        .iter()
        .any(|start| written.starts_with(start));
    // What is not quoted is split at blanks before the loop sees it.
    let is_split = written.starts_with(['$', '`']) && !written.contains(['"', '*', '?', '[']);
    is_sequence || is_split || is_substitution(written) || !written.contains(marks)
}

/// Whether a word is one substitution: a glob in it is one of the command inside.
fn is_substitution(word: &str) -> bool {
    let Some(inner) = word.strip_prefix("$(") else {
        return false;
    };
    let mut depth = 1_usize;
    let end = inner.char_indices().find(|(_, letter)| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.is_some_and(|(at, _)| at + 1 == inner.len())
}

/// A program that runs another.
struct Wrapper {
    name: &'static str,
    /// Its flags that take the next word.
    valued: &'static [&'static str],
    /// Words of its own before the program.
    operands: usize,
}

const fn wrapper(name: &'static str, valued: &'static [&'static str], operands: usize) -> Wrapper {
    Wrapper {
        name,
        valued,
        operands,
    }
}

const WRAPPERS: &[Wrapper] = &[
    wrapper(
        "sudo",
        &[
            "-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-R", "--user", "--group",
        ],
        0,
    ),
    wrapper("doas", &["-u", "-C"], 0),
    wrapper("env", &["-u", "-C", "--unset", "--chdir"], 0),
    wrapper("exec", &["-a"], 0),
    wrapper("command", &[], 0),
    wrapper("builtin", &[], 0),
    wrapper("nohup", &[], 0),
    wrapper("setsid", &[], 0),
    wrapper("time", &["-f", "-o"], 0),
    wrapper("nice", &["-n"], 0),
    wrapper("ionice", &["-c", "-n"], 0),
    wrapper("stdbuf", &["-i", "-o", "-e"], 0),
    wrapper("timeout", &["-s", "-k", "--signal", "--kill-after"], 1),
    wrapper("gosu", &[], 1),
    wrapper("su-exec", &[], 1),
    wrapper("fakeroot", &[], 0),
    wrapper("eatmydata", &[], 0),
    wrapper("busybox", &[], 0),
    wrapper("tini", &[], 0),
    wrapper("dumb-init", &[], 0),
];

impl Wrapper {
    /// Whether the next word is the value of an option: `-u`, and `-Eu`, where flags of one letter come before it.
    fn takes_next(&self, text: &str) -> bool {
        let is_letter = |letter: char| {
            let mut option = String::from("-");
            option.push(letter);
            self.valued.contains(&option.as_str())
        };
        let letters = text.strip_prefix('-').filter(|rest| !rest.starts_with('-'));
        let last =
            letters.and_then(|letters| letters.char_indices().find(|(_, sign)| is_letter(*sign)));
        self.valued.contains(&text)
            || last.is_some_and(|(at, sign)| {
                letters.is_some_and(|letters| at > 0 && at + sign.len_utf8() == letters.len())
            })
    }
}

/// Where the wrapped program stands, if there is one.
fn wrapped(words: &[Word], mut at: usize, wrapper: &Wrapper) -> Option<usize> {
    let mut operands = wrapper.operands;
    while let Some(word) = words.get(at) {
        let text = word.text.as_str();
        if text == "--" {
            at += 1;
            break;
        }
        if wrapper.name == "command" && (text == "-v" || text == "-V") {
            return None;
        }
        if wrapper.takes_next(text) {
            at += 2;
        } else if text.starts_with('-') && text.len() > 1
            || text.split_once('=').is_some_and(|(name, _)| is_name(name))
        {
            at += 1;
        } else if operands > 0 {
            operands -= 1;
            at += 1;
        } else {
            break;
        }
    }
    (at < words.len()).then_some(at)
}

/// What a program's name may end with: `python3.11`.
fn is_version(letter: char) -> bool {
    letter.is_ascii_digit() || letter == '.'
}

/// A flag of Python that names no script, such as `-u`.
fn is_switch(text: &str) -> bool {
    text.starts_with('-') && !text.contains(['c', 'm'])
}

impl Command {
    /// From its first word or assignment to its last; nothing if it has none.
    pub(super) fn extent(&self) -> Option<Range<usize>> {
        let words = self.words.iter();
        words
            .chain(self.assigns.iter().map(|assign| &assign.word))
            .map(|word| word.range.clone())
            .reduce(|all, next| all.start.min(next.start)..all.end.max(next.end))
    }

    /// The program's base name, if it is known.
    pub fn name(&self) -> Option<&str> {
        let word = self.words.get(self.program)?;
        let name = super::base_name(word.literal()?);
        (!name.is_empty()).then_some(name)
    }

    /// Whether the program is named with its folder, so that it is no builtin of the shell.
    pub fn has_path(&self) -> bool {
        let word = self.words.get(self.program);
        word.is_some_and(|word| word.text.contains('/'))
    }

    /// The words behind the program.
    pub fn arguments(&self) -> &[Word] {
        self.words.get(self.program + 1..).unwrap_or_default()
    }

    /// Which of the arguments is a script of its own, as in `sh -c '…'` and `su user -c '…'`.
    pub(super) fn inner_script(&self) -> Option<usize> {
        let name = self.name()?;
        let is_shell = super::Shell::named(name).is_posix()
            && super::Shell::named(name) != super::Shell::Unknown;
        let is_su = matches!(name, "su" | "runuser");
        if !is_shell && !is_su {
            return None;
        }
        let arguments = self.arguments();
        let flag = arguments.iter().position(|word| {
            let text = word.text.as_str();
            text == "--command"
                || text.starts_with('-') && !text.starts_with("--") && text.ends_with('c')
        })?;
        // `bash script.sh -c` hands the flag to the script.
        let is_before = is_su
            || arguments[..flag].iter().enumerate().all(|(number, word)| {
                word.text.starts_with(['-', '+'])
                    || number > 0 && arguments[number - 1].text.ends_with('o')
            });
        let script = flag + 1;
        (is_before && script < arguments.len()).then_some(self.program + 1 + script)
    }

    /// Whether it is an interpreter that takes its script from its input.
    pub fn reads_script(&self) -> bool {
        let Some(name) = self.name() else {
            return false;
        };
        let name = name.trim_end_matches(is_version);
        let arguments = self.arguments();
        match (name, super::Shell::named(name)) {
            // What follows `-`, and the `--` of PHP, is for the script.
            ("perl" | "ruby" | "node" | "php", _) => arguments.first().is_none_or(|word| {
                word.text == "-" || (name.starts_with("php") && word.text == "--")
            }),
            (_, super::Shell::Python) => match arguments.first() {
                None => true,
                Some(word) => word.text == "-" || is_switch(&word.text),
            },
            (_, shell) if shell.is_posix() && shell != super::Shell::Unknown => {
                self.shell_reads_script()
            }
            _ => false,
        }
    }

    fn shell_reads_script(&self) -> bool {
        let mut arguments = self.arguments().iter();
        while let Some(word) = arguments.next() {
            match word.text.as_str() {
                "-" | "/dev/stdin" | "/proc/self/fd/0" | "-s" | "--" => return true,
                "-o" | "+o" | "-O" | "+O" => {
                    arguments.next();
                }
                text if text.starts_with("--") => {}
                text if text.starts_with(['-', '+']) && text.contains('c') => return false,
                text if text.starts_with('-') && text.ends_with('o') => {
                    arguments.next();
                }
                text if text.starts_with(['-', '+']) && text.contains('s') => return true,
                text if text.starts_with(['-', '+']) => {}
                _ => return false,
            }
        }
        true
    }
}

//! What a script knows of its variables: which have a value, and whose value is surely one word.

use std::cell::Cell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::printed::{Printed, printed};
use crate::parse::shell::script::{Command, Script, is_name};
use crate::parse::shell::word::{Piece, PieceKind, Word};

/// How many words of lists are given: each use of a variable could make as many words again as the list has.
const MOST_GIVEN: usize = 256;

/// The variables of a script, wherever in it they are assigned.
#[derive(Debug, Default)]
pub(super) struct ShellVariables {
    declared: FxHashSet<String>,
    /// Assigned at least once something that may be split.
    wide: FxHashSet<String>,
    /// Assigned at least once several words, as they are written.
    several: FxHashSet<String>,
    /// What the script assigns as it is written, unless it assigns it twice.
    values: FxHashMap<String, Option<String>>,
    /// How many words of such values were given.
    given: Cell<usize>,
    /// Whether other files set variables as well (`. file`, `eval`), or the script was not understood.
    is_open: bool,
}

impl ShellVariables {
    /// The variables of `script`, which begins with those `given`, each one word, and with those of its `environment`, of which some
    /// are several words.
    pub fn of(script: &Script, given: &[String], environment: &[(String, bool)]) -> Self {
        let mut names = Self {
            declared: given.iter().cloned().collect(),
            wide: FxHashSet::default(),
            several: FxHashSet::default(),
            values: FxHashMap::default(),
            given: Cell::default(),
            is_open: !script.is_parsed,
        };
        for (name, is_several) in environment {
            names.declared.insert(name.clone());
            names.wide.insert(name.clone());
            if *is_several {
                names.several.insert(name.clone());
            }
        }
        let mut assigns = script.commands.iter().flat_map(|command| &command.assigns);
        // Where blanks part no words, what a loop is given may hold some.
        let splits_at_blanks = !assigns.any(|assign| assign.name == "IFS");
        for (name, is_narrow) in &script.loops {
            names.declare(name, *is_narrow && splits_at_blanks);
        }
        for command in &script.commands {
            for assign in &command.assigns {
                let is_narrow = names.is_narrow(&assign.word);
                let is_first = names.declare(&assign.name, is_narrow);
                if is_list(&assign.word) {
                    names.several.insert(assign.name.clone());
                }
                if let Some(value) = kept(command, &assign.word).filter(|_| is_first) {
                    names.values.insert(assign.name.clone(), Some(value));
                }
            }
            names.builtin(command);
        }
        names
    }

    /// Builtins that give variables a value.
    fn builtin(&mut self, command: &Command) {
        let arguments = command.arguments();
        match command.name() {
            Some("export" | "declare" | "local" | "readonly" | "typeset" | "let") => {
                for word in arguments {
                    let name = word.text.split(['=', '+']).next().unwrap_or_default();
                    if !is_name(name) {
                        continue;
                    }
                    if name.len() < word.text.len() {
                        let is_narrow = self.is_narrow(word);
                        self.declare(name, is_narrow);
                        if is_list(word) {
                            self.several.insert(name.to_owned());
                        }
                    } else {
                        self.declared.insert(name.to_owned());
                    }
                }
            }
            Some("read" | "mapfile" | "readarray" | "getopts") => {
                for word in arguments.iter().filter(|word| is_name(&word.text)) {
                    self.declare(&word.text, false);
                }
            }
            Some("printf") if arguments.first().is_some_and(|word| word.text == "-v") => {
                if let Some(word) = arguments.get(1) {
                    self.declare(&word.text, false);
                }
            }
            Some("." | "source" | "eval") => self.is_open = true,
            _ => {}
        }
    }

    /// Notes that the variable gets a value, and tells whether it is its first in the script.
    fn declare(&mut self, name: &str, is_narrow: bool) -> bool {
        if !is_narrow {
            self.wide.insert(name.to_owned());
        }
        self.declared.insert(name.to_owned());
        self.values.insert(name.to_owned(), None).is_none()
    }

    /// Whether the value behind the `=` of a word is one word, or nothing.
    fn is_narrow(&self, word: &Word) -> bool {
        if let Some(is_narrow) = prints_one_word(word) {
            return is_narrow;
        }
        let value = word.text.split_once('=').map_or("", |(_, value)| value);
        // The `?` of a status is no glob, and arithmetic gives a number.
        let value = without_arithmetic(value).replace("$?", "");
        let is_plain =
            !value.contains(|letter: char| letter.is_whitespace() || "*?[(".contains(letter));
        is_plain
            && word.pieces.iter().all(|piece| match &piece.kind {
                _ if piece.is_nested => true,
                PieceKind::Text | PieceKind::Escape | PieceKind::Glob | PieceKind::Arithmetic => {
                    true
                }
                PieceKind::Variable(name, None) => self.is_one_word(name),
                _ => false,
            })
    }

    /// Whether the variable has a value for all that the script says.
    pub fn is_declared(&self, name: &str) -> bool {
        self.is_open || self.declared.contains(name) || !is_name(name)
    }

    /// Whether it is assigned several words, as they are written: who expands it without quotes means them.
    pub fn is_several(&self, name: &str) -> bool {
        self.several.contains(name)
    }

    /// The value, if it is written down in the script and nowhere else; a list of words is given a few times only.
    pub fn list(&self, name: &str) -> Option<&str> {
        let value = self.values.get(name)?.as_deref();
        let value = value.filter(|_| !self.is_open)?;
        let given = self.given.get() + value.split_whitespace().count();
        if given > MOST_GIVEN {
            return None;
        }
        self.given.set(given);
        Some(value)
    }

    /// Whether the value is surely one word.
    pub fn is_one_word(&self, name: &str) -> bool {
        matches!(name, "#" | "?" | "$" | "!" | "-")
            || (!self.wide.contains(name) && (self.declared.contains(name) || is_tame(name)))
    }

    /// The variable that a name without a value may have been meant to be, and whether one of them begins with the other.
    pub fn similar(&self, name: &str) -> Option<(&str, bool)> {
        if let Some(known) = well_known(name) {
            return Some((known, false));
        }
        if is_tame(name) {
            return None;
        }
        self.close(name)
            .map(|known| (known, false))
            .or_else(|| Some((self.longer(name)?, true)))
    }

    /// What the script itself sets and whose name goes on where `name` ends: `NEWEST_TAG_NAME` for `NEWEST_TAG`.
    fn longer(&self, name: &str) -> Option<&str> {
        if !name.contains('_') || name.len() < 6 || name.ends_with("_HOME") {
            return None;
        }
        let goes_on = |long: &str, short: &str| {
            long.strip_prefix(short)
                .is_some_and(|rest| rest.starts_with('_') && rest.len() > 1)
        };
        let close = self.values.keys().map(String::as_str);
        let close = close
            .filter(|known| goes_on(known, name) || (known.contains('_') && goes_on(name, known)));
        close.min()
    }

    fn close(&self, name: &str) -> Option<&str> {
        let is_close = |known: &&String| {
            known.len().abs_diff(name.len()) < 2
                && known.len() > 4
                && share_their_ends(known, name)
                && strsim::damerau_levenshtein(known, name) == 1
        };
        let names = self.declared.iter();
        let alike = names.filter(|known| is_spelt_alike(known, name) || is_close(known));
        alike.map(String::as_str).min()
    }
}

/// Whether blanks are written in the value behind the `=` of a word, and not in a command; or it begins as options do, which are as many as there are.
fn is_list(word: &Word) -> bool {
    if prints_lines(&word.text) || begins_as_option(&word.text) {
        return true;
    }
    let is_command = |piece: &Piece| {
        matches!(
            piece.kind,
            PieceKind::Command(_) | PieceKind::Backtick(_) | PieceKind::Unknown
        )
    };
    let value = word.text.split_once('=').map_or("", |(_, value)| value);
    value.trim().contains(char::is_whitespace) && !word.pieces.iter().any(is_command)
}

/// Whether the value in an assignment is an option, alone or with more behind it: `-march=native`, `--tag $NAME`.
fn begins_as_option(assignment: &str) -> bool {
    let value = assignment.split_once('=').map_or("", |(_, value)| value);
    let name = value.trim_start().trim_start_matches('-');
    name.len() < value.trim_start().len()
        && name.starts_with(|sign: char| sign.is_ascii_alphabetic())
}

/// Whether a value is what a command prints that lists things, one a line: who expands it without quotes means several words.
fn prints_lines(text: &str) -> bool {
    const LISTS: &[&str] = &[
        "find ",
        "git diff --name-only",
        "git ls-files",
        "brew list",
        "brew leaves",
        "docker ps -",
        "docker images -q",
        "kubectl get ",
        "go list ",
        "apt-mark showmanual",
        "apt-mark showauto",
    ];
    let value = text.split_once("$(").map_or("", |(before, rest)| {
        if before.ends_with(['=', '"']) {
            rest
        } else {
            ""
        }
    });
    let is_jq = value.contains("jq ") && value.contains("[]") && !value.contains("join(");
    let is_counted = value.contains("wc -l")
        || value.contains("head -n1")
        || value.contains("head -1")
        || value.contains("head -n 1");
    !is_counted
        && (is_jq
            || LISTS
                .iter()
                .any(|list| value.trim_start().starts_with(list)))
}

/// Whether two names are the same words, written in another way: `installTools`, `INSTALL_TOOLS`.
pub(super) fn is_spelt_alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| {
        let letters = name.bytes().filter(|byte| *byte != b'_');
        letters
            .map(|byte| byte.to_ascii_lowercase())
            .collect::<Vec<u8>>()
    };
    one != other && one.len().min(other.len()) > 3 && letters(one) == letters(other)
}

/// Whether the one substitution that a value consists of prints one word; nothing if the value holds none.
fn prints_one_word(word: &Word) -> Option<bool> {
    let is_command = |piece: &&Piece| {
        !piece.is_nested && matches!(piece.kind, PieceKind::Command(_) | PieceKind::Backtick(_))
    };
    let count = word.pieces.iter().filter(is_command).count();
    (count > 0).then(|| {
        let is_plain = |text: &str| {
            !text.contains(|letter: char| letter.is_whitespace() || "*?[$".contains(letter))
        };
        let (before, behind) = match word.text.split_once("$(") {
            Some((before, rest)) => (
                before,
                rest.rsplit_once(')').map_or("", |(_, behind)| behind),
            ),
            None => word
                .text
                .split_once('`')
                .map_or(("", ""), |(before, rest)| {
                    (
                        before,
                        rest.rsplit_once('`').map_or("", |(_, behind)| behind),
                    )
                }),
        };
        count == 1
            && is_plain(before)
            && is_plain(behind)
            && printed(&word.text) == Printed::OneWord
    })
}

/// The well-known variable that a name differs from by one slip.
fn well_known(name: &str) -> Option<&'static str> {
    const NAMES: &[&str] = &[
        "PATH",
        "HOME",
        "PYTHONPATH",
        "LD_LIBRARY_PATH",
        "JAVA_HOME",
        "GITHUB_OUTPUT",
        "GITHUB_ENV",
        "GITHUB_PATH",
        "GITHUB_WORKSPACE",
        "GITHUB_STEP_SUMMARY",
        "RUNNER_TEMP",
        "DEBIAN_FRONTEND",
    ];
    let is_slip = |known: &str| {
        let is_swap = known.len() == name.len() && {
            let sorted = |text: &str| {
                let mut bytes = text.as_bytes().to_vec();
                bytes.sort_unstable();
                bytes
            };
            sorted(known) == sorted(name)
        };
        (known.len() > 8 || is_swap)
            && share_their_ends(known, name)
            && strsim::damerau_levenshtein(known, name) == 1
    };
    if name.len() < 4 || NAMES.contains(&name) || matches!(name, "GITHUB_OUTPUTS") {
        return None;
    }
    NAMES.iter().copied().find(|known| is_slip(known))
}

/// What an assignment sets for the rest of the script, if it is written down; before a command it holds for that command
/// alone, unless that is a builtin such as `set`.
fn kept(command: &Command, assignment: &Word) -> Option<String> {
    if !command.words.is_empty() && !matches!(command.name(), Some("set" | ":")) {
        return None;
    }
    let (name, value) = assignment.literal()?.split_once('=')?;
    (!name.ends_with('+')).then(|| value.to_owned())
}

/// The value with every `$((…))` taken out.
fn without_arithmetic(value: &str) -> String {
    let mut rest = value;
    let mut kept = String::new();
    while let Some((before, behind)) = rest.split_once("$((") {
        kept.push_str(before);
        rest = behind.split_once("))").map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// Whether at most two letters lie between the same beginning and the same end: what one slip leaves. The exact answer
/// costs far more, and a hostile script asks for it a million times.
fn share_their_ends(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let before = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let behind = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    before + behind + 2 >= one.len().max(other.len())
}

/// What the system sets, to numbers, names and folders without spaces.
fn is_tame(name: &str) -> bool {
    matches!(
        name,
        "HOME"
            | "PWD"
            | "OLDPWD"
            | "UID"
            | "EUID"
            | "PPID"
            | "BASHPID"
            | "PIPESTATUS"
            | "SHLVL"
            | "OPTIND"
            | "COLUMNS"
            | "LINES"
            | "RANDOM"
            | "SECONDS"
            | "LINENO"
            | "HOSTNAME"
            | "USER"
            | "CI"
    ) || name.starts_with("GITHUB_")
        || name.starts_with("RUNNER_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::shell::{Start, parse};
    use crate::span::LocatedText;

    #[track_caller]
    fn names(text: &str) -> ShellVariables {
        ShellVariables::of(
            &parse(&LocatedText::verbatim(text, 0), Start::default()),
            &["GIVEN".to_owned()],
            &[("SEVERAL".to_owned(), false), ("FLAGS".to_owned(), true)],
        )
    }

    #[test]
    fn literal_values_are_one_word() {
        let names =
            names("A=1.2; B='a b'; C=$A-x; D=$(date); E=; F=$GIVEN; for G in a b; do :; done");
        for name in ["A", "C", "E", "F", "G", "GIVEN", "?", "HOME"] {
            assert!(names.is_one_word(name), "{name}");
        }
        for name in ["B", "D", "UNKNOWN"] {
            assert!(!names.is_one_word(name), "{name}");
        }
    }

    #[test]
    fn a_list_is_several_words() {
        let options = names("A=-O2; B=\"--tag $C\"; C=-1; D=-; E=a-b");
        assert!(options.is_several("A") && options.is_several("B"));
        assert!(options.is_several("FLAGS") && !options.is_several("SEVERAL"));
        assert!(!options.is_several("C") && !options.is_several("D") && !options.is_several("E"));
        let names = names("A='a b'; B=\"$B c\"; export C=\"a  b\"; D=a; E=$(f a b); F=' a '");
        for name in ["A", "B", "C"] {
            assert!(names.is_several(name), "{name}");
        }
        for name in ["D", "E", "F"] {
            assert!(!names.is_several(name), "{name}");
        }
    }

    #[test]
    fn a_value_written_once_is_known() {
        let names =
            names("A=\" a\\\n b \"; B=x; B=y; C=$D; E=1 make; H=1; read H; I=1 set -e; J+=a");
        assert_eq!(names.list("A"), Some(" a b "));
        assert_eq!(names.list("I"), Some("1"));
        for name in ["B", "C", "E", "G", "H", "J"] {
            assert_eq!(names.list(name), None, "{name}");
        }
    }

    #[test]
    fn arithmetic_is_one_word() {
        let names = names("n=1; n=$((n + 2))$((n*3)); m=$((n))*; n=$((n + $1))");
        assert!(names.is_one_word("n"));
        assert!(!names.is_one_word("m"));
        let names = names_of_substitutions();
        assert!(names.is_one_word("d") && names.is_one_word("n") && !names.is_one_word("o"));
    }

    fn names_of_substitutions() -> ShellVariables {
        names("d=$(mktemp -d); n=\"v-$(nproc)\"; o=\"$(cat /owner.txt)\"")
    }

    #[test]
    fn a_status_is_one_word() {
        let names = names("A=$?; f() { local B=$?; }; C=$?*");
        for name in ["A", "B", "PIPESTATUS"] {
            assert!(names.is_one_word(name), "{name}");
        }
        assert!(!names.is_one_word("C"));
    }

    #[test]
    fn what_a_script_assigns_is_declared() {
        let known =
            names("read -r a b; export c=1 d; for ((i = 0; i < 3; i++)); do :; done; e=$(f=1)");
        for name in ["a", "b", "c", "d", "i", "e", "f", "1", "@", "GIVEN"] {
            assert!(known.is_declared(name), "{name}");
        }
        assert!(!known.is_declared("x"));
        assert_eq!(known.similar("GIVENS"), Some(("GIVEN", false)));
        assert!(known.is_declared("SEVERAL") && !known.is_one_word("SEVERAL"));
        assert_eq!(known.similar("PAHT"), Some(("PATH", false)));
        assert_eq!(known.similar("PAT"), None);
        let long = names("NEWEST_TAG_NAME=$(a)");
        assert_eq!(long.similar("NEWEST_TAG"), Some(("NEWEST_TAG_NAME", true)));
        assert!(names(". ./env").is_declared("x"));
    }
}

//! What a command in a substitution prints: one word, or words that are meant to be several.

/// What a substitution gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Printed {
    /// One word without spaces or globs: a number, a version, an id, a temporary path.
    OneWord,
    /// Several words that are wanted as such: ids of containers, numbers of processes, flags of a compiler.
    Words,
    /// Nobody knows.
    Unknown,
}

/// What is printed by the script inside `$( )` or backticks, or by a word that holds one.
pub(super) fn printed(text: &str) -> Printed {
    let inner = inside(text);
    // A loop prints a word for each turn.
    if inner.starts_with("for ") || inner.starts_with("while ") {
        return Printed::Words;
    }
    if echoes_one_word(inner) {
        return Printed::OneWord;
    }
    if is_version_number(inner) {
        return Printed::OneWord;
    }
    // Whether another command prints instead: `a || echo b`, `a; b`.
    if inner.contains(';') || inner.contains('\n') {
        return Printed::Unknown;
    }
    let first = inner.split("||").next().unwrap_or(inner);
    let other = &inner[first.len()..];
    if other.contains("echo ") || other.contains("printf ") || first.contains("&&") {
        return Printed::Unknown;
    }
    let mut parts = first.rsplit('|').map(str::trim);
    let last = parts.next().unwrap_or_default();
    let given = by_program(last);
    if given != Printed::Unknown {
        return given;
    }
    // What only takes some of the lines or changes them leaves the words as they come.
    let passes = ["head", "tail", "sort", "uniq", "grep", "xargs", "tr", "sed"];
    let program = last.split_whitespace().next().unwrap_or_default();
    let mut program = program;
    while passes.contains(&program) {
        let Some(before) = parts.next() else { break };
        let given = by_program(before);
        if given != Printed::Unknown {
            return given;
        }
        program = before.split_whitespace().next().unwrap_or_default();
    }
    Printed::Unknown
}

/// Whether a line of PHP prints a number of its version: `php -r "echo PHP_MAJOR_VERSION;"`.
fn is_version_number(script: &str) -> bool {
    let code = script.strip_prefix("php -r ").map(str::trim);
    code.is_some_and(|code| {
        let code = code.trim_matches(['"', '\'']).trim_end_matches(';');
        let printed = code
            .strip_prefix("echo ")
            .or_else(|| code.strip_prefix("print "));
        printed.is_some_and(|printed| {
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-'\" ".contains(&byte);
            printed.contains("PHP_") && printed.bytes().all(is_name)
        })
    })
}

/// Programs that print what they are given, or what the system knows, and do not fail.
const SAFE: &[&str] = &[
    "arch", "basename", "cut", "date", "dirname", "echo", "head", "hostname", "id", "logname",
    "nproc", "printf", "pwd", "rev", "sort", "tac", "tail", "tr", "true", "uname", "uniq", "wc",
    "whoami",
];

/// Programs that, at the end of a pipeline, change or choose what comes, and succeed whatever that is.
const FILTERS: &[&str] = &[
    "awk", "base64", "cat", "column", "fold", "gawk", "mawk", "nawk", "nl", "paste", "sed", "tee",
];

/// Whether a substitution can fail in ordinary use: without `pipefail` the last command of a pipeline decides.
pub(super) fn may_fail(substitution: &str, is_pipefail: bool) -> bool {
    let inner = inside(substitution);
    let inner = inner
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(inner);
    pipelines(inner).iter().any(|commands| {
        let skipped = if is_pipefail { 0 } else { commands.len() - 1 };
        let decisive = commands.iter().enumerate().skip(skipped);
        let mut programs = decisive.filter_map(|(place, command)| {
            let program = command.split_whitespace().next()?;
            Some((place, program.trim_start_matches('\\')))
        });
        programs.any(|(place, program)| {
            let is_filter = place > 0 && FILTERS.contains(&program);
            !SAFE.contains(&program) && !is_filter
        })
    })
}

/// The commands of each pipeline of a script, as they are written; what is in quotes, parentheses or another substitution parts nothing.
fn pipelines(script: &str) -> Vec<Vec<&str>> {
    let mut found = vec![Vec::new()];
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    let mut letters = script.char_indices().peekable();
    let mut end_command = |from: usize, to: usize, is_piped: bool| {
        if let Some(commands) = found.last_mut() {
            commands.push(script.get(from..to).unwrap_or_default());
        }
        if !is_piped {
            found.push(Vec::new());
        }
    };
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        match (quote, letter) {
            (None | Some('"' | '`'), '\\') => {
                letters.next();
            }
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, '|' | ';' | '&' | '\n') if depth == 0 => {
                let is_descriptor = letter == '&' && script[..at].ends_with(['>', '<']);
                if !is_descriptor {
                    end_command(start, at, letter == '|' && next != Some('|'));
                    if next == Some(letter) || (letter == '|' && next == Some('&')) {
                        letters.next();
                    }
                    start = letters.peek().map_or(script.len(), |(at, _)| *at);
                }
            }
            _ => {}
        }
    }
    end_command(start, script.len(), true);
    found.retain(|commands| !commands.is_empty());
    found
}

/// Whether a script only chooses, with `if` or `case`, which single word it prints: `if [ "$A" = b ]; then echo c; else echo d; fi`.
fn echoes_one_word(script: &str) -> bool {
    let mut has_echo = false;
    // What a condition asks of another command is not printed.
    let mut script = script.to_owned();
    while let Some(start) = script.rfind("$(") {
        let Some(length) = script[start..].find(')') else {
            return false;
        };
        script.replace_range(start..=start + length, "");
    }
    let parts = script.split([';', '\n', '|', '&', ')']);
    for part in parts {
        let mut words = part.split_whitespace().skip_while(|word| {
            matches!(
                *word,
                "then" | "else" | "do" | "in" | "(" | "{" | "!" | "\\"
            )
        });
        match words.next() {
            Some("echo" | "printf") => {
                let printed: Vec<&str> = words.filter(|word| *word != "-n").collect();
                let [word] = printed.as_slice() else {
                    return false;
                };
                if word.contains(['$', '`', '*', '?', '%', '>']) {
                    return false;
                }
                has_echo = true;
            }
            Some("if" | "elif" | "[" | "test" | "fi" | "case" | "esac") | None => {}
            // A pattern of `case`, whose closing parenthesis ended the part.
            Some(_) if script.contains("case ") && words.next().is_none() => {}
            Some(_) => return false,
        }
    }
    has_echo
}

/// The script inside the first substitution of a word.
fn inside(text: &str) -> &str {
    let opened = text
        .split_once("$(")
        .map(|(_, rest)| rest.rsplit_once(')').map_or(rest, |(inner, _)| inner));
    let quoted = || text.split('`').nth(1);
    opened.or_else(quoted).unwrap_or(text).trim()
}

fn by_program(command: &str) -> Printed {
    let mut words = command.split_whitespace();
    let mut program = words.next().unwrap_or_default();
    while matches!(program, "sudo" | "command" | "env" | "exec") || program.contains('=') {
        let Some(next) = words.next() else { break };
        if program == "command" && next == "-v" {
            return Printed::OneWord;
        }
        program = next;
    }
    let program = program.rsplit('/').next().unwrap_or(program);
    let words: Vec<&str> = words.collect();
    let has = |flags: &[&str]| words.iter().any(|word| flags.contains(word));
    let letter = |letter: char| {
        words
            .iter()
            .any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains(letter))
    };
    let is_format = |word: &&str| word.trim_matches(['"', '\'']).starts_with('+');
    let one = match program {
        "nproc" | "whoami" | "arch" | "uname" | "mktemp" | "tempfile" | "hostname" | "pwd"
        | "uuidgen" | "expr" | "bc" | "tput" | "getconf" | "lsb_release" | "dpkg-architecture"
        | "logname" | "tty" | "ulimit" | "umask" | "nvcc-arch" => true,
        "which" | "type" => words.len() == 1 || has(&["-p", "-P"]),
        "id" => letter('u') || letter('g'),
        "wc" => letter('l') || letter('c') || letter('w') || letter('m'),
        "date" => words.iter().any(is_format) && words.len() < 4,
        "dpkg" => has(&["--print-architecture"]),
        "rpm" => has(&["-E", "--eval"]),
        "openssl" => has(&["rand"]),
        "shuf" => letter('i') && letter('n'),
        "go" => words.first() == Some(&"env") && words.len() == 2,
        "base64" => has(&["-w0", "-w", "--wrap=0"]),
        "stat" => has(&["-c", "--format", "-f", "-c%s", "-c%u"]),
        "awk" | "gawk" => prints_one_field(command),
        "cut" => {
            command.contains("-d' '")
                || command.contains("-d ' '")
                || command.contains("-d\" \"")
                || command.contains("-d \" \"")
        }
        "sha256sum" | "md5sum" => false,
        // The status alone, where the body goes elsewhere.
        "curl" => {
            (command.contains("%{http_code}") || command.contains("%{response_code}"))
                && (letter('o') || has(&["--output"]))
        }
        "tr" => {
            has(&["-d"])
                && (command.contains("[:space:]")
                    || command.contains("' '")
                    || command.contains("\" \""))
        }
        "grep" | "pgrep" if letter('c') => true,
        "sysctl" => letter('n'),
        "jq" => has(&["length"]) || command.contains("| length"),
        "git" => match words.first() {
            Some(&"rev-parse") => !has(&["--show-toplevel", "--git-dir"]),
            Some(&"describe" | &"merge-base" | &"write-tree" | &"hash-object" | &"commit-tree") => {
                true
            }
            Some(&"rev-list") => has(&["--count"]),
            Some(&"log" | &"show") => {
                ["%H", "%h", "%ct", "%at"]
                    .iter()
                    .any(|form| command.contains(form))
                    && !command.contains("%s")
            }
            _ => false,
        },
        _ => false,
    };
    if one {
        return Printed::OneWord;
    }
    let is_quiet = letter('q') || has(&["--quiet"]);
    let many = match program {
        "seq" | "pgrep" | "pidof" | "pkg-config" | "pkgconf" => true,
        "find" => !has(&["-quit"]),
        "ls" => true,
        "docker" | "podman" | "nerdctl" | "crictl" => is_quiet || command.contains("--format"),
        "kubectl" | "oc" => {
            command.contains("-o name")
                || command.contains("-o=name")
                || command.contains("jsonpath")
        }
        "lsof" => letter('t'),
        "fuser" => true,
        "go" => words.first() == Some(&"list"),
        "git" if words.first() == Some(&"ls-files") || has(&["--name-only"]) => true,
        "rustup" | "pip" => false,
        "git" => words.first() == Some(&"rev-list"),
        "jobs" => letter('p'),
        // Each item of a list on a line of its own.
        "jq" => command.contains("[]") && letter('r') && !command.contains("join("),
        "apt-mark" => true,
        _ => program.ends_with("-config"),
    };
    if many {
        Printed::Words
    } else {
        Printed::Unknown
    }
}

/// `awk '{print $2}'`: a field holds no blank.
fn prints_one_field(command: &str) -> bool {
    let Some((_, rest)) = command.split_once("print ") else {
        return false;
    };
    let field = rest.split(['}', ';']).next().unwrap_or_default().trim();
    let splits_at_blanks = !command.contains("-F");
    splits_at_blanks
        && field
            .strip_prefix('$')
            .is_some_and(|number| number != "0" && !number.contains([' ', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_command_of_a_pipeline_fails_or_none_does() {
        for text in [
            "$(getent hosts db | awk '{ print $1 }')",
            "`cat a | sed 's/;/|/' | head -1`",
            "`(echo a | cut -d- -f1)`",
            "$(echo $(cat a))",
            "$(date +%s)",
            "$(a 2>&1 | tail -n 1)",
        ] {
            assert!(!may_fail(text, false), "{text}");
        }
        for text in [
            "$(getent hosts db)",
            "$(awk '{ print $1 }' file)",
            "$(cat a)",
            "$(echo a; cat b)",
            "$(cat a | jq -r .b)",
            "$(cd a && pwd)",
        ] {
            assert!(may_fail(text, false), "{text}");
        }
        assert!(may_fail("$(cat a | sed s/b/c/)", true));
    }

    #[test]
    fn the_last_command_decides() {
        for text in [
            "$(mktemp -d)",
            "$(nproc)",
            "$(cat a | wc -l)",
            "$(date +%s)",
            "`id -u`",
            "$(sha256sum a | awk '{print $1}')",
            "x-$(git rev-parse --short HEAD)",
            "$(uname -m || true)",
            "$(if [ \"$A\" = arm64 ]; then echo arm; else echo \"x64\"; fi)",
            "$(case $A in arm64) echo arm ;; amd64|x86_64) echo x64 ;; esac)",
            "$([ -n \"$A\" ] && echo a || echo b)",
            "$(php -r \"echo PHP_MAJOR_VERSION;\")",
            "$(which node)",
            "$(command -v node)",
        ] {
            assert_eq!(printed(text), Printed::OneWord, "{text}");
        }
        for text in [
            "$(docker image ls -aq)",
            "$(pgrep -f x)",
            "$(pkg-config --libs x)",
            "$(docker ps -q | head -n 3)",
            "$(ls)",
            "$(find . -name '*.c')",
            "$(git diff --name-only main)",
        ] {
            assert_eq!(printed(text), Printed::Words, "{text}");
        }
        for text in [
            "$(cat file)",
            "$(date)",
            "$(nproc; cat a)",
            "$(a || echo b c)",
            "$(if a; then echo b c; else echo d; fi)",
            "$(if [ a ]; then cat b; fi)",
            "$([ -n \"$A\" ] && echo $A)",
            "$(awk '{print $0}' a)",
        ] {
            assert_eq!(printed(text), Printed::Unknown, "{text}");
        }
    }
}

//! Text of outsiders in the variables of a script, and the outputs that it writes them to.

/// How many lines of a script are read, and how many of its variables are followed.
const LINES: usize = 2_000;
const NAMES: usize = 50;

/// Programs and forms that leave nothing of a text that a shell would run: its quoted form, a hash, a number.
const CLEANERS: &[&str] = &[
    "%q",
    "@Q}",
    "@sh",
    "@base64",
    "base64",
    "sha256sum",
    "sha1sum",
    "md5sum",
    "cksum",
    "wc -",
    "grep -c",
    "grep -q",
    "tr -cd",
    "tr -dc",
    "tr -c ",
    "[^a-z",
    "[^A-Z",
    "[^[:alnum:]",
];

/// Programs that hand on what they read, or a part of it that may still be anything.
const PASSING: &[&str] = &[
    "cat", "cut", "echo", "head", "printf", "tail", "tr", "xargs",
];

/// What stands before a command on its line.
const PREFIXES: &[&str] = &[
    "then ",
    "do ",
    "else ",
    "{ ",
    "( ",
    "export ",
    "local ",
    "readonly ",
    "declare ",
];

/// Whether a script writes an output of which `is_source` says that it is an outsider's: at once, or by variables that hold it. `is_source` gets
/// a value and the variables that the script has set anew or checked.
pub(super) fn gives(script: &str, output: &str, is_source: &dyn Fn(&str, &[&str]) -> bool) -> bool {
    let lines: Vec<&str> = script.lines().map(str::trim).take(LINES).collect();
    let is_written = outputs(&lines);
    let mut variables = Variables {
        held: Vec::new(),
        safe: Vec::new(),
        is_source,
    };
    for (line, in_block) in lines.iter().zip(is_written) {
        if line.starts_with('#') {
            continue;
        }
        if is_check(line) {
            variables.check(line);
        }
        // A line of text is what the file gets, whatever it would mean to the shell.
        if in_block == Block::Text {
            if values(line, output).any(|value| !is_cleaned(value) && variables.gives(value)) {
                return true;
            }
            continue;
        }
        let is_output = in_block == Block::Commands || writes(line);
        for statement in split(line, &[";", "&&", "||"]) {
            let statement = statement.trim();
            if let Some((name, value)) = assignment(statement) {
                variables.set(name, value);
            } else if is_output
                && values(statement, output)
                    .any(|value| !is_cleaned(value) && variables.gives(value))
            {
                return true;
            }
        }
    }
    false
}

/// The variables of a script, as far as it has run.
struct Variables<'s, 'f> {
    /// Those that hold text of an outsider.
    held: Vec<&'s str>,
    /// Those that hold something else, or were checked, whatever `env` gave them.
    safe: Vec<&'s str>,
    is_source: &'f dyn Fn(&str, &[&str]) -> bool,
}

impl<'s> Variables<'s, '_> {
    fn gives(&self, value: &str) -> bool {
        (self.is_source)(value, &self.safe) || self.held.iter().any(|name| reads(value, name))
    }

    fn set(&mut self, name: &'s str, value: &str) {
        let is_tainted = !is_cleaned(value) && passes(value) && self.gives(value);
        let (to, from) = if is_tainted {
            (&mut self.held, &mut self.safe)
        } else {
            (&mut self.safe, &mut self.held)
        };
        from.retain(|known| *known != name);
        if to.len() < NAMES && !to.contains(&name) {
            to.push(name);
        }
    }

    /// A check of a variable leaves what its author lets through.
    fn check(&mut self, line: &'s str) {
        for (at, _) in line.match_indices('$') {
            let rest = line[at + 1..].trim_start_matches('{');
            let name = &rest[..name_length(rest)];
            self.held.retain(|known| *known != name);
            if !name.is_empty() && self.safe.len() < NAMES && !self.safe.contains(&name) {
                self.safe.push(name);
            }
        }
    }
}

/// Whether a line compares a text with all that it may be: a pattern from end to end, `case`, or other texts.
fn is_check(line: &str) -> bool {
    const ENDS: &[&str] = &["+$", "*$", "]$", ")$", "}$"];
    let is_whole = ENDS.iter().any(|end| line.contains(end));
    line.starts_with("case ")
        || is_whole && (line.contains("=~") || line.contains("grep"))
        || line.contains(" != ") && !line.contains("!= \"\"") && !line.contains("!= ''")
}

/// Whether a line writes to the file of outputs, or by the command that did so before.
fn writes(line: &str) -> bool {
    let folded = line.to_ascii_lowercase();
    folded.contains("github_output") || folded.contains("::set-output")
}

/// What of the file of outputs a line is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Nothing.
    None,
    /// Commands whose output goes there: `{ … } >> "$GITHUB_OUTPUT"`.
    Commands,
    /// A here-document that goes there.
    Text,
}

/// What of the file of outputs each line is in.
fn outputs(lines: &[&str]) -> Vec<Block> {
    let mut found = vec![Block::None; lines.len()];
    let mut open = None;
    let mut delimiter = None;
    for (number, line) in lines.iter().enumerate() {
        if let Some(end) = delimiter {
            if *line != end {
                found[number] = Block::Text;
            }
            delimiter = Some(end).filter(|end| line != end);
            continue;
        }
        if line.ends_with('{') {
            open = Some(number);
        } else if line.starts_with('}') {
            let start = open.take().filter(|_| writes(line));
            if let Some(start) = start {
                found[start..number].fill(Block::Commands);
            }
        }
        // `echo "name<<EOF"` is the file's own notation, and opens nothing in the script.
        let is_open =
            |before: &str| before.matches('"').count() % 2 + before.matches('\'').count() % 2 > 0;
        if writes(line)
            && let Some((before, end)) = line.split_once("<<")
            && !is_open(before)
        {
            // In one whose delimiter is quoted nothing is expanded.
            let end = end.trim_start_matches('-').trim_start();
            let length = name_length(end);
            delimiter = end.get(..length).filter(|end| !end.is_empty());
        }
    }
    found
}

/// What a statement gives an output: what follows `name=`.
fn values<'s>(statement: &'s str, output: &str) -> impl Iterator<Item = &'s str> {
    let prefix = format!("{output}=");
    let folded = statement.to_ascii_lowercase();
    let places: Vec<usize> = folded.match_indices(&prefix).map(|(at, _)| at).collect();
    let length = prefix.len();
    places.into_iter().filter_map(move |at| {
        let begins = folded[..at]
            .chars()
            .next_back()
            .is_none_or(|letter| !letter.is_ascii_alphanumeric() && !matches!(letter, '_' | '-'));
        statement.get(at + length..).filter(|_| begins)
    })
}

/// Whether a value of a script is made of a text by one of these.
fn is_cleaned(value: &str) -> bool {
    CLEANERS.iter().any(|cleaner| value.contains(cleaner))
}

/// The variable that a statement sets, and to what: an assignment, `read NAME <<< text`, or `for NAME in text`.
fn assignment(statement: &str) -> Option<(&str, &str)> {
    let mut rest = statement;
    while let Some(behind) = PREFIXES.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = behind.trim_start();
    }
    if let Some(behind) = rest.strip_prefix("for ") {
        let (name, value) = behind.split_once(" in ")?;
        return is_name(name).then_some((name, value));
    }
    for program in ["read ", "mapfile ", "readarray "] {
        if let Some((names, value)) = rest
            .strip_prefix(program)
            .and_then(|behind| behind.split_once("<<<"))
        {
            let name = names.split_whitespace().last()?;
            return is_name(name).then_some((name, value));
        }
    }
    let (name, value) = rest.split_once('=')?;
    let is_alone = split(value, &[" ", "\t"]).len() < 2;
    (is_name(name) && is_alone).then_some((name, value))
}

/// Whether what a value reads comes through: there is no command in it, or it hands its text on.
fn passes(value: &str) -> bool {
    if value.starts_with('\'') || value.contains('`') {
        return false;
    }
    let Some((_, command)) = value.split_once("$(") else {
        return true;
    };
    let mut parts = command.split('|');
    parts.all(|part| {
        let program = part.split_whitespace().next().unwrap_or_default();
        // A pattern with a class or a group takes out a part of a certain form.
        match program {
            "sed" => !part.contains(['[', '(']),
            "awk" => part.contains("{print $") && !part.contains(['[', '/', '~']),
            _ => PASSING.contains(&program),
        }
    })
}

/// Whether a text expands a variable: whole, or what a pattern or a default leaves of it.
pub(super) fn reads(text: &str, name: &str) -> bool {
    expands(text, name) || is_in_part(text, name)
}

/// Whether a text expands a variable whole: `$NAME` or `${NAME}`, and not what a pattern leaves of it.
pub(super) fn expands(text: &str, name: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        let rest = &text[at + 1..];
        let (rest, is_braced) = match rest.strip_prefix('{') {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let Some(found) = rest.get(..name.len()) else {
            return false;
        };
        let after = rest[name.len()..].chars().next();
        found.eq_ignore_ascii_case(name)
            && if is_braced {
                after == Some('}')
            } else {
                after.is_none_or(|letter| !letter.is_ascii_alphanumeric() && letter != '_')
            }
    })
}

/// Whether a text expands a part of a variable, or it with a default: `${NAME#x}`, `${NAME:-x}`, `${NAME,,}`.
fn is_in_part(text: &str, name: &str) -> bool {
    const OPERATORS: &[&str] = &["#", "%", ",", "^", ":-", "-", ":=", "=", ":?", "[@]", "[0]"];
    text.match_indices("${").any(|(at, _)| {
        let rest = text[at + 2..].strip_prefix(name);
        rest.is_some_and(|rest| {
            OPERATORS.iter().any(|operator| rest.starts_with(operator))
                || rest.starts_with('/')
                    && !rest
                        .split('}')
                        .next()
                        .is_some_and(|part| part.contains('['))
        })
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && name_length(text) == text.len()
}

/// How long the name is that a text begins with.
fn name_length(text: &str) -> usize {
    text.bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        .count()
}

/// The parts of a line between separators that are in no quotes, parentheses or braces of a variable.
fn split<'s>(line: &'s str, separators: &[&str]) -> Vec<&'s str> {
    let mut parts = Vec::new();
    let (mut start, mut at, mut depth, mut braces) = (0, 0, 0_usize, 0_usize);
    let (mut is_single, mut is_double) = (false, false);
    while let Some(letter) = line[at..].chars().next() {
        let is_open = !is_single && !is_double && depth == 0 && braces == 0;
        let separator = separators
            .iter()
            .find(|separator| is_open && line[at..].starts_with(**separator));
        if let Some(separator) = separator {
            parts.push(&line[start..at]);
            at += separator.len();
            start = at;
            continue;
        }
        match letter {
            '\\' if !is_single => at += line[at + 1..].chars().next().map_or(0, char::len_utf8),
            '\'' if !is_double => is_single = !is_single,
            '"' if !is_single => is_double = !is_double,
            '(' if !is_single => depth += 1,
            ')' if !is_single => depth = depth.saturating_sub(1),
            // `${NAME#a b}` is one word; a brace that opens a group is none of a variable.
            '{' if !is_single && line[..at].ends_with('$') => braces += 1,
            '}' if !is_single => braces = braces.saturating_sub(1),
            _ => {}
        }
        at += letter.len_utf8();
    }
    parts.push(&line[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_given(script: &str) -> bool {
        gives(script, "fw", &|value, safe| {
            !safe.contains(&"BODY") && reads(value, "BODY")
        })
    }

    const WRITTEN: &str = "\necho \"fw=$FW\" >> \"$GITHUB_OUTPUT\"";

    #[test]
    fn variables_carry_what_an_outsider_wrote() {
        for set in [
            "FW=\"$BODY\"",
            "FW=\"${BODY:-x}\"",
            "export FW=${BODY#/bench }",
            "A=$BODY; FW=\"$A\"",
            "read -r FW <<< \"$BODY\"",
            "FW=$(echo \"$BODY\" | cut -d' ' -f2)",
            "if true; then FW=$BODY; fi",
            "for FW in $BODY; do",
        ] {
            assert!(is_given(&[set, WRITTEN].concat()), "{set}");
        }
        assert!(is_given("{\n  echo \"fw=$BODY\"\n} >> \"$GITHUB_OUTPUT\""));
        assert!(is_given("cat >> $GITHUB_OUTPUT <<EOF\nfw=$BODY\nEOF"));
        assert!(is_given("echo \"fw=${BODY#/x}\" >> $GITHUB_OUTPUT"));
    }

    #[test]
    fn what_is_checked_or_made_anew_is_no_longer_theirs() {
        for set in [
            "FW=${#BODY}",
            "FW='$BODY'",
            "FW=$(echo \"$BODY\" | tr -cd a-z)",
            "FW=$(echo \"$BODY\" | grep -oE '[0-9]+')",
            "FW=$(jq -r .x <<< \"$BODY\")",
            "FW=\"$BODY\"\nFW=none",
            "FW=\"$BODY\"\n[[ $FW =~ ^[a-z]+$ ]] || exit 1",
            "FW=\"$BODY\"\ncase \"$FW\" in\na|b) ;;\n*) exit 1;;\nesac",
            "if [[ $BODY != a && $BODY != b ]]; then exit 1; fi\nFW=$BODY",
            "FW=\"$BODY\" make",
            "FW=${BODY:+set}",
        ] {
            assert!(!is_given(&[set, WRITTEN].concat()), "{set}");
        }
        assert!(!is_given("BODY=x\necho \"fw=$BODY\" >> $GITHUB_OUTPUT"));
        assert!(!is_given("cat > notes <<EOF\nfw=$BODY\nEOF"));
        let own = "echo \"body<<EOF\" >> $GITHUB_OUTPUT\ncurl -d \"fw=$BODY\" https://a.example";
        assert!(!is_given(own));
    }
}

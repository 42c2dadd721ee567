//! What a policy may not hold: what would hang or abort the engine, and what its two modes understand differently.

use crate::assignment;
use crate::metadata::Fault;

/// The deepest nesting of brackets; the engine's parser is exponential in nested literals.
const NESTING: usize = 12;
/// The largest policy, in bytes.
const SIZE: usize = 256 * 1024;
/// The most definitions in one file; long chains of rules overflow the engine's stack.
const DEFINITIONS: usize = 500;

/// What would hang or abort the engine: it must never be handed over.
pub fn dangers(policy: &str) -> Vec<Fault> {
    if policy.len() > SIZE {
        return vec![Fault::new(
            1,
            format!("is larger than {} KiB; split it", SIZE / 1024),
        )];
    }
    let mut faults = Vec::new();
    let mut depth = 0usize;
    let lines = code_lines(policy);
    for (number, line) in &lines {
        for byte in line.bytes() {
            match byte {
                b'{' | b'[' | b'(' => depth += 1,
                b'}' | b']' | b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > NESTING {
                let message = format!(
                    "brackets nest deeper than {NESTING}; name the inner part in a rule of its own"
                );
                faults.push(Fault::new(*number, message));
                return faults;
            }
        }
    }
    let definitions = definitions(&lines);
    if definitions.len() > DEFINITIONS {
        faults.push(Fault::new(
            1,
            format!("holds more than {DEFINITIONS} definitions; split it"),
        ));
        return faults;
    }
    for definition in &definitions {
        if reaches(&definitions, definition.name, definition.name) {
            let message = format!(
                "`{}` calls itself; Rego has no recursion: iterate with `some` instead",
                definition.name
            );
            faults.push(Fault::new(definition.line, message));
        }
    }
    faults
}

/// What the register machine lacks or understands differently from the interpreter: refused in our own policies, while a user's runs on the interpreter.
pub fn deviations(policy: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, line) in code_lines(policy) {
        for (found, message) in [
            (
                has_word(&line, "with"),
                "`with` is not understood; pass the value to a function",
            ),
            (
                line.contains("print("),
                "`print` is not understood; take it out",
            ),
            (
                line.contains("walk("),
                "`walk` is not understood; ask the model for a field",
            ),
            (
                line.contains("data["),
                "a bare `data[…]` is not understood; name the package",
            ),
            (
                line.contains("in data."),
                "iterating `data` is silently empty; write a function",
            ),
            (
                line.contains("$\""),
                "template strings are not understood; use `sprintf`",
            ),
            (
                line.contains("[_]"),
                "write `some x in xs` instead of `[_]`",
            ),
            (
                line.starts_with("default ") && line.contains('('),
                "`default` of a function is silently undefined; write the other case as a definition",
            ),
            (
                nested_head(&line),
                "a nested head is silently wrong; build the object in a comprehension",
            ),
            (
                assignment::is_crowded(&line),
                "an assignment that shares its line or takes several holds without a value; give it a line of its own",
            ),
        ] {
            if found {
                faults.push(Fault::new(number, message));
            }
        }
    }
    faults
}

/// Whether a definition's head is a nested reference: `y.a[k].b if`, `y[k] contains`.
fn nested_head(line: &str) -> bool {
    let starts = line
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    if !starts
        || line.starts_with("package ")
        || line.starts_with("import ")
        || line.starts_with("default ")
    {
        return false;
    }
    let head = line.split_whitespace().next().unwrap_or_default();
    !head.contains('(') && (head.contains('[') || head.contains('.'))
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .any(|part| part == word)
}

/// Lines without comments and with empty strings, numbered from 1.
fn code_lines(policy: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut raw = false;
    for (number, line) in policy.lines().enumerate() {
        let mut code = String::with_capacity(line.len());
        let mut quoted = false;
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '`' if !quoted => raw = !raw,
                _ if raw => {}
                '"' => {
                    quoted = !quoted;
                    code.push('"');
                }
                '\\' if quoted => {
                    letters.next();
                }
                _ if quoted => {}
                '#' => break,
                _ => code.push(letter),
            }
        }
        lines.push((number + 1, code));
    }
    lines
}

struct Definition<'a> {
    name: &'a str,
    line: usize,
    calls: Vec<&'a str>,
}

/// Top-level definitions, each with the names that its body mentions.
fn definitions(lines: &[(usize, String)]) -> Vec<Definition<'_>> {
    let mut found: Vec<Definition<'_>> = Vec::new();
    for (number, line) in lines {
        let mut words = line
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty());
        let opens = line
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        if opens && !line.starts_with("package ") && !line.starts_with("import ") {
            let name = words.next().unwrap_or_default();
            let name = if name == "default" {
                words.next().unwrap_or_default()
            } else {
                name
            };
            found.push(Definition {
                name,
                line: *number,
                calls: Vec::new(),
            });
        }
        if let Some(definition) = found.last_mut() {
            definition.calls.extend(words);
        }
    }
    found
}

/// Whether the definitions named `from` mention `to`, directly or through others.
fn reaches(definitions: &[Definition<'_>], from: &str, to: &str) -> bool {
    let mut open = vec![from];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(name) = open.pop() {
        for definition in definitions
            .iter()
            .filter(|definition| definition.name == name)
        {
            for call in &definition.calls {
                if *call == to {
                    return true;
                }
                let known = definitions
                    .iter()
                    .any(|definition| definition.name == *call);
                if known && !seen.contains(call) {
                    seen.push(call);
                    open.push(call);
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(faults: &[Fault]) -> String {
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| format!("{}: {}", fault.line, fault.message))
            .collect();
        lines.join("\n")
    }

    #[test]
    fn recursion_is_found_through_others() {
        let faults = dangers("package rules.a[\"b\"]\nf(x) := g(x)\ng(x) := f(x)\nh(x) := x\n");
        assert_eq!(faults.len(), 2, "{}", messages(&faults));
    }

    #[test]
    fn deep_nesting_is_found_and_strings_do_not_count() {
        assert_eq!(dangers(&format!("x := {}", "[".repeat(40))).len(), 1);
        assert!(dangers("x := \"[[[[[[[[[[[[[[[[[[[[[[[\" # [[[[[[[[[[[[[[[[[[").is_empty());
    }

    #[test]
    fn constructs_of_one_mode_are_found() {
        let policy = "deny contains 1 if {\n\twalk(input, [p, v])\n}\ny.a[k] := 1 if true\ndefault f(_) := 1\nok if { x with input as 1 }\n";
        let lines: Vec<usize> = deviations(policy).iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 4, 5, 6]);
    }
}

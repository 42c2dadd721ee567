//! Calls of small functions become what the functions say. Used by `build.rs` for our policies and at run time for a
//! user's.
//!
//! A call costs the register machine as much as a dozen comparisons, and nothing looks through it to see what a loop asks
//! of its rows. What is rewritten stays on its line, so that the engine's messages still name the right one.

use std::collections::{BTreeMap, BTreeSet};

use crate::assignment::{is_name, is_whole};
use crate::reads;

/// How often what came of a call is looked through for more calls.
const DEPTH: usize = 4;

/// A function of one definition that binds no variable of its own.
#[derive(Debug)]
struct Function {
    parameters: Vec<String>,
    body: Body,
}

#[derive(Debug)]
enum Body {
    /// It answers yes if all of these hold.
    Statements(Vec<String>),
    /// It is another way to write this.
    Value(String),
}

/// The policy with such calls replaced. `library` gives the text of `data.lib.<name>`.
pub fn inline<'a>(policy: &'a str, library: &dyn Fn(&str) -> Option<&'a str>) -> String {
    let functions = functions(policy, library);
    let lines = policy.split('\n').map(|line| {
        let mut line = line.to_owned();
        for _ in 0..DEPTH {
            match rewritten(&line, &functions) {
                Some(next) => line = next,
                None => break,
            }
        }
        line
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The functions whose calls can be replaced, by the name that the policy calls them by.
fn functions<'a>(
    policy: &'a str,
    library: &dyn Fn(&str) -> Option<&'a str>,
) -> BTreeMap<String, Function> {
    let mut functions = of_module(policy, true);
    for (alias, path) in reads::imports(policy) {
        let of_library = of_module(library(path).unwrap_or_default(), false);
        let of_library = of_library.into_iter();
        functions.extend(of_library.map(|(name, function)| (format!("{alias}.{name}"), function)));
    }
    functions
}

fn of_module(text: &str, is_own: bool) -> BTreeMap<String, Function> {
    let definitions = reads::definitions(text);
    let mut foreign: BTreeSet<&str> = definitions.iter().map(|(name, _)| *name).collect();
    // Where it is called, the policy's own names mean what they mean here, unless a variable hides them.
    if is_own {
        let is_hidden = |name: &str| {
            text.contains(&format!("\t{name} :=")) || text.contains(&format!("some {name}"))
        };
        foreign.retain(|name| !name.starts_with('_') || is_hidden(name));
    } else {
        foreign.extend(reads::imports(text).into_iter().map(|(alias, _)| alias));
    }
    let is_single = |name: &str| {
        definitions
            .iter()
            .filter(|(other, _)| *other == name)
            .count()
            == 1
    };
    let functions = definitions.iter().filter_map(|(name, lines)| {
        let function = Function::read(lines)?;
        (is_single(name) && function.is_plain(&foreign)).then(|| ((*name).to_owned(), function))
    });
    functions.collect()
}

impl Function {
    /// The function that the lines define; nothing if they say more than statements or a value.
    fn read(lines: &[&str]) -> Option<Self> {
        let (head, rest) = lines.split_first()?;
        // What `else` adds is another definition.
        if rest
            .iter()
            .any(|line| line.starts_with("else") || line.starts_with("} "))
        {
            return None;
        }
        let (_, head) = head.split_once('(')?;
        let (parameters, head) = head.split_once(')')?;
        let parameters: Vec<String> = parameters.split(", ").map(str::to_owned).collect();
        let body = if let Some(condition) = head.strip_prefix(" if ") {
            let statements = match condition {
                "{" => {
                    let body = rest.iter().take_while(|line| **line != "}");
                    body.map(|line| line.strip_prefix('\t')).collect()
                }
                condition => Some(vec![condition]),
            };
            let statements = statements?.into_iter();
            Body::Statements(statements.flat_map(split).map(str::to_owned).collect())
        } else {
            let value = head.strip_prefix(" := ")?;
            Body::Value(value.to_owned())
        };
        let is_known = parameters.iter().all(|name| is_name(name));
        is_known.then_some(Self { parameters, body })
    }

    /// Whether the body means the same in another place: it is whole, binds nothing, and needs none of the `foreign` names.
    fn is_plain(&self, foreign: &BTreeSet<&str>) -> bool {
        let texts = match &self.body {
            Body::Statements(statements) => statements,
            Body::Value(value) => std::slice::from_ref(value),
        };
        let is_plain = |text: &String| {
            let binds = text.starts_with("some ") || text.starts_with("every ");
            let says_more = [" := ", " if ", " with ", " | ", "#", "`"];
            let mut words = words(text).into_iter();
            !text.starts_with('\t')
                && is_whole(text)
                && !binds
                && !says_more.iter().any(|sign| text.contains(sign))
                && !words.any(|(_, word)| foreign.contains(word))
        };
        !texts.is_empty() && texts.iter().all(is_plain)
    }

    /// A text of the body with the arguments for the parameters.
    fn filled(&self, text: &str, arguments: &[&str]) -> Option<String> {
        let mut filled = String::with_capacity(text.len());
        let mut done = 0;
        for (at, word) in words(text) {
            let Some(number) = self.parameters.iter().position(|name| name == word) else {
                continue;
            };
            let argument = arguments[number];
            let end = at + word.len();
            // Nothing hangs below what is no variable.
            if !argument.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && text[end..].starts_with(['.', '['])
            {
                return None;
            }
            filled.push_str(&text[done..at]);
            filled.push_str(argument);
            done = end;
        }
        filled.push_str(&text[done..]);
        Some(filled)
    }
}

/// The line with the first call that can be replaced in what it was for.
fn rewritten(line: &str, functions: &BTreeMap<String, Function>) -> Option<String> {
    if reads::code(line) != line {
        return None;
    }
    // What a line begins with is being defined.
    for (at, _) in words(line).into_iter().filter(|(at, _)| *at > 0) {
        let (before, after) = line.split_at(at);
        let Some((function, arguments, rest)) = call(after, functions) else {
            continue;
        };
        let fill = |text: &String| function.filled(text, &arguments);
        let filled = match &function.body {
            Body::Value(value) => {
                let value = fill(value)?;
                let is_one = split_at(&value, " ").len() == 1;
                if is_one { value } else { format!("({value})") }
            }
            Body::Statements(statements) => {
                let (is_negated, is_only) = (before.ends_with("not "), statements.len() == 1);
                // Refused twice is something else than asked for.
                let fits = if is_negated {
                    is_only && !statements[0].starts_with("not ")
                } else {
                    is_only || !before.ends_with(" if ")
                };
                if !(fits && is_asked(before) && ends(rest)) {
                    continue;
                }
                let filled: Option<Vec<String>> = statements.iter().map(fill).collect();
                filled?.join("; ")
            }
        };
        return Some(format!("{before}{filled}{rest}"));
    }
    None
}

/// Whether what follows is a statement of its own.
fn is_asked(before: &str) -> bool {
    let before = before.strip_suffix("not ").unwrap_or(before);
    let is_first = before.bytes().all(|byte| byte == b'\t') && !before.is_empty();
    is_first || before.ends_with("; ") || before.ends_with(" if ")
}

/// Whether a statement ends before `rest`.
fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with("; ")
}

/// The function that is called where the text begins, the arguments, and what follows.
fn call<'a, 'f>(
    text: &'a str,
    functions: &'f BTreeMap<String, Function>,
) -> Option<(&'f Function, Vec<&'a str>, &'a str)> {
    let (name, rest) = text.split_once('(')?;
    let function = functions.get(name)?;
    let (arguments, rest) = rest.split_once(')')?;
    let arguments: Vec<&str> = arguments.split(", ").collect();
    let is_text = |text: &str| {
        let inner = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        inner.is_some_and(|inner| inner.bytes().all(|byte| !br#""(),\`"#.contains(&byte)))
    };
    let is_simple = |argument: &&str| *argument != "_" && is_name(argument) || is_text(argument);
    let fits = arguments.len() == function.parameters.len() && arguments.iter().all(is_simple);
    fits.then_some((function, arguments, rest))
}

/// The names in a text that are not in quotes and hang below nothing, with their places (bytes).
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut quote = None;
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        match quote {
            Some('"') if letter == '\\' => _ = letters.next(),
            Some(open) if open == letter => quote = None,
            Some(_) => {}
            None if matches!(letter, '"' | '`') => quote = Some(letter),
            None if reads::is_name_part(letter) => {
                let word = reads::name(&text[at..]);
                while letters
                    .next_if(|(next, _)| *next < at + word.len())
                    .is_some()
                {}
                if before != '.' {
                    words.push((at, word));
                }
            }
            None => {}
        }
        before = letter;
    }
    words
}

/// The statements that stand on one line.
pub fn split(line: &str) -> Vec<&str> {
    split_at(line, "; ")
}

/// The parts between separators that stand in no quotes and no brackets.
fn split_at<'a>(line: &'a str, separator: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut begin, mut depth, mut quote) = (0, 0_i32, None);
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some('"'), '\\') => _ = letters.next(),
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`') => quote = Some(letter),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, _) if depth == 0 && line[at..].starts_with(separator) => {
                parts.push(&line[begin..at]);
                begin = at + separator.len();
            }
            (None, _) => {}
        }
    }
    parts.push(&line[begin..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::{inline, split};

    const LIBRARY: &str = "package lib.rows\n\nis_new(row) if {\n\trow.kind == \"a\"\n\tnot row.is_old\n}\n\nname(row) := object.get(row, \"name\", \"?\")\n\nlacks(row, key) if not key in row.keys\n\nhas(row, key) if key in row.keys\n\nabove(row, least) := row.size > least\n\ntwice(row) if row.a\n\ntwice(row) if row.b\n\nbound(row) if {\n\tx := row.a\n\tx > 1\n}\n\nfar(row) if _near(row)\n\n_near(row) if row.c\n\nother(row) if row.a\nelse if row.b\n";

    fn line(text: &str) -> String {
        let policy = format!(
            "import data.lib.rows\n\ndeny if {{\n{text}\n}}\n\n_own(x) if x in _known\n\n_known := {{1}}\n"
        );
        let inlined = inline(&policy, &|name| (name == "rows").then_some(LIBRARY));
        assert_eq!(policy.lines().count(), inlined.lines().count());
        inlined.lines().nth(3).unwrap_or_default().to_owned()
    }

    #[test]
    fn calls_become_what_the_function_says() {
        for (call, becomes) in [
            (
                "\trows.is_new(step)",
                "\tstep.kind == \"a\"; not step.is_old",
            ),
            (
                "\tx := {\"n\": rows.name(step)}",
                "\tx := {\"n\": object.get(step, \"name\", \"?\")}",
            ),
            ("\trows.has(step, \"row\")", "\t\"row\" in step.keys"),
            ("\tnot rows.has(step, key)", "\tnot key in step.keys"),
            ("\trows.lacks(step, key)", "\tnot key in step.keys"),
            ("\trows.above(step, 3) == true", "\t(step.size > 3) == true"),
            ("\trows.far(step)", "\trows.far(step)"),
            ("\t_own(y)", "\ty in _known"),
        ] {
            assert_eq!(line(call), becomes);
        }
    }

    #[test]
    fn what_would_mean_something_else_stays() {
        for call in [
            "\tnot rows.lacks(step, key)",
            "\tnot rows.is_new(step)",
            "\tx := rows.is_new(step)",
            "\trows.has(step, key) == false",
            "\trows.is_new(step.inner)",
            "\trows.is_new(\"a\")",
            "\trows.has(step, f(key))",
            "\trows.twice(step)",
            "\trows.bound(step)",
            "\trows.other(step)",
            "\t\"rows.name(step)\" == x",
            "\tother.rows.name(step)",
            "\tx == 1 # rows.name(step)",
        ] {
            assert_eq!(line(call), call);
        }
    }

    #[test]
    fn statements_of_one_line_are_told_apart() {
        assert_eq!(
            split("a == \"; \"; not b; count([x | some x in y; x]) > 0"),
            ["a == \"; \"", "not b", "count([x | some x in y; x]) > 0"]
        );
    }
}

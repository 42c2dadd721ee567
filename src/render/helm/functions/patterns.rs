//! Regular expressions in Go's syntax.

use regex::{Captures, Regex, RegexBuilder};

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::lists::list_of;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::limits;
use crate::render::helm::value::Val;
use crate::render::text::{Builder, Text};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("regexMatch", "ss", |call| {
        let pattern = compiled(call).ok();
        Ok(Val::bool(
            pattern.is_some_and(|pattern| pattern.is_match(&call.str(1))),
        ))
    }),
    function("mustRegexMatch", "ss", |call| {
        Ok(Val::bool(compiled(call)?.is_match(&call.str(1))))
    }),
    function("regexFind", "ss", find),
    function("mustRegexFind", "ss", find),
    function("regexFindAll", "ssi", find_all),
    function("mustRegexFindAll", "ssi", find_all),
    function("regexReplaceAll", "sss", |call| replace_all(call, true)),
    function("mustRegexReplaceAll", "sss", |call| replace_all(call, true)),
    function("regexReplaceAllLiteral", "sss", |call| {
        replace_all(call, false)
    }),
    function("mustRegexReplaceAllLiteral", "sss", |call| {
        replace_all(call, false)
    }),
    function("regexSplit", "ssi", split),
    function("mustRegexSplit", "ssi", split),
    function("regexQuoteMeta", "s", |call| {
        let text = call.text(0);
        let mut made = String::new();
        for c in text.to_str().chars() {
            if "\\.+*?()|[]{}^$".contains(c) {
                made.push('\\');
            }
            made.push(c);
        }
        Ok(Val::text(text.remade(made.into_bytes())))
    }),
];

/// The pattern that is the first argument.
fn compiled(call: &mut Call) -> Fallible<Regex> {
    let pattern = call.str(0);
    if let Some(known) = call.engine.state().patterns.get(&pattern) {
        return known.clone().or_else(fault);
    }
    let made = compile(&pattern);
    call.engine
        .state_mut()
        .patterns
        .insert(pattern, made.clone());
    made.or_else(fault)
}

fn compile(pattern: &str) -> Result<Regex, String> {
    if pattern.len() > limits::PATTERN_BYTES {
        return Err(format!(
            "pattern is longer than {} bytes",
            limits::PATTERN_BYTES
        ));
    }
    let mut builder = RegexBuilder::new(&translated(pattern));
    builder
        .size_limit(limits::PATTERN_BYTES * 64)
        .dfa_size_limit(limits::PATTERN_BYTES * 64);
    builder.nest_limit(100);
    builder
        .build()
        .map_err(|_| format!("error parsing regexp: `{pattern}`"))
}

/// Go's syntax in that of the engine: its classes are of ASCII, and braces and brackets may stand for themselves.
pub(crate) fn translated(pattern: &str) -> String {
    let chars: Vec<char> = pattern.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '\\' if chars.get(at + 1) == Some(&'Q') => {
                at += 2;
                while at < chars.len() && !(chars[at] == '\\' && chars.get(at + 1) == Some(&'E')) {
                    out.push_str(&regex::escape(&chars[at].to_string()));
                    at += 1;
                }
                at += 2;
            }
            '\\' => at += escape(&chars[at..], false, &mut out),
            '[' => at += class(&chars[at..], &mut out),
            '{' if !is_repetition(&chars[at..]) => {
                out.push_str("\\{");
                at += 1;
            }
            c => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

fn is_repetition(rest: &[char]) -> bool {
    let end = rest.iter().position(|c| *c == '}').unwrap_or(0);
    let inner = rest.get(1..end.max(1)).unwrap_or_default();
    inner.first().is_some_and(char::is_ascii_digit)
        && inner.iter().all(|c| c.is_ascii_digit() || *c == ',')
        && inner.iter().filter(|c| **c == ',').count() < 2
}

/// Translates an escape; gives how many characters it takes.
fn escape(rest: &[char], in_class: bool, out: &mut String) -> usize {
    let Some(letter) = rest.get(1) else {
        out.push('\\');
        return 1;
    };
    let inner = match letter.to_ascii_lowercase() {
        'd' => "0-9",
        'w' => "0-9A-Za-z_",
        's' => "\\t\\n\\x0C\\r ",
        'b' if !in_class => {
            out.push_str(if *letter == 'b' {
                "(?-u:\\b)"
            } else {
                "(?-u:\\B)"
            });
            return 2;
        }
        _ => {
            match letter {
                '_' | '<' | '>' | '%' | '"' | '\'' | '`' | '=' | '!' | '@' | ',' | ';' | ':'
                | '/' | ' ' => {
                    out.push(*letter);
                }
                _ => {
                    out.push('\\');
                    out.push(*letter);
                }
            }
            return 2;
        }
    };
    let is_negated = letter.is_ascii_uppercase();
    match (in_class, is_negated) {
        (true, false) => out.push_str(inner),
        (_, true) => out.push_str(&format!("[^{inner}]")),
        (false, false) => out.push_str(&format!("[{inner}]")),
    }
    2
}

/// Translates a bracket expression; gives how many characters it takes.
fn class(rest: &[char], out: &mut String) -> usize {
    let mut at = 1;
    out.push('[');
    if rest.get(at) == Some(&'^') {
        out.push('^');
        at += 1;
    }
    let first = at;
    while let Some(c) = rest.get(at).copied() {
        match c {
            ']' if at > first => {
                out.push(']');
                return at + 1;
            }
            '[' if rest.get(at + 1) == Some(&':') => {
                let name: String = rest[at..].iter().take_while(|c| **c != ']').collect();
                out.push_str(&name);
                out.push_str(":]".trim_start_matches(if name.ends_with(':') { ":" } else { "" }));
                at += name.chars().count() + 1;
            }
            '\\' => {
                let is_set = matches!(rest.get(at + 1), Some('d' | 'w' | 's' | 'D' | 'W' | 'S'));
                at += escape(&rest[at..], true, out);
                if is_set && rest.get(at) == Some(&'-') {
                    out.push_str("\\-");
                    at += 1;
                }
            }
            '-' if at > first && rest.get(at + 1).is_some_and(|next| *next != ']') => {
                out.push('-');
                at += 1;
            }
            '[' | '&' | '~' | '-' | ']' => {
                out.push('\\');
                out.push(c);
                at += 1;
            }
            _ => {
                out.push(c);
                at += 1;
            }
        }
    }
    at
}

fn find(call: &mut Call) -> Fallible<Val> {
    let (pattern, text) = (compiled(call)?, call.text(1));
    let found = pattern.find(&text.to_str()).map(|found| found.range());
    Ok(Val::text(
        found.map_or_else(Text::default, |range| text.cut(range)),
    ))
}

/// At most as many as the last argument says; a negative number is all.
fn wanted(call: &Call) -> usize {
    usize::try_from(call.int(2)).unwrap_or(usize::MAX)
}

fn find_all(call: &mut Call) -> Fallible<Val> {
    let (pattern, text) = (compiled(call)?, call.text(1));
    let words = text.to_str();
    let ranges = pattern
        .find_iter(&words)
        .take(wanted(call).min(limits::LIST_ITEMS));
    let found = ranges.map(|found| text.cut(found.range())).collect();
    Ok(list_of(found))
}

fn split(call: &mut Call) -> Fallible<Val> {
    let (pattern, text) = (compiled(call)?, call.text(1));
    let most = wanted(call);
    if most == 0 {
        return Ok(list_of(Vec::new()));
    }
    let words = text.to_str();
    let mut parts = Vec::new();
    let mut from = 0;
    for found in pattern.find_iter(&words) {
        if parts.len() + 1 >= most.min(limits::LIST_ITEMS) {
            break;
        }
        if found.end() == 0 || (found.is_empty() && found.start() == words.len()) {
            continue;
        }
        parts.push(text.cut(from..found.start()));
        from = found.end();
    }
    parts.push(text.cut(from..text.len()));
    Ok(list_of(parts))
}

fn replace_all(call: &mut Call, expands: bool) -> Fallible<Val> {
    let (pattern, text, new) = (compiled(call)?, call.text(1), call.text(2));
    let words = text.to_str();
    let mut out = Builder::default();
    let mut from = 0;
    for found in pattern.captures_iter(&words) {
        let Some(whole) = found.get(0) else { continue };
        out.push_cut(&text, from..whole.start());
        if expands {
            expand(&mut out, &text, &found, &new);
        } else {
            out.push_text(&new);
        }
        from = whole.end();
        if out.len() > limits::TEXT_BYTES {
            return fault("regexReplaceAll: text is too large");
        }
    }
    out.push_cut(&text, from..text.len());
    Ok(Val::text(out.finish()))
}

/// Appends the replacement with `$1`, `$name` and `${name}` filled in.
fn expand(out: &mut Builder, text: &Text, found: &Captures, new: &Text) {
    let words = new.to_str();
    let mut at = 0;
    while let Some(dollar) = words[at..].find('$').map(|offset| at + offset) {
        out.push_cut(new, at..dollar);
        let rest = &words[dollar + 1..];
        if rest.starts_with('$') {
            out.push_plain("$");
            at = dollar + 2;
            continue;
        }
        let (name, width) = group_name(rest);
        if name.is_empty() {
            out.push_plain("$");
            at = dollar + 1;
            continue;
        }
        let group = match name.parse::<usize>() {
            Ok(number) => found.get(number),
            Err(_) => found.name(name),
        };
        if let Some(group) = group {
            out.push_cut(text, group.range());
        }
        at = dollar + 1 + width;
    }
    out.push_cut(new, at.min(new.len())..new.len());
}

/// The name of a group after a dollar, and its width with braces.
fn group_name(rest: &str) -> (&str, usize) {
    if let Some(inner) = rest.strip_prefix('{') {
        return match inner.find('}') {
            Some(end) => (&inner[..end], end + 2),
            None => ("", 0),
        };
    }
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(rest.len());
    (&rest[..end], end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_go_become_patterns_of_the_engine() {
        for (pattern, text, is_match) in [
            (r"^\d+$", "٣", false),
            (r"[\w-\.]+", "a-b.c", true),
            (r"^[\w-\.]+$", "a-b.c", true),
            (r"{a}", "{a}", true),
            (r"a{2}", "aa", true),
            (r"^[^[]+$", "a[", false),
            (r"^[[:alpha:]_]+$", "ab_", true),
            (r"^[a&&b]$", "&", true),
            (r"^[]a]$", "]", true),
            (r"\Qa.b\E", "axb", false),
            (r"\bfoo\b", "a foo", true),
            (r"^[\d\-/]+$", "1-/", true),
        ] {
            let compiled = compile(pattern).unwrap();
            assert_eq!(compiled.is_match(text), is_match, "{pattern}");
        }
        for pattern in ["(?=a)", "(", "a(?!b)", r"\p{Nope}"] {
            assert!(compile(pattern).is_err(), "{pattern}");
        }
    }
}

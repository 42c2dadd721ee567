//! `.Files` and `.Capabilities.APIVersions`: their methods.

use std::rc::Rc;

use regex::Regex;

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::lists::list_of;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::collection::{Entries, Entry, Map, MapKind};
use crate::render::helm::value::{Val, Value};
use crate::render::helm::yaml::emit;
use crate::render::text::Text;

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("engine.files.Get", "as", |call| {
        let name = call.str(1);
        Ok(Val::text(content(&call.map(0), &name)))
    }),
    function("engine.files.GetBytes", "as", |call| {
        let name = call.str(1);
        Ok(Value::Bytes(content(&call.map(0), &name)).into())
    }),
    function("engine.files.Glob", "as", glob),
    function("engine.files.Lines", "as", lines),
    function("engine.files.AsConfig", "a", |call| as_map(call, false)),
    function("engine.files.AsSecrets", "a", |call| as_map(call, true)),
    function("common.VersionSet.Has", "as", |call| {
        let (list, wanted) = (call.list(0, "search")?, call.text(1));
        let has = list
            .items
            .iter()
            .any(|item| item.as_text() == Some(&wanted));
        Ok(Val::bool(has))
    }),
];

/// The text of a file; nothing if there is none.
fn content(files: &Map, name: &str) -> Text {
    match files.get(name).map(|val| val.value) {
        Some(Value::Bytes(text)) => text,
        _ => Text::default(),
    }
}

fn glob(call: &mut Call) -> Fallible<Val> {
    let pattern = call.str(1);
    let Ok(matcher) = Regex::new(&translated(&pattern)) else {
        return fault(format!("bad pattern {pattern:?}"));
    };
    let files = call.map(0);
    call.engine.state().budget.list(files.len())?;
    let found: Entries = files
        .snapshot()
        .into_iter()
        .filter(|(name, _)| matcher.is_match(name))
        .collect();
    Ok(Value::Map(Map::of_kind(found, MapKind::Files)).into())
}

/// `*` stays within a folder, `**` does not; `{a,b}` is either.
fn translated(pattern: &str) -> String {
    let mut out = String::from("^(?s:");
    let mut chars = pattern.chars().peekable();
    let mut braces = 0_u32;
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                while chars.peek() == Some(&'*') {
                    chars.next();
                }
                out.push_str(".*");
            }
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '{' => {
                braces += 1;
                out.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                out.push(')');
            }
            ',' if braces > 0 => out.push('|'),
            '[' => {
                out.push('[');
                if chars.peek() == Some(&'!') {
                    chars.next();
                    out.push('^');
                }
                for c in chars.by_ref() {
                    if matches!(c, '[' | '&' | '~' | '\\') {
                        out.push('\\');
                    }
                    out.push(c);
                    if c == ']' {
                        break;
                    }
                }
            }
            '\\' => out.extend(chars.next().map(|c| regex::escape(&c.to_string()))),
            c => out.push_str(&regex::escape(&c.to_string())),
        }
    }
    out.push_str(")$");
    out
}

fn lines(call: &mut Call) -> Fallible<Val> {
    let name = call.str(1);
    let text = content(&call.map(0), &name);
    let is_missing = !call.map(0).has(&name);
    if is_missing || text.is_empty() {
        return Ok(list_of(Vec::new()));
    }
    let end = text.len() - usize::from(text.bytes().ends_with(b"\n"));
    let parts = crate::render::helm::functions::strings::parts(&text.cut(0..end), b"\n", None);
    call.engine.state().budget.list(parts.len())?;
    Ok(list_of(parts))
}

/// The files as YAML, named without their folders.
fn as_map(call: &mut Call, encodes: bool) -> Fallible<Val> {
    let mut entries = Entries::new();
    for (name, entry) in call.map(0).snapshot() {
        let Value::Bytes(text) = &entry.val.value else {
            continue;
        };
        let text = if encodes {
            text.remade(data_encoding::BASE64.encode(text.bytes()).into_bytes())
        } else {
            text.clone()
        };
        let base = name.rsplit('/').next().unwrap_or_default();
        let entry = Entry {
            key: entry.key,
            val: Val::text(text),
        };
        entries.insert(Rc::from(base), entry);
    }
    let map = Value::Map(Map::new(entries)).into();
    emit::to_yaml(&map, false, &call.engine.state().budget).map(Val::text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_in_helm() {
        for (pattern, name, is_match) in [
            ("conf/*", "conf/a.txt", true),
            ("conf/*", "conf/b/c", false),
            ("conf/**", "conf/b/c", true),
            ("**.txt", "a/b.txt", true),
            ("{a,b}.txt", "b.txt", true),
            ("[!a].txt", "b.txt", true),
            ("conf/*/z", "conf/deep/z", true),
            ("a.txt", "a_txt", false),
        ] {
            let matcher = Regex::new(&translated(pattern)).unwrap();
            assert_eq!(matcher.is_match(name), is_match, "{pattern} {name}");
        }
    }
}

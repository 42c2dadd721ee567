//! Values from the command line: `--set a.b=1,c[0]=x`.

use crate::render::helm::limits;
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::{IntKind, Val, Value};
use crate::render::helm::yaml::read::read;
use crate::render::place::Place;
use crate::render::text::Text;

/// The highest index of a list.
const MOST: usize = 65_536;

/// How the text of a value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `--set`: numbers and truth values are such.
    Typed,
    /// `--set-string`: all is text.
    Text,
    /// `--set-json`: the value is JSON.
    Json,
}

/// A step of a path.
#[derive(Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// Puts assignments over values.
pub(crate) fn apply(values: &Map, text: &str, kind: Kind) -> Result<(), String> {
    if kind == Kind::Json && text.trim_start().starts_with('{') {
        let val = json(text)?;
        crate::render::helm::chart::values::overlay(
            values,
            val.as_map().unwrap_or(&Map::default()),
            0,
        );
        return Ok(());
    }
    let mut rest = text;
    while !rest.is_empty() {
        let (path, after) = path(rest)?;
        let (val, after) = match kind {
            Kind::Json => json_value(after)?,
            _ => value(after, kind),
        };
        assign(values, &path, val)?;
        rest = after;
    }
    Ok(())
}

/// The path before `=`, and the text after it.
fn path(text: &str) -> Result<(Vec<Step>, &str), String> {
    let mut steps = Vec::new();
    let mut key = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => key.extend(chars.next().map(|(_, c)| c)),
            '=' | '.' | '[' => {
                if !key.is_empty() {
                    steps.push(Step::Key(std::mem::take(&mut key)));
                } else if !matches!(steps.last(), Some(Step::Index(_))) {
                    return Err(format!("key map {text:?} has no key"));
                }
                if c == '=' {
                    return Ok((steps, &text[at + 1..]));
                }
                if c == '[' {
                    let digits: String = chars
                        .by_ref()
                        .map(|(_, c)| c)
                        .take_while(|c| *c != ']')
                        .collect();
                    let index: usize = digits
                        .parse()
                        .map_err(|_| format!("error parsing index {digits:?}"))?;
                    if index > MOST {
                        return Err(format!(
                            "index of {index} is greater than maximum supported index of {MOST}"
                        ));
                    }
                    steps.push(Step::Index(index));
                }
                if steps.len() > limits::VALUE_DEPTH as usize / 4 {
                    return Err("value name nested level is greater than the maximum".to_owned());
                }
            }
            ',' => return Err(format!("key {key:?} has no value (cannot end with ,)")),
            c => key.push(c),
        }
    }
    Err(format!("key {key:?} has no value"))
}

/// The value up to a comma; `{a,b}` is a list.
fn value(text: &str, kind: Kind) -> (Val, &str) {
    if let Some(inner) = text.strip_prefix('{') {
        let mut items = Vec::new();
        let mut rest = inner;
        loop {
            let (word, stop, after) = word(rest, true);
            items.push(typed(&word, kind));
            rest = after;
            if stop != Some(',') {
                break;
            }
        }
        return (Val::list(items), rest.strip_prefix(',').unwrap_or(rest));
    }
    let (word, _, rest) = word(text, false);
    (typed(&word, kind), rest)
}

/// The characters up to a comma (or a brace in a list), what stopped them, and the rest.
fn word(text: &str, in_list: bool) -> (String, Option<char>, &str) {
    let mut word = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => word.extend(chars.next().map(|(_, c)| c)),
            ',' => return (word, Some(c), &text[at + 1..]),
            '}' if in_list => return (word, Some(c), &text[at + 1..]),
            c => word.push(c),
        }
    }
    (word, None, "")
}

fn typed(word: &str, kind: Kind) -> Val {
    if kind == Kind::Text {
        return Val::str(word);
    }
    match word {
        "true" | "TRUE" | "True" => return Val::bool(true),
        "false" | "FALSE" | "False" => return Val::bool(false),
        "null" | "NULL" | "Null" => return Val::typed_nil(),
        "0" => return Value::Int(0, IntKind::Int64).into(),
        _ => {}
    }
    match word.parse::<i64>() {
        Ok(number) if !word.starts_with('0') => Value::Int(number, IntKind::Int64).into(),
        _ => Val::str(word),
    }
}

fn json(text: &str) -> Result<Val, String> {
    let found = read(&Text::plain(text), 1).map_err(|broken| broken.message)?;
    Ok(found.into_iter().next().unwrap_or_else(Val::typed_nil))
}

/// The JSON value at the start of a text, and what follows its comma.
fn json_value(text: &str) -> Result<(Val, &str), String> {
    let (mut depth, mut in_text) = (0_u32, false);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if in_text => _ = chars.next(),
            '"' => in_text = !in_text,
            '{' | '[' if !in_text => depth += 1,
            '}' | ']' if !in_text => depth = depth.saturating_sub(1),
            ',' if !in_text && depth == 0 => return Ok((json(&text[..at])?, &text[at + 1..])),
            _ => {}
        }
    }
    Ok((json(text)?, ""))
}

/// Sets the value at a path, made as far as it is not there.
fn assign(values: &Map, path: &[Step], val: Val) -> Result<(), String> {
    let Some((Step::Key(first), rest)) = path.split_first() else {
        return Err("path begins with an index".to_owned());
    };
    let present = values.get(first);
    values.set(first, Place::NONE, placed(present.as_ref(), rest, val));
    Ok(())
}

/// The present value with another one at a path in it.
fn placed(present: Option<&Val>, path: &[Step], val: Val) -> Val {
    match path.split_first() {
        None => val,
        Some((Step::Key(key), rest)) => {
            let map = present.and_then(Val::as_map).cloned().unwrap_or_default();
            let inner = map.get(key);
            map.set(key, Place::NONE, placed(inner.as_ref(), rest, val));
            Value::Map(map).into()
        }
        Some((Step::Index(index), rest)) => {
            let list = present.and_then(Val::as_list);
            let mut items = list.map(|list| list.items.clone()).unwrap_or_default();
            while items.len() <= *index {
                items.push(Val::typed_nil());
            }
            let inner = items.get(*index).cloned();
            items[*index] = placed(inner.as_ref(), rest, val);
            Val::list(items)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::helm::value::budget::Budget;
    use crate::render::helm::yaml::json::{Look, to_json};

    fn outcome(text: &str, kind: Kind) -> String {
        let values = Map::default();
        if let Err(message) = apply(&values, text, kind) {
            return message;
        }
        let look = Look {
            html: false,
            pretty: false,
        };
        let val = Value::Map(values).into();
        to_json(&val, look, &Budget::default())
            .unwrap()
            .to_str()
            .into_owned()
    }

    #[test]
    fn assignments_are_read_as_helm_reads_them() {
        for (text, kind, expected) in [
            (
                "b=2,c=true,d=null,e=abc",
                Kind::Typed,
                r#"{"b":2,"c":true,"d":null,"e":"abc"}"#,
            ),
            (
                "f.g=h,l[1]=z",
                Kind::Typed,
                r#"{"f":{"g":"h"},"l":[null,"z"]}"#,
            ),
            (
                r"i={p\,q,r},j=1.5,k=007,m=",
                Kind::Typed,
                r#"{"i":["p,q","r"],"j":"1.5","k":"007","m":""}"#,
            ),
            ("n=1,o=true", Kind::Text, r#"{"n":"1","o":"true"}"#),
            (r#"p={"q":[1]},r=2"#, Kind::Json, r#"{"p":{"q":[1]},"r":2}"#),
            (r"a\.b=1,e={}", Kind::Typed, r#"{"a.b":1,"e":[""]}"#),
            ("l[0].a=1,l[0].b=2", Kind::Typed, r#"{"l":[{"a":1,"b":2}]}"#),
            ("a", Kind::Typed, "key \"a\" has no value"),
        ] {
            assert_eq!(outcome(text, kind), expected, "{text}");
        }
    }
}

//! What statements of a policy ask of a row, as far as a filter can ask it too.

use std::collections::BTreeMap;

use crate::assignment::is_name;
use crate::filter::{Condition, Step, Test};
use crate::inline;

/// What functions and objects of one policy ask.
#[derive(Debug, Default)]
pub struct Functions {
    /// Of functions that answer with nothing but yes: by definition, what is asked of the only argument.
    definitions: BTreeMap<String, Vec<Vec<Condition>>>,
    /// What all definitions of such a function ask for: below the argument, a text that is one of several.
    joint: BTreeMap<String, Condition>,
    /// The keys of objects that are written out: who looks up another one fails.
    objects: BTreeMap<String, Vec<String>>,
}

impl Functions {
    /// The functions among the lines of a policy all of whose definitions ask for texts at the same path.
    pub fn of(lines: &[&str]) -> Self {
        let mut definitions: BTreeMap<String, Vec<Vec<Condition>>> = BTreeMap::new();
        let mut asked: BTreeMap<&str, Option<Vec<Condition>>> = BTreeMap::new();
        for (number, line) in lines.iter().enumerate() {
            let Some((name, parameter, body)) = definition(line, &lines[number + 1..]) else {
                continue;
            };
            let known = asked.entry(name).or_insert_with(|| Some(Vec::new()));
            let conditions = conditions(parameter, body.into_iter(), &Self::default());
            let all = definitions.entry(name.to_owned()).or_default();
            all.push(conditions.clone());
            *known = known.take().and_then(|known| joint(&known, conditions));
        }
        let joint = asked.into_iter().filter_map(|(name, conditions)| {
            Some((name.to_owned(), conditions?.into_iter().next()?))
        });
        let objects = lines.iter().enumerate();
        let objects = objects.filter_map(|(number, line)| object(line, &lines[number + 1..]));
        Self {
            definitions,
            joint: joint.collect(),
            objects: objects.collect(),
        }
    }

    /// What `_function(row)` asks: of its definitions, each with its conditions, one must hold. Nothing if some definition asks
    /// for nothing that a filter can.
    pub fn alternatives(&self, row: &str, line: &str) -> Option<&[Vec<Condition>]> {
        let (name, _) = line.split_once('(')?;
        let definitions = self.definitions.get(name)?;
        let is_told = definitions.iter().all(|asked| !asked.is_empty());
        (argument(name, line)? == row && is_told).then_some(definitions)
    }

    /// What `_object[row.field]`, `value := _object[row.field]` or `row.value in _object[row.field].values` asks: that the
    /// object has such a key.
    fn key(&self, line: &str, paths: &BTreeMap<&str, Vec<Step>>) -> Option<Condition> {
        let lookup = match (line.split_once(" := "), line.split_once(" in ")) {
            (Some((name, lookup)), _) if is_name(name) => lookup,
            (None, Some((value, lookup))) => {
                path(value, paths)?;
                lookup
            }
            (None, None) => line,
            _ => return None,
        };
        let (name, rest) = lookup.split_once('[')?;
        let (key, rest) = rest.split_once(']')?;
        let keys = self.objects.get(name)?;
        let is_plain = rest
            .chars()
            .all(|c| c == '.' || c == '_' || c.is_ascii_alphanumeric());
        let path = path(key, paths).filter(|_| is_plain)?;
        (!path.is_empty()).then(|| Condition {
            path,
            test: Test::In(keys.clone()),
        })
    }

    /// What `_function(row.field)` or `value := _function(row.field)` asks.
    fn condition(&self, line: &str, paths: &BTreeMap<&str, Vec<Step>>) -> Option<Condition> {
        let call = match line.split_once(" := ") {
            Some((name, call)) if is_name(name) => call,
            _ => line,
        };
        let (name, _) = call.split_once('(')?;
        let asked = self.joint.get(name)?;
        let mut path = path(argument(name, call)?, paths)?;
        path.extend(asked.path.iter().cloned());
        Some(Condition {
            path,
            test: asked.test.clone(),
        })
    }
}

/// The name and the keys of the object that begins in the line, if all of them are plain texts.
fn object(line: &str, after: &[&str]) -> Option<(String, Vec<String>)> {
    let name = line.strip_suffix(" := {")?;
    let end = after.iter().position(|line| *line == "}")?;
    let mut keys = Vec::new();
    let (mut depth, mut is_key) = (0, true);
    let mut rest = after[..end].join("\n");
    rest.push(',');
    while let Some(at) = rest.find(['"', '{', '[', '(', '}', ']', ')', ',', '`']) {
        let sign = rest.as_bytes()[at];
        let mut next = at + 1;
        match sign {
            b'`' => return None,
            b'"' => {
                let text = &rest[at..];
                let length = text[1..].find('"')? + 2;
                if depth == 0 && is_key {
                    keys.push(text_of(&text[..length])?);
                    if !text[length..].starts_with(':') {
                        return None;
                    }
                    is_key = false;
                }
                next = at + length;
            }
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth -= 1,
            _ => is_key |= depth == 0,
        }
        rest.drain(..next);
    }
    (is_name(name) && !keys.is_empty() && depth == 0).then(|| (name.to_owned(), keys))
}

/// The name of the function that the line defines, its only parameter and the body. A definition without conditions has
/// an empty body.
fn definition<'a>(line: &'a str, after: &[&'a str]) -> Option<(&'a str, &'a str, Vec<&'a str>)> {
    let (name, rest) = line.split_once('(')?;
    if !is_name(name) {
        return None;
    }
    let (parameter, rest) = rest.split_once(')')?;
    let body = match rest.split_once(" if ") {
        Some((_, "{")) => {
            let end = after.iter().position(|line| line.starts_with('}'))?;
            // What `else` adds is another definition.
            let is_whole = after[end] == "}";
            let body = after.iter().take(if is_whole { end } else { 0 });
            body.filter_map(|line| line.strip_prefix('\t')).collect()
        }
        None => Vec::new(),
        Some((_, condition)) => vec![condition],
    };
    // With more than one parameter nothing is below the only one.
    Some((name, parameter, body))
}

/// What one of two definitions asks: a text of either list, at a path where both ask for one. `known` is empty before
/// the first definition.
fn joint(known: &[Condition], asked: Vec<Condition>) -> Option<Vec<Condition>> {
    let asked = asked.into_iter().filter_map(|condition| match condition {
        Condition {
            path,
            test: Test::In(texts),
        } => Some((path, texts)),
        _ => None,
    });
    let joint: Vec<Condition> = asked
        .filter_map(|(path, mut texts)| {
            let other = known.iter().find(|condition| condition.path == path);
            if let Some(Condition {
                test: Test::In(others),
                ..
            }) = other
            {
                texts.extend(others.iter().cloned());
                texts.sort();
                texts.dedup();
            }
            let test = Test::In(texts);
            (known.is_empty() || other.is_some()).then_some(Condition { path, test })
        })
        .collect();
    (!joint.is_empty()).then_some(joint)
}

/// What the statements of a body ask of the row that stands in the variable `row`.
pub fn conditions<'a>(
    row: &str,
    body: impl Iterator<Item = &'a str>,
    functions: &Functions,
) -> Vec<Condition> {
    let body = joined(body);
    let mut paths = BTreeMap::from([(row, Vec::new())]);
    let mut conditions = Vec::new();
    for line in &body {
        if let Some((name, path)) = binding(line, &paths) {
            // To loop over nothing, or to name what is not there, is to fail.
            if !path.is_empty() {
                conditions.push(Condition {
                    path: path.clone(),
                    test: Test::Exists,
                });
            }
            paths.insert(name, path);
        } else if let Some(condition) =
            condition(line, &paths).or_else(|| functions.condition(line, &paths))
        {
            conditions.push(condition);
        }
        conditions.extend(functions.key(line, &paths));
    }
    conditions
}

/// The statements of a body, sets that stand on several lines each on one.
fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    let mut set: Option<Vec<&str>> = None;
    for line in lines {
        match &mut set {
            Some(_) if line == "}" => {
                let texts = set.take().unwrap_or_default().join(" ");
                if let Some(statement) = statements.last_mut() {
                    statement.push_str(texts.trim_end_matches(','));
                    statement.push('}');
                }
            }
            Some(texts) => texts.push(line.trim()),
            None => {
                if line.ends_with(" in {") {
                    set = Some(Vec::new());
                }
                statements.extend(inline::split(line).into_iter().map(str::to_owned));
            }
        }
    }
    statements
}

/// A variable that the statement binds to something below the row: `some word in command.words`, `action := step.action`,
/// `some number, word in command.words`, `some flag, _ in command.flags`.
fn binding<'a>(
    line: &'a str,
    paths: &BTreeMap<&'a str, Vec<Step>>,
) -> Option<(&'a str, Vec<Step>)> {
    let (name, value, step) = if let Some(line) = line.strip_prefix("some ") {
        let (names, value) = line.split_once(" in ")?;
        match names.split_once(", ") {
            Some((key, "_")) => (key, value, Some(Step::Keys)),
            Some((_, item)) => (item, value, Some(Step::Each)),
            None => (names, value, Some(Step::Each)),
        }
    } else {
        let (name, value) = line.split_once(" := ")?;
        (name, value, None)
    };
    let mut path = path(value, paths)?;
    path.extend(step);
    is_name(name).then_some((name, path))
}

/// What the statement asks of something below the row.
fn condition(line: &str, paths: &BTreeMap<&str, Vec<Step>>) -> Option<Condition> {
    let (value, test) = if let Some((value, sought)) = line.split_once(" == ") {
        equality(value, sought)?
    } else if let Some((value, text)) = line.split_once(" != ") {
        (value, Test::Not(text_of(text)?))
    } else if let Some((value, list)) = line
        .split_once(" in ")
        .filter(|(value, _)| value.starts_with('"'))
    {
        let mut path = path(list, paths)?;
        path.push(Step::Each);
        let test = Test::In(vec![text_of(value)?]);
        return Some(Condition { path, test });
    } else if let Some((value, set)) = line.split_once(" in ") {
        let inner = set.strip_prefix('{')?.strip_suffix('}')?;
        let texts = inner.split(", ").map(text_of).collect::<Option<Vec<_>>>()?;
        match (value.strip_prefix("not "), argument("lower", value)) {
            (Some(value), _) => (value, Test::NotIn(texts)),
            (None, Some(value)) => (value, Test::Like(texts)),
            (None, None) => (value, Test::In(texts)),
        }
    } else if let Some((value, test)) = call(line) {
        (value, test)
    } else if let Some((value, number)) = line
        .split_once(" > ")
        .filter(|(value, _)| !value.starts_with("count("))
    {
        (value, Test::Above(number.parse().ok()?))
    } else if let Some(list) = line
        .strip_prefix("count(")
        .and_then(|rest| rest.strip_suffix(") > 0"))
    {
        let mut path = path(list, paths)?;
        path.push(Step::Each);
        let test = Test::Exists;
        return Some(Condition { path, test });
    } else if let Some(value) = line.strip_prefix("not ") {
        (value, Test::Fails)
    } else {
        (line, Test::Holds)
    };
    let path = path(value, paths)?;
    (!path.is_empty()).then_some(Condition { path, test })
}

/// `value == "text"`, `value == 0`, `lower(value) == "text"`, `upper(value) == "TEXT"`.
fn equality<'a>(value: &'a str, sought: &str) -> Option<(&'a str, Test)> {
    if let Ok(number) = sought.parse() {
        return Some((value, Test::Number(number)));
    }
    let text = text_of(sought)?;
    let like = argument("lower", value).or_else(|| argument("upper", value));
    Some(match like {
        Some(value) => (value, Test::Like(vec![text.to_lowercase()])),
        None => (value, Test::In(vec![text])),
    })
}

/// `startswith(value, "text")` and its kin.
fn call(line: &str) -> Option<(&str, Test)> {
    let (name, _) = line.split_once('(')?;
    let (value, text) = argument(name, line)?.split_once(", ")?;
    let text = text_of(text)?;
    Some(match name {
        "startswith" => (value, Test::Starts(text)),
        "endswith" => (value, Test::Ends(text)),
        "contains" => (value, Test::Contains(text)),
        _ => return None,
    })
}

/// What stands between the parentheses of a call.
fn argument<'a>(function: &str, call: &'a str) -> Option<&'a str> {
    call.strip_prefix(function)?
        .strip_prefix('(')?
        .strip_suffix(')')
}

/// The path of `command.words[0].text`, if its variable is known.
fn path(text: &str, paths: &BTreeMap<&str, Vec<Step>>) -> Option<Vec<Step>> {
    let mut names = text.split('.');
    let mut path = paths.get(names.next()?)?.clone();
    for name in names {
        let (name, item) = match name.strip_suffix(']') {
            Some(name) => {
                let (name, number) = name.split_once('[')?;
                (name, Some(Step::Item(number.parse().ok()?)))
            }
            None => (name, None),
        };
        if !is_name(name) {
            return None;
        }
        path.push(Step::Field(name.to_owned()));
        path.extend(item);
    }
    Some(path)
}

/// One text in double quotes, nothing more and nothing escaped, and nothing that a filter's own quotes do not hold.
fn text_of(text: &str) -> Option<String> {
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains(['"', '\\', '`'])).then(|| text.to_owned())
}

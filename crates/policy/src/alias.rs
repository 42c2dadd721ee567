//! Other tools' ids that a rule covers, and by which facts about a finding each of them counts.
//!
//! In METADATA an entry of `aliases` is `tool:ID`, `{id: tool:ID, when: FACT}`, or `{ids: [tool:ID, …], when: FACT}`; `unless: FACT` may stand
//! beside `when` or in its place. A FACT is a name (the finding says `true` under it), `{name: text}` or `{name: [text, …]}` (the finding says that
//! text, or one of them, or lists it), of several names in one mapping all, where `true` stands for a name alone, of several FACTs in a list any.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};

use crate::literal::record;

record! {
/// Aliases that do not count for every finding of their rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The place of the first of them in the rule's list.
    pub first: usize,
    /// The place behind the last.
    pub end: usize,
    /// They count if one of these holds, or if there are none.
    pub when: AnyOf,
    /// They do not count if one of these holds.
    pub unless: AnyOf,
}
}

/// Alternatives, each of facts that hold together.
pub type AnyOf = Cow<'static, [AllOf]>;

/// Facts that hold together.
pub type AllOf = Cow<'static, [Fact]>;

record! {
/// A fact about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The name under which findings say it.
    pub name: Cow<'static, str>,
    /// The texts of which it has one; none if it is `true`.
    pub texts: Cow<'static, [Cow<'static, str>]>,
}
}

/// The aliases of a rule, in the order in which its findings have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// All of them.
    pub ids: Vec<String>,
    /// When those count that do not always.
    pub conditions: Vec<Condition>,
}

/// What is wrong with an entry: a text of it, by which its line is found, and what to write.
pub type Misfit = (String, String);

/// Reads the entries of `aliases`.
///
/// # Errors
/// The first that is in none of the forms, or names an alias a second time.
pub fn read(entries: &[Value]) -> Result<Aliases, Misfit> {
    let mut aliases = Aliases::default();
    for entry in entries {
        let first = aliases.ids.len();
        let (when, unless) = match entry {
            Value::String(id) => {
                add(&mut aliases.ids, id)?;
                continue;
            }
            Value::Mapping(entry) => conditional(entry, &mut aliases.ids)?,
            _ => {
                return Err(misfit(
                    entry,
                    "an alias is `tool:ID` or a mapping with `id`",
                ));
            }
        };
        aliases.conditions.push(Condition {
            first,
            end: aliases.ids.len(),
            when: when.into(),
            unless: unless.into(),
        });
    }
    Ok(aliases)
}

/// Reads an entry with a condition.
fn conditional(entry: &Mapping, ids: &mut Vec<String>) -> Result<(Vec<AllOf>, Vec<AllOf>), Misfit> {
    let (mut when, mut unless) = (Vec::new(), Vec::new());
    let before = ids.len();
    for (key, value) in entry {
        match (key.as_str().unwrap_or_default(), value) {
            ("id", Value::String(id)) => add(ids, id)?,
            ("ids", Value::Sequence(all)) => {
                for id in all {
                    let Some(id) = id.as_str() else {
                        return Err(misfit(id, "`ids` lists texts, `tool:ID`"));
                    };
                    add(ids, id)?;
                }
            }
            ("when", value) => when = any_of(value)?,
            ("unless", value) => unless = any_of(value)?,
            (other, value) => {
                let message = format!(
                    "`{other}` does not fit here: write `id: tool:ID` or `ids: [tool:ID, …]`, and `when` or `unless` with a fact"
                );
                return Err(if other.is_empty() {
                    misfit(value, &message)
                } else {
                    (other.to_owned(), message)
                });
            }
        }
    }
    let text = ids.last().cloned().unwrap_or_default();
    if ids.len() == before {
        return Err((text, "a condition has no `id` or `ids`".to_owned()));
    }
    if when.is_empty() && unless.is_empty() {
        let message = format!("`{text}` has neither `when` nor `unless`: write the id alone");
        return Err((text, message));
    }
    Ok((when, unless))
}

fn add(ids: &mut Vec<String>, id: &str) -> Result<(), Misfit> {
    let is_id = id
        .split_once(':')
        .is_some_and(|(tool, id)| !tool.is_empty() && !id.is_empty() && !id.contains(' '));
    let message = if !is_id {
        format!("alias `{id}` is not `tool:ID`")
    } else if ids.iter().any(|known| known == id) {
        format!("alias `{id}` is named twice: give it one condition, with a list if several hold")
    } else {
        ids.push(id.to_owned());
        return Ok(());
    };
    Err((id.to_owned(), message))
}

/// Facts of which one is enough.
fn any_of(value: &Value) -> Result<Vec<AllOf>, Misfit> {
    match value {
        Value::Sequence(all) if !all.is_empty() => all.iter().map(all_of).collect(),
        _ => Ok(vec![all_of(value)?]),
    }
}

/// Facts that hold together.
fn all_of(value: &Value) -> Result<AllOf, Misfit> {
    const FORM: &str = "a fact is a name, `{name: text}` or `{name: [text, …]}`";
    let fact = |name: &str, texts: Vec<String>| Fact {
        name: Cow::Owned(name.to_owned()),
        texts: texts.into_iter().map(Cow::Owned).collect(),
    };
    let facts = match value {
        Value::String(name) if is_name(name) => vec![fact(name, Vec::new())],
        Value::Mapping(pairs) if !pairs.is_empty() => {
            let mut facts = Vec::new();
            for (name, texts) in pairs {
                let name = name.as_str().filter(|name| is_name(name));
                let name = name.ok_or_else(|| misfit(value, FORM))?;
                let texts = match texts {
                    Value::Bool(true) => Vec::new(),
                    Value::String(text) => vec![text.clone()],
                    Value::Sequence(texts) if !texts.is_empty() => {
                        let texts = texts.iter().map(|text| text.as_str().map(str::to_owned));
                        let texts: Option<Vec<String>> = texts.collect();
                        texts.ok_or_else(|| (name.to_owned(), FORM.to_owned()))?
                    }
                    _ => return Err((name.to_owned(), FORM.to_owned())),
                };
                facts.push(fact(name, texts));
            }
            facts
        }
        _ => return Err(misfit(value, FORM)),
    };
    Ok(facts.into())
}

fn is_name(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !name.is_empty() && name.bytes().all(is_letter)
}

fn misfit(value: &Value, message: &str) -> Misfit {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Mapping(pairs) => {
            let first = pairs.keys().next().and_then(Value::as_str);
            first.unwrap_or_default().to_owned()
        }
        _ => String::new(),
    };
    (text, message.to_owned())
}

impl Aliases {
    /// Every fact that a condition asks for.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        let conditions = self.conditions.iter();
        let all =
            conditions.flat_map(|condition| condition.when.iter().chain(condition.unless.iter()));
        all.flat_map(|facts| facts.iter())
    }
}

impl Condition {
    /// The condition in words, to be behind an alias: "when drops none", "unless `role` is `base` or `copy`".
    pub fn in_words(&self) -> String {
        let any = |word: &str, any: &AnyOf| {
            let all = any.iter().map(|all| {
                let facts: Vec<String> = all.iter().map(Fact::in_words).collect();
                facts.join(" and ")
            });
            let all: Vec<String> = all.collect();
            (!all.is_empty()).then(|| format!("{word} {}", all.join(" or ")))
        };
        let both = [any("when", &self.when), any("unless", &self.unless)];
        let both: Vec<String> = both.into_iter().flatten().collect();
        both.join(" and ")
    }
}

impl Fact {
    fn in_words(&self) -> String {
        let name = self.name.replace('_', " ");
        if self.texts.is_empty() {
            return name;
        }
        let texts: Vec<String> = self.texts.iter().map(|text| format!("`{text}`")).collect();
        format!("{name} is {}", texts.join(" or "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aliases(yaml: &str) -> Result<Aliases, Misfit> {
        let entries: Vec<Value> = serde_yaml::from_str(yaml).unwrap();
        read(&entries)
    }

    #[test]
    fn entries_are_ids_or_have_conditions() {
        let read = aliases(
            "- a:1\n- {id: b:2, when: drops_none}\n- when: {kind: [x, y], is_final: z}\n  unless: [one, {two: t}]\n  ids: [c:3, c:4]\n",
        );
        let read = read.unwrap();
        assert_eq!(read.ids, ["a:1", "b:2", "c:3", "c:4"]);
        let words: Vec<(usize, usize, String)> = read
            .conditions
            .iter()
            .map(|condition| (condition.first, condition.end, condition.in_words()))
            .collect();
        let long = "when kind is `x` or `y` and is final is `z` unless one or two is `t`";
        assert_eq!(
            words,
            [
                (1, 2, "when drops none".to_owned()),
                (2, 4, long.replace(" unless", " and unless"))
            ]
        );
    }

    #[test]
    fn what_is_in_no_form_is_refused() {
        for (yaml, text, message) in [
            ("- a\n", "a", "alias `a` is not `tool:ID`"),
            (
                "- a:1\n- {id: a:1, when: x}\n",
                "a:1",
                "alias `a:1` is named twice",
            ),
            ("- {id: a:1}\n", "a:1", "has neither `when` nor `unless`"),
            ("- {id: a:1, wen: x}\n", "wen", "`wen` does not fit here"),
            ("- {when: x}\n", "", "has no `id`"),
            ("- {id: a:1, when: {kind: 3}}\n", "kind", "a fact is a name"),
            ("- {id: a:1, when: Kind}\n", "Kind", "a fact is a name"),
            ("- {id: a:1, when: []}\n", "", "a fact is a name"),
            ("- [a:1]\n", "", "an alias is `tool:ID` or a mapping"),
        ] {
            let (near, found) = aliases(yaml).unwrap_err();
            assert_eq!(near, text, "{yaml}");
            assert!(found.contains(message), "{yaml}: {found}");
        }
    }
}

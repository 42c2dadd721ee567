//! Filters: what a rule's loop asks of the rows before it asks anything else, in a form that needs no engine. Used by
//! `build.rs` for our policies and at run time for a user's.
//!
//! A filter is written `commands | program in "apt", "apt-get" | is_onbuild | words[].text in "-y"`: a table, and
//! conditions that a row must meet. It may let rows through that the rule then refuses, never the other way.

use std::fmt;

/// A table and what is asked of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The table's name.
    pub table: String,
    /// All of them must hold.
    pub conditions: Vec<Condition>,
}

/// Something asked of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Where the value is.
    pub path: Vec<Step>,
    /// What is asked of it.
    pub test: Test,
}

/// One step from a row to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To a field.
    Field(String),
    /// To the item of a list with this number.
    Item(usize),
    /// To each item of a list: one that passes is enough.
    Each,
    /// To each key of an object: one that passes is enough.
    Keys,
}

/// What is asked of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// That it is one of these texts.
    In(Vec<String>),
    /// That it is none of these texts, or absent.
    NotIn(Vec<String>),
    /// That it is one of these texts in lower case, or holds what is not ASCII.
    Like(Vec<String>),
    /// That it is a text which begins with one of these.
    Starts(Vec<String>),
    /// That it is a text which ends with one of these.
    Ends(Vec<String>),
    /// That it is a text which contains one of these.
    Contains(Vec<String>),
    /// That it is this number.
    Number(i64),
    /// That it is a larger number than this one, or no number at all.
    Above(i64),
    /// That it is a text, but not this one, or no text at all.
    Not(String),
    /// That it is there and not false.
    Holds,
    /// That it is absent or false.
    Fails,
    /// That it is there.
    Exists,
    /// That it is a text, list or object with something in it.
    Filled,
}

/// Stands between the table and each condition.
const SEPARATOR: &str = " | ";

/// The table of a written filter; that of all its rows is written as its name.
pub fn table(text: &str) -> &str {
    text.split_once(SEPARATOR).map_or(text, |(table, _)| table)
}

impl Filter {
    /// Reads what [`fmt::Display`] wrote; nothing if it is no filter.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = split(text, SEPARATOR).into_iter();
        let table = parts.next()?.to_owned();
        let conditions = parts.map(Condition::read).collect::<Option<Vec<_>>>()?;
        Some(Self { table, conditions })
    }
}

impl Condition {
    fn read(written: &str) -> Option<Self> {
        // Nothing before the first quote is anything but the path and what is asked.
        let (head, values) = written.split_at(written.find('"').unwrap_or(written.len()));
        let (path, test) = if let Some(path) = head.strip_suffix(" in ") {
            let values = texts(values)?;
            if let Some(path) = path.strip_prefix("not ") {
                (path, Test::NotIn(values))
            } else if let Some(path) = path.strip_prefix("lower ") {
                (path, Test::Like(values))
            } else {
                (path, Test::In(values))
            }
        } else if let Some(path) = head.strip_suffix(" ^ ") {
            (path, Test::Starts(texts(values)?))
        } else if let Some(path) = head.strip_suffix(" $ ") {
            (path, Test::Ends(texts(values)?))
        } else if let Some(path) = head.strip_suffix(" ~ ") {
            (path, Test::Contains(texts(values)?))
        } else if let Some((path, number)) = head.split_once(" == ") {
            (path, Test::Number(number.parse().ok()?))
        } else if let Some((path, number)) = head.split_once(" > ") {
            (path, Test::Above(number.parse().ok()?))
        } else if let Some(path) = head.strip_suffix(" != ") {
            (path, Test::Not(bare(values)?))
        } else if let Some(path) = written.strip_prefix("not ") {
            (path, Test::Fails)
        } else if let Some(path) = written.strip_prefix("some ") {
            (path, Test::Exists)
        } else if let Some(path) = written.strip_prefix("count ") {
            (path, Test::Filled)
        } else {
            (written, Test::Holds)
        };
        let mut steps = Vec::new();
        for name in path.split('.') {
            let (name, item) = match name.strip_suffix(']') {
                Some(name) => {
                    let (name, number) = name.split_once('[')?;
                    (name, Some(number))
                }
                None => match name.strip_suffix("{}") {
                    Some(name) => (name, Some("{}")),
                    None => (name, None),
                },
            };
            steps.push(Step::Field(name.to_owned()));
            match item {
                None => {}
                Some("{}") => steps.push(Step::Keys),
                Some("") => steps.push(Step::Each),
                Some(number) => steps.push(Step::Item(number.parse().ok()?)),
            }
        }
        Some(Self { path: steps, test })
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.table)?;
        for condition in &self.conditions {
            write!(formatter, " | {condition}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.test {
            Test::Fails | Test::NotIn(_) => formatter.write_str("not ")?,
            Test::Like(_) => formatter.write_str("lower ")?,
            Test::Exists => formatter.write_str("some ")?,
            Test::Filled => formatter.write_str("count ")?,
            _ => {}
        }
        for (number, step) in self.path.iter().enumerate() {
            match step {
                Step::Field(name) if number == 0 => formatter.write_str(name)?,
                Step::Field(name) => write!(formatter, ".{name}")?,
                Step::Item(number) => write!(formatter, "[{number}]")?,
                Step::Each => formatter.write_str("[]")?,
                Step::Keys => formatter.write_str("{}")?,
            }
        }
        let quoted = |values: &[String]| {
            let values = values.iter().map(|value| format!("\"{value}\""));
            values.collect::<Vec<_>>().join(", ")
        };
        match &self.test {
            Test::In(values) | Test::NotIn(values) | Test::Like(values) => {
                write!(formatter, " in {}", quoted(values))
            }
            Test::Starts(values) => write!(formatter, " ^ {}", quoted(values)),
            Test::Ends(values) => write!(formatter, " $ {}", quoted(values)),
            Test::Contains(values) => write!(formatter, " ~ {}", quoted(values)),
            Test::Number(value) => write!(formatter, " == {value}"),
            Test::Above(value) => write!(formatter, " > {value}"),
            Test::Not(value) => write!(formatter, " != \"{value}\""),
            Test::Holds | Test::Fails | Test::Exists | Test::Filled => Ok(()),
        }
    }
}

/// The parts between separators that are outside of double quotes. Hundreds of filters are read before the first file is: it looks at each byte once.
fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let (bytes, separator) = (text.as_bytes(), separator.as_bytes());
    let mut parts = Vec::new();
    let (mut begin, mut at) = (0, 0);
    let mut is_quoted = false;
    while let Some(byte) = bytes.get(at) {
        if *byte == b'"' {
            is_quoted = !is_quoted;
        } else if !is_quoted && *byte == separator[0] && bytes[at..].starts_with(separator) {
            parts.push(&text[begin..at]);
            at += separator.len();
            begin = at;
            continue;
        }
        at += 1;
    }
    parts.push(&text[begin..]);
    parts
}

/// Quoted texts with commas between them.
fn texts(text: &str) -> Option<Vec<String>> {
    split(text, ", ").into_iter().map(bare).collect()
}

/// What is in double quotes; no quote is in it, nor a backslash.
fn bare(text: &str) -> Option<String> {
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "commands | program in \"a | b\", \"c, d\", \"\" | is_onbuild | not words[].is_glob | a.b != \"x in y\" | words[0].text ^ \"-\" | some list[] | not a in \"b\", \"c\" | lower a in \"b\" | a $ \".tar\" | a ~ \" | \", \"b\" | number == -1 | place > 0 | flags{} in \"-y\" | count args";
        let filter = Filter::read(text).unwrap();
        assert_eq!(filter.to_string(), text);
        assert_eq!(filter.conditions.len(), 14);
        assert_eq!(
            filter.conditions[0].test,
            Test::In(vec!["a | b".to_owned(), "c, d".to_owned(), String::new()])
        );
        assert_eq!(
            filter.conditions[2].path,
            [
                Step::Field("words".to_owned()),
                Step::Each,
                Step::Field("is_glob".to_owned())
            ]
        );
        assert_eq!(Filter::read("images").unwrap().conditions, []);
    }
}

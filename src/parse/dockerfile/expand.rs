//! Variables of a Dockerfile: `$NAME`, `${NAME:-default}` and the rest of what `BuildKit` expands.

use std::collections::{BTreeMap, BTreeSet};

/// The longest value that is built, in bytes, which is more than a path or the name of an image may have: a chain of variables could double it line by
/// line, and thousands of lines could repeat it.
const LONGEST: usize = 8 * 1024;

/// Variables that the builder sets for FROM. Source: the Dockerfile reference, "Automatic platform ARGs in the global scope".
const BUILDER: &[&str] = &[
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETARCH",
    "TARGETVARIANT",
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETSTAGE",
];

/// A text with its variables filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expanded {
    /// The text; variables of unknown value stand as they were written.
    pub text: String,
    /// Whether every variable was known.
    pub is_known: bool,
}

/// What is known of the variables at a point of a Dockerfile.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    values: BTreeMap<String, Option<String>>,
    /// Those whose value a build may be given.
    arguments: BTreeSet<String>,
    /// Whether variables are declared whose names are not known.
    is_open: bool,
}

impl Variables {
    /// Declares a variable; `None` if only the build knows its value.
    pub fn set(&mut self, name: &str, value: Option<String>) {
        self.values.insert(name.to_owned(), value);
    }

    /// Notes whether a build may be given the value of a variable.
    pub fn note_argument(&mut self, name: &str, is_argument: bool) {
        if is_argument {
            self.arguments.insert(name.to_owned());
        } else {
            self.arguments.remove(name);
        }
    }

    /// Whether a text reads a variable whose value a build may be given.
    pub fn reads_argument(&self, text: &str) -> bool {
        !self.arguments.is_empty()
            && reads(text)
                .iter()
                .any(|(name, _)| self.arguments.contains(*name))
    }

    /// Notes that a variable is declared whose name is not known.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// Whether a variable of that name was declared, and its value if it is known.
    pub fn get(&self, name: &str) -> Option<&Option<String>> {
        self.values.get(name)
    }

    /// The names that are declared.
    pub fn names(&self) -> Vec<String> {
        self.values.keys().cloned().collect()
    }

    /// The variables that `text` reads without a default and that nothing declares; those that the builder itself sets are declared.
    pub fn undefined(&self, text: &str) -> Vec<String> {
        let mut found = self.undeclared(text);
        found.retain(|name| !BUILDER.contains(&name.as_str()));
        found
    }

    /// The variables that `text` reads without a default and that nothing declares.
    pub fn undeclared(&self, text: &str) -> Vec<String> {
        if self.is_open {
            return Vec::new();
        }
        let read = reads(text).into_iter();
        read.filter(|(name, has_default)| !has_default && !self.values.contains_key(*name))
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    /// Fills the variables of `text` as a build does that is given no arguments: what has no default is empty.
    pub fn expand_ungiven(&self, text: &str) -> Expanded {
        let names = reads(text).into_iter().map(|(name, _)| name);
        let values = names.filter(|name| !BUILDER.contains(name)).map(|name| {
            let value = self.get(name).cloned().flatten();
            (name.to_owned(), Some(value.unwrap_or_default()))
        });
        let given = Self {
            values: values.collect(),
            ..Self::default()
        };
        given.expand(text)
    }

    /// Fills the variables of `text`, quotes and escapes left as they are; text in single quotes is left alone.
    pub fn expand(&self, text: &str) -> Expanded {
        let mut out = String::with_capacity(text.len());
        let is_known = self.expand_into(text, &mut out, 0);
        Expanded {
            text: out,
            is_known,
        }
    }

    fn expand_into(&self, text: &str, out: &mut String, depth: usize) -> bool {
        let mut is_known = true;
        let (mut single, mut double) = (false, false);
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            if out.len() > LONGEST || depth > 8 {
                return false;
            }
            let next = &rest[letter.len_utf8()..];
            match letter {
                '\'' | '"' => {
                    turn(letter, &mut single, &mut double);
                    out.push(letter);
                    rest = next;
                }
                '\\' if !single => {
                    out.push(letter);
                    let escaped = next.chars().next();
                    out.extend(escaped);
                    rest = &next[escaped.map_or(0, char::len_utf8)..];
                }
                '$' if !single => {
                    let (known, taken) = self.one(rest, out, depth);
                    is_known &= known;
                    rest = &rest[taken..];
                }
                _ => {
                    out.push(letter);
                    rest = next;
                }
            }
        }
        is_known
    }

    /// Expands the variable at the start of `text`; says whether it is known and how many bytes it takes.
    fn one(&self, text: &str, out: &mut String, depth: usize) -> (bool, usize) {
        let after = &text[1..];
        let name_length = |text: &str| {
            text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(text.len())
        };
        let Some(inner) = after.strip_prefix('{') else {
            let length = name_length(after);
            if length == 0 {
                out.push('$');
                return (true, 1);
            }
            let known = self.put(&after[..length], &text[..=length], out);
            return (known, length + 1);
        };
        let Some(close) = closing(inner) else {
            out.push_str(text);
            return (false, text.len());
        };
        let taken = close + 3;
        if dotted(inner).is_some() {
            out.push_str(&text[..taken]);
            return (false, taken);
        }
        let (name, rest) = inner[..close].split_at(name_length(&inner[..close]));
        let value = self.values.get(name);
        let (colon, operator) = match rest.strip_prefix(':') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let is_set = match value {
            Some(Some(value)) => Some(!(colon && value.is_empty())),
            Some(None) => None,
            None => Some(false),
        };
        let known = match (operator.chars().next(), is_set) {
            (None, _) => self.put(name, &text[..taken], out),
            (Some('-'), Some(false)) | (Some('+'), Some(true)) => {
                self.expand_into(&operator[1..], out, depth + 1)
            }
            (Some('-' | '?'), Some(true)) => self.put(name, &text[..taken], out),
            (Some('+'), Some(false)) => true,
            // A default that the build may override is what the file says of it.
            (Some('-'), None) => self.expand_into(&operator[1..], out, depth + 1),
            _ => {
                out.push_str(&text[..taken]);
                false
            }
        };
        (known, taken)
    }

    fn put(&self, name: &str, written: &str, out: &mut String) -> bool {
        if let Some(Some(value)) = self.values.get(name) {
            out.push_str(value);
            true
        } else {
            out.push_str(written);
            false
        }
    }
}

/// The variables that a text reads, each with whether it says what holds without a value; text in single quotes is left alone.
pub fn reads(text: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let (mut single, mut double) = (false, false);
    let mut letters = text.char_indices();
    while let Some((offset, letter)) = letters.next() {
        match letter {
            '\'' | '"' => turn(letter, &mut single, &mut double),
            '\\' if !single => {
                letters.next();
            }
            '$' if !single => {
                let after = &text[offset + 1..];
                let inner = after.strip_prefix('{').unwrap_or(after);
                let length = inner
                    .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
                    .unwrap_or(inner.len());
                let (name, rest) = inner.split_at(length);
                if inner.len() < after.len() && dotted(inner).is_some() {
                    continue;
                }
                let has_default =
                    inner.len() < after.len() && rest.starts_with([':', '-', '+', '?']);
                if !name.is_empty() {
                    found.push((name, has_default));
                }
            }
            _ => {}
        }
    }
    found
}

/// The name with a dot that `${` before `inner` begins, which build tools fill in and no builder or shell knows: `docker.base.image` of
/// `${docker.base.image}`.
pub fn dotted(inner: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    let end = inner.find(|letter| !is_part(letter))?;
    let name = &inner[..end];
    let is_closed = inner[end..].starts_with(['}', ':']);
    let mut parts = name.split('.');
    let is_named = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && parts.all(|part| !part.is_empty() && !part.starts_with('-'));
    let first = name.split('.').next().unwrap_or_default();
    (is_closed && is_named && first.len() < name.len() && !first.contains('-')).then_some(name)
}

/// What is behind a name in `${…}` and means nothing to the builder.
pub(super) fn bad_modifier(text: &str) -> Option<char> {
    let (mut single, mut double) = (false, false);
    let mut letters = text.char_indices();
    while let Some((offset, letter)) = letters.next() {
        match letter {
            '\'' | '"' => turn(letter, &mut single, &mut double),
            '\\' if !single => {
                letters.next();
            }
            '$' if !single => {
                let Some(inner) = text[offset + 1..].strip_prefix('{') else {
                    continue;
                };
                let behind =
                    inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
                if behind.len() == inner.len() {
                    continue;
                }
                let (allowed, behind) = match behind.strip_prefix(':') {
                    Some(behind) => ("-+?", behind),
                    None => ("}-+?#%/", behind),
                };
                // What a template of development containers or a build tool is filled in for.
                if inner.starts_with("templateOption:") || dotted(inner).is_some() {
                    continue;
                }
                let sign = behind.chars().next();
                if let Some(sign) = sign.filter(|sign| !allowed.contains(*sign)) {
                    return Some(sign);
                }
            }
            _ => {}
        }
    }
    None
}

/// Opens or closes a quote, unless it is in quotes of the other kind.
fn turn(letter: char, single: &mut bool, double: &mut bool) {
    match letter {
        '\'' if !*double => *single = !*single,
        '"' if !*single => *double = !*double,
        _ => {}
    }
}

/// The byte of the brace that closes what is before `inner`.
fn closing(inner: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (offset, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(offset),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

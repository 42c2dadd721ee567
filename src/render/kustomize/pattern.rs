//! Regular expressions of selectors, and label selectors.

use std::sync::Arc;

use regex::bytes::{Regex, RegexBuilder};

use crate::render::helm::functions::patterns::translated;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::tree::Place;

/// How large a compiled expression may be, in bytes.
const SIZE: usize = 1 << 16;

/// An expression that a whole text must match.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// Anything.
    Any,
    /// Text in which a dot is any one byte.
    Simple(Arc<str>),
    /// Any other expression, anchored.
    Regex(Regex),
}

impl Pattern {
    /// Of an expression; an empty one matches anything.
    pub fn new(text: &str, at: Place) -> Outcome<Self> {
        if text.is_empty() {
            return Ok(Self::Any);
        }
        if is_simple(text) {
            return Ok(Self::Simple(Arc::from(text)));
        }
        compile(&format!("^(?:{text})$"), at).map(Self::Regex)
    }

    /// Whether the text matches.
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Simple(pattern) => matches_simple(pattern, text),
            Self::Regex(regex) => regex.is_match(text.as_bytes()),
        }
    }

    /// Whether it matches anything.
    pub fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }
}

/// Whether an expression is plain text but for dots.
pub fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b'.' | b':')
    })
}

/// Whether `text` is the plain expression, whose dots stand for any one byte.
pub fn matches_simple(pattern: &str, text: &str) -> bool {
    pattern.len() == text.len()
        && pattern
            .bytes()
            .zip(text.bytes())
            .all(|(want, have)| want == have || (want == b'.' && have != b'\n'))
}

/// Compiles an expression of Go's syntax.
pub fn compile(text: &str, at: Place) -> Outcome<Regex> {
    RegexBuilder::new(&translated(text))
        .unicode(false)
        .size_limit(SIZE)
        .build()
        .map_err(|_| {
            let message = format!("`{}` is no regular expression", text.escape_debug());
            Refusal::new(at, message)
        })
}

/// A label selector: requirements that labels must meet, all of them.
#[derive(Clone, Debug, Default)]
pub struct LabelSelector {
    requirements: Vec<Requirement>,
}

#[derive(Clone, Debug)]
struct Requirement {
    key: String,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    Exists,
    Missing,
    In(Vec<String>),
    NotIn(Vec<String>),
}

impl LabelSelector {
    /// Of a text such as `app=web,tier!=db,env in (a, b),!old`.
    pub fn new(text: &str, at: Place) -> Outcome<Self> {
        let mut requirements = Vec::new();
        for part in parts(text) {
            let part = part.trim();
            if part.is_empty() && requirements.is_empty() && text.trim().is_empty() {
                continue;
            }
            let requirement = requirement(part).ok_or_else(|| {
                let message = format!("`{}` is no label selector", text.escape_debug());
                Refusal::new(at, message)
            })?;
            requirements.push(requirement);
        }
        Ok(Self { requirements })
    }

    /// Whether an object's labels, or the texts in another field of its metadata, meet all requirements.
    pub fn matches(&self, resource: &Resource, field: &str) -> bool {
        self.requirements.iter().all(|requirement| {
            let mut labels = resource.strings(field);
            let value = labels.find(|(key, _)| *key == requirement.key);
            requirement.is_met(value.map(|(_, value)| value))
        })
    }
}

impl Requirement {
    fn is_met(&self, value: Option<&str>) -> bool {
        let is_among = |values: &[String]| values.iter().any(|other| Some(other.as_str()) == value);
        match &self.test {
            Test::Exists => value.is_some(),
            Test::Missing => value.is_none(),
            Test::In(values) => is_among(values),
            Test::NotIn(values) => !is_among(values),
        }
    }
}

/// The parts between commas outside parentheses.
fn parts(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let split = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    text.split(split).collect()
}

fn requirement(part: &str) -> Option<Requirement> {
    let is_key = |key: &str| !key.is_empty() && !key.contains([' ', '(', ')', '!', '=', ',', '{']);
    let new = |key: &str, test: Test| {
        let key = key.trim().to_owned();
        is_key(&key).then_some(Requirement { key, test })
    };
    let one = |value: &str| vec![value.trim().to_owned()];
    if let Some(key) = part.strip_prefix('!') {
        return new(key, Test::Missing);
    }
    if let Some((key, value)) = part.split_once("!=") {
        return new(key, Test::NotIn(one(value)));
    }
    if let Some((key, value)) = part.split_once("==").or_else(|| part.split_once('=')) {
        return new(key, Test::In(one(value)));
    }
    if let Some((head, values)) = part.split_once('(') {
        let values = values.trim_end().strip_suffix(')')?;
        let values: Vec<String> = values
            .split(',')
            .map(|value| value.trim().to_owned())
            .collect();
        let (key, word) = head.trim().rsplit_once([' ', '\t'])?;
        return match word {
            "in" => new(key, Test::In(values)),
            "notin" => new(key, Test::NotIn(values)),
            _ => None,
        };
    }
    new(part, Test::Exists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::kustomize::read;

    #[test]
    fn patterns_match_whole_texts() {
        for (pattern, text, want) in [
            ("", "x", true),
            ("con", "conf", false),
            ("conf", "conf", true),
            ("c.nf", "conf", true),
            ("web|api", "api", true),
            ("web|api", "apis", false),
            (".*-x", "a-x", true),
            (r"[\w-\.]+", "a.b-c", true),
        ] {
            let pattern = Pattern::new(pattern, Place::default()).unwrap();
            assert_eq!(pattern.matches(text), want, "{pattern:?} {text}");
        }
        assert!(Pattern::new("(", Place::default()).is_err());
    }

    #[test]
    fn label_selectors_know_all_operators() {
        let text = "metadata: {labels: {app: web, env: a}}";
        let root = read::read(text, 1, None).unwrap().remove(0).root;
        let labels = Resource::new(root);
        for (selector, want) in [
            ("app=web", true),
            ("app==web,env!=b", true),
            ("app in (api, web)", true),
            ("env notin (a,b)", false),
            ("!old", true),
            ("env", true),
            ("old", false),
            ("", true),
            ("app=", false),
        ] {
            let selector = LabelSelector::new(selector, Place::default()).unwrap();
            assert_eq!(selector.matches(&labels, "labels"), want, "{selector:?}");
        }
        assert!(LabelSelector::new("a b", Place::default()).is_err());
    }
}

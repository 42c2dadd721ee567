//! Messages and helps: templates of a rule's METADATA, filled with the values that a finding brings.

use std::fmt::Write as _;

use regorus::Value;

use crate::rules::template::{self, Part};

/// The longest value that a message shows, in characters.
const LONGEST: usize = 100;

/// The longest sentence that a rule makes itself, in characters: a value that is all of a template.
const LONGEST_SENTENCE: usize = 400;

/// From how many words on a value is taken for a clause.
const CLAUSE: usize = 8;

/// Fills each `{name}` of `template` from the finding; a name it does not bring stays as it is.
pub(super) fn fill(template: &str, finding: &Value) -> String {
    let is_sentence = template::parts(template).nth(1).is_none();
    let longest = if is_sentence {
        LONGEST_SENTENCE
    } else {
        LONGEST
    };
    filled(template, finding, longest)
}

/// Fills a template with values of up to so many characters, and clauses of up to [`LONGEST_SENTENCE`].
fn filled(template: &str, finding: &Value, longest: usize) -> String {
    let mut message = String::with_capacity(template.len() + 32);
    for part in template::parts(template) {
        match part {
            Part::Text(text) => message.push_str(text),
            Part::Placeholder { name, .. } => match &finding[name] {
                Value::Undefined => _ = write!(message, "{{{name}}}"),
                value => message.push_str(&cut(value, longest.max(longest_of(value)))),
            },
        }
    }
    message.shrink_to_fit();
    message
}

/// The help of a finding; `None` if it is what its rule's METADATA says, word for word. What is to be written is not cut where a message would be.
pub(super) fn help(template: &str, finding: &Value) -> Option<Box<str>> {
    let help = || filled(template.trim_end(), finding, LONGEST_SENTENCE);
    (!template::is_constant(template)).then(|| help().into_boxed_str())
}

/// A value on one line: control characters become spaces, what is too long is cut.
pub(super) fn shown(value: &Value) -> String {
    cut(value, LONGEST)
}

/// How much of a value is shown: of a clause that a rule made all, of a name or a text of the file the beginning.
fn longest_of(value: &Value) -> usize {
    let words = value.as_string().map_or(0, |text| text.split(' ').count());
    let is_code = value.as_string().is_ok_and(|text| text.contains('`'));
    if words >= CLAUSE || is_code {
        LONGEST_SENTENCE
    } else {
        LONGEST
    }
}

fn cut(value: &Value, longest: usize) -> String {
    let text = match value.as_string() {
        Ok(text) => text.to_string(),
        Err(_) => value.to_string(),
    };
    let mut shown: String = text
        .chars()
        .take(longest)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(longest).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_and_unknown_ones_stay() {
        let finding = Value::from_json_str(r#"{"name": "app", "uid": 0, "odd": "a\nb"}"#).unwrap();
        assert_eq!(fill("`{name}` runs as {uid}", &finding), "`app` runs as 0");
        assert_eq!(fill("{odd} {missing} {", &finding), "a b {missing} {");
        assert_eq!(fill("{ {name}", &finding), "{ app");
        assert_eq!(
            fill("${name} ${other} \\{name}", &finding),
            "$app ${other} {name}"
        );
    }

    #[test]
    fn a_help_without_names_is_that_of_the_rule() {
        let finding = Value::from_json_str(r#"{"name": "FOO"}"#).unwrap();
        assert_eq!(help("Add `permissions: {}`.", &finding), None);
        let filled = help("Write `ENV {name}=${name}`.\n", &finding);
        assert_eq!(filled.as_deref(), Some("Write `ENV FOO=$FOO`."));
    }

    #[test]
    fn long_values_are_cut() {
        let long = Value::from("x".repeat(200));
        assert_eq!(shown(&long).chars().count(), LONGEST + 1);
    }
}

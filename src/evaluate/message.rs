//! Messages: the one line of a rule's METADATA, filled with the names that a finding brings.

use std::fmt::Write as _;

use regorus::Value;

/// The longest value that a message shows, in characters.
const LONGEST: usize = 100;

/// Fills each `{name}` of `template` from the finding; a name it does not bring stays as it is.
pub(super) fn fill(template: &str, finding: &Value) -> String {
    let mut message = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        message.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            message.push('{');
            rest = after;
            continue;
        };
        let value = &finding[name];
        if *value == Value::Undefined {
            let _ = write!(message, "{{{name}}}");
        } else {
            message.push_str(&shown(value));
        }
        rest = tail;
    }
    message.push_str(rest);
    message.shrink_to_fit();
    message
}

/// A value on one line: control characters become spaces, what is too long is cut.
pub(super) fn shown(value: &Value) -> String {
    let text = match value.as_string() {
        Ok(text) => text.to_string(),
        Err(_) => value.to_string(),
    };
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
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
    }

    #[test]
    fn long_values_are_cut() {
        let long = Value::from("x".repeat(200));
        assert_eq!(shown(&long).chars().count(), LONGEST + 1);
    }
}

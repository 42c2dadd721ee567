//! The shape of what a rule yields: an object with the `at` of a row. What the policy compiler cannot see is checked here, so that
//! nothing that a rule yields is lost without a word.

use regorus::Value;

use crate::evaluate::object;
use crate::evaluate::severity;
use crate::rules::{family, yields};

/// Why what a rule yielded cannot be taken.
pub(super) fn refusal(yielded: &Value) -> Option<String> {
    let Ok(object) = yielded.as_object() else {
        let found = kind(yielded);
        return Some(format!(
            "`deny` contains {found}: a finding is an object with the `at` of a row"
        ));
    };
    let names = object.keys().filter_map(|name| name.as_string().ok());
    if let Some(reason) = yields::refusal(names.map(AsRef::as_ref)) {
        return Some(reason.to_owned());
    }
    if let Some(reason) = place(&yielded["at"], "the finding") {
        return Some(reason);
    }
    match &yielded["field"] {
        Value::Undefined | Value::String(_) | Value::Array(_) | Value::Null => {}
        other => {
            let found = kind(other);
            return Some(format!(
                "`field` is {found}, but a field is a path such as \"ports.0.name\" or a list of keys"
            ));
        }
    }
    let word = &yielded["severity"];
    if *word != Value::Undefined && severity(word).is_none() {
        let found = kind(word);
        return Some(format!("`severity` is {found}, not error, warning or info"));
    }
    let minor = &yielded[family::MINOR];
    if !matches!(minor, Value::Undefined | Value::Bool(_)) {
        let found = kind(minor);
        return Some(format!("`minor` is {found}, not true or false"));
    }
    related(&yielded["related"])
}

/// Why a value is no list of related places.
fn related(value: &Value) -> Option<String> {
    if *value == Value::Undefined {
        return None;
    }
    let Ok(items) = value.as_array() else {
        let found = kind(value);
        return Some(format!("`related` is {found}, not a list of places"));
    };
    items.iter().find_map(|item| {
        if item.as_object().is_err() {
            let found = kind(item);
            return Some(format!(
                "a related place is {found}, not an object with `at` and `message`"
            ));
        }
        let message = match &item["message"] {
            Value::Undefined => Some("a related place has no `message`".to_owned()),
            _ => None,
        };
        message.or_else(|| place(&item["at"], "a related place"))
    })
}

/// Why the `at` of something is no place.
fn place(at: &Value, of: &str) -> Option<String> {
    match at {
        Value::Undefined => Some(format!("{of} has no `at`: hand back the `at` of a row")),
        _ if object::at(at).is_some() => None,
        _ => {
            let found = kind(at);
            Some(format!(
                "the `at` of {of} is {found}: hand back the `at` of a row, such as `container.at`"
            ))
        }
    }
}

/// A value, as a message names it.
fn kind(value: &Value) -> String {
    match value {
        Value::Undefined => "missing".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(_) => format!("the number {value}"),
        Value::String(text) => format!(
            "the text `{}`",
            super::message::shown(&Value::String(text.clone()))
        ),
        Value::Array(_) => "a list".to_owned(),
        Value::Set(_) => "a set".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_finding_has_its_shape() {
        let refused = |json: &str| refusal(&Value::from_json_str(json).unwrap());
        for fine in [
            r#"{"at": 7}"#,
            r#"{"at": 7, "field": ["a", 0], "severity": "info", "name": null}"#,
            r#"{"at": 7, "related": [{"at": 8, "message": "here"}]}"#,
        ] {
            assert_eq!(refused(fine), None, "{fine}");
        }
        for (odd, reason) in [
            ("\"boo\"", "the text `boo`"),
            ("[7]", "a list"),
            (r#"{"field": "a"}"#, "has no `at`"),
            (
                r#"{"at": "app"}"#,
                "the `at` of the finding is the text `app`",
            ),
            (r#"{"at": 7, "field": 3}"#, "`field` is the number 3"),
            (
                r#"{"at": 7, "severity": "high"}"#,
                "`severity` is the text `high`",
            ),
            (r#"{"at": 7, "minor": 1}"#, "`minor` is the number 1"),
            (r#"{"at": 7, "related": {}}"#, "`related` is an object"),
            (
                r#"{"at": 7, "related": [{"at": 8, "note": "x"}]}"#,
                "has no `message`",
            ),
            (
                r#"{"at": 7, "related": [{"message": "x"}]}"#,
                "a related place has no `at`",
            ),
            (r#"{"at": 7, "fix": []}"#, "brings no `fix`"),
        ] {
            let found = refused(odd).unwrap_or_default();
            assert!(found.contains(reason), "{odd}: {found}");
        }
    }
}

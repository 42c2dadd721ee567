//! Which of its rule's aliases count for a finding.

use std::sync::Arc;

use regorus::Value;

use crate::rules::alias::{AnyOf, Condition, Fact};

/// The rule's aliases, less those whose conditions the finding does not meet.
pub(super) fn chosen(
    all: &Arc<[Arc<str>]>,
    conditions: &[Condition],
    finding: &Value,
) -> Arc<[Arc<str>]> {
    let unmet = conditions
        .iter()
        .filter(|condition| !is_met(condition, finding));
    let unmet: Vec<&Condition> = unmet.collect();
    if unmet.is_empty() {
        return Arc::clone(all);
    }
    let is_chosen = |number: usize| {
        let mut unmet = unmet.iter();
        !unmet.any(|condition| (condition.first..condition.end).contains(&number))
    };
    let numbered = all.iter().enumerate();
    let chosen = numbered.filter(|(number, _)| is_chosen(*number));
    chosen.map(|(_, alias)| Arc::clone(alias)).collect()
}

fn is_met(condition: &Condition, finding: &Value) -> bool {
    let any = |any: &AnyOf| {
        any.iter()
            .any(|all| all.iter().all(|fact| holds(fact, finding)))
    };
    (condition.when.is_empty() || any(&condition.when)) && !any(&condition.unless)
}

/// Whether the finding says the fact: `true` under its name, or one of its texts, or a list with one of them.
fn holds(fact: &Fact, finding: &Value) -> bool {
    let is_one = |found: &Value| match found {
        Value::String(found) => fact.texts.iter().any(|text| **text == **found),
        _ => false,
    };
    match &finding[fact.name.as_ref()] {
        Value::Bool(is) => *is && fact.texts.is_empty(),
        Value::Array(found) => found.iter().any(is_one),
        found => is_one(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::alias;

    #[test]
    fn aliases_count_by_what_a_finding_says() {
        let entries = "- a:1\n- {id: b:2, when: drops_none}\n- {ids: [c:3, c:4], unless: {kind: [x, y]}}\n- {id: d:5, when: [{kind: x, drops_none: z}, is_last], unless: is_first}\n";
        let entries: Vec<serde_yaml::Value> = serde_yaml::from_str(entries).unwrap();
        let read = alias::read(&entries).unwrap();
        let all: Arc<[Arc<str>]> = read.ids.iter().map(|id| Arc::from(id.as_str())).collect();
        for (finding, expected) in [
            (r#"{"drops_none": true}"#, &["a:1", "b:2", "c:3", "c:4"][..]),
            (r#"{"drops_none": false, "kind": "x"}"#, &["a:1"]),
            (
                r#"{"drops_none": "true", "kind": true}"#,
                &["a:1", "c:3", "c:4"],
            ),
            (r#"{"drops_none": "z", "kind": "x"}"#, &["a:1", "d:5"]),
            (
                r#"{"drops_none": ["z"], "kind": ["w", "x"]}"#,
                &["a:1", "d:5"],
            ),
            (r#"{"is_last": true, "kind": "y"}"#, &["a:1", "d:5"]),
            (
                r#"{"is_last": true, "is_first": true, "kind": "y"}"#,
                &["a:1"],
            ),
            (
                r#"{"drops_none": true, "is_last": true}"#,
                &["a:1", "b:2", "c:3", "c:4", "d:5"],
            ),
        ] {
            let value = Value::from_json_str(finding).unwrap();
            let chosen = chosen(&all, &read.conditions, &value);
            let chosen: Vec<&str> = chosen.iter().map(AsRef::as_ref).collect();
            assert_eq!(chosen, expected, "{finding}");
        }
    }
}

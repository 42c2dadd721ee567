//! Tolerations and expressions of selectors.

use crate::model::kubernetes::validation::schema::refused::{Found, Part, found};

/// A toleration.
pub(super) fn toleration(part: Part<'_>) -> Option<Found> {
    let operator = part.text("operator").unwrap_or("Equal");
    if operator == "Exists"
        && let Some(value) = part.get("value").filter(|_| part.text("value").is_some())
    {
        return Some(found(
            value,
            "a toleration with `operator: Exists` takes no `value`",
            "Remove `value`, or write `operator: Equal`",
        ));
    }
    if part.is_whole && operator == "Equal" && part.lacks("key") && part.get("operator").is_some() {
        return Some(found(
            part.node,
            "a toleration without a `key` needs `operator: Exists`",
            "Write `operator: Exists`, or the `key` of the taint",
        ));
    }
    let effect = part.text("effect");
    let seconds = part.get("tolerationSeconds")?;
    let is_other = effect.is_some_and(|effect| matches!(effect, "NoSchedule" | "PreferNoSchedule"));
    is_other.then(|| {
        found(
            seconds,
            "`tolerationSeconds` is for `effect: NoExecute` alone",
            "Remove `tolerationSeconds`, or write `effect: NoExecute`",
        )
    })
}

/// An expression of a selector; the operators `with` take values.
pub(super) fn expression(part: Part<'_>, with: &[&str]) -> Option<Found> {
    let operator = part.text("operator")?;
    let count = part.count("values");
    let node = part.get("operator")?;
    if matches!(operator, "Exists" | "DoesNotExist") {
        let values = part
            .get("values")
            .filter(|_| count.is_some_and(|count| count > 0))?;
        return Some(found(
            values,
            format!("`operator: {operator}` takes no `values`"),
            "Remove `values`, or write `operator: In`",
        ));
    }
    if with.contains(&operator) {
        let is_empty = part.lacks("values") || count == Some(0);
        return is_empty.then(|| {
            found(
                node,
                format!("`operator: {operator}` needs `values`"),
                "Add `values`, or write `operator: Exists`",
            )
        });
    }
    let mut known = with.to_vec();
    known.extend(["Exists", "DoesNotExist"]);
    let is_word = operator.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_word.then(|| {
        let help = match known
            .iter()
            .find(|word| word.eq_ignore_ascii_case(operator))
        {
            Some(word) => format!("Write `{word}`"),
            None => format!("Write one of `{}`", known.join("`, `")),
        };
        found(node, format!("unsupported `operator: {operator}`"), help)
    })
}

//! A name given a value, wherever that is written.

use crate::model::place::At;
use crate::model::row::Row;
use crate::model::secret;

/// The row of a variable; `field` leads from `at` to it. What of a secret is shown are its first characters.
pub(super) fn row(
    at: At,
    document: At,
    source: &str,
    name: &str,
    value: Option<&str>,
    is_known: bool,
    field: &str,
) -> Row {
    let known = value.filter(|_| is_known);
    let row = Row::at(at)
        .place("document", document)
        .text("name", name)
        .text("source", source)
        .text("field", field)
        .flag("has_value", value.is_some())
        .flag("is_known", is_known)
        .flag("looks_secret_name", secret::is_secret_name(name))
        .flag("is_placeholder", known.is_some_and(secret::is_placeholder))
        .flag(
            "looks_like_password",
            known.is_some_and(secret::looks_like_password),
        )
        .maybe_text("value", known);
    let kind = known.and_then(secret::kind);
    row.maybe_text("secret_kind", kind)
        .maybe_text("shown", known.map(secret::shown).as_deref())
}

//! A name given a value, wherever that is written.

use hullmark_tables::{Variables, variables};

use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::secret;

/// The row of a variable; `field` leads from `at` to it. What of a secret is shown are its first characters.
pub(super) fn row(
    at: RowRef,
    document: RowRef,
    source: &str,
    name: &str,
    value: Option<&str>,
    is_known: bool,
    field: &str,
) -> RowBuilder<Variables> {
    let known = value.filter(|_| is_known);
    let row = RowBuilder::at(at)
        .set(variables::document, document)
        .text(variables::name, name)
        .text(variables::source, source)
        .text(variables::field, field)
        .set(variables::has_value, value.is_some())
        .set(variables::is_known, is_known)
        .set(
            variables::looks_secret_name,
            secret::looks_secret(name, known),
        )
        .set(
            variables::is_placeholder,
            known.is_some_and(secret::is_placeholder),
        )
        .set(
            variables::looks_like_password,
            known.is_some_and(|value| {
                secret::looks_like_password(value) && !secret::is_other(name, value)
            }),
        )
        .set(
            variables::is_well_known,
            known.is_some_and(|value| secret::is_well_known("", value)),
        )
        .set(variables::is_demonstration, secret::is_demonstration(name))
        .maybe_text(variables::value, known);
    let kind = known.and_then(secret::kind);
    row.maybe_text(variables::secret_kind, kind)
        .maybe_text(variables::shown, known.map(secret::shown).as_deref())
}

/// The row of a value, which is no secret if it is made of the name of one of these users.
pub(super) fn of_users<'u>(
    row: RowBuilder<Variables>,
    value: &str,
    mut users: impl Iterator<Item = &'u str>,
) -> RowBuilder<Variables> {
    if users.any(|user| !user.is_empty() && secret::is_well_known(user, value)) {
        return row.set(variables::is_well_known, true);
    }
    row
}

//! A name given a value, wherever that is written.

use hullmark_tables::{Variables, variables};

use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::secret::{self, Weakness};

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
        .set(variables::is_demonstration, secret::is_demonstration(name))
        .maybe_text(variables::value, known);
    let weakness = known.and_then(secret::weakness);
    let row = row
        .set(variables::is_well_known, weakness.is_some())
        .maybe_text(variables::weakness, weakness.map(Weakness::as_str));
    let kind = known.and_then(secret::kind);
    row.maybe_text(variables::secret_kind, kind)
        .maybe_text(variables::shown, known.map(secret::shown).as_deref())
}

/// The row of a value beside the names of users and databases, and of the application that `applications` gives: a password that is made of one of them is
/// weak.
pub(super) fn of_users<'u>(
    row: RowBuilder<Variables>,
    (name, value): (&str, &str),
    mut users: impl Iterator<Item = &'u str>,
    applications: impl FnOnce() -> Vec<String>,
) -> RowBuilder<Variables> {
    if !secret::looks_secret(name, Some(value)) || secret::weakness(value).is_some() {
        return row;
    }
    let is_of = |user: &str| !user.is_empty() && secret::is_well_known(user, value);
    let weakness = if users.any(is_of) {
        Weakness::User
    } else if applications().iter().any(|name| is_of(name)) {
        Weakness::Application
    } else {
        return row;
    };
    row.set(variables::is_well_known, true)
        .text(variables::weakness, weakness.as_str())
}

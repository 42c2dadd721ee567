//! The rows of images, wherever a reference to one is written.

use crate::model::lifetime;
use crate::model::place::At;
use crate::model::reference;
use crate::model::row::Row;

/// The row of a reference as written; `field` leads from `at` to it.
pub(super) fn row(at: At, document: At, role: &str, text: &str, field: &str) -> Row {
    row_as(at, document, role, text, text, field)
}

/// The row of a reference whose text is written with variables and whose value is `value`.
pub(super) fn row_as(
    at: At,
    document: At,
    role: &str,
    text: &str,
    value: &str,
    field: &str,
) -> Row {
    let reference = reference::parse(value);
    let ended = lifetime::ended(&reference);
    // A release that ended says more than that the whole image did.
    let given_up = lifetime::given_up(&reference).filter(|_| ended.is_none());
    Row::at(at)
        .place("document", document)
        .text("text", text)
        .text("role", role)
        .text("field", field)
        .maybe_text("registry", reference.registry)
        .flag("has_registry", reference.has_registry)
        .maybe_text("repository", reference.repository)
        .maybe_text("tag", reference.tag)
        .maybe_text("digest", reference.digest)
        .flag("has_tag", reference.has_tag)
        .flag("has_digest", reference.has_digest)
        .flag("is_known", reference.is_known)
        .flag("is_valid", reference.is_valid)
        .maybe_text(
            "ended_release",
            ended.as_ref().map(|(release, _)| release.as_str()),
        )
        .maybe_text("ended", ended.as_ref().map(|(_, month)| *month))
        .maybe_text("given_up", given_up.map(|image| image.since))
        .maybe_text("successor", given_up.and_then(|image| image.successor))
}

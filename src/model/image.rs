//! The rows of images, wherever a reference to one is written.

use hullmark_tables::{Images, images};

use crate::model::end_of_life;
use crate::model::place::RowRef;
use crate::model::reference;
use crate::model::row::RowBuilder;

/// The row of a reference as written; `field` leads from `at` to it.
pub(super) fn row(
    at: RowRef,
    document: RowRef,
    role: &str,
    text: &str,
    field: &str,
) -> RowBuilder<Images> {
    row_as(at, document, role, text, text, field)
}

/// The row of a reference whose text is written with variables and whose value is `value`.
pub(super) fn row_as(
    at: RowRef,
    document: RowRef,
    role: &str,
    text: &str,
    value: &str,
    field: &str,
) -> RowBuilder<Images> {
    let mut reference = reference::parse(value);
    // The API server takes no space off; Docker and GitHub do.
    let is_padded = matches!(role, "container" | "init" | "ephemeral")
        && reference.is_known
        && value.trim() != value;
    reference.is_valid &= !is_padded;
    let problem = (!reference.is_valid).then(|| reference::problem(value, &reference, is_padded));
    let ended = end_of_life::ended(&reference);
    // A release that ended says more than that the whole image did.
    let given_up = end_of_life::given_up(&reference).filter(|_| ended.is_none());
    RowBuilder::at(at)
        .set(images::document, document)
        .text(images::text, text)
        .text(images::role, role)
        .text(images::field, field)
        .maybe_text(images::registry, reference.registry)
        .set(images::has_registry, reference.has_registry)
        .maybe_text(images::repository, reference.repository)
        .maybe_text(images::tag, reference.tag)
        .maybe_text(images::digest, reference.digest)
        .set(images::has_tag, reference.has_tag)
        .set(images::has_digest, reference.has_digest)
        .set(images::is_known, reference.is_known)
        .set(images::is_valid, reference.is_valid)
        .maybe_text(images::problem, problem)
        .maybe_text(
            images::ended_release,
            ended.as_ref().map(|(release, _)| release.as_str()),
        )
        .maybe_text(images::ended, ended.as_ref().map(|(_, month)| *month))
        .maybe_text(images::given_up, given_up.map(|image| image.since))
        .set(
            images::registry_is_gone,
            given_up.is_some_and(|image| image.is_gone),
        )
        .maybe_text(
            images::successor,
            given_up.and_then(|image| image.successor),
        )
        .maybe_text(
            images::moved_to,
            given_up
                .and_then(|image| end_of_life::moved(&reference, image))
                .as_deref(),
        )
}

//! The rows of images, wherever a reference to one is written.

use hullmark_tables::{Images, images};

use crate::model::place::RowRef;
use crate::model::row::{Field, Row, RowBuilder};
use crate::model::table::Table;
use crate::model::{FileTables, end_of_life, official_images, reference};
use crate::sources::Source;
use crate::sources::context::BuildContexts;

/// How many images of a file are asked whether the repository builds them.
const MOST_ASKED: usize = 100;

/// Says of images without a version whether the repository builds them, and whether their names are those of no registry.
pub(super) fn note_homes(tables: &mut FileTables, source: &Source, contexts: &BuildContexts) {
    let root = contexts.root_of(source);
    let source = root.as_ref().unwrap_or(source);
    let rows = tables.rows_mut(Table::Images);
    let floating = rows.iter_mut().filter(|row| is_floating(row));
    for row in floating.take(MOST_ASKED) {
        let Some(Field::Text(repository)) = row.field(images::repository.column()).cloned() else {
            continue;
        };
        let is_base = has_text(row, images::role.column(), "base");
        let has_registry = row.field(images::registry.column()).is_some();
        let is_official = !has_registry && official_images::is_one(&repository);
        let is_local = !has_registry && !repository.contains(['/', '$']) && !is_official;
        let is_home = !is_official && contexts.is_home_of(source, &repository, is_base);
        row.amend(images::is_local_name.column(), Field::Flag(is_local));
        row.amend(images::is_home.column(), Field::Flag(is_home));
        let is_of_pod = has_text(row, images::role.column(), "container")
            || has_text(row, images::role.column(), "init");
        if is_of_pod {
            let is_tagged = !is_official && contexts.tags_image(source, &repository);
            row.amend(images::is_tagged_here.column(), Field::Flag(is_tagged));
        }
    }
}

/// Whether the reference has neither a digest nor a tag other than `latest` or the name of a branch.
fn is_floating(row: &Row) -> bool {
    let is_set = |column| matches!(row.field(column), Some(Field::Flag(true)));
    let is_latest = || {
        ["latest", "main", "master", "develop", "trunk"]
            .iter()
            .any(|tag| has_text(row, images::tag.column(), tag))
    };
    !is_set(images::has_digest.column()) && (!is_set(images::has_tag.column()) || is_latest())
}

fn has_text(row: &Row, column: hullmark_tables::Column, wanted: &str) -> bool {
    match row.field(column) {
        Some(Field::Text(text)) => &**text == wanted,
        Some(Field::Word(word)) => *word == wanted,
        _ => false,
    }
}

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
        .maybe_text(images::ended, ended.as_ref().map(|(_, month)| &**month))
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

//! What a kind has at a path.

use hullmark_schema::definition::Scalar;
use hullmark_schema::{Field as Declared, Kind, Shape};

use crate::model::kubernetes::validation::path::Step;

/// What a kind has at a path.
pub(super) enum Found<'b> {
    /// This field.
    Field(Declared<'b>),
    /// Anything, below a mapping that keeps what is not declared.
    Open,
    /// Nothing.
    Nothing,
}

/// The field at a path below a kind.
pub(super) fn declared<'b>(kind: Kind<'b>, steps: &[Step<'_>]) -> Option<Declared<'b>> {
    match at(kind, steps) {
        Found::Field(field) => Some(field),
        _ => None,
    }
}

/// What a kind has at a path.
pub(super) fn at<'b>(kind: Kind<'b>, steps: &[Step<'_>]) -> Found<'b> {
    let mut shape = Shape::Object(kind.root());
    let mut found = Found::Nothing;
    for step in steps {
        let key = match (step, shape) {
            (_, Shape::Scalar(Scalar::Any)) => return Found::Open,
            (Step::Item, Shape::List(inner)) | (Step::Key(_), Shape::Map(inner)) => {
                shape = inner.shape();
                continue;
            }
            (Step::Key(key), Shape::Object(of)) => match of.field(key) {
                Some(field) => field,
                None if of.is_open() => return Found::Open,
                None => return Found::Nothing,
            },
            _ => return Found::Nothing,
        };
        shape = key.shape();
        found = Found::Field(key);
    }
    found
}

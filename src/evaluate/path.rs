//! Paths of filters from a row to values, with columns by number.

use hullmark_tables::{Column, Type};

use crate::model::value_ref::ValueRef;
use crate::rules::filter::Step;

/// One step from a row, or from a value in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PathStep {
    /// To the field of a nested row.
    Column(Column),
    /// To the value of a key that the file decides on.
    Key(String),
    /// To the item of a list with this number.
    Item(usize),
    /// To each item of a list.
    Each,
    /// To each key of an object.
    Keys,
}

impl PathStep {
    /// Whether it leads to many values.
    pub(super) fn is_many(&self) -> bool {
        matches!(self, Self::Each | Self::Keys)
    }
}

/// The steps of a filter from a value of a declared type; from `None` the file decides what there is.
pub(super) fn path_steps(from: Option<Type>, steps: &[Step]) -> Vec<PathStep> {
    let mut here = from;
    let steps = steps.iter().map(|step| match step {
        Step::Field(name) => {
            let column = here.and_then(|here| here.column(name));
            here = match (column, here) {
                (Some(column), _) => Some(column.definition().of),
                (None, Some(Type::Map(of))) => Some(*of),
                (None, _) => None,
            };
            column.map_or_else(|| PathStep::Key(name.clone()), PathStep::Column)
        }
        Step::Item(number) => {
            here = here.and_then(Type::item);
            PathStep::Item(*number)
        }
        Step::Each => {
            here = here.and_then(Type::item);
            PathStep::Each
        }
        Step::Keys => {
            here = Some(Type::Text);
            PathStep::Keys
        }
    });
    steps.collect()
}

/// Shows `look` what the path leads to, or that it leads to nothing, until it is content; says whether it was.
pub(super) fn each(
    value: ValueRef,
    path: &[PathStep],
    look: &mut dyn FnMut(Option<ValueRef>) -> bool,
) -> bool {
    let Some((step, rest)) = path.split_first() else {
        return look(Some(value));
    };
    let next = match step {
        PathStep::Column(column) => value.field(*column),
        PathStep::Key(name) => value.get(name),
        PathStep::Item(number) => value.item(*number),
        PathStep::Each => return value.any(&mut |item| each(item, rest, look)),
        PathStep::Keys => return value.any_key(&mut |key| each(key, rest, look)),
    };
    match next {
        Some(next) => each(next, rest, look),
        None => look(None),
    }
}

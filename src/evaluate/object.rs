//! Rows as the engine reads them: made only of those rows that some rule gets to see.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use hullmark_tables::RowType;
use regorus::Value;
use regorus::value::Object;
use rustc_hash::FxHashMap;

use crate::model::place::RowRef;
use crate::model::row::{Field, Row};

/// Where the fields of rows of one type with the same columns set are in their objects. Most rows of a table have the
/// same columns set; to sort their names anew for each took longer than all else here.
struct RowLayout {
    /// An object of these names: to copy it takes no comparison of names, as to build one does.
    template: BTreeMap<Value, Value>,
    /// For each name in the order of the names, the number of its field in the row.
    order: Vec<usize>,
}

/// Layouts by the type of the rows and the bits of the columns that are set.
type RowLayouts = FxHashMap<(RowType, [u64; 2]), Rc<RowLayout>>;

thread_local! {
    static LAYOUTS: RefCell<RowLayouts> = RefCell::default();
    /// Values of the texts that rows share.
    static WORDS: RefCell<FxHashMap<&'static str, Value>> = RefCell::default();
    /// Most lists of most rows hold nothing: they share this one, and objects the other.
    static EMPTY: (Value, Value) = (Value::new_array(), Value::new_object());
}

/// A row as the engine reads it.
pub(super) fn object(row: &Row) -> Value {
    let layout = LAYOUTS.with_borrow_mut(|layouts| {
        let layout = layouts.entry((row.row_type(), row.set_columns()));
        Rc::clone(layout.or_insert_with(|| Rc::new(RowLayout::of(row))))
    });
    let mut object = layout.template.clone();
    let fields = row.fields();
    for (slot, number) in object.values_mut().zip(&layout.order) {
        *slot = value(&fields[*number]);
    }
    Value::Object(Arc::new(Object::from(object)))
}

impl RowLayout {
    fn of(row: &Row) -> Self {
        let mut names: Vec<(&str, usize)> = row.names().zip(0..).collect();
        names.sort_unstable();
        let template = names.iter();
        let template = template.map(|(name, _)| (Value::from(*name), Value::Null));
        Self {
            template: template.collect(),
            order: names.iter().map(|(_, number)| *number).collect(),
        }
    }
}

/// The `at` of a row, as rules see it: an opaque number.
pub(super) fn number(at: RowRef) -> Value {
    Value::from(at.number())
}

/// The `at` that a rule handed back; `None` if it is no number that the model gave out.
pub(super) fn at(value: &Value) -> Option<RowRef> {
    RowRef::from_number(value.as_u64().ok()?)
}

/// A field as the engine reads it.
fn value(field: &Field) -> Value {
    match field {
        Field::Text(text) => Value::String(Arc::clone(text)),
        Field::Word(text) => word(text),
        Field::Flag(flag) => Value::Bool(*flag),
        Field::Number(number) => Value::from(*number),
        Field::Decimal(number) => Value::from(*number),
        Field::Ref(at) => number(*at),
        Field::Refs(refs) => list(refs.iter().map(|at| number(*at))),
        Field::Row(row) => object(row),
        Field::Rows(rows) => list(rows.iter().map(object)),
        Field::List(items) => list(items.iter().map(value)),
        Field::Map(pairs) if pairs.is_empty() => EMPTY.with(|(_, object)| object.clone()),
        Field::Map(pairs) => {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(key, field)| (Value::from(key.as_str()), value(field)));
            Value::from(pairs.collect::<BTreeMap<Value, Value>>())
        }
    }
}

fn list(items: impl ExactSizeIterator<Item = Value>) -> Value {
    match items.len() {
        0 => EMPTY.with(|(list, _)| list.clone()),
        _ => Value::from(items.collect::<Vec<Value>>()),
    }
}

/// A text that rows share, made once a thread.
fn word(text: &'static str) -> Value {
    WORDS.with_borrow_mut(|words| {
        let word = words.entry(text);
        word.or_insert_with(|| Value::from(text)).clone()
    })
}

//! Rows: what the model says, field by field. Builders set columns that are declared, to values of the declared type.

use std::marker::PhantomData;
use std::sync::Arc;

use hullmark_tables::{
    Column, ColumnOf, Decimal, FieldPath, Flag, Items, Kind, Map, Number, Numbers, One, Ref, Refs,
    RowKind, RowType, Rows, Text, Texts, Written,
};

use crate::model::place::RowRef;

/// A row of a table, or one nested in a row.
#[derive(Clone, Debug)]
pub struct Row {
    row_type: RowType,
    /// Which columns are set: a bit for each, by its position.
    set: [u64; 2],
    /// The values of those columns, in the order of the positions.
    fields: Vec<Field>,
}

/// What a field holds: most rows are looked at by filters alone, and never become objects of the engine.
#[derive(Clone, Debug)]
pub enum Field {
    /// A text.
    Text(Arc<str>),
    /// One of a few texts, which all rows share.
    Word(&'static str),
    /// True or false.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// The `at` of a row.
    Ref(RowRef),
    /// The `at` of rows, in their order.
    Refs(Box<[RowRef]>),
    /// A nested row.
    Row(Box<Row>),
    /// Nested rows, in their order.
    Rows(Box<[Row]>),
    /// Values, in their order.
    List(Box<[Field]>),
    /// An object whose keys come from the file; of equal keys the last one counts.
    Map(Box<[(String, Field)]>),
}

/// A row of type `R` that is being built. A column that is set twice has the last value.
#[derive(Debug)]
pub struct RowBuilder<R> {
    row: Row,
    row_type: PhantomData<fn() -> R>,
}

impl<R> Clone for RowBuilder<R> {
    fn clone(&self) -> Self {
        Self {
            row: self.row.clone(),
            row_type: PhantomData,
        }
    }
}

impl<R: RowKind> RowBuilder<R> {
    /// A row without a place of its own.
    pub fn new() -> Self {
        Self {
            row: Row {
                row_type: R::TYPE,
                set: [0; 2],
                fields: Vec::with_capacity(R::TYPE.columns().len()),
            },
            row_type: PhantomData,
        }
    }

    /// A row whose `at`, the first of its columns, is this one.
    pub fn at(at: RowRef) -> Self {
        const {
            let first = R::TYPE.columns()[0].name.as_bytes();
            assert!(matches!(first, b"at"), "the row has no place of its own");
        }
        let mut builder = Self::new();
        builder.row.set[0] = 1;
        builder.row.fields.push(Field::Ref(at));
        builder
    }

    /// Sets a column.
    #[must_use]
    pub fn set<K: Accepts<V>, V>(mut self, column: ColumnOf<R, K>, value: V) -> Self {
        self.row.put(column.column(), K::field(value));
        self
    }

    /// Its place, if it has one of its own.
    pub(super) fn place(&self) -> Option<RowRef> {
        match self.row.fields.first() {
            Some(Field::Ref(at)) if self.row.set[0] & 1 != 0 => Some(*at),
            _ => None,
        }
    }

    /// Sets a column, or leaves it absent.
    #[must_use]
    pub fn maybe<K: Accepts<V>, V>(self, column: ColumnOf<R, K>, value: Option<V>) -> Self {
        match value {
            Some(value) => self.set(column, value),
            None => self,
        }
    }

    /// Sets a column to a text.
    #[must_use]
    pub fn text<'t, K: Accepts<&'t str>>(self, column: ColumnOf<R, K>, text: &'t str) -> Self {
        self.set(column, text)
    }

    /// Sets a column to a text, or leaves it absent.
    #[must_use]
    pub fn maybe_text<'t, K: Accepts<&'t str>>(
        self,
        column: ColumnOf<R, K>,
        text: Option<&'t str>,
    ) -> Self {
        self.maybe(column, text)
    }

    /// Sets a column to one of a few texts, which all rows share.
    #[must_use]
    pub fn word(mut self, column: ColumnOf<R, Text>, word: &'static str) -> Self {
        self.row.put(column.column(), Field::Word(word));
        self
    }

    /// Sets a column to a list of texts.
    #[must_use]
    pub fn texts<T: AsRef<str>>(
        mut self,
        column: ColumnOf<R, Texts>,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        self.row.put(column.column(), texts_of(texts));
        self
    }

    /// Sets a column to an object whose keys come from the file.
    #[must_use]
    pub fn map<K: Accepts<V>, V>(
        mut self,
        column: ColumnOf<R, Map<K>>,
        pairs: impl IntoIterator<Item = (String, V)>,
    ) -> Self {
        let pairs = pairs.into_iter();
        let pairs = pairs.map(|(key, value)| (key, K::field(value)));
        self.row.put(column.column(), Field::Map(pairs.collect()));
        self
    }

    /// The row as it is kept, with no capacity for more fields.
    pub fn build(self) -> Row {
        let mut row = self.row;
        debug_assert_eq!(row.missing(), None, "a column that is never absent");
        row.fields.shrink_to_fit();
        row
    }
}

impl<R: RowKind> Default for RowBuilder<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl Row {
    fn put(&mut self, column: Column, field: Field) {
        debug_assert_eq!(column.row_type(), self.row_type);
        let (word, bit) = bit(column);
        // Builders set most columns in their order.
        if self.set[word] < bit && self.set[word + 1..].iter().all(|later| *later == 0) {
            self.set[word] |= bit;
            self.fields.push(field);
            return;
        }
        let index = self.index(word, bit);
        if self.set[word] & bit == 0 {
            self.set[word] |= bit;
            self.fields.insert(index, field);
        } else {
            self.fields[index] = field;
        }
    }

    /// Sets a column of a row that was built.
    pub(super) fn amend(&mut self, column: Column, field: Field) {
        self.put(column, field);
    }

    /// How many columns before that of a bit are set.
    fn index(&self, word: usize, bit: u64) -> usize {
        let before = (self.set[word] & (bit - 1)).count_ones();
        let words = self.set[..word].iter().map(|word| word.count_ones());
        (words.sum::<u32>() + before) as usize
    }

    /// A column that is declared to be in every row, and is not set.
    fn missing(&self) -> Option<Column> {
        let names = self.row_type.names();
        let mut columns = names.filter_map(|name| self.row_type.column(name));
        columns.find(|column| column.definition().absent.is_none() && self.field(*column).is_none())
    }

    /// The type of the row.
    pub fn row_type(&self) -> RowType {
        self.row_type
    }

    /// Which columns are set: a bit for each, by its position.
    pub fn set_columns(&self) -> [u64; 2] {
        self.set
    }

    /// The values of the columns that are set, in the order of the columns' positions.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The names of the columns that are set, in the order of the columns' positions.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let columns = self.row_type.columns().iter().enumerate();
        let set = columns.filter(|(position, _)| {
            self.set[position / u64::BITS as usize] & (1 << (position % u64::BITS as usize)) != 0
        });
        set.map(|(_, column)| column.name)
    }

    /// The value of a column of the row's type.
    pub fn field(&self, column: Column) -> Option<&Field> {
        let (word, bit) = bit(column);
        (self.set[word] & bit != 0).then(|| &self.fields[self.index(word, bit)])
    }
}

/// The word that holds the bit of a column, and the bit.
fn bit(column: Column) -> (usize, u64) {
    let position = column.position();
    (
        position / u64::BITS as usize,
        1 << (position % u64::BITS as usize),
    )
}

/// That columns of this kind may be set to a `V`.
pub trait Accepts<V>: Kind {
    /// The value as a row holds it.
    fn field(value: V) -> Field;
}

impl Accepts<&str> for Text {
    fn field(text: &str) -> Field {
        Field::from(text)
    }
}

impl Accepts<Arc<str>> for Text {
    fn field(text: Arc<str>) -> Field {
        Field::Text(text)
    }
}

impl Accepts<&str> for FieldPath {
    fn field(path: &str) -> Field {
        Field::from(path)
    }
}

impl<const N: usize> Accepts<[&str; N]> for FieldPath {
    fn field(keys: [&str; N]) -> Field {
        texts_of(keys)
    }
}

impl Accepts<bool> for Flag {
    fn field(flag: bool) -> Field {
        Field::Flag(flag)
    }
}

impl Accepts<i64> for Number {
    fn field(number: i64) -> Field {
        Field::Number(number)
    }
}

impl Accepts<usize> for Number {
    fn field(number: usize) -> Field {
        Field::Number(whole(number))
    }
}

impl Accepts<f64> for Decimal {
    fn field(number: f64) -> Field {
        Field::Decimal(number)
    }
}

impl Accepts<RowRef> for Ref {
    fn field(at: RowRef) -> Field {
        Field::Ref(at)
    }
}

impl Accepts<Vec<RowRef>> for Refs {
    fn field(places: Vec<RowRef>) -> Field {
        Field::Refs(places.into())
    }
}

impl Accepts<Vec<usize>> for Numbers {
    fn field(numbers: Vec<usize>) -> Field {
        let numbers = numbers.into_iter();
        Field::List(numbers.map(|number| Field::Number(whole(number))).collect())
    }
}

impl<T: AsRef<str>> Accepts<Vec<T>> for Texts {
    fn field(texts: Vec<T>) -> Field {
        texts_of(texts)
    }
}

impl Accepts<Field> for Written {
    fn field(value: Field) -> Field {
        value
    }
}

impl Accepts<Vec<Field>> for Items {
    fn field(items: Vec<Field>) -> Field {
        Field::List(items.into())
    }
}

impl<R: RowKind> Accepts<RowBuilder<R>> for One<R> {
    fn field(row: RowBuilder<R>) -> Field {
        Field::Row(Box::new(row.build()))
    }
}

impl<R: RowKind> Accepts<Vec<RowBuilder<R>>> for Rows<R> {
    fn field(rows: Vec<RowBuilder<R>>) -> Field {
        Field::Rows(rows.into_iter().map(RowBuilder::build).collect())
    }
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

fn texts_of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Field {
    let texts = texts.into_iter();
    Field::List(texts.map(|text| Field::from(text.as_ref())).collect())
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

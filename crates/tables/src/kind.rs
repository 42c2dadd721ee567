//! Kinds of values that a column may hold: as types for builders, and as [`Type`] for whoever reads the declarations.

use std::fmt;
use std::marker::PhantomData;

use crate::row_type::{RowKind, RowType};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// A number with a fraction.
    Decimal,
    /// A path to hand back as `field`: a text such as `ports.0`, or a list of keys where a key holds a dot.
    FieldPath,
    /// The `at` of a row.
    Ref,
    /// A list of the `at` of rows.
    Refs,
    /// A list of texts.
    Texts,
    /// A list of whole numbers.
    Numbers,
    /// A nested row.
    Row(RowType),
    /// A list of nested rows.
    Rows(RowType),
    /// An object whose keys come from the file.
    Map(&'static Type),
    /// A value as the file has it: null and what is unknown are left out.
    Written,
    /// A list of objects as the file has them, each with its `at`.
    Items,
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => formatter.write_str("text"),
            Self::Flag => formatter.write_str("flag"),
            Self::Number => formatter.write_str("number"),
            Self::Decimal => formatter.write_str("decimal"),
            Self::FieldPath => formatter.write_str("path"),
            Self::Ref => formatter.write_str("ref"),
            Self::Refs => formatter.write_str("list of refs"),
            Self::Texts => formatter.write_str("list of texts"),
            Self::Numbers => formatter.write_str("list of numbers"),
            Self::Row(row) => formatter.write_str(row.name()),
            Self::Rows(row) => write!(formatter, "list of {}", row.name()),
            Self::Map(of) => write!(formatter, "map of {of}"),
            Self::Written => formatter.write_str("as written"),
            Self::Items => formatter.write_str("list of objects as written"),
        }
    }
}

/// A kind of value, as a type that a column carries.
pub trait Kind {
    /// The kind as a value.
    const TYPE: Type;
}

macro_rules! kinds {
    ($($name:ident)*) => { $(
        #[doc = concat!("Marks columns of [`Type::", stringify!($name), "`].")]
        #[derive(Debug)]
        pub enum $name {}

        impl Kind for $name {
            const TYPE: Type = Type::$name;
        }
    )* };
}

kinds! { Text Flag Number Decimal FieldPath Ref Refs Texts Numbers Written Items }

/// Marks columns of [`Type::Row`].
#[derive(Debug)]
pub struct One<R>(PhantomData<R>);

/// Marks columns of [`Type::Rows`].
#[derive(Debug)]
pub struct Rows<R>(PhantomData<R>);

/// Marks columns of [`Type::Map`].
#[derive(Debug)]
pub struct Map<K>(PhantomData<K>);

impl<R: RowKind> Kind for One<R> {
    const TYPE: Type = Type::Row(R::TYPE);
}

impl<R: RowKind> Kind for Rows<R> {
    const TYPE: Type = Type::Rows(R::TYPE);
}

impl<K: Kind> Kind for Map<K> {
    const TYPE: Type = Type::Map(&K::TYPE);
}

//! The tables that rules read, declared once: each column with its type, its meaning and when it is absent.
//!
//! The builders of rows, the filters, the compiler of policies and `docs/model.md` all read these declarations. To add a
//! column, add a line to the file of its kind below; the compiler then says where it has to be set.

#[macro_use]
mod declare;
pub mod faults;
mod path;
mod set;
mod table;
mod types;

mod dockerfile;
mod kubernetes;
mod shared;
mod shell;
mod workflow;

pub use dockerfile::*;
pub use kubernetes::*;
pub use path::{Unknown, resolve};
pub use set::TableSet;
pub use shared::*;
pub use shell::*;
pub use table::{Table, TableKind};
pub use types::{Column, ColumnDefinition, ColumnOf};
pub use types::{
    Decimal, FieldPath, Flag, Items, Kind, Map, Number, Numbers, One, Ref, Refs, Rows, Text, Texts,
    Type, Written,
};
pub use types::{RowKind, RowType};
pub use workflow::*;

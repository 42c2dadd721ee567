//! What a lookup is by: a table and one of its fields.

use crate::model::table::Table;

/// A table and a field of its rows.
pub(super) type Lookup = (Table, String);

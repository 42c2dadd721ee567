//! Field paths of policies held against the declarations.

use crate::types::Column;
use crate::types::RowType;
use crate::types::Type;

/// A name in a path that is not declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The row type that lacks it.
    pub row: RowType,
    /// How many names of the path lead to it.
    pub position: usize,
}

/// What a path of field names leads to from rows of type `row`: the type of its last column, or `None` where the file
/// decides what there is. Lists are stepped into by the way: `commands`, `["words", "text"]` is a text.
///
/// # Errors
/// If a name is not declared for the row type that the path has reached.
pub fn resolve<'n>(
    row: RowType,
    names: impl IntoIterator<Item = &'n str>,
) -> Result<Option<Type>, Unknown> {
    let mut here = Some(Type::Row(row));
    for (position, name) in names.into_iter().enumerate() {
        here = match here {
            Some(Type::Row(row) | Type::Rows(row)) => {
                let column = row.column(name).ok_or(Unknown { row, position })?;
                Some(column.definition().of)
            }
            Some(Type::Map(of)) => Some(*of),
            // A plain value has no fields, and one as written has those of the file.
            _ => None,
        };
    }
    Ok(here)
}

impl Type {
    /// The column that a name means in a value of this type, if that is a row.
    pub fn column(self, name: &str) -> Option<Column> {
        match self {
            Self::Row(row) => row.column(name),
            _ => None,
        }
    }

    /// The rows that are nested in a value of this type, also as the items of a list or the values of a map.
    pub fn row(self) -> Option<RowType> {
        match self {
            Self::Row(row) | Self::Rows(row) => Some(row),
            Self::Map(of) => of.row(),
            _ => None,
        }
    }

    /// What the items of a list of this type are, or the values of a map; `None` if the file decides.
    pub fn item(self) -> Option<Self> {
        match self {
            Self::Rows(row) => Some(Self::Row(row)),
            Self::Texts => Some(Self::Text),
            Self::Numbers => Some(Self::Number),
            Self::Refs => Some(Self::Ref),
            Self::Map(of) => Some(*of),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_through_rows_lists_and_maps() {
        let resolve = |row, path: &str| resolve(row, path.split('.'));
        assert_eq!(
            resolve(RowType::Commands, "words.text"),
            Ok(Some(Type::Text))
        );
        assert_eq!(
            resolve(RowType::Containers, "security.privileged.from"),
            Ok(Some(Type::Text))
        );
        assert_eq!(resolve(RowType::Workloads, "spec.hostUsers"), Ok(None));
        assert_eq!(
            resolve(RowType::Commands, "words.txt"),
            Err(Unknown {
                row: RowType::Word,
                position: 1
            })
        );
        assert_eq!(
            resolve(RowType::Commands, "usr"),
            Err(Unknown {
                row: RowType::Commands,
                position: 0
            })
        );
    }
}

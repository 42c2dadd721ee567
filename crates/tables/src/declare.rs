//! The macro that declarations are written in.

/// Declares row types: `module: Type { column: Kind, "meaning"; column: Kind, "meaning", absent "when"; … }`. Each becomes
/// a marker type and a module with a [`ColumnOf`](crate::ColumnOf) for each column, named as rules name the field.
macro_rules! columns {
    ($( $module:ident: $row:ident { $( $column:ident: $kind:ty, $meaning:literal $(, absent $absent:literal)?; )* } )*) => { $(
        #[doc = concat!("Rows of the type `", stringify!($module), "`.")]
        #[derive(Debug)]
        pub enum $row {}

        impl $crate::RowKind for $row {
            const TYPE: $crate::RowType = $crate::RowType::$row;
        }

        #[doc = concat!("The columns of `", stringify!($module), "`.")]
        #[expect(non_upper_case_globals, reason = "columns are named as rules name them")]
        pub mod $module {
            use super::*;

            $(
                #[doc = $meaning]
                pub const $column: $crate::ColumnOf<$row, $kind> = $crate::ColumnOf::new(
                    $crate::Column::new(
                        $crate::RowType::$row,
                        $crate::types::position(COLUMNS, $crate::types::bare(stringify!($column))),
                    ),
                );
            )*

            pub(crate) const COLUMNS: &[$crate::ColumnDefinition] = &[$($crate::ColumnDefinition {
                name: $crate::types::bare(stringify!($column)),
                of: <$kind as $crate::Kind>::TYPE,
                meaning: $meaning,
                absent: columns!(@absent $($absent)?),
            }),*];
        }
    )* };
    (@absent) => { None };
    (@absent $absent:literal) => { Some($absent) };
}

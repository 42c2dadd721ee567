//! The types of rows: one for each table, and one for each kind of row within a row.

use crate::column::{Column, ColumnDefinition};

/// A type of rows, as a type that columns and builders carry.
pub trait RowKind {
    /// The type as a value.
    const TYPE: RowType;
}

/// The most columns that a row type may have: rows remember which are set in that many bits.
pub const MOST_COLUMNS: usize = 128;

macro_rules! row_types {
    ($($module:ident $name:ident)*) => {
        /// The type of a row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum RowType { $(
            #[doc = concat!("`", stringify!($module), "`.")]
            $name
        ),* }

        impl RowType {
            /// All types; those of tables come first, in the order of the tables.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its columns, in the order of their positions.
            pub const fn columns(self) -> &'static [ColumnDefinition] {
                match self { $(Self::$name => crate::$module::COLUMNS),* }
            }

            /// Its name: that of the table, or what a nested row is.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($module)),* }
            }
        }

        $(const _: () = assert!(crate::$module::COLUMNS.len() <= MOST_COLUMNS);)*
    };
}

row_types! {
    documents Documents
    images Images
    containers Containers
    scripts Scripts
    commands Commands
    constructs Constructs
    variables Variables
    secrets Secrets
    permissions Permissions
    references References
    instructions Instructions
    stages Stages
    copies Copies
    objects Objects
    workloads Workloads
    services Services
    workflows Workflows
    jobs Jobs
    steps Steps
    expressions Expressions
    builds Builds
    problems Problems
    remarks Remarks
    suppressions Suppressions

    action Action
    added_capability AddedCapability
    argument Argument
    assignment Assignment
    build_argument BuildArgument
    capabilities Capabilities
    comment Comment
    credential Credential
    exposed_port ExposedPort
    host_namespaces HostNamespaces
    instruction_flag InstructionFlag
    misspelling Misspelling
    named_rule NamedRule
    package Package
    pair Pair
    probe_port ProbePort
    probes Probes
    redirect Redirect
    related Related
    resources Resources
    script_error ScriptError
    security_setting SecuritySetting
    substitution Substitution
    trigger Trigger
    undeclared_variable UndeclaredVariable
    unmet_expression UnmetExpression
    unquoted_variable UnquotedVariable
    volume Volume
    word Word
    wrapper Wrapper
}

impl RowType {
    /// The column of that name; `None` if none is declared.
    pub fn column(self, name: &str) -> Option<Column> {
        let mut columns = self.columns().iter();
        let position = columns.position(|column| column.name == name)?;
        Some(Column::new(self, u8::try_from(position).ok()?))
    }

    /// The names of its columns.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.columns().iter().map(|column| column.name)
    }
}

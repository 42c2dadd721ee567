//! What is declared of columns and of the rows that have them, and columns by number.

use std::fmt;
use std::marker::PhantomData;

/// A column of a table or of a nested row: the row type in the upper byte, the position in it in the lower.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(u16);

/// What is declared of a column.
#[derive(Debug)]
pub struct ColumnDefinition {
    /// The name of the field, as rules write it.
    pub name: &'static str,
    /// What it holds.
    pub of: Type,
    /// One sentence on what it means.
    pub meaning: &'static str,
    /// When the field is absent; `None` if it is in every row.
    pub absent: Option<&'static str>,
}

impl Column {
    pub(crate) const fn new(row: RowType, position: u8) -> Self {
        Self((row as u16) << 8 | position as u16)
    }

    /// The number of the column, distinct among all columns of all row types.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The type of the rows that have the column.
    pub fn row_type(self) -> RowType {
        RowType::ALL[usize::from(self.0 >> 8)]
    }

    /// The position of the column among those of its row type, from 0.
    pub const fn position(self) -> usize {
        (self.0 & 0xff) as usize
    }

    /// What is declared of it.
    pub fn definition(self) -> &'static ColumnDefinition {
        &self.row_type().columns()[self.position()]
    }

    /// The name of the field, as rules write it.
    pub fn name(self) -> &'static str {
        self.definition().name
    }
}

impl fmt::Debug for Column {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.row_type().name(), self.name())
    }
}

/// A column of rows of type `R` that holds values of kind `K`: what builders of rows name.
pub struct ColumnOf<R, K> {
    column: Column,
    types: PhantomData<fn() -> (R, K)>,
}

impl<R, K> ColumnOf<R, K> {
    pub(crate) const fn new(column: Column) -> Self {
        Self {
            column,
            types: PhantomData,
        }
    }

    /// The column without its types.
    pub const fn column(self) -> Column {
        self.column
    }
}

impl<R, K> Clone for ColumnOf<R, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, K> Copy for ColumnOf<R, K> {}

impl<R, K> fmt::Debug for ColumnOf<R, K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.column.fmt(formatter)
    }
}

/// The name of a raw identifier such as `r#type` without its mark.
pub(crate) const fn bare(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// The position of the column of that name, when the program is compiled.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a row has at most 128 columns"
)]
pub(crate) const fn position(columns: &[ColumnDefinition], name: &str) -> u8 {
    let mut position = 0;
    while !is_same(columns[position].name.as_bytes(), name.as_bytes()) {
        position += 1;
    }
    position as u8
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

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
    autoscalers Autoscalers
    budgets Budgets
    claims Claims
    bindings Bindings
    backends Backends
    components Components
    specifications Specifications
    role_rules RoleRules
    object_references ObjectReferences
    coverage Coverage
    violations Violations
    workflows Workflows
    jobs Jobs
    steps Steps
    expressions Expressions
    calls Calls
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
    component_flag ComponentFlag
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
    slip Slip
    subject Subject
    substitution Substitution
    trigger Trigger
    undeclared_variable UndeclaredVariable
    unmet_expression UnmetExpression
    unquoted_variable UnquotedVariable
    volume Volume
    word Word
    runner_label RunnerLabel
    workflow_command WorkflowCommand
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

//! The tables of the model, by name.

use crate::sources::Kind;

macro_rules! tables {
    ($($name:ident $text:literal $doc:literal)*) => {
        /// A table of the model; `docs/model.md` describes the rows of each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Table { $(#[doc = $doc] $name),* }

        impl Table {
            /// All tables, in the order they are printed.
            pub const ALL: &'static [Table] = &[$(Table::$name),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// Its name below `input`.
            pub fn name(self) -> &'static str {
                match self { $(Table::$name => $text),* }
            }
        }
    };
}

tables! {
    Documents "documents" "A document: a Dockerfile, a workflow, an action, one YAML document of a manifest."
    Images "images" "A reference to an image."
    Containers "containers" "Something that runs."
    Scripts "scripts" "A shell script."
    Commands "commands" "A simple command in a script."
    Constructs "constructs" "What a script holds beyond plain words."
    Variables "variables" "A name given a value."
    Permissions "permissions" "A subject granted something."
    References "references" "A name that points at something else."
    Instructions "instructions" "A Dockerfile instruction."
    Stages "stages" "A Dockerfile stage."
    Copies "copies" "What a COPY or ADD takes from the build context, one row a source."
    Objects "objects" "A Kubernetes object."
    Workloads "workloads" "A pod specification, wherever it nests."
    Services "services" "A Kubernetes Service."
    Workflows "workflows" "A GitHub workflow or action."
    Jobs "jobs" "A job of a workflow."
    Steps "steps" "A step of a job or of a composite action."
    Expressions "expressions" "An expression in `${{ }}`."
    Builds "builds" "An image built from a Dockerfile of this project, as a workflow or a Compose file says."
    Problems "problems" "What a parser, a schema or an analyser found by itself."
    Remarks "remarks" "What an installed program says about a script."
    Suppressions "suppressions" "A comment that sets findings aside."
}

impl Table {
    /// The table of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.name() == name)
    }

    /// Whether files of that kind may have rows here.
    pub fn is_of(self, kind: Kind) -> bool {
        match self {
            Self::Instructions | Self::Stages | Self::Copies => kind == Kind::Dockerfile,
            Self::Objects | Self::Workloads | Self::Services => kind == Kind::Kubernetes,
            Self::Workflows | Self::Jobs | Self::Steps | Self::Expressions => {
                matches!(kind, Kind::Workflow | Kind::Action)
            }
            Self::Builds => kind != Kind::Dockerfile,
            _ => true,
        }
    }
}

/// A set of tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableSet(u32);

impl TableSet {
    /// Every table.
    pub const ALL: Self = Self(u32::MAX);

    /// Adds one.
    pub fn insert(&mut self, table: Table) {
        self.0 |= 1 << table as u8;
    }

    /// Whether it is in.
    pub fn contains(self, table: Table) -> bool {
        self.0 & (1 << table as u8) != 0
    }

    /// What is in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl FromIterator<Table> for TableSet {
    fn from_iter<I: IntoIterator<Item = Table>>(tables: I) -> Self {
        let mut set = Self::default();
        tables.into_iter().for_each(|table| set.insert(table));
        set
    }
}

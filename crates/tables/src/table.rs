//! The tables, by name.

use crate::types::{RowKind, RowType};

/// A type of rows that a table holds.
pub trait TableKind: RowKind {
    /// The table.
    const TABLE: Table;
}

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
            pub const fn name(self) -> &'static str {
                match self { $(Table::$name => $text),* }
            }

            /// One sentence on what a row of it is.
            pub const fn meaning(self) -> &'static str {
                match self { $(Table::$name => $doc),* }
            }

            /// The type of its rows.
            pub const fn row_type(self) -> RowType {
                match self { $(Table::$name => RowType::$name),* }
            }
        }

        $(impl TableKind for crate::$name {
            const TABLE: Table = Table::$name;
        })*
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
    Secrets "secrets" "A credential in plain text, told by its own form or by the option that takes it."
    Permissions "permissions" "A subject granted something."
    References "references" "A name that points at something else."
    Instructions "instructions" "A Dockerfile instruction."
    Stages "stages" "A Dockerfile stage."
    Copies "copies" "What a COPY or ADD takes from the build context, one row a source."
    Objects "objects" "A Kubernetes object."
    Workloads "workloads" "A pod specification, wherever it nests."
    Services "services" "A Kubernetes Service."
    Autoscalers "autoscalers" "What sets the replicas of a workload."
    Budgets "budgets" "A `PodDisruptionBudget`."
    Claims "claims" "A `PersistentVolumeClaim`."
    Bindings "bindings" "A `RoleBinding` or `ClusterRoleBinding`."
    Backends "backends" "A Service and port that an Ingress sends requests to."
    Components "components" "A component of Kubernetes, with the flags that it runs with."
    Specifications "specifications" "A Kubernetes object as it is written, with what few rules ask of it."
    RoleRules "role_rules" "A rule of a `Role` or `ClusterRole`."
    ObjectReferences "object_references" "A field of a Kubernetes object that names or selects others, held against all files of the run; for rules of the domain `project` alone."
    Coverage "coverage" "Which policies, budgets, autoscalers and Services are for the pods of a workload, of all files of the run; for rules of the domain `project` alone."
    Violations "violations" "A value in a Kubernetes object that the API server refuses or ignores."
    Workflows "workflows" "A GitHub workflow or action."
    Jobs "jobs" "A job of a workflow."
    Steps "steps" "A step of a job or of a composite action."
    Expressions "expressions" "An expression in `${{ }}`."
    Calls "calls" "An input of a local action or reusable workflow that is filled with what an attacker writes."
    Builds "builds" "An image built from a Dockerfile of this project, as a workflow or a Compose file says."
    Problems "problems" "What a parser, a schema or an analyser found by itself."
    Remarks "remarks" "What an installed program says about a script."
    Suppressions "suppressions" "A comment that sets findings aside."
}

impl Table {
    /// The table of that name; `None` if there is none.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.name() == name)
    }
}

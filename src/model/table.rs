//! The tables, and which kinds of files fill them.

// The declarations are a crate of their own, which `build.rs` and the compiler of policies read too.
pub use hullmark_tables::{Table, TableSet};

use crate::sources::Kind;

/// Whether files of that kind may have rows in the table.
pub fn may_hold(table: Table, kind: Kind) -> bool {
    match table {
        Table::Instructions | Table::Stages | Table::Copies => kind == Kind::Dockerfile,
        Table::Objects
        | Table::Workloads
        | Table::Services
        | Table::Autoscalers
        | Table::Budgets
        | Table::Bindings
        | Table::Claims
        | Table::Backends
        | Table::Components
        | Table::Specifications
        | Table::RoleRules
        | Table::ObjectReferences
        | Table::Coverage
        | Table::Violations => kind == Kind::Kubernetes,
        Table::Workflows | Table::Jobs | Table::Steps | Table::Expressions | Table::Calls => {
            matches!(kind, Kind::Workflow | Kind::Action)
        }
        Table::Builds => kind != Kind::Dockerfile,
        _ => true,
    }
}

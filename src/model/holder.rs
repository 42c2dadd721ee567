//! The columns that every row of a script has: its document, its shell, and the rows of what holds it.

use hullmark_tables::{
    ColumnOf, Commands, Constructs, Ref, RowKind, Scripts, Text, commands, constructs, scripts,
};

/// What holds a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// An instruction of a Dockerfile.
    Instruction,
    /// A stage of a Dockerfile.
    Stage,
    /// A container of a pod.
    Container,
    /// A step.
    Step,
    /// A job.
    Job,
    /// A workflow or action.
    Workflow,
}

/// Rows of a script.
pub(super) trait ScriptRow: RowKind + Sized {
    /// The document.
    const DOCUMENT: ColumnOf<Self, Ref>;
    /// Who reads it.
    const SHELL: ColumnOf<Self, Text>;
    /// Where it is written.
    const SOURCE: ColumnOf<Self, Text>;

    /// The column that names what holds the script.
    fn holder(holder: Holder) -> ColumnOf<Self, Ref>;
}

macro_rules! script_rows {
    ($($row:ident $columns:ident)*) => { $(
        impl ScriptRow for $row {
            const DOCUMENT: ColumnOf<Self, Ref> = $columns::document;
            const SHELL: ColumnOf<Self, Text> = $columns::shell;
            const SOURCE: ColumnOf<Self, Text> = $columns::source;

            fn holder(holder: Holder) -> ColumnOf<Self, Ref> {
                match holder {
                    Holder::Instruction => $columns::instruction,
                    Holder::Stage => $columns::stage,
                    Holder::Container => $columns::container,
                    Holder::Step => $columns::step,
                    Holder::Job => $columns::job,
                    Holder::Workflow => $columns::workflow,
                }
            }
        }
    )* };
}

script_rows! { Scripts scripts Commands commands Constructs constructs }

//! Where an expression is, and what may be wrong with it there.

use crate::model::workflow::WorkflowFile;
use crate::model::workflow::declared_names::DeclaredNames;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::span::Span;
use hullmark_tables::faults::FaultKind;

/// Where an expression is: what decides which contexts and functions it may name.
#[derive(Clone, Copy)]
pub(super) struct ExpressionScope<'t> {
    pub(super) tree: &'t Tree,
    pub(super) root: NodeId,
    /// What steps and matrices of the file are called.
    pub(super) declared: &'t DeclaredNames,
    /// The whole file.
    pub(super) file: WorkflowFile<'t>,
    pub(super) is_action: bool,
    /// Whether the file is for Forgejo or Gitea.
    pub(super) is_dialect: bool,
    pub(super) job: Option<NodeId>,
    pub(super) step: Option<NodeId>,
    /// Dotted, below the step, the job or the document.
    pub(super) key: &'t str,
    /// Whether other text is beside it in its scalar.
    pub(super) is_embedded: bool,
    pub(super) is_only: bool,
    /// Whether it is written without braces.
    pub(super) is_bare: bool,
}

/// A fault: which, where, and what to say.
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) span: Span,
    pub(super) message: String,
    /// What to do, where more can be said than the rule's own help.
    pub(super) help: Option<String>,
}

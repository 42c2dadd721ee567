//! What the objects of a project define, name and select, and what of that is there.
//!
//! Files are read one by one: each leaves a [`Links`], a few texts an object. When all are read, [`resolve`] holds names against
//! definitions and selectors against labels, and makes rows of the tables `object_references` and `coverage`.

mod coverage;
mod matching;
mod near;
mod ports;
mod resolve;
mod rows;
pub(super) mod table;
mod universe;

use std::sync::Arc;

use crate::model::links::table::KindId;
use crate::model::place::RowRef;

pub(crate) use crate::model::links::resolve::resolve;

/// What the objects of one file define, name and select.
#[derive(Debug, Default)]
pub struct Links {
    /// The path of the file.
    pub(super) path: Arc<str>,
    pub(super) owners: Vec<Owner>,
    pub(super) definitions: Vec<Definition>,
    pub(super) references: Vec<Reference>,
    pub(super) selectors: Vec<Selector>,
    pub(super) pods: Vec<Pods>,
}

/// What the path of a rendering has and that of a file has not.
pub(super) const RENDERING: char = '#';

/// How many names, selectors and definitions a file may have; a list of a thousand objects has ten thousand.
pub(super) const MOST: usize = 20_000;

impl Links {
    /// Whether the file has as many as are looked at.
    pub(super) fn is_full(&self) -> bool {
        self.definitions.len() + self.references.len() + self.selectors.len() >= MOST
    }
}

/// An object, as messages name it.
#[derive(Debug)]
pub(super) struct Owner {
    pub(super) at: RowRef,
    pub(super) kind: Box<str>,
    pub(super) name: Option<Box<str>>,
    pub(super) namespace: Option<Box<str>>,
    /// Whether it is a patch, or is completed by a program.
    pub(super) is_partial: bool,
    /// Whether a controller may make pods of it that no file shows.
    pub(super) may_make_pods: bool,
}

/// An object that others may name: one that is written, or the product of one.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) kind: KindId,
    pub(super) owner: u32,
    pub(super) name: Box<str>,
    /// Whether it is made by the owner, not the owner itself.
    pub(super) is_product: bool,
    /// Whether it may be in any namespace: a program copies it.
    pub(super) is_anywhere: bool,
    /// The keys of a `ConfigMap` or `Secret`; `None` if not all are known.
    pub(super) keys: Option<Box<[Box<str>]>>,
    /// The labels of a Service; `None` for other kinds, and if not all are known.
    pub(super) labels: Option<Pairs>,
}

/// Labels by name.
pub(super) type Pairs = Box<[(Box<str>, Box<str>)]>;

/// A name that is written.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) owner: u32,
    /// The number of its field in the table.
    pub(super) entry: u16,
    /// The kind that is meant, if the object says which of those that may be.
    pub(super) kind: Option<KindId>,
    pub(super) at: RowRef,
    pub(super) name: Box<str>,
    pub(super) key: Option<Box<str>>,
    pub(super) namespace: Option<Box<str>>,
    pub(super) is_optional: bool,
    /// For a name within the object: whether there is none, and which is most like it.
    pub(super) local: Option<Local>,
}

/// What a name within its object leads to.
#[derive(Debug)]
pub(super) struct Local {
    pub(super) resolves: bool,
    pub(super) similar: Option<Box<str>>,
    /// All that it may be, as Markdown.
    pub(super) known: Box<str>,
}

/// A selector that is written.
#[derive(Debug)]
pub(super) struct Selector {
    pub(super) owner: u32,
    pub(super) entry: u16,
    pub(super) at: RowRef,
    pub(super) labels: Pairs,
    pub(super) expressions: Box<[Expression]>,
    /// Whether all of it is known.
    pub(super) is_known: bool,
    /// Whether it is for the namespace of its object alone.
    pub(super) is_own_namespace: bool,
    /// What a `NetworkPolicy` is for: requests that come in, and those that go out.
    pub(super) is_for: (bool, bool),
    /// Whether it has rules for each of the two.
    pub(super) has_rules: (bool, bool),
}

impl Selector {
    /// Whether it asks for nothing, which all satisfy.
    pub(super) fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.expressions.is_empty()
    }
}

/// An item of `matchExpressions`.
#[derive(Debug)]
pub(super) struct Expression {
    pub(super) key: Box<str>,
    pub(super) operator: Operator,
    pub(super) values: Box<[Box<str>]>,
}

/// What an expression asks of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
    /// It is not known, or none that there is.
    Unknown,
}

/// The pods of a template, or a Pod.
#[derive(Debug)]
pub(super) struct Pods {
    pub(super) owner: u32,
    /// The row of the workload.
    pub(super) at: RowRef,
    /// The pod template.
    pub(super) template: RowRef,
    pub(super) labels: Pairs,
    pub(super) are_labels_known: bool,
    /// The names of the ports of its containers; `None` if not all are known.
    pub(super) ports: Option<Box<[Box<str>]>>,
}

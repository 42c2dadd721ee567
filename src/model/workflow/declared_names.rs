//! The names of steps and matrix axes, read once for all the expressions that may ask for them.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::workflow::value;
use crate::parse::yaml::tree::{NodeId, Tree};

/// What the jobs of a workflow declare, by the nodes of the jobs and matrices that expressions asked about so far.
#[derive(Default)]
pub(super) struct DeclaredNames {
    steps: RefCell<FxHashMap<NodeId, Rc<StepIds>>>,
    axes: RefCell<FxHashMap<NodeId, Rc<Axes>>>,
}

/// The ids of the steps of a job.
#[derive(Default)]
pub(super) struct StepIds {
    /// The number of each step, also of one that stands beside others in it.
    numbers: FxHashMap<NodeId, usize>,
    /// The number of the first step of each id, in lower case.
    ids: FxHashMap<String, usize>,
    /// The number of the first step whose id an expression gives.
    open: Option<usize>,
}

/// The axes of a matrix.
#[derive(Default)]
pub(super) struct Axes {
    /// Their names, and those that `include` adds, in lower case.
    pub(super) names: FxHashSet<String>,
    /// Whether an expression may add others.
    pub(super) is_open: bool,
}

impl DeclaredNames {
    /// The steps of a job or an action, which are this list.
    pub(super) fn steps(&self, tree: &Tree, holder: NodeId, list: &[NodeId]) -> Rc<StepIds> {
        let mut known = self.steps.borrow_mut();
        let steps = known.entry(holder);
        Rc::clone(steps.or_insert_with(|| Rc::new(StepIds::of(tree, list))))
    }

    /// The axes of a matrix with these items under `include`.
    pub(super) fn axes(&self, tree: &Tree, matrix: NodeId, include: &[NodeId]) -> Rc<Axes> {
        let mut known = self.axes.borrow_mut();
        let axes = known.entry(matrix);
        Rc::clone(axes.or_insert_with(|| Rc::new(Axes::of(tree, matrix, include))))
    }
}

impl StepIds {
    fn of(tree: &Tree, list: &[NodeId]) -> Self {
        let mut found = Self::default();
        for (number, step) in list.iter().enumerate() {
            let beside = tree.get(*step, "parallel");
            let beside = beside.map_or(&[][..], |list| tree.items(list));
            for step in std::iter::once(step).chain(beside) {
                found.numbers.entry(tree.resolve(*step)).or_insert(number);
                let Some(id) = tree.text_at(*step, "id") else {
                    continue;
                };
                if value::is_dynamic(id) {
                    found.open.get_or_insert(number);
                }
                let id = id.to_ascii_lowercase();
                found.ids.entry(id).or_insert(number);
            }
        }
        found
    }

    /// The number of a step in its list.
    pub(super) fn number(&self, tree: &Tree, step: NodeId) -> Option<usize> {
        self.numbers.get(&tree.resolve(step)).copied()
    }

    /// Whether a step before that number has the id, or may have it.
    pub(super) fn has(&self, id: &str, before: usize) -> bool {
        let with_id = self.ids.get(id.to_ascii_lowercase().as_str()).copied();
        let first = [with_id, self.open].into_iter().flatten().min();
        first.is_some_and(|first| first < before)
    }
}

impl Axes {
    fn of(tree: &Tree, matrix: NodeId, include: &[NodeId]) -> Self {
        let mut found = Self::default();
        for item in include {
            found.is_open |= tree.text(*item).is_some_and(value::is_dynamic);
        }
        for (number, node) in std::iter::once(&matrix).chain(include).enumerate() {
            for (key, _) in tree.pairs(*node) {
                let Some(name) = tree.text(key) else { continue };
                found.is_open |= number == 0 && value::is_dynamic(name);
                found.names.insert(name.to_ascii_lowercase());
            }
        }
        found
    }
}

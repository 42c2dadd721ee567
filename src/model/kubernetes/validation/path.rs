//! Where in an object a walk is, as field paths are written: `spec.containers[].env`.

/// A path below an object.
#[derive(Default)]
pub(super) struct Path<'t> {
    steps: Vec<Step<'t>>,
}

/// A step of a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'t> {
    /// A field, or a key.
    Key(&'t str),
    /// An item of a list.
    Item,
}

impl<'t> Path<'t> {
    pub(super) fn push(&mut self, step: Step<'t>) {
        self.steps.push(step);
    }

    pub(super) fn pop(&mut self) {
        self.steps.pop();
    }

    /// How deep it is.
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// Its steps, from the object on.
    pub(super) fn steps(&self) -> &[Step<'t>] {
        &self.steps
    }

    /// The nearest key: the name of the value that the walk is at.
    pub(super) fn name(&self) -> &'t str {
        let mut steps = self.steps.iter().rev();
        let key = steps.find_map(|step| match step {
            Step::Key(key) => Some(*key),
            Step::Item => None,
        });
        key.unwrap_or_default()
    }

    /// As it is written; empty at the object itself.
    pub(super) fn text(&self) -> String {
        text(&self.steps)
    }
}

/// Some steps as a path is written.
pub(super) fn text(steps: &[Step<'_>]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            Step::Item => text.push_str("[]"),
        }
    }
    text
}

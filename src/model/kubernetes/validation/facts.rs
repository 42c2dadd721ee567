//! What fields take, as `data/kubernetes-fields.tsv` says, and the fields of an object at a path.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::kubernetes::validation::Field;
use crate::model::kubernetes::validation::path::Step as PathStep;
use crate::model::kubernetes::value;

/// The table as written.
const TABLE: &str = include_str!("../../../../data/kubernetes-fields.tsv");

/// A step of a path.
#[derive(Debug)]
pub(super) enum Step {
    Key(&'static str),
    /// Each item of a list.
    Items,
    /// Each value of a mapping.
    Values,
}

/// Which check a field is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    Text,
    LabelMap,
    AnnotationMap,
    Enum,
    Image,
    Quantity,
    Bytes,
    Range,
    PercentOrNumber,
    Port,
    Label,
    Subdomain,
    ServiceName,
    Segment,
    PortName,
    Misplaced,
    Gone,
    Exclusive,
    Strategy,
    Cron,
    TimeZone,
    Probe,
    Handler,
}

impl Check {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "label-map" => Self::LabelMap,
            "annotation-map" => Self::AnnotationMap,
            "enum" => Self::Enum,
            "image" => Self::Image,
            "quantity" => Self::Quantity,
            "bytes" => Self::Bytes,
            "range" => Self::Range,
            "percent-or-number" => Self::PercentOrNumber,
            "port" => Self::Port,
            "label" => Self::Label,
            "subdomain" => Self::Subdomain,
            "service-name" => Self::ServiceName,
            "segment" => Self::Segment,
            "port-name" => Self::PortName,
            "misplaced" => Self::Misplaced,
            "gone" => Self::Gone,
            "exclusive" => Self::Exclusive,
            "strategy" => Self::Strategy,
            "cron" => Self::Cron,
            "time-zone" => Self::TimeZone,
            "probe" => Self::Probe,
            "handler" => Self::Handler,
            _ => return None,
        })
    }

    /// Whether it says how a name is made.
    pub(super) fn is_name(self) -> bool {
        matches!(
            self,
            Self::Label | Self::Subdomain | Self::ServiceName | Self::Segment
        )
    }
}

/// What a field takes.
#[derive(Debug)]
pub(super) struct Fact {
    pub(super) check: Check,
    /// The words, the range or the place, as the table has it.
    pub(super) takes: &'static str,
    /// Whether it is about `metadata.name`.
    pub(super) is_object_name: bool,
}

/// The facts about a node and about what is below it: one look at an object's keys serves all of them.
#[derive(Debug, Default)]
pub(super) struct Facts {
    own: Vec<Fact>,
    keys: FxHashMap<&'static str, Facts>,
    /// About each item of a list.
    items: Option<Box<Facts>>,
    /// About each value of a mapping.
    values: Option<Box<Facts>>,
}

impl Facts {
    fn add(&mut self, path: &[Step], fact: Fact) {
        let Some((step, rest)) = path.split_first() else {
            self.own.push(fact);
            return;
        };
        let below = match step {
            Step::Key(key) => self.keys.entry(key).or_default(),
            Step::Items => self.items.get_or_insert_default(),
            Step::Values => self.values.get_or_insert_default(),
        };
        below.add(rest, fact);
    }

    /// The fact about the field of a name, in the mapping at a path.
    pub(super) fn at(&self, path: &[PathStep<'_>], name: &str) -> Option<&Fact> {
        let holder = path.iter().try_fold(self, |facts, step| match step {
            PathStep::Key(key) => facts.keys.get(*key),
            PathStep::Item => facts.items.as_deref(),
        })?;
        holder.keys.get(name)?.own.first()
    }

    /// Whether they say how an object of the kind is named.
    pub(super) fn has_object_name(&self) -> bool {
        let metadata = self.keys.get("metadata");
        let name = metadata.and_then(|metadata| metadata.keys.get("name"));
        name.is_some_and(|name| name.own.iter().any(|fact| fact.check.is_name()))
    }

    /// Calls `found` with each field at or below `field` that a fact is about, and the fact.
    pub(super) fn visit<'t>(&self, field: Field<'t>, found: &mut dyn FnMut(Field<'t>, &Fact)) {
        let Field { tree, node, .. } = field;
        for fact in &self.own {
            found(field, fact);
        }
        if let Some(below) = &self.items {
            for node in tree.items(node) {
                below.visit(
                    Field {
                        node: *node,
                        ..field
                    },
                    found,
                );
            }
        }
        let values = self.values.as_ref();
        let values = values.filter(|_| !value::is_unknown(tree, node));
        if self.keys.is_empty() && values.is_none() {
            return;
        }
        for (key, value) in tree.borrowed_pairs(node).iter() {
            let Some(name) = tree.text(*key) else {
                continue;
            };
            let child = Field {
                node: *value,
                name,
                ..field
            };
            if let Some(below) = values {
                below.visit(child, found);
            }
            // Of a key that is written twice the last counts.
            if let Some(below) = self.keys.get(name)
                && tree.get(node, name) == Some(*value)
            {
                below.visit(child, found);
            }
        }
    }
}

/// The facts of each kind of object and of what objects hold.
static FACTS: LazyLock<FxHashMap<&'static str, Facts>> = LazyLock::new(|| {
    let mut facts: FxHashMap<&'static str, Facts> = FxHashMap::default();
    for (holder, line) in lines() {
        if let Some((path, fact)) = line {
            facts.entry(holder).or_default().add(&path, fact);
        }
    }
    facts
});

static NO_FACTS: LazyLock<Facts> = LazyLock::new(Facts::default);

/// The lines of the table; `None` for one that is not in its form.
pub(super) fn lines() -> impl Iterator<Item = (&'static str, Option<(Vec<Step>, Fact)>)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [holder, path, check, takes] = cells.as_slice() else {
            return (line, None);
        };
        let fact = Check::named(check).map(|check| Fact {
            check,
            takes,
            is_object_name: *path == "metadata.name",
        });
        let fact = fact.map(|fact| (steps(path), fact));
        (*holder, fact)
    })
}

fn steps(path: &'static str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, is_list) = match part.strip_suffix("[]") {
            Some(key) => (key, true),
            None => (part, false),
        };
        steps.push(if key == "*" {
            Step::Values
        } else {
            Step::Key(key)
        });
        if is_list {
            steps.push(Step::Items);
        }
    }
    steps
}

/// The facts about a kind of holder.
pub(super) fn of(holder: &str) -> &'static Facts {
    FACTS.get(holder).unwrap_or(&NO_FACTS)
}

/// The group that holds the kinds of an older one.
pub(super) fn group(group: &str) -> &str {
    match group {
        "extensions" => "apps",
        group => group,
    }
}

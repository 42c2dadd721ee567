//! What fields take, as `data/kubernetes-fields.tsv` says, and the fields of an object at a path.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::kubernetes::validation::Field;
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
    pub(super) path: Vec<Step>,
    pub(super) check: Check,
    /// The words, the range or the place, as the table has it.
    pub(super) takes: &'static str,
}

impl Fact {
    /// Whether it is about `metadata.name`.
    pub(super) fn is_object_name(&self) -> bool {
        matches!(
            self.path.as_slice(),
            [Step::Key("metadata"), Step::Key("name")]
        )
    }
}

/// The facts of each kind of object and of what objects hold.
static FACTS: LazyLock<FxHashMap<&'static str, Vec<Fact>>> = LazyLock::new(|| {
    let mut facts: FxHashMap<&'static str, Vec<Fact>> = FxHashMap::default();
    for (holder, fact) in lines() {
        facts.entry(holder).or_default().extend(fact);
    }
    facts
});

/// The lines of the table; `None` for one that is not in its form.
pub(super) fn lines() -> impl Iterator<Item = (&'static str, Option<Fact>)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [holder, path, check, takes] = cells.as_slice() else {
            return (line, None);
        };
        let fact = Check::named(check).map(|check| Fact {
            path: steps(path),
            check,
            takes,
        });
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
pub(super) fn of(holder: &str) -> &'static [Fact] {
    FACTS.get(holder).map(Vec::as_slice).unwrap_or_default()
}

/// The group that holds the kinds of an older one.
pub(super) fn group(group: &str) -> &str {
    match group {
        "extensions" => "apps",
        group => group,
    }
}

/// Calls `found` with each field at the path below `root`.
pub(super) fn visit<'t>(root: Field<'t>, path: &'static [Step], found: &mut dyn FnMut(Field<'t>)) {
    let Some((step, rest)) = path.split_first() else {
        return found(root);
    };
    let tree = root.tree;
    match step {
        Step::Key(name) => {
            if let Some(node) = tree.get(root.node, name) {
                visit(Field { node, name, ..root }, rest, found);
            }
        }
        Step::Items => {
            for item in tree.items(root.node) {
                visit(
                    Field {
                        node: *item,
                        ..root
                    },
                    rest,
                    found,
                );
            }
        }
        Step::Values => {
            if value::is_unknown(tree, root.node) {
                return;
            }
            for (key, node) in tree.pairs(root.node) {
                if let Some(name) = tree.text(key) {
                    visit(Field { node, name, ..root }, rest, found);
                }
            }
        }
    }
}

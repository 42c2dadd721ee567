//! Where in an object an unknown field belongs, or what was meant by it.

use hullmark_schema::definition::Scalar;
use hullmark_schema::{Field as Declared, Shape, Type};

use crate::model::kubernetes::validation::path::{self, Step};
use crate::model::kubernetes::validation::schema::fields;
use crate::model::kubernetes::validation::schema::state::{OF_CLUSTER, Walk};
use crate::model::kubernetes::value;
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{Content, NodeId, Tree};
use crate::suggestion;

/// How far below a type a field is looked for.
const BELOW: usize = 3;

/// How long the name of a field is at least with which a longer name may begin.
const PREFIX: usize = 4;

/// Fields of so many types that another with the same name says nothing.
const COMMON: [&str; 12] = [
    "name",
    "type",
    "key",
    "value",
    "kind",
    "path",
    "spec",
    "metadata",
    "labels",
    "namespace",
    "annotations",
    "selector",
];

/// The type of the metadata of every object.
pub(super) const METADATA: &str = "meta.v1.ObjectMeta";

/// What to do with an unknown field.
pub(super) struct Place {
    /// What to do, without a final dot.
    pub(super) help: String,
    /// The mapping that lacks what stands in the wrong place.
    pub(super) holder: Option<NodeId>,
}

impl Place {
    fn new(help: impl Into<String>) -> Self {
        Self {
            help: help.into(),
            holder: None,
        }
    }
}

/// An unknown field: its name, the type that lacks it, its value, and the mapping that it is in.
#[derive(Clone, Copy)]
pub(super) struct Unknown<'t, 'b> {
    pub(super) name: &'t str,
    pub(super) of: Type<'b>,
    pub(super) value: NodeId,
    pub(super) parent: NodeId,
}

/// Where the field belongs, or what was meant; `None` if it can only be removed.
pub(super) fn of_field(walk: &Walk<'_, '_, '_, '_>, unknown: Unknown<'_, '_>) -> Option<Place> {
    let Unknown {
        name, of, parent, ..
    } = unknown;
    let tree = walk.tree;
    let steps = walk.path.steps();
    let holder_name = steps.iter().rev().nth(1);
    let mut fields = of.fields();
    if let Some(exact) = fields.find(|field| field.name().eq_ignore_ascii_case(name)) {
        return Some(written(tree, exact.name(), parent));
    }
    if holder_name == Some(&Step::Key(name)) && tree.is_mapping(unknown.value) {
        return Some(Place::new("Move what is below it up one level"));
    }
    let there = offered(of).filter(|field| walk.is_there(field.there()));
    let names: Vec<&str> = there.map(Declared::name).collect();
    let near = suggestion::misspelt(name, names.into_iter());
    if value::is_empty(tree, unknown.value) {
        return near.map(|near| written(tree, near, parent));
    }
    if let Some(sibling) = empty_sibling(walk, unknown) {
        return Some(Place::new(format!("Indent it, below `{sibling}`")));
    }
    if of.name() == METADATA && name.contains(['/', '.']) {
        return Some(Place::new("Indent it, below `labels` or `annotations`"));
    }
    if of.name() == METADATA && name == "version" && tree.scalar(unknown.value).is_some() {
        return Some(Place::new(
            "Remove it, or make it the label `app.kubernetes.io/version`",
        ));
    }
    let is_selector = of.field("matchLabels").is_some() && of.field("matchExpressions").is_some();
    if is_selector && tree.scalar(unknown.value).is_some() {
        return Some(Place::new("Indent it, below `matchLabels`"));
    }
    if let Some(list) = sibling_list(walk, unknown) {
        return Some(Place::new(format!("Move the item to `{list}`")));
    }
    if let Some(place) = above(walk, unknown) {
        return Some(place);
    }
    if let Some(field) = longer(tree, unknown) {
        return Some(Place::new(format!("Write `{}`", field.name())));
    }
    if let Some(near) = near {
        return Some(written(tree, near, parent));
    }
    if let Some(field) = shorter(tree, unknown) {
        return Some(Place::new(format!("Write `{}`", field.name())));
    }
    if let Some(field) = by_contents(tree, unknown) {
        return Some(Place::new(format!("Write `{}`", field.name())));
    }
    if COMMON.contains(&name) {
        return None;
    }
    inside(walk, unknown)
}

/// The fields of a type that somebody may be told to write: not those that the server does.
fn offered(of: Type<'_>) -> impl Iterator<Item = Declared<'_>> {
    let is_metadata = of.name() == METADATA;
    of.fields().filter(move |field| {
        field.name() != "status" && !(is_metadata && OF_CLUSTER.contains(&field.name()))
    })
}

/// The absent field that the mapping cannot do without and that has all that is below the unknown one: its name is mangled.
fn by_contents<'b>(tree: &Tree, unknown: Unknown<'_, 'b>) -> Option<Declared<'b>> {
    let below = tree.pairs(unknown.value);
    let keys = below.iter().filter_map(|(key, _)| tree.text(*key));
    let keys: Vec<&str> = keys.collect();
    let tells = keys.iter().any(|key| !COMMON.contains(key));
    if !tells || !tree.is_mapping(unknown.value) {
        return None;
    }
    let mut fields = unknown.of.fields().filter(|field| {
        let is_needed = field.is_required() || field.name() == "spec";
        let inner = field.shape().object().filter(|_| is_needed);
        let has_all = inner.is_some_and(|inner| keys.iter().all(|key| inner.field(key).is_some()));
        has_all && tree.get(unknown.parent, field.name()).is_none()
    });
    fields.next().filter(|_| fields.next().is_none())
}

/// The field that is meant, which may be there as well.
fn written(tree: &Tree, name: &str, parent: NodeId) -> Place {
    if value::child(tree, parent, name).is_some() {
        Place::new(format!("Remove it, or merge it into `{name}`"))
    } else {
        Place::new(format!("Write `{name}`"))
    }
}

/// The nearest mapping above that has a field of the name, and does not set it.
fn above(walk: &Walk<'_, '_, '_, '_>, unknown: Unknown<'_, '_>) -> Option<Place> {
    let Unknown { name, parent, .. } = unknown;
    if COMMON.contains(&name) {
        return None;
    }
    let tree = walk.tree;
    let steps = walk.path.steps();
    let mut node = Some(parent);
    for end in (0..steps.len().saturating_sub(1)).rev() {
        node = node.and_then(|node| tree.node(node).parent);
        let above = &steps[..end];
        let of_above = match above {
            [] => Some(walk.kind.root()),
            _ => fields::declared(walk.kind, above).and_then(|field| field.shape().object()),
        };
        let is_key = !matches!(above.last(), Some(Step::Item));
        if !is_key || of_above.is_none_or(|above| above.field(name).is_none()) {
            continue;
        }
        let path = path::text(above);
        let is_set = node.is_some_and(|node| value::child(tree, node, name).is_some());
        let help = match (path.as_str(), is_set) {
            ("", true) => format!("Remove it; the object sets `{name}` at its top level"),
            (path, true) => format!("Remove it; `{path}.{name}` is set"),
            ("", false) => "Move it to the top level of the object".to_owned(),
            (path, false) => format!("Move it to `{path}`"),
        };
        let holder = node.filter(|_| !is_set);
        return Some(Place { help, holder });
    }
    None
}

/// The one field that is absent and whose name ends with this one: `secretName` for `name`.
fn longer<'b>(tree: &Tree, unknown: Unknown<'_, 'b>) -> Option<Declared<'b>> {
    let mut letters = unknown.name.chars();
    let first = letters.next()?.to_ascii_uppercase();
    let end = format!("{first}{}", letters.as_str());
    let mut alike = offered(unknown.of).filter(|field| {
        field.name().len() > end.len()
            && field.name().ends_with(&end)
            && fits(tree, field.shape(), unknown.value)
    });
    let only = alike.next().filter(|_| alike.next().is_none())?;
    let is_set = value::child(tree, unknown.parent, only.name()).is_some();
    (!is_set).then_some(only)
}

/// The field that is absent and with which this name begins, before what is no word of a field: `spec` for `specNODE`.
fn shorter<'b>(tree: &Tree, unknown: Unknown<'_, 'b>) -> Option<Declared<'b>> {
    let mut fields = offered(unknown.of);
    fields.find(|field| {
        let rest = unknown.name.strip_prefix(field.name()).unwrap_or_default();
        let is_glued = rest.len() > 1 && !rest.bytes().any(|byte| byte.is_ascii_lowercase());
        field.name().len() >= PREFIX
            && is_glued
            && fits(tree, field.shape(), unknown.value)
            && value::child(tree, unknown.parent, field.name()).is_none()
    })
}

/// The nearest field of that name below the type, if it takes the value, and if it is plain that it is meant: the mapping that has it is there, or no
/// other has one.
fn inside(walk: &Walk<'_, '_, '_, '_>, unknown: Unknown<'_, '_>) -> Option<Place> {
    let tree = walk.tree;
    let mut found = Vec::new();
    below(tree, unknown, unknown.of, (&mut Vec::new(), &mut found));
    let there = found.iter().filter_map(|path| {
        let node = tree.at(unknown.parent, path)?;
        let is_free = tree.is_mapping(node) && value::child(tree, node, unknown.name).is_none();
        is_free.then_some((path, Some(node)))
    });
    let there = there.min_by_key(|(path, _)| path.len());
    let only = || match found.as_slice() {
        [only] if walk.is_builtin => Some((only, None)),
        _ => None,
    };
    let (nearest, holder) = there.or_else(only)?;
    let steps = walk.path.steps();
    let around = path::text(&steps[..steps.len().saturating_sub(1)]);
    let path = nearest.join(".");
    let help = match around.as_str() {
        "" => format!("Move it to `{path}`"),
        around => format!("Move it to `{around}.{path}`"),
    };
    Some(Place { help, holder })
}

/// The paths below a type to mappings that have a field of the name which takes the value.
fn below<'b>(
    tree: &Tree,
    unknown: Unknown<'_, '_>,
    of: Type<'b>,
    (path, found): (&mut Vec<&'b str>, &mut Vec<Vec<&'b str>>),
) {
    if path.len() >= BELOW || path.first() == Some(&"status") {
        return;
    }
    for field in of.fields() {
        let Shape::Object(inner) = field.shape() else {
            continue;
        };
        path.push(field.name());
        match inner.field(unknown.name) {
            Some(field) if fits(tree, field.shape(), unknown.value) => found.push(path.clone()),
            _ => below(tree, unknown, inner, (&mut *path, &mut *found)),
        }
        path.pop();
    }
}

/// Whether a value is of the form that a field takes.
fn fits(tree: &Tree, shape: Shape<'_>, node: NodeId) -> bool {
    match (shape, tree.content(node)) {
        (Shape::Scalar(Scalar::Any), _)
        | (_, Content::Alias(_))
        | (Shape::List(_), Content::Sequence(_))
        | (Shape::Map(_) | Shape::Object(_), Content::Mapping(_)) => true,
        (Shape::Scalar(wanted), Content::Scalar(written)) => {
            let reading = scalar::kubernetes(written);
            match wanted {
                Scalar::Bool => matches!(reading, Reading::Bool(_)),
                Scalar::Int32 | Scalar::Int64 => matches!(reading, Reading::Int(_)),
                Scalar::Number => matches!(reading, Reading::Int(_) | Reading::Float(_)),
                Scalar::IntOrText | Scalar::Quantity => !matches!(reading, Reading::Bool(_)),
                _ => reading == Reading::Text,
            }
        }
        _ => false,
    }
}

/// The one list beside that of an item which takes all that the item has: `env` for `name` and `value` among the `ports`.
fn sibling_list<'b>(walk: &Walk<'_, '_, '_, 'b>, unknown: Unknown<'_, '_>) -> Option<&'b str> {
    let steps = walk.path.steps();
    let [above @ .., Step::Key(_), Step::Item, Step::Key(_)] = steps else {
        return None;
    };
    let keys = walk.tree.pairs(unknown.parent);
    let keys: Vec<&str> = keys
        .iter()
        .filter_map(|(key, _)| walk.tree.text(*key))
        .collect();
    if keys.len() < 2 || !walk.is_builtin {
        return None;
    }
    let holder = match above {
        [] => walk.kind.root(),
        _ => fields::declared(walk.kind, above)?.shape().object()?,
    };
    let mut lists = holder.fields().filter(|field| {
        let Shape::List(inner) = field.shape() else {
            return false;
        };
        let of = inner.shape().object();
        of.is_some_and(|of| keys.iter().all(|key| of.field(key).is_some()))
    });
    let only = lists.next().filter(|_| lists.next().is_none())?;
    Some(only.name())
}

/// The field beside an unknown one that is empty and has it: the indentation is wrong.
fn empty_sibling<'t>(walk: &Walk<'_, '_, 't, '_>, unknown: Unknown<'_, '_>) -> Option<&'t str> {
    let tree = walk.tree;
    let siblings = tree.pairs(unknown.parent).into_iter();
    let mut empty = siblings.filter(|(_, node)| value::is_null(tree, *node));
    empty.find_map(|(key, _)| {
        let key = tree.text(key)?;
        let inner = unknown.of.field(key)?.shape().object()?;
        inner.field(unknown.name).map(|_| key)
    })
}

//! What is said of a field that a type does not have: where it belongs, what was meant, since when it is there.

use hullmark_schema::definition::Scalar;
use hullmark_schema::{Field as Declared, Kind, Shape, Type};

use crate::model::kubernetes::schemas::{NEWEST, SCHEMAS, is_builtin};
use crate::model::kubernetes::validation::facts::{self, Check};
use crate::model::kubernetes::validation::path::{self, Step};
use crate::model::kubernetes::validation::schema::state::Walk;
use crate::model::kubernetes::validation::{Violation, structure};
use crate::model::kubernetes::value;
use crate::parse::yaml::tree::NodeId;
use crate::suggestion;

/// Where fields of older versions are in newer ones: kind, path, help.
const MOVES: &str = include_str!("../../../../../data/kubernetes-moves.tsv");

/// How far below a type a field is looked for.
const BELOW: usize = 3;

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

/// What is wrong with a field that the type `of` at the path of the walk does not have.
pub(super) fn unknown_field(
    walk: &Walk<'_, '_, '_, '_>,
    name: &str,
    of: Type<'_>,
    other_release: Option<Declared<'_>>,
    parent: NodeId,
) -> Violation {
    let kind = walk.kind_text();
    let steps = walk.path.steps();
    let holder = path::text(&steps[..steps.len().saturating_sub(1)]);
    let of_holder = match holder.as_str() {
        "" => kind.clone(),
        holder => format!("`{holder}` of {kind}"),
    };
    if let Some(declared) = other_release {
        return of_other_release(name, &of_holder, declared);
    }
    let versions = other_version(walk.kind, steps);
    if let Some(misplaced) = misplaced(walk, name, of) {
        return structure::misplaced(misplaced);
    }
    let mut problem = format!("`{name}` is not a field of {of_holder}");
    if !walk.is_builtin {
        problem.push_str(&in_releases(walk.kind));
    }
    let moved = moved(walk.kind.kind(), steps);
    let help = match (moved, versions) {
        (Some(help), _) => help.to_owned(),
        (None, Some(other)) => {
            format!(
                "It is a field of `{other}`; write what `{}` has in its place",
                walk.kind.api_version()
            )
        }
        (None, None) => elsewhere(walk, name, of, parent).unwrap_or_else(|| "Remove it".to_owned()),
    };
    Violation::new("unknown-field", problem, help)
}

/// A field that other releases have.
fn of_other_release(name: &str, holder: &str, declared: Declared<'_>) -> Violation {
    let there = declared.there();
    if there.last < NEWEST {
        let problem = format!(
            "`{name}` was removed from {holder} in Kubernetes 1.{}",
            there.last + 1
        );
        return Violation::new("unknown-field", problem, "Remove it");
    }
    let problem = format!(
        "`{name}` is a field of {holder} since Kubernetes 1.{} only",
        there.first
    );
    let help = format!(
        "Remove it, or raise the version of Kubernetes to 1.{}",
        there.first
    );
    Violation::new("unknown-field", problem, help)
}

/// The releases of a project in which a field was looked for.
fn in_releases(kind: Kind<'_>) -> String {
    let project = kind.project();
    if project.releases().next().is_none() {
        return format!(" (its definition is in `{}`)", project.name());
    }
    let mut releases = project.releases();
    let first = releases.next().map(short).unwrap_or_default();
    let last = releases.last().map_or(first, short);
    format!(" (not in {} {first} to {last})", project.name())
}

/// The major and minor number of a release.
fn short(release: &str) -> &str {
    let release = release.trim_start_matches('v');
    let mut dots = release.match_indices('.').map(|(place, _)| place);
    dots.nth(1).map_or(release, |place| &release[..place])
}

/// The place of a field that the facts know to be written here by mistake.
fn misplaced(walk: &Walk<'_, '_, '_, '_>, name: &str, of: Type<'_>) -> Option<&'static str> {
    let holder = match of.name() {
        "core.v1.PodSpec" => "Pod",
        "core.v1.Container" | "core.v1.EphemeralContainer" => "Container",
        _ => "",
    };
    let known = |facts: &'static facts::Facts, keys: &[Step<'_>]| {
        let fact = facts.at(keys, name)?;
        (fact.check == Check::Misplaced).then_some(fact.takes)
    };
    if !holder.is_empty() {
        return known(facts::of(holder), &[]);
    }
    let steps = walk.path.steps();
    let above = &steps[..steps.len().saturating_sub(1)];
    let group = walk.kind.group();
    let own = match group {
        "" => walk.kind.kind().to_owned(),
        group => format!("{}/{}", facts::group(group), walk.kind.kind()),
    };
    known(facts::of(&own), above).or_else(|| match above {
        [.., Step::Item, last] => known(facts::of("Container"), &[*last]),
        [.., last] => known(facts::of("Pod"), &[*last]),
        [] => None,
    })
}

/// Another version of the kind that has the field at the path.
fn other_version(kind: Kind<'_>, steps: &[Step<'_>]) -> Option<String> {
    let others = SCHEMAS.kinds_named(kind.kind()).filter(|other| {
        (other.group(), other.version()) != (kind.group(), kind.version())
            && is_builtin(*other) == is_builtin(kind)
            && (is_builtin(kind) || other.group() == kind.group())
    });
    let has = others.filter(|other| declared(*other, steps).is_some());
    has.last().map(Kind::api_version)
}

/// What a kind has at a path.
pub(super) enum Found<'b> {
    /// This field.
    Field(Declared<'b>),
    /// Anything, below a mapping that keeps what is not declared.
    Open,
    /// Nothing.
    Nothing,
}

/// The field at a path below a kind.
pub(super) fn declared<'b>(kind: Kind<'b>, steps: &[Step<'_>]) -> Option<Declared<'b>> {
    match at(kind, steps) {
        Found::Field(field) => Some(field),
        _ => None,
    }
}

/// What a kind has at a path.
pub(super) fn at<'b>(kind: Kind<'b>, steps: &[Step<'_>]) -> Found<'b> {
    let mut shape = Shape::Object(kind.root());
    let mut found = Found::Nothing;
    for step in steps {
        let key = match (step, shape) {
            (_, Shape::Scalar(Scalar::Any)) => return Found::Open,
            (Step::Item, Shape::List(inner)) | (Step::Key(_), Shape::Map(inner)) => {
                shape = inner.shape();
                continue;
            }
            (Step::Key(key), Shape::Object(of)) => match of.field(key) {
                Some(field) => field,
                None if of.is_open() => return Found::Open,
                None => return Found::Nothing,
            },
            _ => return Found::Nothing,
        };
        shape = key.shape();
        found = Found::Field(key);
    }
    found
}

/// What the table of moves says of a field of a kind.
fn moved(kind: &str, steps: &[Step<'_>]) -> Option<&'static str> {
    let path = path::text(steps);
    let mut lines = MOVES.lines().filter(|line| !line.starts_with('#'));
    lines.find_map(|line| {
        let mut cells = line.split('\t');
        let is_it = cells.next()? == kind && cells.next()? == path;
        is_it.then(|| cells.next()).flatten()
    })
}

/// Where in the object the field belongs, or what was meant.
fn elsewhere(
    walk: &Walk<'_, '_, '_, '_>,
    name: &str,
    of: Type<'_>,
    parent: NodeId,
) -> Option<String> {
    if let Some(exact) = of
        .fields()
        .find(|field| field.name().eq_ignore_ascii_case(name))
    {
        return Some(format!("Write `{}`", exact.name()));
    }
    if let Some(sibling) = empty_sibling(walk, name, of, parent) {
        return Some(format!("Indent it, below `{sibling}`"));
    }
    if of.name() == "meta.v1.ObjectMeta" && name.contains(['/', '.']) {
        return Some("Indent it, below `labels` or `annotations`".to_owned());
    }
    let is_common = COMMON.contains(&name);
    let steps = walk.path.steps();
    for end in (0..steps.len().saturating_sub(1)).rev() {
        let above = &steps[..end];
        let of_above = match above {
            [] => Some(walk.kind.root()),
            _ => declared(walk.kind, above).and_then(|field| field.shape().object()),
        };
        let is_key = !matches!(above.last(), Some(Step::Item));
        if is_key && !is_common && of_above.is_some_and(|above| above.field(name).is_some()) {
            return Some(match above {
                [] => "Move it to the top level of the object".to_owned(),
                _ => format!("Move it to `{}`", path::text(above)),
            });
        }
    }
    let names = of.fields().filter(|field| walk.is_there(field.there()));
    let names: Vec<&str> = names.map(Declared::name).collect();
    if let Some(near) = suggestion::misspelt(name, names.into_iter()) {
        return Some(format!("Write `{near}`"));
    }
    if is_common {
        return None;
    }
    let mut found = Vec::new();
    below(of, name, &mut Vec::new(), &mut found);
    let nearest = found.into_iter().min_by_key(Vec::len)?;
    let holder = path::text(&steps[..steps.len().saturating_sub(1)]);
    let path = nearest.join(".");
    Some(match holder.as_str() {
        "" => format!("Move it to `{path}`"),
        holder => format!("Move it to `{holder}.{path}`"),
    })
}

/// The paths below a type to mappings that have a field of the name.
fn below<'b>(of: Type<'b>, name: &str, path: &mut Vec<&'b str>, found: &mut Vec<Vec<&'b str>>) {
    if path.len() >= BELOW || path.first() == Some(&"status") {
        return;
    }
    for field in of.fields() {
        let Shape::Object(inner) = field.shape() else {
            continue;
        };
        path.push(field.name());
        if inner.field(name).is_some() {
            found.push(path.clone());
        } else {
            below(inner, name, path, found);
        }
        path.pop();
    }
}

/// The field beside an unknown one that is empty and has it: the indentation is wrong.
fn empty_sibling<'t>(
    walk: &Walk<'_, '_, 't, '_>,
    name: &str,
    of: Type<'_>,
    parent: NodeId,
) -> Option<&'t str> {
    let tree = walk.tree;
    let siblings = tree.pairs(parent).into_iter();
    let mut empty = siblings.filter(|(_, node)| value::is_null(tree, *node));
    empty.find_map(|(key, _)| {
        let key = tree.text(key)?;
        let inner = of.field(key)?.shape().object()?;
        inner.field(name).map(|_| key)
    })
}

//! What is said of a field that a type does not have: where it belongs, what was meant, since when it is there.

use hullmark_schema::{Field as Declared, Kind, Type};

use crate::model::kubernetes::schemas::{NEWEST, SCHEMAS, is_builtin};
use crate::model::kubernetes::validation::facts::{self, Check};
use crate::model::kubernetes::validation::path::{self, Step};
use crate::model::kubernetes::validation::schema::fields;
use crate::model::kubernetes::validation::schema::moves::{self, Place, Unknown};
use crate::model::kubernetes::validation::schema::state::Walk;
use crate::model::kubernetes::validation::{Violation, structure};
use crate::model::kubernetes::value;
use crate::parse::yaml::tree::{NodeId, Tree};

/// Where fields of older versions are in newer ones: kind, path, help.
const MOVES: &str = include_str!("../../../../../data/kubernetes-moves.tsv");

/// What is said of an unknown field.
pub(super) struct Hint {
    pub(super) violation: Violation,
    /// What lacks the field, as messages name it, if that is all that is wrong with it.
    pub(super) of_holder: String,
    /// The mapping that lacks what stands in the wrong place.
    pub(super) holder: Option<NodeId>,
}

impl From<Violation> for Hint {
    fn from(violation: Violation) -> Self {
        Self {
            violation,
            of_holder: String::new(),
            holder: None,
        }
    }
}

/// What is wrong with a field that its type does not have, or not in these releases, at the path of the walk.
pub(super) fn unknown_field(
    walk: &Walk<'_, '_, '_, '_>,
    unknown: Unknown<'_, '_>,
    other_release: Option<Declared<'_>>,
) -> Hint {
    let name = unknown.name;
    let kind = walk.kind_text();
    let steps = walk.path.steps();
    let holder = path::text(&steps[..steps.len().saturating_sub(1)]);
    let mut of_holder = match holder.as_str() {
        "" => kind.clone(),
        holder => format!("`{holder}` of {kind}"),
    };
    if let Some(declared) = other_release {
        return of_other_release(name, &of_holder, declared).into();
    }
    if let Some(misplaced) = misplaced(walk, name, unknown.of) {
        let is_empty = value::is_empty(walk.tree, unknown.value);
        let key = misplaced.trim_matches('`');
        let is_there = walk.tree.at(unknown.parent, &[key, name]).is_some();
        return structure::misplaced(misplaced, is_empty, is_there).into();
    }
    // The metadata of an object is none of its own definition.
    if !walk.is_builtin && unknown.of.name() != moves::METADATA {
        of_holder.push_str(&in_releases(walk.kind));
    }
    let problem = format!("`{name}` is not a field of {of_holder}");
    let moved = moved(walk.kind.kind(), steps);
    let moved = moved.map(|help| filled(help, walk.tree, unknown.parent));
    let by_version = moved.or_else(|| in_version(walk.kind, steps));
    let place = match by_version {
        Some(help) => Place { help, holder: None },
        None => moves::of_field(walk, unknown).unwrap_or_else(|| Place {
            help: "Remove it".to_owned(),
            holder: None,
        }),
    };
    Hint {
        violation: Violation::new("unknown-field", problem, place.help),
        of_holder,
        holder: place.holder,
    }
}

/// Whether a stabler version of the kind has a field.
pub(super) fn is_in_newer(kind: Kind<'_>, steps: &[Step<'_>]) -> bool {
    other_version(kind, steps).is_some_and(|other| {
        other.removed() == 0 && stability(other.version()) > stability(kind.version())
    })
}

/// What to do with a field that another version of the kind has.
fn in_version(kind: Kind<'_>, steps: &[Step<'_>]) -> Option<String> {
    let other = other_version(kind, steps)?;
    let version = other.api_version();
    if is_in_newer(kind, steps) {
        return Some(format!("Write `apiVersion: {version}`, which has it"));
    }
    let own = kind.api_version();
    Some(format!(
        "It is a field of `{version}`; write what `{own}` has in its place"
    ))
}

/// How far a version is: 2 for `v1`, 1 for `v1beta1`, 0 for `v1alpha1`; and its number.
fn stability(version: &str) -> (u8, u32) {
    let level = match version {
        version if version.contains("alpha") => 0,
        version if version.contains("beta") => 1,
        _ => 2,
    };
    let digits = version.trim_start_matches('v');
    let end = digits
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(digits.len());
    (level, digits[..end].parse().unwrap_or(0))
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
    let name = project.name();
    match (first, last) {
        // What was read from the newest sources has no number.
        ("HEAD", _) | (_, "HEAD") => format!(" ({name} has none of that name)"),
        (first, last) if first == last => format!(" (not in {name} {first})"),
        _ => format!(" (no release of {name} from {first} to {last} has it)"),
    }
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
fn other_version<'b>(kind: Kind<'b>, steps: &[Step<'_>]) -> Option<Kind<'b>> {
    let others = SCHEMAS.kinds_named(kind.kind()).filter(|other| {
        (other.group(), other.version()) != (kind.group(), kind.version())
            && is_builtin(*other) == is_builtin(kind)
            && (is_builtin(kind) || other.group() == kind.group())
    });
    let has = others.filter(|other| fields::declared(*other, steps).is_some());
    has.max_by_key(|other| (other.removed() == 0, stability(other.version())))
}

/// A help with the values of the mapping in place of their fields' names: `<metricName>`.
fn filled(help: &str, tree: &Tree, parent: NodeId) -> String {
    let mut parts = help.split('<');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('>').unwrap_or((part, ""));
        let value = value::child(tree, parent, name);
        let value = value.and_then(|value| value::known_text(tree, value));
        let value = value.filter(|value| !value.contains(['`', '\n']));
        filled.push_str(&match (name, value) {
            ("servicePort", Some(port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("number: {port}")
            }
            ("servicePort", Some(port)) => format!("name: {port}"),
            ("servicePort", None) => "number: …".to_owned(),
            (_, value) => value.unwrap_or("…").to_owned(),
        });
        filled.push_str(rest);
    }
    filled
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

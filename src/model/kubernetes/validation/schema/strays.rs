//! The unknown fields of one mapping: what one slip moved is one finding.

use hullmark_schema::{Field as Declared, Type};

use crate::model::kubernetes::schemas::NEWEST;
use crate::model::kubernetes::validation::schema::fields::{self, Found};
use crate::model::kubernetes::validation::schema::hints::{self, Hint};
use crate::model::kubernetes::validation::schema::moves::Unknown;
use crate::model::kubernetes::validation::schema::state::Walk;
use crate::model::kubernetes::validation::{Field, Violation};
use crate::parse::yaml::tree::NodeId;

/// An unknown field of a mapping.
pub(super) struct Stray<'t> {
    key: NodeId,
    name: &'t str,
    /// The path of it, as messages have it.
    path: String,
    hint: Hint,
    /// How sure a finding of it is, if less than its rule.
    severity: Option<&'static str>,
}

/// A field that the type does not have, or not in these releases, unless that was said or another definition of the kind has it.
pub(super) fn found<'t, 'b>(
    walk: &mut Walk<'_, '_, 't, 'b>,
    (key, unknown): (NodeId, Unknown<'t, 'b>),
    other_release: Option<Declared<'b>>,
) -> Option<Stray<'t>> {
    if walk.sink.is_reported(unknown.value) || walk.sink.is_reported(key) {
        return None;
    }
    // What a scaffold puts into its sample.
    if unknown.name == "foo" && walk.tree.text(unknown.value) == Some("bar") {
        return None;
    }
    let steps = walk.path.steps();
    let mut others = walk.others.iter();
    // The object is of a version that is served no more, which is told, and the one to write instead has the field.
    let is_told =
        || other_release.is_none() && is_of_removed(walk) && hints::is_in_newer(walk.kind, steps);
    if others.any(|other| !matches!(fields::at(*other, steps), Found::Nothing)) || is_told() {
        return None;
    }
    if walk.is_older() {
        return None;
    }
    let severity = match other_release {
        Some(declared) => walk.trust_in(declared.there()),
        None => walk.trust(),
    };
    Some(Stray {
        key,
        name: unknown.name,
        path: walk.path.text(),
        hint: hints::unknown_field(walk, unknown, other_release),
        severity,
    })
}

/// Whether no supported release serves the version of the object any more.
fn is_of_removed(walk: &Walk<'_, '_, '_, '_>) -> bool {
    let removed = walk.kind.removed();
    walk.is_builtin && removed > 0 && removed <= NEWEST
}

/// Reports the unknown fields of the mapping that the walk is at: those that belong to one place as one, and as one if all that is there belongs below a
/// key that is missing.
pub(super) fn report<'t, 'b>(
    walk: &mut Walk<'_, '_, 't, 'b>,
    strays: Vec<Stray<'t>>,
    of: Type<'b>,
    node: NodeId,
) {
    if strays.is_empty() {
        return;
    }
    if let Some(level) = missing_level(walk, &strays, of, node) {
        let names = list(&strays);
        let above = walk.path.text();
        let place = if above.is_empty() {
            walk.kind_text()
        } else {
            format!("`{above}`")
        };
        let problem = format!("`{level}:` is missing in {place} above {names}");
        let help = format!("Write `{level}:` above {names}, and indent them below it");
        let violation = Violation::new("unknown-field", problem, help);
        walk.sink.reported.insert(node);
        add(walk, &strays[0], &violation);
        return;
    }
    for stray in &strays {
        walk.sink.reported.extend(stray.hint.holder);
        let written = stray.hint.violation.expected.strip_prefix("Write `");
        let meant = written.and_then(|written| written.split([':', '`']).next());
        walk.meant
            .extend(meant.map(|meant| (node, meant.to_owned())));
    }
    let beside = path_type(walk, &strays, node);
    for group in grouped(strays) {
        let first = &group[0];
        if group.len() == 1 && beside.is_empty() {
            add(walk, first, &first.hint.violation);
            continue;
        }
        let problem = match group.len() {
            1 => first.hint.violation.problem.clone(),
            _ => format!(
                "{} are not fields of {}",
                list(&group),
                first.hint.of_holder
            ),
        };
        let help = of_several(&first.hint.violation.expected) + beside;
        add(walk, first, &Violation::new("unknown-field", problem, help));
        walk.sink
            .reported
            .extend(group.iter().map(|stray| stray.key));
    }
}

/// What the path of an Ingress lacks besides, if its backend is one of older versions, which did not ask for it.
fn path_type(walk: &mut Walk<'_, '_, '_, '_>, strays: &[Stray<'_>], node: NodeId) -> &'static str {
    let is_old = |stray: &Stray<'_>| matches!(stray.name, "serviceName" | "servicePort");
    let parent = walk.tree.node(node).parent;
    let path = parent.filter(|path| walk.tree.get(*path, "path").is_some());
    match path {
        Some(path)
            if strays.iter().all(is_old)
                && walk.path.name() == "backend"
                && walk.tree.get(path, "pathType").is_none() =>
        {
            walk.meant.push((path, "pathType".to_owned()));
            ", and `pathType: Prefix` beside `path`"
        }
        _ => "",
    }
}

/// The help for one field as that for several.
fn of_several(help: &str) -> String {
    match help.strip_suffix(", which has it") {
        Some(start) => format!("{start}, which has them"),
        None if help.starts_with("Move it") || help.starts_with("Indent it") => {
            help.replacen(" it", " them", 1)
        }
        None => help.to_owned(),
    }
}

/// The fields that belong to one place, or for which one is written, together.
fn grouped(strays: Vec<Stray<'_>>) -> Vec<Vec<Stray<'_>>> {
    let mut groups: Vec<Vec<Stray<'_>>> = Vec::new();
    for stray in strays {
        let help = &stray.hint.violation.expected;
        let is_moved =
            stray.hint.violation.fault == "unknown-field" && !help.starts_with("Remove it");
        let mut known = groups.iter_mut();
        let alike = known.find(|group| {
            let first = &group[0].hint.violation;
            is_moved && first.fault == "unknown-field" && first.expected == *help
        });
        match alike {
            Some(group) => group.push(stray),
            None => groups.push(vec![stray]),
        }
    }
    groups
}

/// The required field that is absent, if all that stands in the mapping are fields of it: its line is missing.
fn missing_level<'b>(
    walk: &Walk<'_, '_, '_, 'b>,
    strays: &[Stray<'_>],
    of: Type<'b>,
    node: NodeId,
) -> Option<&'b str> {
    if strays.len() < 2 || strays.len() != walk.tree.pairs(node).len() {
        return None;
    }
    let mut fields = of.fields().filter(|field| field.is_required());
    let only = fields.next().filter(|_| fields.next().is_none())?;
    let inner = only.shape().object()?;
    strays
        .iter()
        .all(|stray| inner.field(stray.name).is_some())
        .then(|| only.name())
}

/// The names of unknown fields as a list: `` `a`, `b` and `c` ``.
fn list(strays: &[Stray<'_>]) -> String {
    let names: Vec<String> = strays
        .iter()
        .map(|stray| format!("`{}`", stray.name))
        .collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        names => names.join(", "),
    }
}

fn add<'t>(walk: &mut Walk<'_, '_, 't, '_>, stray: &Stray<'t>, violation: &Violation) {
    let mut known = walk.unknown.iter();
    let first = known.find(|(path, _)| *path == stray.path);
    let first = first.map(|(_, node)| *node);
    if first.is_none() {
        walk.unknown.push((stray.path.clone(), stray.key));
    }
    let severity = stray.severity;
    let field = Field {
        name: stray.name,
        ..walk.at(stray.key)
    };
    walk.sink
        .add_repeated(field, severity, violation, first.unwrap_or(stray.key));
}

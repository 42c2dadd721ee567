//! Kinds that Kubernetes does not have in a version that is its own.

use std::sync::LazyLock;

use hullmark_schema::Kind;
use rustc_hash::FxHashSet;

use crate::model::kubernetes::schemas::{OLDEST, SCHEMAS, is_builtin};
use crate::model::kubernetes::validation::{Field, Sink, Violation};
use crate::model::kubernetes::{Object, value};
use crate::parse::yaml::tree::NodeId;
use crate::suggestion;

/// Kinds with the version `v1` of other programs, and those of which no object is stored.
const OTHER_KINDS: [&str; 12] = [
    "Config",
    "List",
    "Template",
    "Status",
    "Binding",
    "Eviction",
    "Scale",
    "DeleteOptions",
    "TokenRequest",
    "ProcessedTemplate",
    "SerializedReference",
    "APIGroup",
];

/// The groups that are Kubernetes' own.
static GROUPS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let own = SCHEMAS.kinds().filter(|known| is_builtin(*known));
    own.map(Kind::group).collect()
});

/// Whether a group is one of Kubernetes' own.
pub(super) fn is_group(group: &str) -> bool {
    group.ends_with(".k8s.io") && GROUPS.contains(group)
}

/// Says that some release that the object is for does not serve its version yet.
pub(super) fn served(sink: &mut Sink<'_>, object: Object<'_>, known: Kind<'_>) {
    let first = known.served().first;
    if first <= OLDEST {
        return;
    }
    let Some(releases) = object.around.releases() else {
        return;
    };
    let target = releases.target;
    // Of a range that is a guess, one release that serves it is enough.
    let has = if releases.is_certain {
        target.oldest
    } else {
        target.newest
    };
    if has >= first {
        return;
    }
    let Some(node) = value::child(object.tree, object.node, "apiVersion") else {
        return;
    };
    let problem = format!(
        "`{}` {} is served since Kubernetes 1.{first}, and the object is for {target}",
        known.api_version(),
        known.kind()
    );
    let older = SCHEMAS.kinds_named(known.kind()).filter(|other| {
        is_builtin(*other)
            && other.served().first <= target.oldest
            && other.served().last >= target.newest
    });
    let help = match older.last() {
        Some(other) => format!("Write `apiVersion: {}`", other.api_version()),
        None => format!("Raise the version of Kubernetes to 1.{first}"),
    };
    let violation = Violation::new("unserved", problem, help);
    let trust = (!releases.is_certain).then_some("info");
    sink.add_of_severity(field(object, node, "apiVersion"), trust, &violation);
}

fn field<'t>(object: Object<'t>, node: NodeId, name: &'static str) -> Field<'t> {
    Field {
        tree: object.tree,
        node,
        name,
        kind: object.kind,
        is_patch: false,
        fills_images: true,
        fills_ports: true,
    }
}

/// Says that no release has a version of a group of Kubernetes' own, if it has the kind in another.
fn unknown_version(sink: &mut Sink<'_>, object: Object<'_>, (group, version): (&str, &str)) {
    let number = version.strip_prefix('v').unwrap_or_default();
    let is_version = number
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // `apiVersion: apps`, without a version.
    let is_bare = group.is_empty() && GROUPS.contains(version);
    let home = if is_bare { version } else { group };
    let is_of_group = is_version && GROUPS.contains(group);
    if !is_bare && !is_of_group {
        return;
    }
    let known = SCHEMAS
        .kinds_named(object.kind)
        .filter(|known| is_builtin(*known));
    let (own, others): (Vec<Kind<'_>>, Vec<Kind<'_>>) =
        known.partition(|known| known.group() == home);
    let is_served = |known: &&Kind<'_>| known.removed() == 0;
    let mut own = own.iter().filter(is_served);
    let Some(better) = own
        .next_back()
        .or_else(|| others.iter().rev().find(is_served))
    else {
        return;
    };
    let Some(node) = value::child(object.tree, object.node, "apiVersion") else {
        return;
    };
    let api_version = match group {
        "" => version.to_owned(),
        group => format!("{group}/{version}"),
    };
    let problem = if is_bare {
        format!("`{version}` is a group without a version")
    } else {
        format!("no release of Kubernetes since 1.{OLDEST} has `{api_version}`")
    };
    let help = format!("Write `apiVersion: {}`", better.api_version());
    let violation = Violation::new("unknown-kind", problem, help);
    sink.add_of_severity(field(object, node, "apiVersion"), None, &violation);
}

/// Whether Kubernetes once had a kind of the name, and no supported release has it any more.
pub(super) fn is_gone(kind: &str) -> bool {
    let mut known = SCHEMAS
        .kinds_named(kind)
        .filter(|known| is_builtin(*known))
        .peekable();
    known.peek().is_some() && known.all(|known| known.removed() > 0)
}

/// Says that a kind is gone, whatever its version.
fn gone(sink: &mut Sink<'_>, object: Object<'_>, (group, version): (&str, &str)) {
    let kind = object.kind;
    let known = SCHEMAS.kinds_named(kind).filter(|known| is_builtin(*known));
    let Some(last) = known.map(hullmark_schema::Kind::removed).max() else {
        return;
    };
    let Some(node) = value::child(object.tree, object.node, "kind") else {
        return;
    };
    let problem = format!(
        "`{group}/{version}` never had the kind `{kind}`, which Kubernetes 1.{last} removed altogether"
    );
    let help = match kind {
        "PodSecurityPolicy" => {
            "Remove it, and label the namespace `pod-security.kubernetes.io/enforce: baseline`"
        }
        _ => "Remove the object; no other version of its kind is served",
    };
    let violation = Violation::new("unknown-kind", problem, help);
    sink.add_of_severity(field(object, node, "kind"), None, &violation);
}

/// Says that a known version has no such kind.
pub(super) fn judge(sink: &mut Sink<'_>, object: Object<'_>, (group, version): (&str, &str)) {
    let kind = object.kind;
    let is_word = kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if OTHER_KINDS.contains(&kind) || !is_word || kind.is_empty() || kind.ends_with("List") {
        return;
    }
    let mut own = SCHEMAS.kinds().filter(|known| is_builtin(*known));
    if !own.any(|known| known.group() == group && known.version() == version) {
        return unknown_version(sink, object, (group, version));
    }
    let mut elsewhere = SCHEMAS.kinds_named(kind).filter(|known| is_builtin(*known));
    let mut better = elsewhere.find(|known| known.removed() == 0);
    if !group.is_empty() {
        better = better.or_else(|| SCHEMAS.kinds_named(kind).find(|known| known.removed() == 0));
    }
    let names = SCHEMAS
        .kinds()
        .filter(|known| known.group() == group && known.version() == version);
    let names: Vec<&str> = names.map(hullmark_schema::Kind::kind).collect();
    let help = match better {
        Some(better) => format!("Write `apiVersion: {}`", better.api_version()),
        None => match suggestion::misspelt(kind, names.into_iter()) {
            Some(near) => format!("Write `kind: {near}`"),
            None if is_gone(kind) => {
                return gone(sink, object, (group, version));
            }
            // `v1` is the version of files of many programs.
            None if group.is_empty() => return,
            None => "Write a kind of this version, or the version of this kind".to_owned(),
        },
    };
    let Some(node) = value::child(object.tree, object.node, "kind") else {
        return;
    };
    let api_version = match group {
        "" => version.to_owned(),
        group => format!("{group}/{version}"),
    };
    let problem = format!("`{api_version}` has no kind `{kind}`");
    let violation = Violation::new("unknown-kind", problem, help);
    sink.add_of_severity(field(object, node, "kind"), None, &violation);
}

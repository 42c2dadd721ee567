//! Fields of pods that need or exclude each other.

use crate::model::kubernetes::validation::schema::refused::{Found, Part, found};
use crate::model::kubernetes::value;

/// What a variable of the environment may read of its pod.
const FIELD_PATHS: [&str; 9] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// Kinds whose pods are there for good.
const LASTING: [&str; 5] = [
    "Deployment",
    "DaemonSet",
    "ReplicaSet",
    "StatefulSet",
    "ReplicationController",
];

pub(super) fn seccomp(part: Part<'_>) -> Option<Found> {
    let kind = part.text("type")?;
    if kind == "Localhost" {
        return part.lacks("localhostProfile").then(|| {
            found(
                part.node,
                "a seccomp profile with `type: Localhost` needs `localhostProfile`",
                "Add `localhostProfile` with the path of the profile on the node",
            )
        });
    }
    let profile = part.get("localhostProfile")?;
    Some(found(
        profile,
        format!("`localhostProfile` is for `type: Localhost`, not `{kind}`"),
        "Remove `localhostProfile`, or write `type: Localhost`",
    ))
}

/// Capabilities by the names of the kernel's constants: a container runtime puts `CAP_` before each name that it is given.
pub(super) fn capabilities(part: Part<'_>) -> Option<Found> {
    ["add", "drop"].into_iter().find_map(|list| {
        let list = part.get(list)?;
        part.tree.items(list).iter().find_map(|item| {
            let name = value::known_text(part.tree, *item)?;
            let short = name.strip_prefix("CAP_")?;
            Some(found(
                *item,
                format!(
                    "capability `{name}` is written with `CAP_`, which runtimes put before the name"
                ),
                format!("Write `{short}`"),
            ))
        })
    })
}

/// The path that a variable, or a file of a volume, is filled from.
pub(super) fn field_path(part: Part<'_>, name: &str) -> Option<Found> {
    let path = part.text("fieldPath").filter(|_| name == "fieldRef")?;
    let node = part.get("fieldPath")?;
    let is_of_key = path.starts_with("metadata.labels") || path.starts_with("metadata.annotations");
    if is_of_key || FIELD_PATHS.contains(&path) {
        return None;
    }
    let help = match FIELD_PATHS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(path))
    {
        Some(known) => format!("Write `{known}`"),
        None => format!(
            "Write one of `{}`, or `metadata.labels['key']`",
            FIELD_PATHS.join("`, `")
        ),
    };
    Some(found(
        node,
        format!("`fieldPath: {path}` is not supported"),
        help,
    ))
}

pub(super) fn mount(part: Part<'_>) -> Option<Found> {
    let path = part.text("subPath")?;
    let node = part.get("subPath")?;
    let problem = if path.starts_with('/') {
        "is absolute"
    } else if path.split('/').any(|step| step == "..") {
        "contains `..`"
    } else {
        return None;
    };
    Some(found(
        node,
        format!("`subPath: {path}` {problem}"),
        format!("Write a path inside the volume, such as `{}`", inside(path)),
    ))
}

fn inside(path: &str) -> String {
    let steps = path.split('/').filter(|step| !matches!(*step, "" | ".."));
    steps.collect::<Vec<_>>().join("/")
}

pub(super) fn host_path(part: Part<'_>) -> Option<Found> {
    let path = part.text("path")?;
    let node = part.get("path")?;
    path.split('/').any(|step| step == "..").then(|| {
        found(
            node,
            format!("`path: {path}` contains `..`"),
            "Write the path without `..`",
        )
    })
}

pub(super) fn key_to_path(part: Part<'_>) -> Option<Found> {
    let path = part.text("path")?;
    let node = part.get("path")?;
    let is_refused = path.starts_with('/') || path.split('/').any(|step| step == "..");
    is_refused.then(|| {
        found(
            node,
            format!("`path: {path}` leads out of the volume"),
            format!("Write a path inside the volume, such as `{}`", inside(path)),
        )
    })
}

pub(super) fn spread(part: Part<'_>) -> Option<Found> {
    let least = part.get("minDomains")?;
    (part.text("whenUnsatisfiable") == Some("ScheduleAnyway")).then(|| {
        found(
            least,
            "`minDomains` is for `whenUnsatisfiable: DoNotSchedule` alone",
            "Remove `minDomains`, or write `whenUnsatisfiable: DoNotSchedule`",
        )
    })
}

pub(super) fn specification(part: Part<'_>, kind: &str) -> Option<Found> {
    let is_true = |name: &str| value::is_true(part.tree, part.node, name);
    if part.text("dnsPolicy") == Some("None") {
        let servers = part.part("dnsConfig");
        let has_none = match servers {
            Some(config) => config.lacks("nameservers") || config.count("nameservers") == Some(0),
            None => part.lacks("dnsConfig"),
        };
        if has_none {
            return Some(found(
                part.get("dnsPolicy")?,
                "`dnsPolicy: None` needs `dnsConfig.nameservers`",
                "Add `dnsConfig.nameservers`, or write another `dnsPolicy`",
            ));
        }
    }
    if value::is_false(part.tree, part.node, "hostUsers") {
        let names = ["hostNetwork", "hostPID", "hostIPC"];
        if let Some(name) = names.into_iter().find(|name| is_true(name)) {
            return Some(found(
                part.get(name)?,
                format!("`{name}: true` is not allowed with `hostUsers: false`"),
                format!("Remove `{name}` or `hostUsers`"),
            ));
        }
    }
    if is_true("shareProcessNamespace") && is_true("hostPID") {
        return Some(found(
            part.get("shareProcessNamespace")?,
            "`shareProcessNamespace` is not allowed with `hostPID: true`",
            "Remove one of them",
        ));
    }
    if LASTING.contains(&kind)
        && let Some(deadline) = part.get("activeDeadlineSeconds")
    {
        return Some(found(
            deadline,
            format!("`activeDeadlineSeconds` is not allowed in the pods of a {kind}"),
            "Remove it; it is for Jobs and bare pods",
        ));
    }
    init_containers(part)
}

/// Init containers run to their end, unless they restart always.
fn init_containers(part: Part<'_>) -> Option<Found> {
    const NAMES: [&str; 4] = [
        "livenessProbe",
        "readinessProbe",
        "startupProbe",
        "lifecycle",
    ];
    part.items("initContainers").find_map(|container| {
        if container.get("restartPolicy").is_some() {
            return None;
        }
        let name = NAMES
            .into_iter()
            .find(|name| container.get(name).is_some())?;
        Some(found(
            container.get(name)?,
            format!("`{name}` is not allowed in an init container without `restartPolicy: Always`"),
            format!("Remove `{name}`, or write `restartPolicy: Always` to make it a sidecar"),
        ))
    })
}

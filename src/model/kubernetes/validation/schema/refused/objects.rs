//! Objects whose fields need or exclude each other.

use std::net::IpAddr;

use crate::model::kubernetes::validation::schema::refused::{Found, Part, found};
use crate::model::kubernetes::validation::schema::{is_no_field, is_open_value};
use crate::model::kubernetes::value;

/// The longest key of a `ConfigMap` or Secret.
const LONGEST_KEY: usize = 253;

/// The highest priority that users may give.
const HIGHEST: i64 = 1_000_000_000;

pub(super) fn service(part: Part<'_>) -> Option<Found> {
    let spec = part.part("spec")?;
    let kind = spec.text("type").unwrap_or("ClusterIP");
    if spec.get("type").is_some() && spec.text("type").is_none() {
        return None;
    }
    if kind == "ExternalName" {
        return spec.lacks("externalName").then(|| {
            found(
                spec.node,
                "a Service with `type: ExternalName` needs `externalName`",
                "Add `externalName` with the DNS name that it stands for",
            )
        });
    }
    let is_headless = spec.text("clusterIP") == Some("None");
    if is_headless && matches!(kind, "NodePort" | "LoadBalancer") {
        return Some(found(
            spec.get("clusterIP")?,
            format!("`clusterIP: None` is not allowed with `type: {kind}`"),
            "Remove one of them",
        ));
    }
    if !is_headless && spec.lacks("ports") {
        return Some(found(
            spec.node,
            "a Service needs `ports` unless it is headless",
            "Add `ports`, or write `clusterIP: None`",
        ));
    }
    let ports: Vec<Part<'_>> = spec.items("ports").collect();
    if kind == "ClusterIP"
        && let Some(port) = ports.iter().find_map(|port| port.get("nodePort"))
        && spec.tree.text(port).is_some_and(|text| text != "0")
        && !value::is_unknown(spec.tree, port)
        && spec.is_whole
    {
        return Some(found(
            port,
            "`nodePort` is not allowed in a Service with `type: ClusterIP`",
            "Remove `nodePort`, or write `type: NodePort`",
        ));
    }
    let unnamed = ports.iter().find(|port| port.lacks("name"));
    (ports.len() > 1).then_some(())?;
    Some(found(
        unnamed?.node,
        "each port of a Service with several ports needs a `name`",
        "Add a `name` that no other port of the Service has",
    ))
}

/// Keys of files: letters, digits, `-`, `_` and `.`.
pub(super) fn keys(part: Part<'_>, fields: &[&str]) -> Option<Found> {
    fields
        .iter()
        .filter_map(|field| part.part(field))
        .find_map(|data| {
            data.tree.pairs(data.node).into_iter().find_map(|(key, _)| {
                let name = data.tree.text(key)?;
                let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
                let is_refused = !name.bytes().all(is_letter)
                    || name.len() > LONGEST_KEY
                    || matches!(name, "." | "..");
                let is_filled_in = name != "<<" && name.contains(['$', '{', '<', '%', '@']);
                (is_refused && !is_filled_in && name != "<<" && !name.is_empty()).then(|| {
                    found(
                        key,
                        format!("`{name}` is not a valid key: it names a file"),
                        "Write letters, digits, `-`, `_` and `.` only, at most 253",
                    )
                })
            })
        })
}

pub(super) fn claim(part: Part<'_>) -> Option<Found> {
    let spec = part.part("spec")?;
    if spec.lacks("accessModes") || spec.count("accessModes") == Some(0) {
        return Some(found(
            spec.node,
            "a PersistentVolumeClaim needs `accessModes`",
            "Add `accessModes: [ReadWriteOnce]`",
        ));
    }
    let is_missing = match spec
        .part("resources")
        .map(|resources| resources.part("requests"))
    {
        Some(Some(requests)) => requests.lacks("storage"),
        _ => spec.lacks("resources"),
    };
    is_missing.then(|| {
        found(
            spec.node,
            "a PersistentVolumeClaim needs `resources.requests.storage`",
            "Add `resources: {requests: {storage: …}}` with the size",
        )
    })
}

pub(super) fn deployment(part: Part<'_>) -> Option<Found> {
    let spec = part.part("spec")?;
    let is_zero = |rolling: Part<'_>, name: &str| matches!(rolling.text(name), Some("0" | "0%"));
    if let Some(rolling) = spec
        .part("strategy")
        .and_then(|strategy| strategy.part("rollingUpdate"))
        && is_zero(rolling, "maxSurge")
        && is_zero(rolling, "maxUnavailable")
    {
        return Some(found(
            rolling.get("maxUnavailable")?,
            "`maxSurge` and `maxUnavailable` cannot both be 0",
            "Write `maxUnavailable: 1`, or `maxSurge: 1`",
        ));
    }
    let (deadline, ready) = (
        spec.number("progressDeadlineSeconds")?,
        spec.number("minReadySeconds")?,
    );
    (deadline <= ready).then_some(())?;
    Some(found(
        spec.get("progressDeadlineSeconds")?,
        format!(
            "`progressDeadlineSeconds: {deadline}` must be more than `minReadySeconds: {ready}`"
        ),
        format!("Write more than {ready}"),
    ))
}

pub(super) fn job(part: Part<'_>) -> Option<Found> {
    let spec = part.part("spec")?;
    if spec.text("completionMode") == Some("Indexed") && spec.lacks("completions") {
        return Some(found(
            spec.get("completionMode")?,
            "`completionMode: Indexed` needs `completions`",
            "Add `completions` with the number of pods",
        ));
    }
    let policy = spec.get("podFailurePolicy")?;
    let pod = spec.part("template")?.part("spec")?;
    let restart = pod
        .text("restartPolicy")
        .filter(|restart| *restart != "Never")?;
    Some(found(
        policy,
        format!("`podFailurePolicy` needs `restartPolicy: Never`, not `{restart}`"),
        "Write `restartPolicy: Never` in the pod template",
    ))
}

pub(super) fn autoscaler(part: Part<'_>) -> Option<Found> {
    let spec = part.part("spec")?;
    spec.items("metrics").find_map(|metric| {
        let kind = metric.text("type")?;
        let source = match kind {
            "Resource" => "resource",
            "Pods" => "pods",
            "Object" => "object",
            "External" => "external",
            "ContainerResource" => "containerResource",
            _ => return None,
        };
        metric.lacks(source).then(|| {
            found(
                metric.node,
                format!("a metric with `type: {kind}` needs `{source}`"),
                format!("Add `{source}`, or correct `type`"),
            )
        })
    })
}

pub(super) fn ingress(part: Part<'_>) -> Option<Found> {
    let spec = part.part("spec")?;
    if spec.lacks("rules") && spec.lacks("defaultBackend") && spec.lacks("backend") {
        return Some(found(
            spec.node,
            "an Ingress needs `rules` or `defaultBackend`",
            "Add `rules`",
        ));
    }
    spec.items("rules").find_map(|rule| {
        if let Some(host) = rule.text("host")
            && let Some(problem) = host_problem(host)
        {
            let help = "Write the host name alone, such as `shop.example.com`";
            let problem = format!("`host: {host}` {problem}");
            return Some(found(rule.get("host")?, problem, help));
        }
        let http = rule.part("http")?;
        http.items("paths").find_map(|path| {
            let text = path.text("path")?;
            let kind = path.text("pathType")?;
            let is_refused = matches!(kind, "Exact" | "Prefix")
                && !text.starts_with('/')
                && !is_open_value(path.tree, path.get("path")?);
            is_refused.then_some(())?;
            Some(found(
                path.get("path")?,
                format!("`path: {text}` does not begin with `/`, which `pathType: {kind}` needs"),
                format!("Write `/{text}`"),
            ))
        })
    })
}

fn host_problem(host: &str) -> Option<&'static str> {
    if is_no_field(host) && !host.starts_with("*.") {
        return None;
    }
    if host.contains("://") {
        return Some("has a scheme");
    }
    if host.parse::<IpAddr>().is_ok() {
        return Some("is an IP address");
    }
    match host.rsplit_once(':') {
        Some((_, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some("has a port")
        }
        _ if host.contains('/') => Some("has a path"),
        _ => None,
    }
}

pub(super) fn binding(part: Part<'_>) -> Option<Found> {
    part.items("subjects").find_map(|subject| {
        let is_account = subject.text("kind") == Some("ServiceAccount");
        (is_account && subject.lacks("namespace")).then(|| {
            found(
                subject.node,
                "a ServiceAccount in a ClusterRoleBinding needs its `namespace`",
                "Add `namespace`",
            )
        })
    })
}

pub(super) fn role(part: Part<'_>) -> Option<Found> {
    part.items("rules").find_map(|rule| {
        let urls = rule.get("nonResourceURLs")?;
        Some(found(
            urls,
            "`nonResourceURLs` is not allowed in a Role",
            "Move the rule to a ClusterRole",
        ))
    })
}

pub(super) fn definition(part: Part<'_>) -> Option<Found> {
    let spec = part.part("spec")?;
    let metadata = part.part("metadata")?;
    let name = metadata.text("name")?;
    let plural = spec.part("names")?.text("plural")?;
    let expected = format!("{plural}.{}", spec.text("group")?);
    if name != expected {
        return Some(found(
            metadata.get("name")?,
            format!("the name of the definition must be `{expected}`"),
            format!("Write `name: {expected}`"),
        ));
    }
    if let Some(conversion) = spec.part("conversion")
        && conversion.text("strategy") == Some("Webhook")
        && conversion.lacks("webhook")
    {
        return Some(found(
            conversion.node,
            "`strategy: Webhook` needs `webhook`",
            "Add `webhook` with `clientConfig` and `conversionReviewVersions: [v1]`",
        ));
    }
    let versions: Vec<Part<'_>> = spec.items("versions").collect();
    let stored = versions
        .iter()
        .filter(|version| value::is_true(version.tree, version.node, "storage"));
    let count = stored.count();
    (!versions.is_empty() && count != 1 && part.is_whole).then_some(())?;
    Some(found(
        spec.get("versions")?,
        format!("{count} versions have `storage: true`; exactly one must"),
        "Write `storage: true` in the version that is stored, and `storage: false` in the others",
    ))
}

pub(super) fn api_service(part: Part<'_>) -> Option<Found> {
    let spec = part.part("spec")?;
    let metadata = part.part("metadata")?;
    let name = metadata.text("name")?;
    let expected = format!("{}.{}", spec.text("version")?, spec.text("group")?);
    (name != expected).then_some(())?;
    Some(found(
        metadata.get("name")?,
        format!("the name of the APIService must be `{expected}`"),
        format!("Write `name: {expected}`"),
    ))
}

pub(super) fn priority(part: Part<'_>) -> Option<Found> {
    let name = part.part("metadata")?.text("name")?;
    let value = part.number("value")?;
    (value > HIGHEST && !name.starts_with("system-")).then_some(())?;
    Some(found(
        part.get("value")?,
        format!("`value: {value}` is above 1000000000, the highest priority for classes of users"),
        "Write at most `1000000000`",
    ))
}

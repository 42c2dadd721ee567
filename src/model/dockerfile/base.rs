//! What the name of a base image tells.

use crate::model::dockerfile::Context;
use crate::model::reference;
use crate::parse::dockerfile::unquote;

/// Words in the names of images that are made to run as somebody else than root.
const NONROOT_WORDS: &[&str] = &["nonroot", "rootless", "unprivileged"];

/// Publishers whose images end with another user than root.
const NONROOT_REPOSITORIES: &[&str] = &[
    "apache/airflow",
    "apache/superset",
    "bitnami/",
    "bitnamilegacy/",
    "bitnamisecure/",
    "cgr.dev/chainguard/",
    "cimg/",
    "confluentinc/cp-",
    "curlimages/curl",
    "docker.elastic.co/",
    "grafana/",
    "jenkins/agent",
    "jenkins/inbound-agent",
    "jenkins/jenkins",
    "jupyter/",
    "mcr.microsoft.com/mssql/server",
    "prom/",
    "quay.io/jupyter/",
    "quay.io/keycloak/keycloak",
    "quay.io/prometheus/",
    "registry.access.redhat.com/ubi8/nodejs-",
    "registry.access.redhat.com/ubi8/openjdk-",
    "registry.access.redhat.com/ubi8/python-",
    "registry.access.redhat.com/ubi9/nodejs-",
    "registry.access.redhat.com/ubi9/openjdk-",
    "registry.access.redhat.com/ubi9/python-",
    "selenium/",
];

/// Whether the image ends with another user than root, for all that its name says.
pub(super) fn is_nonroot(base: &str) -> bool {
    let base = base.to_ascii_lowercase();
    let name = ["docker.io/", "index.docker.io/"]
        .iter()
        .find_map(|registry| base.strip_prefix(registry))
        .unwrap_or(&base);
    // .NET's images without a shell come with the user `app`.
    let is_dotnet =
        name.contains("dotnet/") && (name.contains("chiseled") || name.contains("distroless"));
    let is_named = NONROOT_WORDS.iter().any(|word| name.contains(word));
    let is_published = NONROOT_REPOSITORIES
        .iter()
        .any(|start| name.starts_with(start));
    is_dotnet || is_named || is_published
}

/// Whether a build that is given no arguments has no image to begin with, because an argument without a default is part of its name.
pub(super) fn is_broken_ungiven(context: &Context, base: &str) -> bool {
    let globals = &context.globals;
    if globals.expand(base).is_known || !globals.undefined(base).is_empty() {
        return false;
    }
    let expanded = globals.expand_ungiven(base);
    let name = unquote(&expanded.text);
    let is_stage = find(context, &name).is_some();
    expanded.is_known && !is_stage && !reference::parse(&name).is_valid
}

/// Whether a build that is given no arguments begins with an image without a tag, as `FROM alpine$TAG` does.
pub(super) fn is_untagged_ungiven(context: &Context, base: &str) -> bool {
    if context.globals.expand(base).is_known {
        return false;
    }
    let expanded = context.globals.expand_ungiven(base);
    let name = unquote(&expanded.text);
    let image = reference::parse(&name);
    let is_floating = image.is_valid && !image.has_tag && !image.has_digest;
    expanded.is_known && is_floating && find(context, &name).is_none() && name != "scratch"
}

pub(super) fn is_windows(base: &str, platform: Option<&str>) -> bool {
    let base = base.to_ascii_lowercase();
    let names = ["windows", "nanoserver", "servercore", "ltsc20"];
    names.iter().any(|name| base.contains(name))
        || platform.is_some_and(|platform| platform.starts_with("windows"))
}

/// The number of the stage that a name or number means.
pub(super) fn find(context: &Context, name: &str) -> Option<usize> {
    context.names.get(&name.to_ascii_lowercase()).copied()
}

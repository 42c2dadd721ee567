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

/// Images that end as root, by name: distributions, and those of languages and tools whose Dockerfile names no user.
#[rustfmt::skip]
const ROOT_REPOSITORIES: &[&str] = &[
    "almalinux", "alpine", "amazoncorretto", "amazonlinux", "archlinux", "bash", "buildpack-deps", "busybox", "centos", "clojure", "composer",
    "dart", "debian", "docker", "eclipse-temurin", "elixir", "erlang", "fedora", "gcc", "golang", "haskell", "ibm-semeru-runtimes", "julia",
    "maven", "node", "openjdk", "opensuse/leap", "opensuse/tumbleweed", "oraclelinux", "perl", "photon", "php", "pypy", "python",
    "r-base", "rockylinux", "rockylinux/rockylinux", "ruby", "rust", "sapmachine", "scratch", "swift", "tomcat", "ubuntu",
    "gcr.io/distroless/base", "gcr.io/distroless/cc", "gcr.io/distroless/python3",
    "gcr.io/distroless/static", "ghcr.io/astral-sh/uv", "mcr.microsoft.com/dotnet/aspnet", "mcr.microsoft.com/dotnet/runtime",
    "mcr.microsoft.com/dotnet/runtime-deps", "mcr.microsoft.com/dotnet/sdk", "mcr.microsoft.com/openjdk/jdk", "nvidia/cuda",
    "public.ecr.aws/amazonlinux/amazonlinux", "quay.io/centos/centos", "quay.io/fedora/fedora", "quay.io/rockylinux/rockylinux",
    "registry.access.redhat.com/ubi7/ubi", "registry.access.redhat.com/ubi8/ubi", "registry.access.redhat.com/ubi8/ubi-minimal",
    "registry.access.redhat.com/ubi9/ubi", "registry.access.redhat.com/ubi9/ubi-minimal", "registry.access.redhat.com/ubi10/ubi",
    "registry.access.redhat.com/ubi10/ubi-minimal", "registry.fedoraproject.org/fedora", "registry.suse.com/bci/bci-base",
];

/// Whether the image is known to end as root. That it is not said here says nothing.
pub(super) fn is_root(base: &str) -> bool {
    let base = base.to_ascii_lowercase();
    let Some(name) = plain_name(&base).filter(|_| !is_nonroot(&base)) else {
        return false;
    };
    // Distroless images carry the release of Debian in their names, and of Java or Node.js.
    let name = match name.strip_prefix("gcr.io/distroless/") {
        Some(_) => name.split("-debian").next().unwrap_or(&name),
        None => &name,
    };
    let is_java =
        name.starts_with("gcr.io/distroless/java") || name.starts_with("gcr.io/distroless/nodejs");
    is_java || ROOT_REPOSITORIES.contains(&name)
}

/// Distributions: images that set no variable but `PATH`.
#[rustfmt::skip]
const DISTRIBUTIONS: &[&str] = &[
    "almalinux", "alpine", "amazonlinux", "archlinux", "busybox", "centos", "debian", "fedora", "opensuse/leap", "opensuse/tumbleweed", "oraclelinux",
    "rockylinux", "rockylinux/rockylinux", "scratch", "ubuntu", "public.ecr.aws/amazonlinux/amazonlinux", "quay.io/centos/centos", "quay.io/fedora/fedora",
    "quay.io/rockylinux/rockylinux", "registry.access.redhat.com/ubi8/ubi", "registry.access.redhat.com/ubi8/ubi-minimal",
    "registry.access.redhat.com/ubi9/ubi", "registry.access.redhat.com/ubi9/ubi-minimal", "registry.fedoraproject.org/fedora",
];

/// Whether the image is `scratch` or a plain distribution, which declares nothing that a Dockerfile could read but `PATH`.
pub(super) fn is_bare(base: &str) -> bool {
    let base = base.to_ascii_lowercase();
    plain_name(&base).is_some_and(|name| DISTRIBUTIONS.contains(&name.as_str()))
}

/// Words in the names of images whose `/bin/sh` is bash.
const BASH_WORDS: &[&str] = &[
    "fedora",
    "centos",
    "rockylinux",
    "almalinux",
    "amazonlinux",
    "amazoncorretto",
    "oraclelinux",
    "/ubi",
    "ubi8",
    "ubi9",
    "ubi-",
    "archlinux",
    "opensuse",
    "manylinux",
    "photon",
    "rhel",
];

/// Words in the names of images whose `/bin/sh` is `ash`.
const ASH_WORDS: &[&str] = &["alpine", "busybox"];

/// Words in the names and tags of images whose `/bin/sh` is dash.
const DASH_WORDS: &[&str] = &[
    "debian",
    "ubuntu",
    "bookworm",
    "bullseye",
    "buster",
    "stretch",
    "trixie",
    "jammy",
    "noble",
    "focal",
    "bionic",
    "xenial",
    "buildpack-deps",
];

/// Official images that are built on Debian or Ubuntu, unless the tag names something else.
const DASH_REPOSITORIES: &[&str] = &[
    "cassandra",
    "clojure",
    "dart",
    "eclipse-temurin",
    "elixir",
    "erlang",
    "gcc",
    "golang",
    "gradle",
    "haproxy",
    "haskell",
    "httpd",
    "jetty",
    "julia",
    "mariadb",
    "maven",
    "memcached",
    "mongo",
    "neo4j",
    "nginx",
    "node",
    "perl",
    "php",
    "postgres",
    "pypy",
    "python",
    "r-base",
    "redis",
    "ruby",
    "rust",
    "solr",
    "swift",
    "tomcat",
    "wordpress",
];

/// What `/bin/sh` is in an image, as far as its name tells: `bash`, `dash` or `ash`.
pub(super) fn sh_of(base: &str) -> Option<&'static str> {
    let base = base.to_ascii_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| base.contains(word));
    let is_docker = || matches!(plain_name(&base).as_deref(), Some("docker"));
    if holds(ASH_WORDS) || is_docker() {
        Some("ash")
    } else if holds(BASH_WORDS) {
        Some("bash")
    } else {
        let is_listed =
            || plain_name(&base).is_some_and(|name| DASH_REPOSITORIES.contains(&name.as_str()));
        (holds(DASH_WORDS) || is_listed()).then_some("dash")
    }
}

/// What `/bin/sh` is where a script calls these package managers: rpm's distributions link it to bash, Debian's to dash.
pub(super) fn sh_by_manager(script: &str) -> Option<&'static str> {
    let mut found = None;
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    for word in script.split(|letter: char| !is_word(letter)) {
        let sh = match word {
            "yum" | "dnf" | "microdnf" | "tdnf" | "rpm" | "zypper" | "pacman" => "bash",
            "apt-get" | "apt" | "dpkg" | "aptitude" => "dash",
            "apk" => "ash",
            _ => continue,
        };
        match found {
            // A script for several distributions says nothing of this one.
            Some(other) if other != sh => return None,
            _ => found = Some(sh),
        }
    }
    found
}

/// Images whose working directory is not `/`.
const WORKDIRS: &[(&str, &str)] = &[
    ("golang", "/go"),
    ("httpd", "/usr/local/apache2"),
    ("php", "/var/www/html"),
    ("tomcat", "/usr/local/tomcat"),
];

/// The working directory that an image ends with, if that is known.
pub(super) fn starting_workdir(base: &str) -> Option<&'static str> {
    let base = base.to_ascii_lowercase();
    let name = plain_name(&base)?;
    let own = WORKDIRS.iter().find(|(image, _)| *image == name);
    match own {
        // Its variants for a terminal begin at `/`.
        Some(("php", _)) if !base.contains("fpm") && !base.contains("apache") => Some("/"),
        Some((_, folder)) => Some(folder),
        None => is_root(&base).then_some("/"),
    }
}

/// An image without its tag, and without what Docker Hub lets one leave out: `debian` for `docker.io/library/debian:13`.
fn plain_name(base: &str) -> Option<String> {
    if base == "scratch" {
        return Some(base.to_owned());
    }
    let reference = reference::parse(base);
    let repository = reference.repository?;
    Some(match reference.registry {
        None | Some("docker.io" | "index.docker.io") => repository
            .strip_prefix("library/")
            .unwrap_or(repository)
            .to_owned(),
        Some(registry) => match repository.strip_prefix("docker/library/") {
            Some(name) if registry == "public.ecr.aws" => name.to_owned(),
            _ => format!("{registry}/{repository}"),
        },
    })
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
    let names = [
        "windows",
        "nanoserver",
        "servercore",
        "ltsc20",
        "dotnet/framework",
        "microsoft/dotnet-framework",
        "microsoft/iis",
    ];
    names.iter().any(|name| base.contains(name))
        || platform.is_some_and(|platform| platform.starts_with("windows"))
}

/// The number of the stage that a name or number means.
pub(super) fn find(context: &Context, name: &str) -> Option<usize> {
    context.names.get(&name.to_ascii_lowercase()).copied()
}

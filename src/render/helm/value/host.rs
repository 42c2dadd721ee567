//! Objects of Helm's and of Go's library that templates meet.

use std::fmt;

use chrono::{DateTime, FixedOffset};

use crate::render::helm::semver::Version;
use crate::render::helm::value::collection::{List, ListKind};
use crate::render::helm::value::{IntKind, Val, Value};

/// An object with fields and methods of its own.
#[derive(Debug)]
pub enum Host {
    /// `time.Time`.
    Time(DateTime<FixedOffset>),
    /// `*semver.Version`.
    Version(Version),
    /// `*common.Capabilities`.
    Capabilities(Capabilities),
    /// `common.KubeVersion`: the version with its `v`, and its numbers.
    KubeVersion(KubeVersion),
    /// `version.BuildInfo` of Helm.
    HelmVersion,
}

/// What the cluster can do.
#[derive(Clone, Debug)]
pub struct Capabilities {
    /// The version of Kubernetes.
    pub version: KubeVersion,
    /// The API versions, in order.
    pub api_versions: List,
}

/// A version of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeVersion {
    /// Such as `v1.36.0`.
    pub version: String,
    /// Such as `1`.
    pub major: String,
    /// Such as `36`.
    pub minor: String,
}

/// The version of Helm that templates are told.
pub const HELM_VERSION: &str = "v4.2.3";
const HELM_COMMIT: &str = "43e8b7feece8beb0fcba47059ec9b522fd929a64";
const HELM_GO_VERSION: &str = "go1.26.5";

impl Host {
    /// Go's name of its type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Time(_) => "time.Time",
            Self::Version(_) => "*semver.Version",
            Self::Capabilities(_) => "*common.Capabilities",
            Self::KubeVersion(_) => "common.KubeVersion",
            Self::HelmVersion => "version.BuildInfo",
        }
    }

    /// Go's name of its kind.
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Version(_) | Self::Capabilities(_) => "ptr",
            _ => "struct",
        }
    }

    /// Whether both are equal; nothing if they cannot be compared.
    pub fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Time(one), Self::Time(other)) => Some(one == other),
            (Self::KubeVersion(one), Self::KubeVersion(other)) => Some(one == other),
            (Self::Version(_), Self::Version(_)) => Some(false),
            _ => None,
        }
    }

    /// A field, or a method without arguments.
    pub fn field(&self, name: &str) -> Option<Val> {
        match self {
            Self::Version(version) => version_field(version, name),
            Self::Capabilities(capabilities) => match name {
                "KubeVersion" => Some(Val::host(Self::KubeVersion(capabilities.version.clone()))),
                "APIVersions" => Some(Value::List(capabilities.api_versions.clone()).into()),
                "HelmVersion" => Some(Val::host(Self::HelmVersion)),
                _ => None,
            },
            Self::KubeVersion(version) => match name {
                "Version" | "GitVersion" | "String" => Some(Val::str(&version.version)),
                "Major" => Some(Val::str(&version.major)),
                "Minor" => Some(Val::str(&version.minor)),
                _ => None,
            },
            Self::HelmVersion => match name {
                "Version" => Some(Val::str(HELM_VERSION)),
                "GitTreeState" => Some(Val::str("clean")),
                "GitCommit" => Some(Val::str(HELM_COMMIT)),
                "GoVersion" => Some(Val::str(HELM_GO_VERSION)),
                _ => None,
            },
            Self::Time(time) => time_field(time, name),
        }
    }
}

fn time_field(time: &DateTime<FixedOffset>, name: &str) -> Option<Val> {
    use chrono::{Datelike as _, Timelike as _};
    let number = match name {
        "Unix" => return Some(Val::int64(time.timestamp())),
        "UnixNano" => return Some(Val::int64(time.timestamp_nanos_opt().unwrap_or(0))),
        "UnixMilli" => return Some(Val::int64(time.timestamp_millis())),
        "Year" => i64::from(time.year()),
        "Month" => i64::from(time.month()),
        "Day" => i64::from(time.day()),
        "Hour" => i64::from(time.hour()),
        "Minute" => i64::from(time.minute()),
        "Second" => i64::from(time.second()),
        "YearDay" => i64::from(time.ordinal()),
        _ => return None,
    };
    Some(Value::Int(number, IntKind::Int).into())
}

impl Capabilities {
    /// The capabilities of a cluster of this version with these API versions.
    pub fn new(version: KubeVersion, api_versions: &[String]) -> Self {
        let items = api_versions.iter().map(|name| Val::str(name)).collect();
        Self {
            version,
            api_versions: List::of_kind(items, ListKind::Versions),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => f.write_str(&crate::render::helm::functions::layout::go_text(time)),
            Self::Version(version) => write!(f, "{version}"),
            Self::KubeVersion(version) => f.write_str(&version.version),
            Self::Capabilities(capabilities) => write!(f, "&{{{}}}", capabilities.version.version),
            Self::HelmVersion => write!(f, "{{{HELM_VERSION}   }}"),
        }
    }
}

/// A field of a version, or a method without arguments.
fn version_field(version: &Version, name: &str) -> Option<Val> {
    let number =
        |value: u64| Value::Int(i64::try_from(value).unwrap_or(i64::MAX), IntKind::Uint64).into();
    Some(match name {
        "Major" => number(version.major),
        "Minor" => number(version.minor),
        "Patch" => number(version.patch),
        "Prerelease" => Val::str(&version.pre),
        "Metadata" => Val::str(&version.metadata),
        "Original" => Val::str(&version.original),
        "String" => Val::str(&version.to_string()),
        "IncMajor" => version_of(version.major + 1, 0, 0),
        "IncMinor" => version_of(version.major, version.minor + 1, 0),
        "IncPatch" => version_of(
            version.major,
            version.minor,
            version.patch + u64::from(version.pre.is_empty()),
        ),
        _ => return None,
    })
}

fn version_of(major: u64, minor: u64, patch: u64) -> Val {
    let original = format!("{major}.{minor}.{patch}");
    Val::host(Host::Version(Version {
        major,
        minor,
        patch,
        original,
        ..Version::default()
    }))
}

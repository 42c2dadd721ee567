//! A chart with each set of values that its repository has for it.

use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::deployed::mapped::{Numbering, rendering};
use crate::deployed::variant::{Variant, values_files};
use crate::deployed::{Fault, Files, Rendering, chart_faults};
use crate::render::helm::chart::files::ChartFiles;
use crate::render::helm::chart::folder::Folder;
use crate::render::helm::render::{Document, Options, Refusal, Session, with_chart};
use crate::sources::SourceDb;
use crate::span::FileSpan;
use hullmark_tables::faults;

/// What a chart comes to.
#[derive(Debug, Default)]
pub struct Chart {
    /// The chart's folder, as paths are shown.
    pub path: String,
    /// The files that take part.
    pub files: Files,
    /// With which values it renders, in the order in which it was done: those of the chart first.
    pub rendered: Vec<Variant>,
    /// With which values it does not render, and why.
    pub refused: Vec<(Variant, Refused)>,
    /// What is wrong with the chart's own files.
    pub faults: Vec<Fault>,
    /// The charts that it builds on and that are missing, so that objects may be missing.
    pub missing: Vec<String>,
    /// Whether it only lends its templates to others.
    pub is_library: bool,
}

/// Why a chart does not render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// One line.
    pub message: String,
    /// Where, if that is known.
    pub at: Option<FileSpan>,
    /// Whether a template cannot be parsed.
    pub is_syntax: bool,
}

/// Takes a rendering of a chart, with the files that its places are in, and whether all that belongs to it is there.
pub type Take<'t> = dyn FnMut(Rendering, &Files, bool) + Send + 't;

/// Renders the chart in an absolute folder, also with each of the lists of files of values that are `named` for it elsewhere.
/// Each rendering goes to `take`, in the order of [`Chart::rendered`], and is not kept: a chart may have many, and large ones.
pub fn render(
    db: &SourceDb,
    folder: &Path,
    named: &BTreeSet<Vec<PathBuf>>,
    take: &mut Take<'_>,
) -> Chart {
    let path = db.shown(folder);
    let mut chart = Chart {
        path: path.clone(),
        ..Chart::default()
    };
    let files = match Folder::new(folder) {
        Ok(files) => files.in_project(&db.repository(folder), &db.texts()),
        Err(message) => {
            chart.refuse(Variant::Defaults, message, None);
            return chart;
        }
    };
    let paths = files.list().unwrap_or_default();
    let beside = values_files(&paths);
    let named = elsewhere(db, folder, named, &beside);
    let mut numbering = Numbering::new(&path, &db.shown_base());
    let done = with_chart(&files, true, |session| match session {
        Ok(session) => all(
            session,
            &files,
            (&beside, named),
            &mut numbering,
            (&mut chart, take),
        ),
        Err(refusal) => chart.refused_with(Variant::Defaults, &refusal, &mut numbering),
    });
    if let Err(message) = done {
        chart.refuse(Variant::Defaults, message, None);
    }
    chart.files = numbering.files;
    chart
}

/// Renders with the defaults, with each file of values, and with all switches on.
fn all(
    session: &mut Session,
    files: &Folder,
    (values, named): (&[&str], Vec<Named>),
    numbering: &mut Numbering,
    (chart, take): (&mut Chart, &mut Take<'_>),
) {
    chart.is_library = session.is_library();
    if chart.is_library {
        return;
    }
    let missing = session.missing().iter();
    chart.missing = missing.map(|(name, _)| name.clone()).collect();
    // The files that are judged have their numbers, whether anything is found in them or not.
    let origins = session.origins().clone();
    let judged = origins.files().iter().skip(1);
    for file in judged.filter(|file| is_judged_file(&file.name)) {
        numbering.name(&file.name);
    }
    chart_faults::find(session, files, values, numbering, &mut chart.faults);
    let switches = session.switches();
    let is_whole = chart.missing.is_empty();
    let mut one = |variant: Variant, options: Options| match session.render(&options) {
        Ok(rendered) => {
            let kept: Vec<Document> = rendered.documents.into_iter().filter(is_judged).collect();
            let made = rendering(&kept, &rendered.origins, numbering);
            take(made, &numbering.files, is_whole);
            chart.rendered.push(variant);
            true
        }
        Err(refusal) => {
            chart.refused_with(variant, &refusal, numbering);
            false
        }
    };
    let mut one_is_rendered = one(Variant::Defaults, usual());
    for name in values {
        let Ok(bytes) = files.read(name) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let options = Options {
            values: vec![((*name).to_owned(), text)],
            ..usual()
        };
        one_is_rendered |= one(Variant::Files(vec![(*name).to_owned()]), options);
    }
    for Named { names, values } in named {
        let options = Options { values, ..usual() };
        one_is_rendered |= one(Variant::Files(names), options);
    }
    // What does not render as it is does not render with more of it.
    let switches = if one_is_rendered { switches } else { 0 };
    switch_on(switches, &mut |switched_on| {
        let options = Options {
            switched_on,
            ..usual()
        };
        one(Variant::AllOn, options)
    });
}

/// How often a chart is rendered with some of its switches on.
const MOST_SWITCHED: usize = 7;

/// Renders with all switches on; where that fails with halves of them, and halves of the halves that fail.
fn switch_on(switches: usize, render: &mut dyn FnMut(Range<usize>) -> bool) {
    let mut waiting = VecDeque::new();
    waiting.push_back(0..switches);
    for _ in 0..MOST_SWITCHED {
        let Some(range) = waiting.pop_front().filter(|range| !range.is_empty()) else {
            return;
        };
        if !render(range.clone()) && range.len() > 1 {
            let middle = range.start + range.len() / 2;
            waiting.extend([range.start..middle, middle..range.end]);
        }
    }
}

/// Files of values that are named for a chart elsewhere: as they are shown, and what Helm is given.
struct Named {
    names: Vec<String>,
    values: Vec<(String, String)>,
}

/// How many lists of files of values are tried that are named elsewhere.
const MOST_NAMED: usize = 24;

/// The lists that are more than one file beside the chart.
fn elsewhere(
    db: &SourceDb,
    folder: &Path,
    named: &BTreeSet<Vec<PathBuf>>,
    beside: &[&str],
) -> Vec<Named> {
    let is_known = |list: &Vec<PathBuf>| match list.as_slice() {
        [one] => {
            beside.iter().any(|name| folder.join(name) == *one)
                || *one == folder.join("values.yaml")
        }
        _ => false,
    };
    let new = named.iter().filter(|list| !is_known(list)).take(MOST_NAMED);
    let read = new.map(|list| Named {
        names: list.iter().map(|path| db.shown(path)).collect(),
        values: list
            .iter()
            .filter_map(|path| {
                let text = std::fs::read_to_string(path).ok()?;
                Some((path.to_string_lossy().into_owned(), text))
            })
            .collect(),
    });
    read.collect()
}

/// The kinds that each cluster has, by API version. Helm knows the versions alone without a cluster, and not those of extensions.
/// Source: the API reference of Kubernetes 1.30 to 1.37.
const SERVED: &[(&str, &[&str])] = &[
    (
        "v1",
        &[
            "ConfigMap",
            "Endpoints",
            "LimitRange",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Pod",
            "ReplicationController",
            "ResourceQuota",
            "Secret",
            "Service",
            "ServiceAccount",
        ],
    ),
    (
        "admissionregistration.k8s.io/v1",
        &[
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
        ],
    ),
    ("apiextensions.k8s.io/v1", &["CustomResourceDefinition"]),
    ("apiregistration.k8s.io/v1", &["APIService"]),
    (
        "apps/v1",
        &[
            "ControllerRevision",
            "DaemonSet",
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
        ],
    ),
    ("autoscaling/v1", &["HorizontalPodAutoscaler"]),
    ("autoscaling/v2", &["HorizontalPodAutoscaler"]),
    ("batch/v1", &["CronJob", "Job"]),
    ("certificates.k8s.io/v1", &["CertificateSigningRequest"]),
    ("coordination.k8s.io/v1", &["Lease"]),
    ("discovery.k8s.io/v1", &["EndpointSlice"]),
    ("events.k8s.io/v1", &["Event"]),
    (
        "flowcontrol.apiserver.k8s.io/v1",
        &["FlowSchema", "PriorityLevelConfiguration"],
    ),
    (
        "networking.k8s.io/v1",
        &["Ingress", "IngressClass", "NetworkPolicy"],
    ),
    ("node.k8s.io/v1", &["RuntimeClass"]),
    ("policy/v1", &["PodDisruptionBudget"]),
    (
        "rbac.authorization.k8s.io/v1",
        &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    ),
    ("scheduling.k8s.io/v1", &["PriorityClass"]),
    (
        "storage.k8s.io/v1",
        &[
            "CSIDriver",
            "CSINode",
            "CSIStorageCapacity",
            "StorageClass",
            "VolumeAttachment",
        ],
    ),
];

/// API versions as `.Capabilities.APIVersions` has them: with and without a kind.
fn served() -> Vec<String> {
    let all = SERVED.iter().flat_map(|(version, kinds)| {
        let of_kinds = kinds.iter().map(move |kind| format!("{version}/{kind}"));
        std::iter::once((*version).to_owned()).chain(of_kinds)
    });
    all.collect()
}

fn usual() -> Options {
    Options {
        is_lenient: true,
        api_versions: served(),
        ..Options::default()
    }
}

impl Chart {
    fn refuse(&mut self, variant: Variant, message: String, at: Option<FileSpan>) {
        let is_syntax = false;
        let refused = Refused {
            message,
            at,
            is_syntax,
        };
        self.refused.push((variant, refused));
    }

    fn refused_with(&mut self, variant: Variant, refusal: &Refusal, numbering: &mut Numbering) {
        let at = numbering.span(&refusal.origins, refusal.fault.place);
        let message = refusal.fault.message.clone();
        let is_syntax = refusal.fault.is_syntax;
        if let Some(at) = at.filter(|_| is_syntax && variant == Variant::Defaults) {
            self.faults.push(Fault {
                rule: faults::TEMPLATE_SYNTAX_ERROR.rule,
                at,
                message: message.clone(),
                name: "syntax".to_owned(),
                is_asked: false,
                is_fatal: false,
            });
        }
        let refused = Refused {
            message,
            at,
            is_syntax,
        };
        self.refused.push((variant, refused));
    }

    /// Whether it renders with its own values.
    pub fn is_rendered(&self) -> bool {
        let mut variants = self.rendered.iter();
        variants.any(|variant| *variant != Variant::AllOn)
    }

    /// The names of the files below the chart's folder that became part of a rendering, as paths are shown.
    pub fn parts(&self) -> impl Iterator<Item = &Arc<str>> {
        let files = self.files.all().iter().map(|file| &file.path);
        files.filter(|path| path.contains("/templates/") || path.starts_with("templates/"))
    }
}

/// Whether a file of a chart counts as judged by its name: templates, values and data, not what is there to be read.
pub fn is_judged_file(path: &str) -> bool {
    let mut endings = [".yaml", ".yml", ".json", ".tpl"].iter();
    endings.any(|ending| path.ends_with(ending))
}

/// Whether a document is deployed: pods of `helm test` are not, and definitions of resources have nothing to judge.
fn is_judged(document: &Document) -> bool {
    let text = document.text.to_str();
    let is_test = |line: &str| {
        let event = line.trim_start().strip_prefix("helm.sh/hook:");
        let event = event.or_else(|| line.trim_start().strip_prefix("\"helm.sh/hook\":"));
        event.is_some_and(|event| event.contains("test"))
    };
    let is_definition = document.kind == "CustomResourceDefinition" && !text.contains("v1beta1");
    !(is_definition || document.is_hook && text.lines().any(is_test))
}

//! Pods that are there for their node: networks, storage, exporters, log collectors and devices need parts of it.

use crate::model::kubernetes::{Object, value};
use crate::parse::yaml::tree::{NodeId, Tree};

/// Words in the names of workloads and images of well-known agents.
const KNOWN: &[&str] = &[
    "aws-node",
    "blackbox",
    "cadvisor",
    "calico",
    "canal",
    "ceph",
    "cilium",
    "cni",
    "csi",
    "datadog",
    "device-plugin",
    "-exporter",
    "falco",
    "feature-discovery",
    "filebeat",
    "flannel",
    "fluent",
    "frr-",
    "gpu-",
    "guest-agent",
    "kube-proxy",
    "kube-vip",
    "kured",
    "longhorn",
    "metallb",
    "metricbeat",
    "multus",
    "nfd",
    "node-agent",
    "node-cache",
    "node-driver",
    "node-local-dns",
    "node-problem",
    "nvidia",
    "openebs",
    "otel-",
    "promtail",
    "restic",
    "smartctl",
    "speaker",
    "sriov",
    "spire-agent",
    "tuned",
    "timberio/vector",
    "velero",
    "weave",
    "alloy",
    "tetragon",
    "kepler",
    "local-path",
    "intel-",
    "virt-handler",
    "snapshot-controller",
];

/// Kinds of custom resources that are agents, whose operators run them on each node: kind, and a part of its group.
const AGENTS: &[(&str, &str)] = &[
    ("Agent", "k8s.elastic.co"),
    ("Beat", "k8s.elastic.co"),
    ("CephCluster", "rook.io"),
    ("ClusterPolicy", "nvidia.com"),
    ("DatadogAgent", "datadoghq.com"),
    ("DynaKube", "dynatrace.com"),
    ("FluentBit", "fluent.io"),
    ("FluentbitAgent", "banzaicloud.io"),
    ("InstanaAgent", "instana.io"),
    ("Installation", "operator.tigera.io"),
    ("NodeFeatureDiscovery", "openshift.io"),
    ("Tetragon", "cilium.io"),
    ("VMNodeScrape", "victoriametrics.com"),
];

/// Words in the names of jobs, and of their images, that look after nodes.
const AUDITORS: &[&str] = &["kube-bench", "kube-hunter", "fstrim", "node-shell", "lynis"];

/// Whether the values of a release ask for a `DaemonSet`: `controllers.main.type: daemonset`, `kind: DaemonSet`.
fn makes_daemons(object: Object<'_>) -> bool {
    let tree = object.tree;
    // OpenTelemetry's collector, and Elastic's agents.
    if tree.at(object.node, &["spec", "daemonSet"]).is_some()
        || tree
            .at(object.node, &["spec"])
            .is_some_and(|spec| tree.text_at(spec, "mode") == Some("daemonset"))
    {
        return true;
    }
    let values = match object.kind {
        "HelmRelease" => tree.at(object.node, &["spec", "values"]),
        "Application" => tree.at(object.node, &["spec", "source", "helm", "valuesObject"]),
        _ => None,
    };
    let Some(values) = values else { return false };
    let is_daemon = |node: NodeId, key: &str| {
        tree.text_at(node, key)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("daemonset"))
    };
    let controllers = ["controllers", "controller"].into_iter();
    let controllers = controllers.filter_map(|key| tree.get(values, key));
    let mut all = controllers.flat_map(|node| {
        let below = tree.pairs(node).into_iter().map(|(_, below)| below);
        std::iter::once(node).chain(below)
    });
    all.any(|node| is_daemon(node, "type") || is_daemon(node, "kind"))
        || ["kind", "mode", "type", "deploymentKind"]
            .iter()
            .any(|key| is_daemon(values, key))
}

/// Whether a pod is on the network of its node, or reaches the volumes of other pods there.
fn works_on_node(tree: &Tree, spec: NodeId) -> bool {
    if value::is_true(tree, spec, "hostNetwork") {
        return true;
    }
    let volumes = tree.get(spec, "volumes");
    let volumes = volumes.map(|list| tree.items(list)).unwrap_or_default();
    volumes.iter().any(|volume| {
        let path = tree.at(*volume, &["hostPath", "path"]);
        path.and_then(|path| tree.text(path))
            .is_some_and(|path| path.starts_with("/var/lib/kubelet"))
    })
}

/// What a pod is to its node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NodeAgent {
    /// Whether it is there for its node.
    pub(super) is_agent: bool,
    /// Whether it is part of the system, or an agent by its name.
    pub(super) is_known: bool,
}

impl NodeAgent {
    /// What the pod with this specification is.
    pub(super) fn of(object: Object<'_>, spec: NodeId) -> Self {
        let tree = object.tree;
        let priority = tree.text_at(spec, "priorityClassName").unwrap_or_default();
        let is_system = priority.starts_with("system-")
            || object
                .namespace
                .is_some_and(|namespace| namespace == "kube-system");
        let is_daemon = object.kind == "DaemonSet" || makes_daemons(object);
        let names = ["containers", "initContainers"].into_iter();
        let containers = names.filter_map(|name| tree.get(spec, name));
        let containers = containers.flat_map(|list| tree.items(list));
        let images = containers.filter_map(|container| tree.text_at(*container, "image"));
        let images: Vec<&str> = images.collect();
        let mut names = images.iter().copied().chain(object.name);
        let is_named = |text: &str| KNOWN.iter().any(|word| text.contains(word));
        // What controls a driver is a Deployment, and most of these do nothing on the node.
        let is_driver = || {
            object
                .name
                .is_some_and(|name| name.contains("csi") || name.contains("cni"))
                && (object.kind != "Deployment" || works_on_node(tree, spec))
        };
        let version = tree.text_at(object.node, "apiVersion").unwrap_or_default();
        let is_agent_kind = AGENTS
            .iter()
            .any(|(kind, group)| object.kind == *kind && version.contains(group));
        let is_job = matches!(object.kind, "Job" | "CronJob");
        let mut is_auditor =
            || is_job && names.any(|name| AUDITORS.iter().any(|word| name.contains(word)));
        // A Deployment runs beside other pods, whatever its namespace: what it takes of the node is told.
        Self {
            is_agent: is_daemon || is_agent_kind || is_driver() || is_auditor(),
            is_known: is_agent_kind
                || is_driver()
                || is_daemon
                    && (is_system
                        || object.name.is_some_and(is_named)
                        || images.iter().any(|image| is_named(image))),
        }
    }
}

//! Pods that are there for their node: networks, storage, exporters, log collectors and devices need parts of it.

use crate::model::kubernetes::Object;
use crate::parse::yaml::tree::NodeId;

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
        let is_daemon = object.kind == "DaemonSet";
        let names = ["containers", "initContainers"].into_iter();
        let containers = names.filter_map(|name| tree.get(spec, name));
        let containers = containers.flat_map(|list| tree.items(list));
        let mut images = containers.filter_map(|container| tree.text_at(*container, "image"));
        let is_named = |text: &str| KNOWN.iter().any(|word| text.contains(word));
        let is_csi = || {
            object
                .name
                .is_some_and(|name| name.contains("csi") || name.contains("cni"))
        };
        // A Deployment runs beside other pods, whatever its namespace: what it takes of the node is told.
        Self {
            is_agent: is_daemon || is_csi(),
            is_known: is_daemon
                && (is_system || object.name.is_some_and(is_named) || images.any(is_named)),
        }
    }
}

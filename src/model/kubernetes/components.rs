//! Components of Kubernetes and the flags that they run with: in containers, for kubeadm, and in the configuration of the kubelet.

use hullmark_tables::components;

use crate::model::FileTables;
use crate::model::kubernetes::component_flags::{Flags, implied, plain, program, words};
use crate::model::kubernetes::security::Level;
use crate::model::kubernetes::{Object, Workload, pods, value};
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::parse::yaml::tree::{NodeId, Tree};

/// Flags that name a file with settings of the same meaning.
const FILES: [&str; 2] = ["--config", "--config-file"];

/// A field of the kubelet's configuration and the flag of the same meaning.
const KUBELET_FIELDS: [(&[&str], &str); 13] = [
    (
        &["authentication", "anonymous", "enabled"],
        "--anonymous-auth",
    ),
    (
        &["authentication", "x509", "clientCAFile"],
        "--client-ca-file",
    ),
    (&["authorization", "mode"], "--authorization-mode"),
    (&["eventRecordQPS"], "--event-qps"),
    (&["makeIPTablesUtilChains"], "--make-iptables-util-chains"),
    (&["protectKernelDefaults"], "--protect-kernel-defaults"),
    (&["readOnlyPort"], "--read-only-port"),
    (&["rotateCertificates"], "--rotate-certificates"),
    (&["serverTLSBootstrap"], "--rotate-server-certificates"),
    (
        &["streamingConnectionIdleTimeout"],
        "--streaming-connection-idle-timeout",
    ),
    (&["tlsCertFile"], "--tls-cert-file"),
    (&["tlsCipherSuites"], "--tls-cipher-suites"),
    (&["tlsPrivateKeyFile"], "--tls-private-key-file"),
];

/// The component that a container runs, if it is one.
pub(super) fn build_rows(tables: &mut FileTables, workload: Workload<'_>, level: Level) {
    if !tables.wants(Table::Components) {
        return;
    }
    let tree = workload.object.tree;
    let mut tokens = Vec::new();
    if value::child(tree, level.node, "command").is_none() {
        tokens.extend(implied(tree, level.node));
    }
    for list in ["command", "args"] {
        words(tree, level.node, list, &mut tokens);
    }
    let Some((component, start)) = program(&tokens) else {
        return;
    };
    let mut flags = Flags::default();
    flags.read(&tokens[start + 1..]);
    flags.is_open |= pods::is_patch(workload.object, workload.owner, level.node)
        || flags
            .found
            .iter()
            .any(|(name, ..)| FILES.contains(&name.as_str()))
        || (component == "etcd" && has_etcd_variables(tree, level.node));
    let field = tokens[start].path.split('.').next().unwrap_or_default();
    let field = if tokens[start].is_implied {
        "args"
    } else {
        field
    };
    let row = RowBuilder::at(level.at)
        .set(components::document, workload.object.document)
        .text(components::component, component)
        .text(components::source, "container")
        .maybe_text(components::name, workload.object.name)
        .text(components::field, field);
    tables.add_row(flags.set(row));
}

/// What kubeadm is told to add to the components' flags, and what a kubelet is told in a file.
pub(super) fn build_configured(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Components) {
        return;
    }
    let Object { tree, node, .. } = object;
    match object.kind {
        "ClusterConfiguration" => cluster(tables, object, node),
        "KubeadmControlPlane" | "KubeadmControlPlaneTemplate" => {
            for path in [
                &["spec", "kubeadmConfigSpec", "clusterConfiguration"][..],
                &[
                    "spec",
                    "template",
                    "spec",
                    "kubeadmConfigSpec",
                    "clusterConfiguration",
                ][..],
            ] {
                if let Some(configuration) = tree.at(node, path) {
                    cluster(tables, object, configuration);
                }
            }
        }
        "InitConfiguration" | "JoinConfiguration" => {
            if let Some(owner) = tree.get(node, "nodeRegistration") {
                extra(tables, object, owner, "kubelet", "kubeletExtraArgs");
            }
        }
        "KubeletConfiguration" => {
            let mut flags = Flags {
                is_open: true,
                ..Flags::default()
            };
            for (path, flag) in KUBELET_FIELDS {
                if let Some(found) = tree.at(node, path) {
                    let text = configured(tree, found);
                    flags.found.push((flag.to_owned(), text, path.join(".")));
                }
            }
            add_configured(
                tables,
                object,
                (object.at, "kubelet", "configuration"),
                "",
                &flags,
            );
        }
        _ => {}
    }
}

fn cluster(tables: &mut FileTables, object: Object<'_>, node: NodeId) {
    for (path, component) in [
        (&["apiServer"][..], "kube-apiserver"),
        (&["controllerManager"][..], "kube-controller-manager"),
        (&["scheduler"][..], "kube-scheduler"),
        (&["etcd", "local"][..], "etcd"),
    ] {
        if let Some(owner) = object.tree.at(node, path) {
            extra(tables, object, owner, component, "extraArgs");
        }
    }
}

/// `extraArgs`: a mapping, or since `v1beta4` a list of names and values.
fn extra(
    tables: &mut FileTables,
    object: Object<'_>,
    owner: NodeId,
    component: &'static str,
    key: &str,
) {
    let tree = object.tree;
    let Some(arguments) = value::child(tree, owner, key) else {
        return;
    };
    let mut flags = Flags {
        is_open: true,
        ..Flags::default()
    };
    for (name, found) in tree.pairs(arguments) {
        if let Some(name) = tree.text(name) {
            let path = [key, name].join(".");
            flags.found.push((plain(name), known(tree, found), path));
        }
    }
    for (number, item) in tree.items(arguments).iter().enumerate() {
        if let (Some(name), Some(found)) = (tree.text_at(*item, "name"), tree.get(*item, "value")) {
            let path = format!("{key}.{number}.value");
            flags.found.push((plain(name), known(tree, found), path));
        }
    }
    let at = tables.node(owner);
    add_configured(tables, object, (at, component, "kubeadm"), key, &flags);
}

fn add_configured(
    tables: &mut FileTables,
    object: Object<'_>,
    (at, component, source): (crate::model::place::RowRef, &'static str, &'static str),
    field: &str,
    flags: &Flags,
) {
    let row = RowBuilder::at(at)
        .set(components::document, object.document)
        .text(components::component, component)
        .text(components::source, source)
        .maybe_text(components::name, object.name)
        .text(components::field, field);
    tables.add_row(flags.set(row));
}

fn known(tree: &Tree, node: NodeId) -> Option<String> {
    value::known_text(tree, node).map(str::to_owned)
}

/// A text, or the texts of a list with commas between them, as a flag has them.
fn configured(tree: &Tree, node: NodeId) -> Option<String> {
    let items = tree.items(node);
    if items.is_empty() {
        return known(tree, node);
    }
    let texts: Option<Vec<&str>> = items
        .iter()
        .map(|item| value::known_text(tree, *item))
        .collect();
    Some(texts?.join(","))
}

/// Whether variables may set what flags of etcd do.
fn has_etcd_variables(tree: &Tree, container: NodeId) -> bool {
    let variables = value::child(tree, container, "env");
    let mut items = variables
        .map(|list| tree.items(list))
        .unwrap_or_default()
        .iter();
    let is_flag = |item: &NodeId| {
        tree.text_at(*item, "name")
            .is_some_and(|name| name.starts_with("ETCD_"))
    };
    items.any(is_flag) || value::child(tree, container, "envFrom").is_some()
}

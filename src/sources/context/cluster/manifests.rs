//! Versions of Kubernetes in the files that make clusters: of `eksctl`, `kubeadm`, Talos, k0s, k3s and kubespray, and of `kind` and `k3d`.

use memchr::memmem;
use serde_yaml::Value;

use crate::sources::context::cluster::Version;
use crate::sources::context::documents::documents;

/// Parts of the names of such files.
const NAMES: [&str; 15] = [
    "all.y",
    "cluster",
    "controlplane",
    "eks",
    "k0s",
    "k3d",
    "k3s",
    "k8s",
    "kind",
    "kubeadm",
    "kubernetes",
    "plan",
    "rke",
    "tal",
    "upgrade",
];

/// What is in each of them.
const MARKS: [&str; 13] = [
    "eksctl.io/",
    "k0sproject.io/",
    "k3d.io/",
    "k3s_version:",
    "kind.x-k8s.io/",
    "kube_version:",
    "kubeadm.k8s.io/",
    "kubernetesVersion:",
    "kubernetes_version:",
    "rke2_version:",
    "siderolabs/kubelet:",
    "tuppr.",
    "upgrade.cattle.io/",
];

/// Whether a name may be that of a file which makes a cluster.
pub(super) fn is_named_for(name: &str) -> bool {
    let is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    is_yaml && {
        let lower = name.to_ascii_lowercase();
        let is_template = lower.contains("tmpl") || lower.contains("template");
        !is_template && NAMES.iter().any(|part| lower.contains(part))
    }
}

/// The versions that a text names.
pub(super) fn versions(text: &str) -> Vec<Version> {
    let has = |mark: &&str| memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    if !MARKS.iter().any(has) {
        return Vec::new();
    }
    let documents = documents(text);
    documents.iter().flat_map(of_document).collect()
}

fn of_document(document: &Value) -> Vec<Version> {
    let text = |path: &[&str]| at(document, path).and_then(text_of);
    let version = text(&["apiVersion"]).unwrap_or_default();
    let group = version.split_once('/').map_or("", |(group, _)| group);
    let kind = text(&["kind"]).unwrap_or_default();
    let cluster = |path: &[&str]| one(text(path), false);
    match (group, kind.as_str()) {
        ("eksctl.io", "ClusterConfig") => cluster(&["metadata", "version"]),
        ("kubeadm.k8s.io", "ClusterConfiguration") => cluster(&["kubernetesVersion"]),
        ("k0sctl.k0sproject.io", _) => cluster(&["spec", "k0s", "version"]),
        ("upgrade.cattle.io", "Plan") => cluster(&["spec", "version"]),
        ("tuppr.home-operations.com", "KubernetesUpgrade") => {
            cluster(&["spec", "kubernetes", "version"])
        }
        ("kind.x-k8s.io", "Cluster") => {
            let nodes = at(document, &["nodes"]).and_then(Value::as_sequence);
            let nodes = nodes.into_iter().flatten();
            let images = nodes.filter_map(|node| text_of(node.get("image")?));
            images
                .flat_map(|image| one(tag(&image, "node:"), true))
                .collect()
        }
        ("k3d.io", _) => one(text(&["image"]).and_then(|image| tag(&image, "k3s:")), true),
        ("", "") => of_settings(document),
        _ => Vec::new(),
    }
}

/// What is no Kubernetes object: variables of Ansible, configuration of Talos and `talhelper`.
fn of_settings(document: &Value) -> Vec<Version> {
    let text = |path: &[&str]| at(document, path).and_then(text_of);
    let names = ["kube_version", "k3s_version", "rke2_version"];
    let version = names.iter().find_map(|name| text(&[name]));
    let talhelper = || text(&["talosVersion"]).and_then(|_| text(&["kubernetesVersion"]));
    let rke = || text(&["nodes"]).or_else(|| has_nodes(document));
    let rke = || rke().and_then(|_| text(&["kubernetes_version"]));
    let kubelet =
        || text(&["machine", "kubelet", "image"]).and_then(|image| tag(&image, "kubelet:"));
    let found = version.or_else(talhelper).or_else(rke).or_else(kubelet);
    one(found, false)
}

/// Whether a document lists nodes, as that of RKE does.
fn has_nodes(document: &Value) -> Option<String> {
    at(document, &["nodes"])?
        .as_sequence()
        .map(|_| String::new())
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The tag of an image whose path ends with a name.
fn tag(image: &str, name: &str) -> Option<String> {
    let (_, tag) = image.rsplit_once(name)?;
    let tag = tag.split_once('@').map_or(tag, |(tag, _)| tag);
    Some(tag.to_owned())
}

fn one(text: Option<String>, is_trial: bool) -> Vec<Version> {
    let version = text.map(|text| Version { text, is_trial });
    version.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, bool)> {
        let versions = versions(text).into_iter();
        versions
            .map(|version| (version.text, version.is_trial))
            .collect()
    }

    #[test]
    fn files_that_make_clusters_name_their_release() {
        for (text, version) in [
            (
                "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: a, version: \"1.29\"}\n",
                "1.29",
            ),
            (
                "apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.28.2\n",
                "v1.28.2",
            ),
            (
                "apiVersion: upgrade.cattle.io/v1\nkind: Plan\nspec: {version: v1.31.2+k3s1}\n",
                "v1.31.2+k3s1",
            ),
            ("kube_version: v1.27.5\n", "v1.27.5"),
            (
                "clusterName: home\ntalosVersion: v1.7.0\nkubernetesVersion: v1.30.1\n",
                "v1.30.1",
            ),
            (
                "machine: {kubelet: {image: 'ghcr.io/siderolabs/kubelet:v1.29.3'}}\n",
                "v1.29.3",
            ),
            (
                "nodes: [{address: 10.0.0.1}]\nkubernetes_version: v1.24.1-rancher1-1\n",
                "v1.24.1-rancher1-1",
            ),
        ] {
            assert_eq!(read(text), [(version.to_owned(), false)], "{text}");
        }
    }

    #[test]
    fn clusters_to_try_things_on_are_known() {
        let kind = "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n- role: control-plane\n  image: kindest/node:v1.29.2@sha256:51\n";
        assert_eq!(read(kind), [("v1.29.2".to_owned(), true)]);
        let k3d = "apiVersion: k3d.io/v1alpha5\nkind: Simple\nimage: rancher/k3s:v1.28.6-k3s2\n";
        assert_eq!(read(k3d), [("v1.28.6-k3s2".to_owned(), true)]);
    }

    #[test]
    fn other_versions_are_of_something_else() {
        for text in [
            "kubernetesVersion: v1.30.1\nname: chart\n",
            "kubernetes_version: v1.24.1\nname: chart\n",
            "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nspec: {topology: {version: v1.29.0}}\n# upgrade.cattle.io/\n",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}

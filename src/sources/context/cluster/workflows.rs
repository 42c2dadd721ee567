//! Versions of Kubernetes of the clusters that workflows make to try things on.

use std::path::Path;

use memchr::memmem;

use crate::sources::context::DirCache;
use crate::sources::context::cluster::{Found, Version, add, text_of};

/// How many workflows are read.
const MOST: usize = 60;

/// What makes a cluster in a workflow.
const MAKERS: [&str; 7] = [
    "kind-action",
    "kind create",
    "kindest/node",
    "k3d",
    "setup-kind",
    "minikube",
    "setup-k3",
];

/// Images of nodes, up to the tag.
const IMAGES: [&str; 2] = ["kindest/node:", "rancher/k3s:"];

/// Keys of inputs and of dimensions of a matrix whose values are releases, with `-` for `_`.
const KEYS: [&str; 13] = [
    "k3s-version",
    "k8s",
    "k8s-version",
    "k8s-versions",
    "kind-image",
    "kind-node-image",
    "kube-version",
    "kubernetes",
    "kubernetes-version",
    "kubernetes-versions",
    "kubeversion",
    "node-image",
    "node-version-k8s",
];

/// Reads the workflows of a folder.
pub(super) fn read(directories: &DirCache, folder: &Path, found: &mut Found) {
    let names = directories.names_in(folder);
    let is_workflow = |name: &&String| name.ends_with(".yml") || name.ends_with(".yaml");
    for name in names.iter().filter(is_workflow).take(MOST) {
        let file = folder.join(name);
        if let Some(text) = text_of(directories, &file) {
            add(found, &file, &text, versions(&text));
        }
    }
}

fn versions(text: &str) -> Vec<Version> {
    let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if !MAKERS.iter().any(|maker| has(maker)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut is_below = false;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        for image in IMAGES {
            found.extend(line.split(image).skip(1).flat_map(words));
        }
        let item = line.strip_prefix("- ");
        match (is_below, item) {
            (true, Some(item)) if !item.contains(": ") => found.extend(words(item)),
            _ => {
                let (key, value) = item.unwrap_or(line).split_once(':').unwrap_or_default();
                let key = key.trim_matches(['"', '\'']).to_ascii_lowercase();
                let key = key.replace('_', "-");
                let is_key = KEYS.contains(&key.as_str());
                is_below = is_key && value.trim().is_empty();
                if is_key {
                    found.extend(words(value));
                }
            }
        }
    }
    found
        .into_iter()
        .map(|text| Version {
            text: text.to_owned(),
            is_trial: true,
        })
        .collect()
}

/// The words of a value that may be versions: `v1.29.2`, `[1.28, 1.29]`.
fn words(value: &str) -> Vec<&str> {
    let value = value.split_once(" #").map_or(value, |(value, _)| value);
    let words =
        value.split(|letter: char| !letter.is_ascii_alphanumeric() && !".+-".contains(letter));
    words
        .filter(|word| word.starts_with("1.") || word.starts_with("v1."))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let versions = versions(text).into_iter();
        versions.map(|version| version.text).collect()
    }

    #[test]
    fn a_matrix_names_releases() {
        let text = "jobs:\n  test:\n    strategy:\n      matrix:\n        k8s_version: [v1.27.3, \"v1.28.0\"]\n        other: [1.5.0]\n    steps:\n      - uses: helm/kind-action@v1\n";
        assert_eq!(read(text), ["v1.27.3", "v1.28.0"]);
        let text = "        kubernetes:\n          - 1.29\n          - 1.30 # newest\n        go:\n          - 1.22\n      - uses: helm/kind-action@v1\n";
        assert_eq!(read(text), ["1.29", "1.30"]);
    }

    #[test]
    fn an_image_of_nodes_names_a_release() {
        let text = "      - run: kind create cluster --image kindest/node:v1.29.2@sha256:51\n";
        assert_eq!(read(text), ["v1.29.2"]);
    }

    #[test]
    fn a_workflow_without_a_cluster_names_none() {
        let text = "        kubernetes: [v1.27.3]\n      - uses: actions/checkout@v4\n";
        assert_eq!(read(text), Vec::<String>::new());
    }
}

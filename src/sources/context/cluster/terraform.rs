//! Versions of Kubernetes in the clusters that Terraform makes.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::sources::context::DirCache;
use crate::sources::context::cluster::{Found, Version, add, text_of};

/// Types of resources that are clusters, the argument with the version, and whether things are tried on them.
const RESOURCES: [(&str, &str, bool); 14] = [
    ("alicloud_cs_managed_kubernetes", "version", false),
    ("aws_eks_cluster", "version", false),
    ("azurerm_kubernetes_cluster", "kubernetes_version", false),
    ("civo_kubernetes_cluster", "kubernetes_version", false),
    ("digitalocean_kubernetes_cluster", "version", false),
    ("exoscale_sks_cluster", "version", false),
    ("google_container_cluster", "min_master_version", false),
    ("kind_cluster", "node_image", true),
    ("linode_lke_cluster", "k8s_version", false),
    ("minikube_cluster", "kubernetes_version", true),
    ("oci_containerengine_cluster", "kubernetes_version", false),
    ("ovh_cloud_project_kube", "version", false),
    ("scaleway_k8s_cluster", "version", false),
    ("vultr_kubernetes", "version", false),
];

/// Parts of the sources of modules that make a cluster, and the argument with the version.
const MODULES: [(&str, &str); 6] = [
    ("terraform-aws-modules/eks/", "cluster_version"),
    ("terraform-aws-modules/eks/", "kubernetes_version"),
    (
        "terraform-google-modules/kubernetes-engine",
        "kubernetes_version",
    ),
    ("Azure/aks/", "kubernetes_version"),
    ("aws-ia/eks-blueprints", "cluster_version"),
    ("cloudposse/eks-cluster", "kubernetes_version"),
];

/// A block of a file: `resource "type" "name" {`, with its own arguments.
#[derive(Debug, Default)]
struct Block<'t> {
    head: Vec<&'t str>,
    arguments: Vec<(&'t str, &'t str)>,
}

/// Reads the files of a folder: a variable may be in another file than the cluster.
pub(super) fn read(
    directories: &DirCache,
    folder: &Path,
    names: &[String],
    files: &mut usize,
    found: &mut Found,
) {
    let is_code = |name: &&String| name.ends_with(".tf") || name.ends_with(".tfvars");
    if !names.iter().any(|name| name.ends_with(".tf")) {
        return;
    }
    let mut texts = Vec::new();
    for name in names.iter().filter(is_code) {
        let Some(left) = files.checked_sub(1) else {
            return;
        };
        *files = left;
        let file = folder.join(name);
        texts.extend(text_of(directories, &file).map(|text| (file, text)));
    }
    let blocks: Vec<Vec<Block<'_>>> = texts.iter().map(|(_, text)| blocks(text)).collect();
    let values = values(blocks.iter().flatten());
    for ((file, text), blocks) in texts.iter().zip(&blocks) {
        for block in blocks {
            let versions = of_block(block, &values);
            add(found, file, text, versions);
        }
    }
}

/// What names stand for: variables by their values or defaults, locals.
type Values<'t> = FxHashMap<String, Vec<&'t str>>;

fn values<'b, 't: 'b>(blocks: impl Iterator<Item = &'b Block<'t>>) -> Values<'t> {
    let (mut set, mut defaults) = (Values::default(), Values::default());
    for block in blocks {
        let (names, into): (Vec<(String, &str)>, &mut Values<'_>) = match block.head.as_slice() {
            [] => (named("var", block), &mut set),
            ["locals"] => (named("local", block), &mut set),
            ["variable", name] => {
                let mut arguments = block.arguments.iter();
                let default = arguments.find(|(key, _)| *key == "default");
                let default = default.map(|(_, value)| (format!("var.{name}"), *value));
                (default.into_iter().collect(), &mut defaults)
            }
            _ => continue,
        };
        for (name, value) in names {
            into.entry(name).or_default().push(value);
        }
    }
    for (name, values) in defaults {
        set.entry(name).or_insert(values);
    }
    set
}

fn named<'t>(prefix: &str, block: &Block<'t>) -> Vec<(String, &'t str)> {
    let arguments = block.arguments.iter();
    arguments
        .map(|(key, value)| (format!("{prefix}.{key}"), *value))
        .collect()
}

fn of_block(block: &Block<'_>, values: &Values<'_>) -> Vec<Version> {
    let argument = |name: &str| {
        let mut arguments = block.arguments.iter();
        arguments
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    };
    let (key, is_trial) = match block.head.as_slice() {
        ["resource", of, _] => match RESOURCES.iter().find(|(known, ..)| known == of) {
            Some((_, key, is_trial)) => (*key, *is_trial),
            None => return Vec::new(),
        },
        ["module", _] => {
            let source = argument("source").unwrap_or_default();
            let mut known = MODULES.iter().filter(|(part, _)| source.contains(part));
            match known.find(|(_, key)| argument(key).is_some()) {
                Some((_, key)) => (*key, false),
                None => return Vec::new(),
            }
        }
        _ => return Vec::new(),
    };
    let unknown = Version {
        text: String::new(),
        is_trial,
    };
    let Some(value) = argument(key) else {
        return Vec::new();
    };
    let own = [value];
    let texts = values.get(value).map_or(&own[..], Vec::as_slice);
    let texts = texts.iter().filter_map(|text| {
        let text = text.strip_prefix('"')?.strip_suffix('"')?;
        Some(text.rsplit_once("node:").map_or(text, |(_, tag)| tag))
    });
    let found = texts.map(|text| Version {
        text: text.to_owned(),
        is_trial,
    });
    let found: Vec<Version> = found.collect();
    // A data source, an output of another module.
    if found.is_empty() && !is_trial {
        vec![unknown]
    } else {
        found
    }
}

/// The blocks of a text, and its arguments outside of all blocks.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = vec![Block::default()];
    let mut depth = 0_usize;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with(['#', '/']) {
            continue;
        }
        if depth == 0 && line.ends_with('{') && !line.contains('=') {
            let words = line.trim_end_matches('{').split_whitespace();
            found.push(Block {
                head: words.map(|word| word.trim_matches('"')).collect(),
                arguments: Vec::new(),
            });
        } else if depth < 2
            && let Some((key, value)) = line.split_once('=')
        {
            let at = if depth == 0 { 0 } else { found.len() - 1 };
            let value = value.split_once(" #").map_or(value, |(value, _)| value);
            found[at].arguments.push((key.trim(), value.trim()));
        }
        let count = |letter: char| line.chars().filter(|other| *other == letter).count();
        depth = (depth + count('{')).saturating_sub(count('}'));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let blocks = blocks(text);
        let values = values(blocks.iter());
        let versions = blocks.iter().flat_map(|block| of_block(block, &values));
        let versions = versions.map(|version| version.text);
        versions.filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn clusters_name_their_release() {
        for (text, expected) in [
            (
                "resource \"aws_eks_cluster\" \"main\" {\n  name = \"a\"\n  vpc_config {\n    version = \"9\"\n  }\n  version  = \"1.29\" # newest\n}\n",
                &["1.29"][..],
            ),
            (
                "module \"eks\" {\n  source  = \"terraform-aws-modules/eks/aws\"\n  version = \"~> 20.0\"\n  cluster_version = var.k8s\n}\n\nvariable \"k8s\" {\n  default = \"1.30\"\n}\n",
                &["1.30"],
            ),
            (
                "locals {\n  k8s = \"1.31\"\n}\nresource \"azurerm_kubernetes_cluster\" \"a\" {\n  kubernetes_version = local.k8s\n}\n",
                &["1.31"],
            ),
            (
                "resource \"google_container_cluster\" \"a\" {\n  min_master_version = data.x.y\n}\n",
                &[],
            ),
            (
                "resource \"aws_db_instance\" \"a\" {\n  version = \"1.29\"\n}\n",
                &[],
            ),
            (
                "# resource \"aws_eks_cluster\" \"a\" {\n# version = \"1.29\"\n# }\n",
                &[],
            ),
            (
                "resource \"kind_cluster\" \"a\" {\n  node_image = \"kindest/node:v1.27.1\"\n}\n",
                &["v1.27.1"],
            ),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_variable_is_set_to_counts_more_than_its_default() {
        let text = "cluster = \"1.32\"\nvariable \"cluster\" {\n  default = \"1.20\"\n}\nresource \"aws_eks_cluster\" \"a\" {\n  version = var.cluster\n}\n";
        assert_eq!(read(text), ["1.32"]);
    }
}

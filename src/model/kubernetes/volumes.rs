//! The volumes of a pod, and which of them its containers mount.

use hullmark_tables::{Volume, Workloads, volume, workloads};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::FileTables;
use crate::model::kubernetes::pods::{Pod, is_patch};
use crate::model::kubernetes::{Object, value};
use crate::model::row::RowBuilder;
use crate::parse::yaml::tree::{NodeId, Tree};

/// The volumes, and which of them are mounted.
pub(super) fn set(
    tables: &mut FileTables,
    row: RowBuilder<Workloads>,
    object: Object<'_>,
    pod: &Pod,
) -> RowBuilder<Workloads> {
    let tree = object.tree;
    let volumes = value::child(tree, pod.spec, "volumes");
    let is_known = volumes.is_none_or(|list| {
        let mut items = tree.items(list).iter();
        !value::is_unknown(tree, list) && items.all(|item| is_known_volume(tree, *item))
    });
    let mounted = mounted(object, pod.owner, pod.spec);
    let items = volumes.map(|list| tree.items(list)).unwrap_or_default();
    let unused = items
        .iter()
        .filter(|item| tree.is_mapping(**item))
        .enumerate()
        .filter(|(_, item)| {
            let name = tree.text_at(**item, "name").unwrap_or_default();
            mounted.as_ref().is_some_and(|mounted| {
                !name.is_empty() && !value::is_templated(name) && !mounted.contains(name)
            })
        })
        .map(|(number, _)| number)
        .collect();
    let is_host_path = |item: &NodeId| tree.get(*item, "hostPath").is_some();
    row.set(workloads::mounts_host_path, items.iter().any(is_host_path))
        .set(
            workloads::volumes,
            volume_list(tables, tree, pod.spec, volumes),
        )
        .set(workloads::volumes_known, is_known)
        .set(workloads::mounts_known, mounted.is_some())
        .set(workloads::unused_volumes, unused)
}

/// A volume's name and what kind of volume it is; the rest as it is written.
fn volume_list(
    tables: &mut FileTables,
    tree: &Tree,
    spec: NodeId,
    volumes: Option<NodeId>,
) -> Vec<RowBuilder<Volume>> {
    let items = volumes.map(|list| tree.items(list)).unwrap_or_default();
    let read_only = read_only(tree, spec);
    let mappings = items.iter().filter(|item| tree.is_mapping(**item));
    mappings
        .map(|item| {
            let pairs = tree.pairs(*item);
            let named = pairs
                .iter()
                .filter_map(|(key, node)| Some((tree.text(*key)?, *node)));
            let source = named.clone().find(|(key, _)| *key != "name");
            let name = tree.text_at(*item, "name");
            let path = tree
                .at(*item, &["hostPath", "path"])
                .and_then(|path| value::known_text(tree, path));
            let row = RowBuilder::at(tables.node(*item))
                .maybe_text(volume::name, name)
                .maybe_text(volume::host_path, path.map(plain_path).as_deref())
                .set(
                    volume::is_read_only,
                    name.and_then(|name| read_only.get(name))
                        .is_some_and(|is| *is),
                );
            match source {
                Some((kind, node)) => row
                    .text(volume::r#type, kind)
                    .maybe(volume::source, value::value(tree, node)),
                None => row,
            }
        })
        .collect()
}

fn is_known_volume(tree: &Tree, item: NodeId) -> bool {
    !value::is_unknown(tree, item)
        && tree
            .get(item, "name")
            .is_none_or(|name| !value::is_unknown(tree, name))
}

/// Names of the volumes that some container mounts; `None` if that is not known.
fn mounted(object: Object<'_>, owner: NodeId, spec: NodeId) -> Option<FxHashSet<&str>> {
    let tree = object.tree;
    let containers = tree.get(spec, "containers");
    if containers.is_none_or(|list| tree.items(list).is_empty()) {
        // A pod has containers: this one changes a pod that stands elsewhere.
        return None;
    }
    let mut names = FxHashSet::default();
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        let Some(list) = tree.get(spec, list) else {
            continue;
        };
        if value::is_unknown(tree, list) {
            return None;
        }
        for container in tree.items(list) {
            // A patch mounts what the container that it changes may mount too.
            if is_patch(object, owner, *container) {
                return None;
            }
            for mounts in ["volumeMounts", "volumeDevices"] {
                let Some(mounts) = value::child(tree, *container, mounts) else {
                    continue;
                };
                if value::is_unknown(tree, mounts) {
                    return None;
                }
                for mount in tree.items(mounts) {
                    names.insert(value::known_text(tree, tree.get(*mount, "name")?)?);
                }
            }
        }
    }
    Some(names)
}

/// A path of a node in plain form: `/` between its parts, no drive of Windows before them, no slash behind.
fn plain_path(path: &str) -> String {
    let bytes = path.as_bytes();
    let has_drive = bytes.get(1) == Some(&b':') && bytes[0].is_ascii_alphabetic();
    let path = if has_drive { &path[2..] } else { path };
    let path = if has_drive || path.starts_with('\\') {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    match path.trim_end_matches('/') {
        "" => "/".to_owned(),
        path => path.to_owned(),
    }
}

/// The volumes that containers mount, and whether none may write to each.
fn read_only(tree: &Tree, spec: NodeId) -> FxHashMap<&str, bool> {
    let lists = ["containers", "initContainers"].into_iter();
    let containers = lists.filter_map(|list| tree.get(spec, list));
    let containers = containers.flat_map(|list| tree.items(list));
    let mounts = containers.filter_map(|container| tree.get(*container, "volumeMounts"));
    let mut found = FxHashMap::default();
    for mount in mounts.flat_map(|list| tree.items(list)) {
        if let Some(name) = tree.text_at(*mount, "name") {
            *found.entry(name).or_insert(true) &= value::is_true(tree, *mount, "readOnly");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::plain_path;

    #[test]
    fn paths_of_nodes_are_told_alike() {
        for (path, plain) in [
            ("/", "/"),
            ("/var/lib/kubelet/", "/var/lib/kubelet"),
            ("C:\\var\\lib\\kubelet", "/var/lib/kubelet"),
            (r"\\.\pipe\csi-proxy", "//./pipe/csi-proxy"),
            ("/data", "/data"),
        ] {
            assert_eq!(plain_path(path), plain);
        }
    }
}

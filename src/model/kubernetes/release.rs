//! Values that a release of a chart is given: a `HelmRelease` of Flux, an `Application` of Argo CD, a `HelmChart` of k3s.

use crate::model::kubernetes::{Object, applications, text_settings, value};
use crate::model::table::Table;
use crate::model::{FileTables, secret, variable};
use crate::parse::yaml::tree::NodeId;

/// What a variable of these values is called in the table of variables.
const SOURCE: &str = "release-values";

/// How many credentials of an object become rows, and how deep values may nest.
const MOST: usize = 2_000;
const DEPTH: usize = 40;

/// The values with a secret's name, each a variable.
pub(super) fn build_rows(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Variables) {
        return;
    }
    let Object { tree, node, .. } = object;
    let holders: Vec<NodeId> = match object.kind {
        "HelmRelease" | "HelmChart" | "HelmChartConfig" => {
            tree.at(node, &["spec"]).into_iter().collect()
        }
        "Application" => {
            let one = tree.at(node, &["spec", "source"]);
            let many = tree.at(node, &["spec", "sources"]);
            let many = many
                .map(|many| tree.items(many).to_vec())
                .unwrap_or_default();
            let helm = one.into_iter().chain(many);
            helm.filter_map(|source| tree.get(source, "helm")).collect()
        }
        _ => return,
    };
    for holder in holders {
        for name in ["values", "valuesObject", "valuesContent"] {
            if let Some(values) = tree.get(holder, name) {
                of_values(tables, object, values);
            }
        }
        let parameters = tree.get(holder, "parameters");
        for item in parameters.map(|list| tree.items(list)).unwrap_or_default() {
            if let (Some(name), Some(node)) =
                (tree.text_at(*item, "name"), tree.get(*item, "value"))
            {
                let last = name.rsplit('.').next().unwrap_or(name);
                add(tables, object, (last, node), &[]);
            }
        }
    }
}

fn of_values(tables: &mut FileTables, object: Object<'_>, values: NodeId) {
    let tree = object.tree;
    if tree.scalar(values).is_some() {
        return text_settings::build_rows(tables, object, values, SOURCE);
    }
    let mut open = vec![(values, 0)];
    let mut count = 0;
    while let Some((node, depth)) = open.pop() {
        if depth > DEPTH || count > MOST {
            return;
        }
        let pairs = tree.pairs(node);
        let is_user = |key: NodeId| tree.text(key).is_some_and(secret::is_user_name);
        let users = pairs.iter().filter(|(key, _)| is_user(*key));
        let users: Vec<&str> = users.filter_map(|(_, node)| tree.text(*node)).collect();
        for (key, node) in pairs {
            match tree.text(key) {
                Some(name) if tree.scalar(node).is_some() => {
                    if secret::is_secret_name(name) {
                        count += 1;
                        add(tables, object, (name, node), &users);
                    }
                }
                _ => open.push((node, depth + 1)),
            }
        }
        open.extend(tree.items(node).iter().map(|item| (*item, depth + 1)));
    }
}

fn add(tables: &mut FileTables, object: Object<'_>, (name, node): (&str, NodeId), users: &[&str]) {
    let tree = object.tree;
    let Some(text) = tree.text(node).filter(|_| !value::is_unknown(tree, node)) else {
        return;
    };
    let at = tables.node(node);
    let row = variable::row(at, object.document, SOURCE, name, Some(text), true, "");
    let row = variable::of_users(row, (name, text), users.iter().copied(), || {
        applications::names(object, None)
    });
    tables.add_row(row);
    tables.name_secret(name, text, tree.node(node).span);
}

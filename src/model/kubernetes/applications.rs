//! The names of the application that an object belongs to: a password that is made of one of them is guessed soon.

use crate::model::kubernetes::Object;

/// Labels whose values name an application.
const LABELS: &[&str] = &[
    "app.kubernetes.io/name",
    "app.kubernetes.io/part-of",
    "app.kubernetes.io/instance",
    "app",
    "k8s-app",
    "helm.sh/chart",
    "chart",
];

/// How many names are compared with a password.
const MOST: usize = 24;

/// The names of an object, its namespace and its application, and the words that they are made of.
pub(super) fn names(object: Object<'_>, inner: Option<&str>) -> Vec<String> {
    let tree = object.tree;
    let labels = tree.at(object.node, &["metadata", "labels"]);
    let labels = labels.into_iter().flat_map(|labels| {
        let found = LABELS
            .iter()
            .filter_map(move |name| tree.text_at(labels, name));
        found.map(without_version)
    });
    let own = [inner, object.name, object.namespace].into_iter().flatten();
    let mut names: Vec<String> = Vec::new();
    for name in own.chain(labels) {
        let words = name.split(['-', '.', '_']).filter(|word| word.len() > 2);
        for name in std::iter::once(name).chain(words) {
            if names.len() < MOST && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// `wiki` of `wiki-1.2.0`, as the label of a chart has it.
fn without_version(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((start, end)) if end.starts_with(|sign: char| sign.is_ascii_digit()) => start,
        _ => name,
    }
}

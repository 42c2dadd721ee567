//! Which labels a selector asks for.

use rustc_hash::FxHashMap;

use crate::model::links::{Expression, Operator, Selector};

/// From how many comparisons on labels are put in order first.
const MANY: usize = 4096;

/// Labels that controllers add to the pods of their workloads, or that are known only when these run.
const ADDED: [&str; 11] = [
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "controller-revision-hash",
    "pod-template-hash",
    "pod-template-generation",
    "job-name",
    "controller-uid",
    "rollouts-pod-template-hash",
    "deployment",
    "deploymentconfig",
    "app.kubernetes.io/managed-by",
];

/// The beginnings of others.
const ADDED_BELOW: [&str; 14] = [
    "batch.kubernetes.io/",
    "jobset.sigs.k8s.io/",
    "leaderworkerset.sigs.k8s.io/",
    "training.kubeflow.org/",
    "serving.knative.dev/",
    "serving.kserve.io/",
    "apps.kruise.io/",
    "argocd.argoproj.io/",
    "helm.sh/",
    "topology.kubernetes.io/",
    "workflows.argoproj.io/",
    "tekton.dev/",
    "k8s:",
    "reserved:",
];

/// Words in labels that a leader of a cluster sets.
const OF_LEADERS: [&str; 5] = ["role", "leader", "primary", "is-master", "active-pod"];

/// Whether something in the cluster may set the label.
pub(super) fn is_added(key: &str) -> bool {
    ADDED.contains(&key)
        || ADDED_BELOW.iter().any(|start| key.starts_with(start))
        || OF_LEADERS.iter().any(|word| key.contains(word))
}

/// Whether labels satisfy a selector; labels that may be set in the cluster satisfy it.
pub(super) fn matches(selector: &Selector, labels: &[(Box<str>, Box<str>)]) -> bool {
    let asked = selector.labels.len() + selector.expressions.len();
    if asked * labels.len() < MANY {
        return meets(selector, &|name| {
            let found = labels.iter().find(|(key, _)| &**key == name);
            found.map(|(_, value)| &**value)
        });
    }
    let mut by_name: FxHashMap<&str, &str> = FxHashMap::default();
    for (name, value) in labels {
        by_name.entry(name).or_insert(value);
    }
    meets(selector, &|name| by_name.get(name).copied())
}

fn meets<'l>(selector: &Selector, label: &dyn Fn(&str) -> Option<&'l str>) -> bool {
    let labels = selector
        .labels
        .iter()
        .all(|(key, value)| label(key).is_some_and(|found| found == &**value) || is_added(key));
    labels
        && selector
            .expressions
            .iter()
            .all(|expression| is_met(expression, label(&expression.key)))
}

fn is_met(expression: &Expression, label: Option<&str>) -> bool {
    let is_listed = |label: &str| expression.values.iter().any(|value| &**value == label);
    match expression.operator {
        _ if label.is_none() && is_added(&expression.key) => true,
        Operator::In => label.is_some_and(is_listed),
        Operator::NotIn => label.is_none_or(|label| !is_listed(label)),
        Operator::Exists => label.is_some(),
        Operator::DoesNotExist => label.is_none(),
        Operator::Unknown => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_met_by_a_label() {
        let ask = |operator, label| {
            let expression = Expression {
                key: "tier".into(),
                operator,
                values: ["web".into(), "api".into()].into(),
            };
            is_met(&expression, label)
        };
        assert!(ask(Operator::In, Some("api")));
        assert!(!ask(Operator::In, Some("db")));
        assert!(!ask(Operator::In, None));
        assert!(ask(Operator::NotIn, None));
        assert!(!ask(Operator::NotIn, Some("web")));
        assert!(ask(Operator::Exists, Some("db")));
        assert!(ask(Operator::DoesNotExist, None));
        assert!(ask(Operator::Unknown, None));
    }
}

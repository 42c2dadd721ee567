# METADATA
# title: Selector that no file satisfies
# description: |
#   Nothing in the files of the run has the labels that a Service, a budget, a network policy or a monitor selects. Where a repository is deployed as a
#   whole, it has no effect; operators, charts and other repositories may bring what it selects. Off by default; `project/service-selects-nothing` and
#   `project/selector-matches-nothing` report what is plainly meant for something beside it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   severity: warning
#   confidence: low
#   category: correctness
#   default: off
#   message: "{kind} `{name}` selects {target}, and no {to} in these files has these labels"
#   remediation: "Correct the labels, or remove the {kind} if what it was for is gone."
#   how_to_fix: >-
#     Correct the labels in the selector, or on the pods or Services that it is for. If these are gone, remove the object.
#   aliases:
#     - {id: kube-linter:dangling-service, when: {by: service}}
#     - {id: kube-linter:template/dangling-service, when: {by: service}}
#     - {id: kube-score:service-targets-pod, when: {by: service}}
#     - {id: kics:service-does-not-target-pod, when: {by: service}}
#     - {id: kube-linter:dangling-networkpolicy, when: {by: policy}}
#     - {id: kube-linter:template/dangling-networkpolicy, when: {by: policy}}
#     - {id: kube-score:networkpolicy-targets-pod, when: {by: policy}}
#     - {id: kics:network-policy-is-not-targeting-any-pod, when: {by: policy}}
#     - {id: kube-linter:dangling-networkpolicypeer-podselector, when: {by: peer}}
#     - {id: kube-linter:template/dangling-networkpolicypeer-podselector, when: {by: peer}}
#     - {id: kube-linter:dangling-servicemonitor, when: {by: monitor}}
#     - {id: kube-linter:template/dangling-servicemonitor, when: {by: monitor}}
#   implied_by: [project/service-selects-nothing, project/selector-matches-nothing]
package rules.project["dangling-selector"]

deny contains {
	"at": reference.at, "kind": reference.kind, "name": object.get(reference, "name", "?"), "target": _target(reference), "to": reference.to, "by": _by(reference),
} if {
	some reference in input.object_references
	reference.how == "selector"
	not reference.resolves
}

_target(reference) := reference.target if reference.target != ""

_target(reference) := "by expressions" if reference.target == ""

_by(reference) := "service" if {
	reference.from == "v1/Service"
} else := "policy" if {
	reference.from == "networking.k8s.io/NetworkPolicy"
	reference.field == "spec.podSelector"
} else := "peer" if {
	reference.from == "networking.k8s.io/NetworkPolicy"
} else := "monitor" if {
	reference.from == "monitoring.coreos.com/ServiceMonitor"
} else := "other"

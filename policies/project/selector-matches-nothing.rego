# METADATA
# title: Selector that matches nothing
# description: |
#   A budget, a network policy or a monitor selects by labels that nothing in the repository has, and so does nothing: pods are evicted all at once, are
#   reached from everywhere, or are not scraped. It is said only where the file, or one of the same name beside it, holds what is plainly meant and
#   differs by one label or by its namespace. Operators, charts and releases, which make pods that no file shows, and labels that controllers
#   add are taken into account.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "{kind} `{name}` matches nothing in this repository: {subject} `{similar}` {known}"
#   remediation: "Use the labels of `{similar}` as the selector, and the same namespace."
#   of_values: true
package rules.project["selector-matches-nothing"]

deny contains {
	"at": reference.at, "kind": reference.kind, "name": object.get(reference, "name", "?"), "similar": reference.similar, "known": _difference(reference),
	"subject": _subject(reference),
	"related": [{"at": reference.found_at, "field": "metadata.labels", "message": "the labels there"}],
} if {
	some reference in input.object_references
	reference.how == "selector"
	not reference.resolves
	not reference.is_soft
	not reference.is_patch
	reference.similar
	reference.field in {"spec.selector", "spec.podSelector"}
	reference.from in _whole
}

_subject(reference) := "the pods of" if reference.to == "Pod"

_subject(reference) := "Service" if reference.to == "Service"

_difference(reference) := reference.known if reference.to == "Pod"

_difference(reference) := replace(replace(reference.known, "have ", "has "), "are ", "is ") if reference.to == "Service"

# Those that are for the pods of their own project.
_whole := {"policy/PodDisruptionBudget", "networking.k8s.io/NetworkPolicy", "monitoring.coreos.com/ServiceMonitor", "monitoring.coreos.com/PodMonitor"}

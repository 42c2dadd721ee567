# METADATA
# title: Reference to an object that no file defines
# description: |
#   No file of the run defines what the object names. Others may: an operator, a release, a person. In a repository that is deployed as a whole, nobody
#   does, and a pod does not start, a route answers with an error, an autoscaler scales nothing. Off by default; `project/misspelt-reference` reports
#   names that are nearly right. A list that names one object several times is reported for each.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
# custom:
#   severity: warning
#   confidence: low
#   category: correctness
#   default: off
#   message: "{kind} `{name}` names {to} `{target}`, which no file defines"
#   remediation: "Define the {to}, or correct the name."
#   how_to_fix: >-
#     Correct the name, or define the object that it names in one of these files.
#   aliases:
#     - {id: kube-linter:non-existent-service-account, when: {by: account}}
#     - {id: kube-linter:template/non-existent-service-account, when: {by: account}}
#     - {id: kube-linter:dangling-ingress, when: {by: ingress}}
#     - {id: kube-linter:template/dangling-ingress, when: {by: ingress}}
#     - {id: kube-score:ingress-targets-service, when: {by: ingress}}
#     - {id: kube-linter:dangling-horizontalpodautoscaler, when: {by: autoscaler}}
#     - {id: kube-linter:template/dangling-horizontalpodautoscaler, when: {by: autoscaler}}
#     - {id: kube-score:horizontalpodautoscaler-has-target, when: {by: autoscaler}}
#     - {id: kics:hpa-targets-invalid-object, when: {by: autoscaler}}
#     - {id: kube-score:statefulset-has-servicename, when: {by: governing}}
#     - {id: kube-linter:env-value-from, when: {by: variable}}
#     - {id: kube-linter:template/env-value-from, when: {by: variable}}
#   implied_by: [project/misspelt-reference, project/reference-to-other-namespace, project/undefined-scale-target, project/statefulset-without-headless-service]
package rules.project["dangling-reference"]

deny contains {
	"at": reference.at, "kind": reference.kind, "name": object.get(reference, "name", "?"), "to": reference.to, "target": reference.target,
	"by": _by(reference),
} if {
	some reference in input.object_references
	not reference.resolves
	reference.how in {"name", "host", "gateway"}
	not reference.is_optional
}

_by(reference) := "ingress" if {
	reference.from == "networking.k8s.io/Ingress"
	reference.to == "Service"
} else := "autoscaler" if {
	reference.from == "autoscaling/HorizontalPodAutoscaler"
} else := "account" if {
	reference.field in {"serviceAccountName", "serviceAccount"}
} else := "governing" if {
	reference.field == "spec.serviceName"
} else := "variable" if {
	contains(reference.field, "env[].valueFrom.")
} else := "other"

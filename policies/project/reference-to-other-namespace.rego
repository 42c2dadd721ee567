# METADATA
# title: Reference to an object in another namespace
# description: |
#   Pods, routes and bindings find what they name in their own namespace, or in the one that is written beside the name. The only object of that name is
#   in another one, so it is not found: a pod does not start, a binding grants nothing to the account that was meant. Only objects of one folder are
#   compared, and only where both say their namespaces. What a program copies to other namespaces is left alone.
#   Off by default: releases and people make objects of the same name elsewhere.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   default: off
#   message: "{to} `{target}` is looked for in the namespace `{namespace}`, and is in `{elsewhere}`"
#   remediation: "Write the same namespace in both places."
#   of_values: true
package rules.project["reference-to-other-namespace"]

deny contains {
	"at": reference.at, "to": reference.to, "target": reference.target, "namespace": reference.target_namespace, "elsewhere": reference.elsewhere,
	"related": [{"at": reference.found_at, "field": "metadata.namespace", "message": "the object of that name"}],
} if {
	some reference in input.object_references
	not reference.resolves
	reference.elsewhere
	reference.target_namespace
	not reference.is_optional
	not reference.is_patch
	reference.is_near
}

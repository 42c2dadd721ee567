# METADATA
# title: Misspelt reference to an object
# description: |
#   The object names another that no file of the repository defines, and one whose name differs by a letter is defined beside it: a pod waits for a
#   ConfigMap that never comes, a route sends requests to a Service that is not there. Names that nothing like them stands beside are left alone, since
#   operators, releases and people make objects that no file shows; so are names that differ by a number, what is optional, patches, and what a Certificate,
#   an ExternalSecret, a SealedSecret, a generator of a kustomization or an operator makes.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   across_files: true
#   message: "no {to} `{target}` is defined in this repository; there is `{similar}`"
#   remediation: "Write `{similar}`, or define `{target}`."
#   of_values: true
package rules.project["misspelt-reference"]

deny contains {
	"at": reference.at, "to": reference.to, "target": reference.target, "similar": reference.similar,
	"related": [{"at": reference.found_at, "field": "metadata.name", "message": "the object that may be meant"}],
} if {
	some reference in input.object_references
	not reference.resolves
	reference.how in {"name", "host", "gateway"}
	not reference.is_optional
	not reference.is_patch
	reference.similar
	reference.is_near
	not reference.is_similar_used
}

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
#   message: "no {to} `{target}` is defined in this repository; there is {similar}"
#   remediation: "{help}."
#   how_to_fix: >-
#     Correct the name, or the kind beside it, or define the object.
#   of_values: true
package rules.project["misspelt-reference"]

deny contains {
	"at": reference.at, "to": reference.to, "target": reference.target, "similar": sprintf("`%s`", [reference.similar]),
	"help": sprintf("Write `%s`, or define `%s`", [reference.similar, reference.target]),
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

# `roleRef` has the name of a role of the other kind.
deny contains {
	"at": reference.at, "to": reference.to, "target": reference.target, "similar": sprintf("a %s of that name", [other]),
	"help": sprintf("Write `kind: %s` in `roleRef`", [other]),
	"related": [{"at": role.at, "field": "metadata.name", "message": "the role that may be meant"}],
} if {
	some reference in input.object_references
	reference.from == "rbac.authorization.k8s.io/RoleBinding"
	reference.field == "roleRef.name"
	not reference.resolves
	not reference.is_patch
	not reference.elsewhere
	other := _other_role[reference.to]
	some role in input.index.objects_by_name[reference.target]
	role.kind == other
	_is_in_reach(reference, role)
}

_other_role := {"Role": "ClusterRole", "ClusterRole": "Role"}

_is_in_reach(_, role) if role.kind == "ClusterRole"

_is_in_reach(reference, role) if {
	role.kind == "Role"
	object.get(role, "namespace", "") == object.get(reference, "namespace", "")
}

# The workload has the name that an Ingress gives its Service, and all that lacks is the Service: others of the Ingress are there.
deny contains {
	"at": reference.at, "to": reference.to, "target": reference.target, "similar": sprintf("a %s of that name", [workload.kind]),
	"help": sprintf("Define a Service `%s` for its pods, or correct the name", [reference.target]),
	"related": [{"at": workload.at, "field": "metadata.name", "message": "the workload of that name"}],
} if {
	some reference in input.object_references
	reference.from == "networking.k8s.io/Ingress"
	reference.to == "Service"
	reference.how == "name"
	not reference.resolves
	not reference.is_patch
	not reference.elsewhere
	some workload in input.index.workloads_by_name[reference.target]
	workload.kind in {"Deployment", "StatefulSet"}
	object.get(workload, "namespace", "") == object.get(reference, "namespace", "")
	_has_others(reference)
}

_has_others(reference) if {
	some other in input.index.object_references_by_object[reference.object]
	other.to == "Service"
	other.resolves
}

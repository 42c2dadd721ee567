# METADATA
# title: Undefined key, port, subset or listener of an object
# description: |
#   The ConfigMap or Secret is defined in this repository and does not have the key, so the container is not started: it stays in
#   `CreateContainerConfigError`, or its volume is not mounted. A route to a port that the Service does not have, to a subset that no DestinationRule
#   of the host has, or to a listener that the Gateway does not have, leads nowhere, and a monitor of a port that no selected Service or pod has scrapes nothing. If several files define an object of that name, all lack it. Objects with no keys, which are filled in later, those into
#   which a program injects keys, and ConfigMaps made of files are left alone, and so is what says `optional: true`.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   across_files: true
#   message: "{to} `{target}` has no {part} `{key}`: it has {known}"
#   remediation: "{help}."
#   how_to_fix: >-
#     Correct the name, or add what it names: the key to the ConfigMap or Secret, the port to the Service or pod, the subset to the DestinationRule, the
#     listener to the Gateway.
#   of_values: true
#   aliases:
#     - {id: kube-linter:env-value-from, when: {by: variable}}
#     - {id: kube-linter:template/env-value-from, when: {by: variable}}
package rules.project["undefined-key"]

deny contains {
	"at": reference.at, "to": reference.to, "target": reference.target, "key": reference.key, "known": reference.known, "help": _help(reference), "part": _part(reference), "by": _by(reference),
	"related": [{"at": reference.found_at, "field": "metadata.name", "message": "where it is defined"}],
} if {
	some reference in input.object_references
	reference.lacks_key
	not reference.is_optional
	reference.is_near
	not reference.is_patch
	not _is_written_later(reference)
}

_by(reference) := "variable" if {
	contains(reference.field, "env[].valueFrom.")
} else := "other"

_help(reference) := sprintf("Write `%s`", [reference.similar]) if reference.similar

_help(reference) := sprintf("Add the %s `%s` to the %s, or name one that it has", [_part(reference), reference.key, reference.to]) if not reference.similar

_part(reference) := "port" if {
	reference.to in {"Service", "Pod"}
} else := "subset" if {
	reference.to == "DestinationRule"
} else := "listener" if {
	reference.to == "Gateway"
} else := "key"

# k3s writes the addresses of its nodes into the ConfigMap of CoreDNS.
_is_written_later(reference) if {
	reference.target == "coredns"
	reference.key == "NodeHosts"
}

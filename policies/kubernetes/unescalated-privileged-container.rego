# METADATA
# title: Privileged container that forbids privilege escalation
# description: |
#   `allowPrivilegeEscalation: false` cannot be kept in a container that is privileged: it may do anything anyway. The API server
#   refuses a pod that asks for both, so no pod of the workload is created.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "container `{name}` sets `allowPrivilegeEscalation: false` and `privileged: true`, which the API server refuses together"
#   remediation: "Remove `privileged`, or remove `allowPrivilegeEscalation` if the container needs it."
#   of_values: true
package rules.kubernetes["unescalated-privileged-container"]

import data.lib.containers

deny contains {
	"at": found.at, "field": found.field, "name": containers.name(container),
	"related": [{"at": other.at, "field": other.field, "message": "the privileged container"}],
} if {
	some container in input.containers
	containers.is_linux(container)
	found := container.security.allowPrivilegeEscalation
	found.value == false
	other := container.security.privileged
	other.value == true
}

# METADATA
# title: Root user in a container that must not run as root
# description: |
#   `runAsNonRoot: true` has the kubelet refuse to start a container whose user is root, and `runAsUser: 0` makes root its user: the pod stays in
#   `CreateContainerConfigError`. What a container sets counts before what its pod sets.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "container `{name}` runs as `runAsUser: 0` with `runAsNonRoot: true`, so the kubelet does not start it"
#   remediation: "Write the number of another user in `runAsUser`, or `runAsNonRoot: false` for this container if it needs root."
#   of_values: true
package rules.kubernetes["root-despite-non-root"]

import data.lib.containers

deny contains {
	"at": user.at, "field": user.field, "name": containers.name(container),
	"related": [{"at": other.at, "field": other.field, "message": "root is refused"}],
} if {
	some container in input.containers
	containers.is_linux(container)
	user := container.security.runAsUser
	user.value == 0
	other := container.security.runAsNonRoot
	other.value == true
}

# METADATA
# title: Container runs as root
# description: |
#   The effective user, set for the container or inherited from its pod, is 0. A process that
#   escapes from such a container is root on the node, and every file that it writes to a volume
#   belongs to root.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "container `{name}` runs as user 0"
#   remediation: "Give `runAsUser` a number above 0, or leave it to the image and set `runAsNonRoot: true`."
#   aliases:
#     - trivy:KSV-0105
#     - pss:restricted/run-as-non-root-user
#     - kube-linter:run-as-non-root
#     - kube-linter:template/run-as-non-root
#     - polaris:runAsRootAllowed
#     - checkov:CKV_K8S_23
#     - kubesec:RunAsNonRoot
#     - trivy:KSV-0012
#     - kics:container-running-as-root
#     - pss:restricted/run-as-non-root
package rules.kubernetes["root-user"]

import data.lib.containers

deny contains {
	"at": user.at, "field": user.field,
	"name": containers.name(container), "aliases": _aliases(container),
	"except": containers.made_up(container, "runAsNonRoot", "kubesec:RunAsNonRoot"),
} if {
	some container in input.containers
	containers.is_linux(container)
	user := container.security.runAsUser
	user.value == 0
}

_always := [
	"trivy:KSV-0105", "pss:restricted/run-as-non-root-user", "kube-linter:run-as-non-root",
	"kube-linter:template/run-as-non-root", "polaris:runAsRootAllowed",
]

_unless_refused := [
	"checkov:CKV_K8S_23", "kubesec:RunAsNonRoot", "trivy:KSV-0012",
	"kics:container-running-as-root", "pss:restricted/run-as-non-root",
]

# With runAsNonRoot the kubelet refuses to start it, which is another fault.
_aliases(container) := _always if {
	containers.is_set(container, "runAsNonRoot", true)
} else := array.concat(_always, _unless_refused)

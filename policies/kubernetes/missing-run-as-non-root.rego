# METADATA
# title: Container may run as root
# description: |
#   Neither the container nor its pod says `runAsNonRoot: true` or a user other than 0, so the image
#   decides, and most images say root. The kubelet refuses to start an image as root only when it is
#   told to.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "{subject} does not set `runAsNonRoot: true`, so its image may run as root"
#   remediation: "Set `runAsNonRoot: true` for the container or its pod, and a numeric `runAsUser` if the image names none."
#   aliases:
#     - kube-linter:run-as-non-root
#     - polaris:runAsRootAllowed
#     - {id: kubesec:RunAsNonRoot, unless: sibling_has_it}
#     - trivy:KSV-0012
#     - checkov:CKV_K8S_23
#     - kics:container-running-as-root
#     - pss:restricted/run-as-non-root
#     - kube-linter:template/run-as-non-root
#   family: kubernetes/unhardened-container
#   part: "`runAsNonRoot: true`"
#   block: |
#     securityContext:
#       runAsNonRoot: true # and a numeric runAsUser, if the image runs as root
package rules.kubernetes["missing-run-as-non-root"]

import data.lib.containers

deny contains {
	"at": place.at, "field": place.field, "about": _about(container), "name": containers.name(container), "subject": _subject(container),
	"sibling_has_it": containers.is_set_beside(container, "runAsNonRoot"),
	"minor": containers.is_tried(container),
} if {
	some container in input.containers
	containers.is_confinable(container)
	containers.is_whole(container)
	not containers.is_set(container, "runAsNonRoot", true)
	not containers.is_unknown(container, "runAsNonRoot")
	not containers.is_set(container, "runAsUser", 0)
	not containers.is_other_user(container)
	not containers.is_unknown(container, "runAsUser")
	place := containers.place(container, "runAsNonRoot")
}

# What the pod sets otherwise is one fault of the pod, however many containers it has.
_about(container) := container.at if not _is_of_pod(container)

_about(container) := container.security.runAsNonRoot.at if _is_of_pod(container)

_subject(container) := concat("", ["container `", containers.name(container), "`"]) if not _is_of_pod(container)

_subject(container) := containers.subject(container, container.security.runAsNonRoot) if _is_of_pod(container)

_is_of_pod(container) if container.security.runAsNonRoot.from == "pod"

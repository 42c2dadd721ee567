# METADATA
# title: Missing seccomp profile
# description: |
#   Without a profile the container may make every system call of the kernel, hundreds that it never uses, and kernel vulnerabilities are reached through
#   them. `RuntimeDefault` blocks the rare ones and breaks almost nothing. The annotations that preceded the field have had no effect since Kubernetes
#   1.27.
# related_resources:
#   - https://kubernetes.io/docs/tutorials/security/seccomp/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` runs without a seccomp profile, so it may make every system call"
#   remediation: "Set `seccompProfile.type: RuntimeDefault` in the security context of the pod."
#   aliases:
#     - kubesec:SeccompAny
#     - unless: is_annotated
#       ids: [kube-score:container-seccomp-profile, trivy:KSV-0030, trivy:KSV-0104, checkov:CKV_K8S_31]
#     - kics:seccomp-profile-is-not-configured
#     - pss:restricted/seccomp
#   family: kubernetes/unhardened-container
#   part: a seccomp profile
#   block: |
#     securityContext:
#       seccompProfile:
#         type: RuntimeDefault
package rules.kubernetes["missing-seccomp-profile"]

import data.lib.containers

deny contains {"at": container.at, "field": "securityContext.seccompProfile", "name": containers.name(container), "is_annotated": _is_annotated(container), "minor": _is_minor(container)} if {
	some container in input.containers
	containers.is_confinable(container)
	containers.is_whole(container)
	not _has_profile(container)
	not containers.is_unknown(container, "seccompProfile")
}

# Who wrote the annotation meant to confine the pod.
_is_minor(container) if {
	containers.is_tried(container)
	_is_annotated(container) == false
} else := false

_has_profile(container) if {
	profile := container.security.seccompProfile
	profile.from != "annotation"
	profile.value.type in {"RuntimeDefault", "Localhost", "Unconfined"}
}

# Annotations have had no effect since Kubernetes 1.27; what `unconfined` there means is still the case, and said elsewhere.
_has_profile(container) if {
	profile := container.security.seccompProfile
	profile.from == "annotation"
	profile.value.type == "Unconfined"
}

_is_annotated(container) if {
	container.security.seccompProfile.from == "annotation"
} else := false

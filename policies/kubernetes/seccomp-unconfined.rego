# METADATA
# title: seccomp disabled
# description: |
#   `Unconfined` allows the container every system call of the kernel, even where the node would block some by default.
# related_resources:
#   - https://kubernetes.io/docs/tutorials/security/seccomp/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{subject} runs without a seccomp profile (`Unconfined`)"
#   remediation: Use `RuntimeDefault`, or a profile of your own with `Localhost`.
#   aliases:
#     - kubesec:SeccompUnconfined
#     - trivy:KSV-0104
#     - trivy:KSV-0030
#     - checkov:CKV_K8S_31
#     - pss:baseline/seccomp
#     - pss:restricted/seccomp
#   explained: true
#   of_values: true
package rules.kubernetes["seccomp-unconfined"]

import data.lib.containers
import data.lib.workloads

deny contains {"at": profile.at, "field": containers.type_field(profile), "subject": containers.subject(container, profile), "severity": workloads.severity(container), "minor": container.is_known_agent} if {
	some container in input.containers
	containers.is_confinable(container)
	profile := container.security.seccompProfile
	profile.value.type == "Unconfined"
}

# METADATA
# title: Service account token mounted
# description: |
#   By default every container finds a token for the API server in its file system. Few programs talk to the API; an attacker does.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` mounts a token of its service account"
#   remediation: "Set `automountServiceAccountToken: false` on the pod, unless the program uses the API server."
#   aliases:
#     - polaris:automountServiceAccountToken
#     - kubesec:AutomountServiceAccountToken
#     - {id: trivy:KSV-0036, when: is_explicit}
#     - checkov:CKV_K8S_38
#     - kics:service-account-token-automount-not-disabled
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["mounted-service-account-token"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "automountServiceAccountToken", "name": workloads.name(workload), "is_explicit": _is_explicit(workload)} if {
	some workload in input.workloads
	not _is_off(workload)
	not _is_unknown(workload)
	_may_lack(workload)
}

_is_off(workload) if workload.automountServiceAccountToken == false

_has_value(workload) if is_boolean(workload.automountServiceAccountToken)

_has_value(workload) if is_string(workload.automountServiceAccountToken)

_is_unknown(workload) if {
	workload.automount_set
	not _has_value(workload)
}

_is_explicit(workload) if {
	workload.automountServiceAccountToken == true
} else := false

# What is left out of a patch or a chart's values may be set where they are used.
_may_lack(workload) if not workload.is_patch

_may_lack(workload) if workload.automountServiceAccountToken == true

# METADATA
# title: Permissive PodSecurityPolicy
# description: |
#   A PodSecurityPolicy admits what it does not forbid: privileged containers, the namespaces of the node, root, added capabilities. Kubernetes 1.25 and newer have
#   none; there, namespaces are labelled with a Pod Security Standard instead.
#
#   Off by default: a policy that is meant for agents of the node has to be permissive.
# related_resources:
#   - https://v1-24.docs.kubernetes.io/docs/concepts/security/pod-security-policy/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "PodSecurityPolicy `{name}` {problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove `privileged`, `hostPID`, `hostIPC`, `hostNetwork` and `allowedCapabilities`. Set `allowPrivilegeEscalation: false`, `runAsUser.rule:
#     MustRunAsNonRoot`, `requiredDropCapabilities: [ALL]` and a default seccomp profile. Limit `hostPath` with `allowedHostPaths`, or omit it from
#     `volumes`.
#   default: off
#   aliases:
#     - {ids: [checkov:CKV_K8S_1, kics:psp-allows-sharing-host-pid], when: {admits: hostPID}}
#     - {ids: [checkov:CKV_K8S_2, kics:psp-set-to-privileged], when: {admits: privileged}}
#     - {ids: [checkov:CKV_K8S_3, kics:psp-allows-sharing-host-ipc], when: {admits: hostIPC}}
#     - {ids: [checkov:CKV_K8S_4, kics:psp-allows-containers-to-share-the-host-network-namespace], when: {admits: hostNetwork}}
#     - {ids: [checkov:CKV_K8S_5, kics:psp-allows-privilege-escalation], when: {admits: escalation}}
#     - {ids: [checkov:CKV_K8S_6, kics:root-containers-admitted], when: {admits: root}}
#     - {ids: [checkov:CKV_K8S_7, kics:net-raw-capabilities-disabled-for-psp], when: {admits: NET_RAW}}
#     - {ids: [checkov:CKV_K8S_24, kics:psp-with-added-capabilities], when: {admits: added}}
#     - {id: checkov:CKV_K8S_32, when: {admits: unconfined}}
#     - {ids: [checkov:CKV_K8S_36, kics:not-limited-capabilities-for-pod-security-policy], when: {admits: capabilities}}
#     - {id: kics:psp-with-unrestricted-access-to-host-path, when: {admits: paths}}
package rules.kubernetes["permissive-pod-security-policy"]

import data.lib.workloads

deny contains {"at": policy.at, "field": concat(".", ["spec", key]), "name": workloads.name(policy), "admits": key, "problem": problem, "advice": sprintf("Remove `%s: true`", [key])} if {
	some policy in input.specifications
	policy.kind == "PodSecurityPolicy"
	some key, problem in _shared
	policy.body.spec[key] == true
}

deny contains {"at": policy.at, "field": missing.field, "name": workloads.name(policy), "admits": admits, "problem": missing.problem, "advice": missing.advice} if {
	some policy in input.specifications
	policy.kind == "PodSecurityPolicy"
	policy.is_whole
	some admits, missing in _missing
	not _has(policy, admits)
}

deny contains {
	"at": policy.at, "field": "spec.allowedCapabilities", "name": workloads.name(policy), "admits": "added",
	"problem": sprintf("admits containers that add %s", [workloads.list(policy.body.spec.allowedCapabilities)]), "advice": "Remove `allowedCapabilities`",
} if {
	some policy in input.specifications
	policy.kind == "PodSecurityPolicy"
	count(policy.body.spec.allowedCapabilities) > 0
}

_shared := {
	"hostPID": "admits pods that see and signal the processes of the node",
	"hostIPC": "admits pods that share memory with the processes of the node",
	"hostNetwork": "admits pods that use the network of the node",
	"privileged": "admits privileged containers, which own the node",
}

_missing := {
	"escalation": {"field": "spec.allowPrivilegeEscalation", "problem": "admits containers that gain privileges by setuid binaries", "advice": "Set `allowPrivilegeEscalation: false`"},
	"root": {"field": "spec.runAsUser", "problem": "admits containers that run as root", "advice": "Set `runAsUser.rule` to `MustRunAsNonRoot`"},
	"NET_RAW": {"field": "spec.requiredDropCapabilities", "problem": "admits containers with `NET_RAW`, which can forge packets", "advice": "Set `requiredDropCapabilities: [ALL]`"},
	"capabilities": {"field": "spec.requiredDropCapabilities", "problem": "makes containers drop no capability", "advice": "Set `requiredDropCapabilities: [ALL]`"},
	"unconfined": {
		"field": "metadata.name", "problem": "gives containers no seccomp profile",
		"advice": "Add the annotation `seccomp.security.alpha.kubernetes.io/defaultProfileName: runtime/default`",
	},
	"paths": {"field": "spec", "problem": "admits `hostPath` volumes of every path", "advice": "List the paths in `allowedHostPaths`, with `readOnly: true`, or leave `hostPath` out of `volumes`"},
}

_has(policy, "escalation") if policy.body.spec.allowPrivilegeEscalation == false

_has(policy, "root") if policy.body.spec.runAsUser.rule == "MustRunAsNonRoot"

_has(policy, "root") if {
	policy.body.spec.runAsUser.rule == "MustRunAs"
	every range in policy.body.spec.runAsUser.ranges {
		range.min > 0
	}
}

_has(policy, "NET_RAW") if {
	some capability in policy.body.spec.requiredDropCapabilities
	capability in {"ALL", "NET_RAW"}
}

_has(policy, "capabilities") if count(policy.body.spec.requiredDropCapabilities) > 0

_has(policy, "unconfined") if policy.annotations["seccomp.security.alpha.kubernetes.io/defaultProfileName"] in {"docker/default", "runtime/default"}

_has(policy, "paths") if count(policy.body.spec.allowedHostPaths) > 0

_has(policy, "paths") if {
	some volume in policy.body.spec.volumes
	not _admits_paths(policy.body.spec.volumes)
	volume
}

_admits_paths(volumes) if {
	some volume in volumes
	volume in {"*", "hostPath"}
}

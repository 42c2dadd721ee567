# METADATA
# title: Unsafe sysctl
# description: |
#   Only a few kernel parameters are isolated for each pod. The others change the node for every pod on it, and the kubelet refuses them unless it is
#   configured to allow them.
# related_resources:
#   - https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` sets the unsafe sysctl `{sysctl}`"
#   remediation: "Remove it, or set it on the node."
#   aliases:
#     - kube-linter:unsafe-sysctls
#     - trivy:KSV-0026
#     - kics:cluster-allows-unsafe-sysctls
#     - pss:baseline/sysctls
#     - kube-linter:template/unsafe-sysctls
package rules.kubernetes["unsafe-sysctl"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": concat(".", ["securityContext.sysctls", format_int(number, 10), "name"]), "name": workloads.name(workload), "sysctl": sysctl.name} if {
	some workload in input.workloads
	some number, sysctl in workload.spec.securityContext.sysctls
	not sysctl.name in _safe
}

_safe := {
	"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
	"net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time",
	"net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
	"net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
}

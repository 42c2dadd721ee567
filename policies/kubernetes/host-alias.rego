# METADATA
# title: Entries in /etc/hosts
# description: |
#   `hostAliases` puts names into `/etc/hosts` of the pod's containers, where they win over DNS: who can change the pod can send its traffic elsewhere, and an
#   address that moves breaks the pod.
#
#   Off by default: where no DNS server can be changed there is no other way.
# related_resources:
#   - https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` puts {names} into `/etc/hosts`"
#   remediation: "Use a Service, an ExternalName Service, or a record of DNS."
#   default: off
#   aliases:
#     - kubesec:HostAliases
#     - trivy:KSV-0007
package rules.kubernetes["host-alias"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "hostAliases", "name": workloads.name(workload), "names": _names(workload)} if {
	some workload in input.workloads
	workload.spec.hostAliases
}

_names(workload) := workloads.list(names) if {
	names := _hostnames(workload)
	count(names) > 0
} else := "names"

_hostnames(workload) := [name |
	some alias in workload.spec.hostAliases
	some name in alias.hostnames
]

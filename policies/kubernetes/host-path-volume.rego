# METADATA
# title: hostPath volume
# description: |
#   A `hostPath` volume ties the pod to the files of one node, keeps data that outlives the pod, and is a common way to escape from a container to its
#   node. All of a pod are one finding; where one of them is sensitive, `sensitive-host-path` or `runtime-socket` reports it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: info
#   default: off
#   profiles: [pedantic]
#   confidence: high
#   category: security
#   message: "`{pod}` mounts {paths} of the node"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Use an `emptyDir`, a PersistentVolumeClaim, a ConfigMap or a CSI volume. For a node agent, check that it needs the path, and mount it with
#     `readOnly: true` if it only reads.
#   aliases:
#     - polaris:hostPathSet
#     - trivy:KSV-0023
#     - kics:non-kube-system-pod-with-host-mount
#     - pss:baseline/hostpath-volumes
#   implied_by: [kubernetes/sensitive-host-path]
#   explained: true
#   of_values: true
package rules.kubernetes["host-path-volume"]

import data.lib.workloads

deny contains {
	"at": others[0].at, "field": "hostPath.path", "pod": workloads.name(workload),
	"paths": workloads.list([object.get(volume.source, "path", "?") | some volume in others]), "advice": _advice(workload), "minor": _is_minor(workload, others),
} if {
	some workload in input.workloads
	workload.mounts_host_path
	others := [volume | some volume in workload.volumes; volume.type == "hostPath"]
	count(others) > 0
	every volume in others {
		not workloads.is_sensitive(volume)
		not workloads.is_runtime_socket(object.get(volume, "host_path", ""))
	}
}

_is_minor(workload, others) if {
	_is_expected(workload, others)
} else := false

_is_expected(workload, _) if workload.is_node_agent

# The authorities and the time zone of the node, which the image may lack.
_is_expected(_, others) if {
	every volume in others {
		_is_common(object.get(volume.source, "path", "?"))
	}
}

_is_common(path) if path in {"/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo", "/etc/pki", "/etc/ssl", "/usr/share/ca-certificates", "/lib/modules", "/etc/machine-id"}

_is_common(path) if {
	some folder in ["/etc/ssl/certs", "/etc/pki/", "/usr/share/ca-certificates/", "/usr/local/share/ca-certificates"]
	startswith(path, folder)
}

_advice(workload) := "Use an `emptyDir`, a PersistentVolumeClaim, a ConfigMap or a CSI volume" if not workload.is_node_agent

# An agent is there for its node.
_advice(workload) := "Check that the agent needs it, and mount it with `readOnly: true` if it only reads" if workload.is_node_agent

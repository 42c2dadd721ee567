# METADATA
# title: Sensitive host path
# description: |
#   These paths hold the node's configuration, kernel interfaces and kubelet credentials. A container that can read them learns secrets of
#   every other pod on the node; one that can write to them controls the node. Those of a pod are one finding, but for folders whose files the node runs, where each
#   that can be written to is one.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{pod}` mounts {paths} of the node{reading}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Mount only the file or directory that is needed, with `readOnly: true`, or use the Kubernetes API instead. Check that the pod needs even a
#     read-only mount: it still shows configuration and credentials of the node.
#   aliases:
#     - {id: kubesec:ProcMount, when: mounts_proc}
#     - kube-linter:sensitive-host-mounts
#     - kube-linter:template/host-mounts
#     - trivy:KSV-0121
#     - trivy:KSV-0023
#     - polaris:hostPathSet
#     - kics:workload-mounting-with-sensitive-os-directory
#     - kics:non-kube-system-pod-with-host-mount
#     - pss:baseline/hostpath-volumes
#   explained: true
#   of_values: true
package rules.kubernetes["sensitive-host-path"]

import data.lib.workloads

# Who may write there owns the node: each is a way of its own.
deny contains {
	"at": volume.at, "field": "hostPath.path", "pod": workloads.name(workload), "paths": workloads.list([volume.source.path]), "reading": "",
	"advice": "Mount only the file that is needed, with `readOnly: true`", "mounts_proc": false, "severity": workloads.severity(workload), "minor": _is_minor_of(workload, number),
} if {
	some workload in input.workloads
	workload.mounts_host_path
	some number, volume in workload.volumes
	volume.type == "hostPath"
	workloads.is_commanding(volume)
}

deny contains {
	"at": found[0].at, "field": "hostPath.path", "pod": workloads.name(workload),
	"paths": workloads.list([volume.source.path | some volume in found]), "reading": _reading(found), "advice": _advice(found),
	"mounts_proc": _mounts_proc(found), "severity": _severity(workload, found), "minor": _is_minor(workload, found),
} if {
	some workload in input.workloads
	workload.mounts_host_path
	found := [volume |
		some volume in workload.volumes
		volume.type == "hostPath"
		workloads.is_sensitive(volume)
		not workloads.is_commanding(volume)
	]
	count(found) > 0
}

_reading(found) := ", read-only" if not _writes(found)

_reading(found) := "" if _writes(found)

_advice(found) := "Check that the pod needs it: read-only, it still shows the node's configuration and credentials" if not _writes(found)

_advice(found) := "Mount only what is needed, with `readOnly: true`, or use the API instead" if _writes(found)

_writes(found) if {
	some volume in found
	not volume.is_read_only
}

_mounts_proc(found) if {
	_has_proc(found)
} else := false

_has_proc(found) if {
	some volume in found
	volume.host_path == "/proc"
}

# What an agent reads only is what it is for.
_severity(_, found) := "info" if not _writes(found)

_severity(workload, found) := workloads.severity(workload) if _writes(found)

_is_minor(workload, found) if {
	_is_expected(workload, found)
} else := false

_is_minor_of(workload, number) if {
	_is_left_over(workload, number)
} else := false

_is_left_over(workload, _) if workloads.is_minor(workload)

_is_left_over(workload, number) if number in workload.unused_volumes

# No container sees a volume that none mounts.
_is_expected(workload, found) if {
	unused := {workload.volumes[number].at | some number in workload.unused_volumes}
	every volume in found {
		volume.at in unused
	}
}

_is_expected(workload, _) if workloads.is_minor(workload)

_is_expected(workload, found) if {
	workload.is_node_agent
	not _writes(found)
}

# Devices and interfaces of the kernel are what an agent of the node is for.
_is_expected(workload, found) if {
	workload.is_node_agent
	every volume in found {
		_is_of_kernel(volume.host_path)
	}
}

_is_of_kernel(path) if path in {"/dev", "/sys", "/proc", "/run", "/var/run"}

_is_of_kernel(path) if {
	some folder in ["/dev/", "/sys/", "/proc/"]
	startswith(path, folder)
}

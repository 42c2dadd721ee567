# METADATA
# title: Writable hostPath mount
# description: |
#   A container that may write to a folder of the node changes what its other pods, or its own programs, read there. `host-path-volume` and
#   `sensitive-host-path` report the volume; this rule each mount of it that is not read-only.
#
#   Off by default: a volume is mostly there to be written to.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` can write to `{path}` of the node"
#   remediation: "Add `readOnly: true` to the mount, if the container only reads."
#   default: off
#   aliases:
#     - kube-linter:writable-host-mount
#     - kics:volume-mount-with-os-directory-write-permissions
#     - kube-linter:template/writable-host-mount
package rules.kubernetes["writable-host-path"]

import data.lib.containers

deny contains {"at": mount.at, "field": "mountPath", "name": containers.name(container), "path": object.get(volume, "host_path", "?")} if {
	some workload in input.workloads
	workload.mounts_host_path
	some volume in workload.volumes
	volume.type == "hostPath"
	some at in array.concat(workload.containers, workload.init_containers)
	some container in input.index.containers_by_at[at]
	some mount in container.mounts
	mount.name == volume.name
	not object.get(mount, "readOnly", false) == true
}

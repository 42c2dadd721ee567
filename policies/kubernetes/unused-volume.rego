# METADATA
# title: Unused volume
# description: |
#   No container of the pod mounts the volume: it is left over, or a mount was forgotten.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "volume `{name}` is not mounted by any container of `{pod}`"
#   remediation: Remove the volume, or mount it.
#   once: true
#   of_values: true
package rules.kubernetes["unused-volume"]

import data.lib.workloads

# The volumes that one pod does not mount are one finding: a patch that removes a container leaves all of its.
deny contains {"at": volume.at, "about": workload.at, "field": "name", "name": volume.name, "pod": workloads.name(workload), "severity": _severity(volume)} if {
	some workload in input.workloads
	some number in workload.unused_volumes
	volume := workload.volumes[number]
	not volume.name in _injected
	not _is_misspelt(workload)
}

# Who claims storage means to keep something there: what the program writes is lost with its pod.
_severity(volume) := "warning" if {
	volume.type == "persistentVolumeClaim"
} else := "info"

# Volumes that a sidecar takes over by their names, once it is injected: that of Cloud Storage FUSE on GKE.
_injected := {"gke-gcsfuse-buffer", "gke-gcsfuse-cache", "gke-gcsfuse-file-cache", "gke-gcsfuse-metadata-prefetch-cache", "gke-gcsfuse-tmp"}

# A mount names a volume that is not there: this may be the one, and the other finding says so.
_is_misspelt(workload) if {
	some at in workload.containers
	some container in input.index.containers_by_at[at]
	count(container.undefined_mounts) > 0
}

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
#   of_values: true
package rules.kubernetes["unused-volume"]

import data.lib.workloads

deny contains {"at": volume.at, "field": "name", "name": volume.name, "pod": workloads.name(workload)} if {
	some workload in input.workloads
	some number in workload.unused_volumes
	volume := workload.volumes[number]
}

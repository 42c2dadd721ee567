# METADATA
# title: Duplicate mount path
# description: |
#   Two volumes are mounted at the same path of a container, so the API server refuses the object.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "container `{name}` mounts two volumes at `{path}`"
#   remediation: Mount each volume at its own path, or use `subPath`.
#   of_values: true
package rules.kubernetes["duplicate-mount-path"]

import data.lib.containers

deny contains {"at": second.at, "field": "mountPath", "name": containers.name(container), "path": second.mountPath} if {
	some container in input.containers
	some number in container.duplicate_mounts
	second := container.mounts[number]
}

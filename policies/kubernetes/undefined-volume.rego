# METADATA
# title: Undefined volume
# description: |
#   A container mounts a volume by a name that no volume of its pod has, so the API server refuses
#   the object.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "volume `{volume}` is mounted, but the pod does not define it"
#   across_files: true
#   remediation: Define the volume in the pod, or correct its name.
package rules.kubernetes["undefined-volume"]

deny contains {"at": mount.at, "field": "name", "volume": mount.name} if {
	some container in input.containers
	not container.is_patch
	some number in container.undefined_mounts
	mount := container.mounts[number]
}

# METADATA
# title: Volume type outside the restricted standard
# description: |
#   Drivers of storage belong behind a PersistentVolumeClaim, where the cluster's administrator decides what a pod may mount. A pod that names a server or disk
#   itself mounts whatever it likes.
#
#   Off by default: small clusters mount NFS and the like directly.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "volume `{volume}` is of the type `{type}`, which the restricted Pod Security Standard forbids"
#   remediation: "Make a PersistentVolume of it, and mount a PersistentVolumeClaim."
#   default: off
#   aliases:
#     - {id: trivy:KSV-0028, unless: {type: hostPath}}
#     - pss:restricted/volume-types
package rules.kubernetes["noncore-volume-type"]

deny contains {"at": volume.at, "field": volume.type, "volume": object.get(volume, "name", "?"), "type": volume.type} if {
	some workload in input.workloads
	some volume in workload.volumes
	volume.type in {
		"hostPath", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs", "iscsi", "glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "cephFS",
		"flocker", "fc", "azureFile", "vsphereVolume", "quobyte", "azureDisk", "portworxVolume", "scaleIO", "storageos",
	}
}

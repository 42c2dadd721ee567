# METADATA
# title: Deprecated node label
# description: |
#   The labels with `beta` in their names were replaced in Kubernetes 1.14 and 1.17, and nodes have them for the sake of old manifests only.
# related_resources:
#   - https://kubernetes.io/docs/reference/labels-annotations-taints/
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   habit: true
#   message: "`{name}` selects nodes by the deprecated label `{old}`"
#   remediation: "Write `{new}`."
package rules.kubernetes["deprecated-node-label"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": ["nodeSelector", old], "name": workloads.name(workload), "old": old, "new": new} if {
	some workload in input.workloads
	workload.spec.nodeSelector
	some old, _ in workload.spec.nodeSelector
	new := _labels[old]
}

_labels := {
	"beta.kubernetes.io/os": "kubernetes.io/os",
	"beta.kubernetes.io/arch": "kubernetes.io/arch",
	"beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
	"failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
	"failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
}

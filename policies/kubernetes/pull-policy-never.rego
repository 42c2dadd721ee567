# METADATA
# title: Image is never pulled
# description: |
#   With `imagePullPolicy: Never` the kubelet starts only images that are already on the node. It is usually left over from a local cluster.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "container `{name}` never pulls its image, so its pod starts only on a node that has it already"
#   remediation: "Remove `imagePullPolicy: Never`."
#   habit: true
#   aliases:
#     - kube-score:container-image-pull-policy
package rules.kubernetes["pull-policy-never"]

import data.lib.containers

deny contains {"at": container.at, "field": "imagePullPolicy", "name": containers.name(container), "severity": _severity(container)} if {
	some container in input.containers
	container.kind == "kubernetes"
	container.imagePullPolicy == "Never"
}

# An image without a tag, or whose name has neither a registry nor an account, is one that was built on this machine, and a local cluster pulls none.
_severity(container) := "info" if {
	_is_at_hand(container)
} else := "warning"

_is_at_hand(container) if not contains(object.get(container, "image", ""), ":")

_is_at_hand(container) if not contains(object.get(container, "image", ""), "/")

_is_at_hand(container) if {
	some workload in input.index.workloads_by_at[container.workload]
	some word in ["minikube", "kind", "k3d", "local"]
	contains(workload.path, word)
}

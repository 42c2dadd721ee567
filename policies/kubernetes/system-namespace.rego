# METADATA
# title: Workload in a system namespace
# description: |
#   Pods in `kube-system` are next to the cluster's own: who may create pods there may use the service accounts of controllers that can do everything, and
#   policies often leave the namespace out.
#
#   Off by default: it is where many agents of the cluster are installed.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "{kind} `{name}` is in the system namespace `{namespace}`"
#   remediation: "Put it into a namespace of its own."
#   default: off
#   aliases:
#     - {id: trivy:KSV-0037, when: {namespace: kube-system}}
#     - kics:using-unrecommended-namespace
package rules.kubernetes["system-namespace"]

import data.lib.workloads

deny contains {"at": workload.object, "field": "metadata.namespace", "kind": workload.kind, "name": workloads.name(workload), "namespace": workload.namespace} if {
	some workload in input.workloads
	workload.namespace in {"kube-system", "kube-public", "kube-node-lease"}
	not _is_control_plane(workload)
}

_is_control_plane(workload) if {
	some object_ in input.index.specifications_by_at[workload.object]
	object_.labels.tier == "control-plane"
	object_.labels.component in {"kube-apiserver", "etcd", "kube-controller-manager", "kube-scheduler"}
	workload.spec.priorityClassName in {"system-node-critical", "system-cluster-critical"}
}

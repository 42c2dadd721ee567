# METADATA
# title: Service without matching pods
# description: |
#   No workload of the project has the labels that the Service selects, so it has no endpoints and
#   every request to it fails. Pods that an operator makes are not in the project; a project without
#   workloads is therefore not judged.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "Service `{name}` matches no pod in this repository"
#   remediation: Use the labels of the pod template that the Service is for.
#   aliases:
#     - kube-linter:dangling-service
#     - kube-score:service-targets-pod
#     - kics:service-does-not-target-pod
#     - kube-linter:template/dangling-service
package rules.project["service-selects-nothing"]

import data.lib.workloads

deny contains {"at": service.at, "field": "spec.selector", "name": object.get(service, "name", "?")} if {
	some service in input.services
	service.has_selector
	service.selector_known
	object.get(service, "type", "ClusterIP") != "ExternalName"
	count(input.workloads) > 0
	not _has_pod(service)
}

_has_pod(service) if {
	some workload in input.index.workloads_by_label_pairs[service.selector_pairs[0]]
	workloads.selects(service.selector, workload.labels)
	workloads.may_meet(service, workload)
}

# A workload whose labels are filled in later may be the one.
_has_pod(service) if {
	some workload in input.index.workloads_by_labels_known[false]
	workloads.may_meet(service, workload)
}

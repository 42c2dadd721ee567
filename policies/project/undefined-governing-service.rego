# METADATA
# title: StatefulSet without its Service
# description: |
#   The pods of a StatefulSet get their DNS names, such as `db-0.db`, from the Service that `serviceName` names. No Service of the project has that name, so
#   the pods have none, and what connects to one of them by name fails. It is said where a headless Service of another name selects the pods.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "the pods of `{name}` get no DNS names: `serviceName` is `{service}`, and no Service of this repository has that name"
#   remediation: "Write `serviceName: {likely}`, and recreate the StatefulSet (`kubectl delete --cascade=orphan`), since the field is immutable; or name the Service `{service}`."
package rules.project["undefined-governing-service"]

import data.lib.workloads

deny contains {
	"at": workload.at, "field": "spec.serviceName", "name": workloads.name(workload), "service": workload.governed_by, "likely": found[0].name,
	"related": [{"at": found[0].at, "field": "metadata.name", "message": "the headless Service that selects them"}],
} if {
	some workload in input.workloads
	workload.governed_by
	not workload.is_patch
	object.get(input.sizes.services_by_name, workload.governed_by, 0) == 0
	found := [service |
		some pair in workload.label_pairs
		some service in input.index.services_by_selector_pairs[pair]
		service.name
		service.is_headless
		workloads.selects(service.selector, workload.labels)
		workloads.may_meet(service, workload)
		workloads.is_near(service.path, workload.path)
	]
	count(found) > 0
}

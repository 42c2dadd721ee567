# METADATA
# title: StatefulSet whose Service is not headless, or not its own
# description: |
#   The pods of a StatefulSet get their DNS names from the Service that `serviceName` names, if that Service has `clusterIP: None` and selects them.
#   Off by default: a StatefulSet whose pods nobody calls by name works without; `project/undefined-governing-service` reports where one is plainly meant.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   default: off
#   message: "no headless Service `{service}` selects the pods of `{name}`, so they get no DNS names"
#   remediation: "Write a Service `{service}` with `clusterIP: None` that selects the labels of these pods."
#   aliases: [kube-score:statefulset-has-servicename, kics:statefulset-without-service-name]
#   implied_by: [project/undefined-governing-service]
package rules.project["statefulset-without-headless-service"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.serviceName", "name": workloads.name(workload), "service": workload.governed_by} if {
	some workload in input.workloads
	workload.governed_by
	not workload.is_patch
	not _is_governed(workload)
}

_is_governed(workload) if {
	some service in input.index.services_by_name[workload.governed_by]
	service.is_headless
	workloads.may_meet(service, workload)
	workloads.selects(service.selector, workload.labels)
}

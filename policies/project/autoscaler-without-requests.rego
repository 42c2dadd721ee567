# METADATA
# title: Autoscaler of containers without requests
# description: |
#   The autoscaler scales by the utilization of a resource, which is a share of what the containers request. If one of them requests none, there is
#   nothing to compute a share of, and the autoscaler never scales: its condition says `FailedGetResourceMetric`. Limits count as requests, and so do a
#   LimitRange, the defaults of the namespace, and what a sidecar's injector
#   sets. Charts that nobody installs under a known name are left alone: who installs them sets the requests.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "autoscaler `{name}` scales by {resource} utilization, and container `{container}` of `{target}` requests no {resource}"
#   remediation: "Set `resources.requests.{resource}` of container `{container}`."
#   of_values: true
package rules.project["autoscaler-without-requests"]

import data.lib.containers
import data.lib.workloads

deny contains {
	"at": scaler.at, "field": "spec.scaleTargetRef.name", "name": object.get(scaler, "name", "?"), "resource": resource, "container": containers.name(container),
	"target": workloads.name(workload),
	"related": [{"at": container.at, "field": "resources", "message": "the container"}],
} if {
	some scaler in input.autoscalers
	scaler.scales
	count(scaler.utilized) > 0
	not workloads.is_of_unknown_release(scaler)
	object.get(input.sizes.workloads_by_scaled_as, scaler.scales, 0) == 1
	some workload in input.index.workloads_by_scaled_as[scaler.scales]
	not workload.is_patch
	workloads.may_meet(scaler, workload)
	workloads.is_near(scaler.path, workload.path)
	some resource in scaler.utilized
	some container in input.index.containers_by_workload[workload.at]
	not container.is_patch
	container.role == "container"
	containers.lacks_resource(container, concat(".", ["requests", resource]))
	containers.lacks_resource(container, concat(".", ["limits", resource]))
}

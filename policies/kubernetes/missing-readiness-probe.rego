# METADATA
# title: Missing readiness probe
# description: |
#   Without it a Service sends requests as soon as the process runs, also while it still loads, and
#   a rollout counts a replica that does not answer yet. It is said of pods that a Service of the file or of the
#   folders around it selects.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no readiness probe, so {service} sends it traffic before it is ready"
#   remediation: Add a `readinessProbe` that checks whether the program can serve requests.
#   aliases:
#     - kube-linter:no-readiness-probe
#     - polaris:readinessProbeMissing
#     - checkov:CKV_K8S_9
#     - kics:readiness-probe-is-not-configured
#     - kube-linter:template/readiness-probe
#     - {id: kube-score:pod-probes, when: is_behind_service, unless: sibling_is_probed}
#   family: kubernetes/missing-probes
#   part: readiness probe
#   block: |
#     readinessProbe:
#       {probe}
package rules.kubernetes["missing-readiness-probe"]

import data.lib.containers
import data.lib.workloads

deny contains {"at": container.at, "field": "readinessProbe", "name": containers.name(container), "probe": containers.example_probe(container), "service": _service(container), "is_behind_service": _is_behind_service(container), "sibling_is_probed": _sibling_is_probed(container), "severity": _severity(container), "minor": _is_minor(container)} if {
	some container in input.containers
	containers.is_serving(container)
	not container.probes.readinessProbe
	container.is_selected

	# Knative asks the port of a container by itself.
	not container.fills_ports
	containers.serves_port(container)
}

_service(container) := sprintf("Service `%s`", [container.service]) if container.service

_service(container) := "a Service" if not container.service

_is_behind_service(container) if {
	_has_service(container)
} else := false

_has_service(container) if {
	some workload in input.index.workloads_by_at[container.workload]
	some pair in workload.label_pairs
	object.get(input.sizes.services_by_selector_pairs, pair, 0) < 200
	some service in input.index.services_by_selector_pairs[pair]
	service.path == workload.path
	workloads.selects(service.selector, workload.labels)
	workloads.may_meet(service, workload)
}

_sibling_is_probed(container) if {
	_has_ready_sibling(container)
} else := false

_has_ready_sibling(container) if {
	some neighbour in input.index.containers_by_pod[container.pod]
	neighbour.role == "container"
	neighbour.probes.readinessProbe
}

_severity(container) := "warning" if container.service

_severity(container) := "info" if not container.service

# A Service that sends its requests to another container's port, or only names pods that have to find each other before they are ready, waits for none.
_is_minor(container) if {
	_is_expected(container)
} else := false

_is_expected(container) if not container.is_reached

_is_expected(container) if containers.is_proxy(container)

# It is not ready before that one has succeeded.
_is_expected(container) if container.probes.startupProbe

# The pod gets no requests before that one is ready.
_is_expected(container) if _has_ready_sibling(container)

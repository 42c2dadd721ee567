# METADATA
# title: Missing readiness probe of a worker
# description: |
#   The container declares no port, or no Service selects its pod, so no request waits until it is ready to serve.
#   A rollout still does: without a readiness probe it counts a replica as available as soon as the process runs.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no readiness probe, so a rollout counts it as available at once"
#   remediation: "Add a `readinessProbe` with an `exec` command that checks whether the worker has started."
#   aliases:
#     - kube-linter:no-readiness-probe
#     - polaris:readinessProbeMissing
#     - checkov:CKV_K8S_9
#     - kics:readiness-probe-is-not-configured
#     - kube-linter:template/readiness-probe
#   default: off
#   profiles: [pedantic]
#   family: kubernetes/missing-probes
#   part: readiness probe
#   block: |
#     readinessProbe:
#       {probe}
package rules.kubernetes["missing-worker-readiness-probe"]

import data.lib.containers

deny contains {"at": container.at, "field": "readinessProbe", "name": containers.name(container), "probe": containers.example_probe(container)} if {
	some container in input.containers
	containers.is_serving(container)
	not container.probes.readinessProbe
	not container.fills_ports
	not _is_served(container)
}

# `missing-readiness-probe` speaks of these.
_is_served(container) if {
	container.is_selected
	containers.serves_port(container)
}

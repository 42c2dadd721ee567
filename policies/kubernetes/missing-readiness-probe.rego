# METADATA
# title: No readiness probe
# description: |
#   Without it a Service sends requests as soon as the process runs, also while it still loads, and
#   a rollout counts a replica that does not answer yet.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no readiness probe"
#   remediation: Add a `readinessProbe` that asks the program, not its dependencies.
#   aliases:
#     - kube-linter:no-readiness-probe
#     - polaris:readinessProbeMissing
#     - checkov:CKV_K8S_9
#     - kics:readiness-probe-is-not-configured
#     - kube-linter:template/readiness-probe
#     - kube-score:pod-probes
package rules.kubernetes["missing-readiness-probe"]

import data.lib.containers

deny contains {"at": container.at, "field": "readinessProbe", "name": containers.name(container)} if {
	some container in input.containers
	containers.is_serving(container)
	not container.probes.readinessProbe
}

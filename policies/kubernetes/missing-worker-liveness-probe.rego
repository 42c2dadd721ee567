# METADATA
# title: Missing liveness probe of a worker
# description: |
#   The container declares no port, so only a command of its own could tell whether it works or hangs, and one that is
#   wrong makes the kubelet restart what works. Hence this rule is off.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` serves no port and has no liveness probe, so it is not restarted if it hangs"
#   remediation: "Add a `livenessProbe` with an `exec` command that fails if the worker hangs."
#   aliases:
#     - kube-linter:no-liveness-probe
#     - polaris:livenessProbeMissing
#     - checkov:CKV_K8S_8
#     - kics:liveness-probe-is-not-defined
#     - kube-linter:template/liveness-probe
#   default: off
#   profiles: [pedantic]
#   family: kubernetes/missing-probes
#   part: liveness probe
#   block: |
#     livenessProbe:
#       {probe}
package rules.kubernetes["missing-worker-liveness-probe"]

import data.lib.containers

deny contains {"at": container.at, "field": "livenessProbe", "name": containers.name(container), "probe": containers.example_probe(container)} if {
	some container in input.containers
	containers.is_serving(container)
	not container.probes.livenessProbe
	not containers.serves_port(container)
}

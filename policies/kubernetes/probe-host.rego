# METADATA
# title: Host in a probe or hook
# description: |
#   A probe or hook with `host` makes the kubelet send requests to an address that the pod's author chooses, from the network of the node. Without it the
#   kubelet asks the pod itself.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{probe}` of container `{name}` asks the host `{host}`, not the pod"
#   remediation: "Remove `host`; a name for the request belongs in `httpHeaders`, as `Host`."
#   default: off
#   aliases:
#     - pss:baseline/host-probes-lifecycle-hooks
package rules.kubernetes["probe-host"]

import data.lib.containers

deny contains {"at": container.at, "field": concat(".", [probe, handler, "host"]), "probe": probe, "name": containers.name(container), "host": host} if {
	some container in input.containers
	container.kind == "kubernetes"
	some probe, written in {"livenessProbe": object.get(container, "liveness", {}), "readinessProbe": object.get(container, "readiness", {})}
	some handler in ["httpGet", "tcpSocket"]
	host := written[handler].host
	host != ""
}

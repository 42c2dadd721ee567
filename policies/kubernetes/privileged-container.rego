# METADATA
# title: Privileged container
# description: |
#   A privileged container has every capability and access to every device of the node: an attacker who takes it over controls the node and every other
#   pod on it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` is privileged: it has every capability and every device of the node"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove `privileged: true`, and add the capability that is needed; get devices from a device plugin. Set kernel parameters on the node, and build
#     images with a rootless builder such as BuildKit's rootless image. If a node agent needs full access, suppress the finding with the reason.
#   aliases:
#     - kube-linter:privileged-container
#     - kube-score:container-security-context-privileged
#     - polaris:runAsPrivileged
#     - kubesec:Privileged
#     - trivy:KSV-0017
#     - checkov:CKV_K8S_16
#     - kics:container-is-privileged
#     - pss:baseline/privileged-containers
#     - kube-linter:template/privileged
#   explained: true
#   of_values: true
package rules.kubernetes["privileged-container"]

import data.lib.containers
import data.lib.workloads

deny contains {"at": container.at, "field": "securityContext.privileged", "name": containers.name(container), "advice": _advice(container), "severity": _severity(container), "minor": _is_minor(container)} if {
	some container in input.containers
	container.kind == "kubernetes"
	containers.is_set(container, "privileged", true)
}

_severity(container) := "info" if {
	_is_daemon(container)
} else := workloads.severity(container)

_is_minor(container) if {
	_is_expected(container)
} else := false

_is_expected(container) if container.is_known_agent

# The devices of a TPU are reached by privileged containers alone on most types of nodes.
_is_expected(container) if {
	container.resources.limits["google.com/tpu"]
}

# A daemon that builds or runs images starts only so.
_is_daemon(container) if {
	some word in ["dind", "kindest/", "sysbox", "k3d-proxy", "buildkit"]
	contains(object.get(container, "image", ""), word)
}

_advice(container) := "Remove `privileged: true`, and add the capability that is needed; a device of the node comes from a device plugin" if {
	not container.is_node_agent
	not _is_daemon(container)
	not _sets_kernel(container)
}

# No capability lets a container write to what the kernel shares between all of them.
_advice(container) := "Set the kernel parameter on the node, and remove the container" if {
	not container.is_node_agent
	not _is_daemon(container)
	_sets_kernel(container)
}

_sets_kernel(container) if {
	some command in input.index.commands_by_container[container.at]
	command.program == "sysctl"
}

_advice(container) := "If it builds images, use BuildKit's rootless image; if it runs containers for jobs, keep the pod on nodes of its own, and suppress this with the reason: `# hullmark: ignore[kubernetes/privileged-container] -- why`" if {
	not container.is_node_agent
	_is_daemon(container)
}

# Drivers of storage and network mount and change what belongs to the node.
_advice(container) := "Check whether capabilities are enough; if the agent needs all of them, suppress this with the reason: `# hullmark: ignore[kubernetes/privileged-container] -- why`" if container.is_node_agent

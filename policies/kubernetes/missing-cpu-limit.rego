# METADATA
# title: Missing CPU limit
# description: |
#   Without a limit the container may use all idle CPU of the node. Many clusters want just that, since a limit throttles; the rule is off by default.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no CPU limit"
#   remediation: Set `resources.limits.cpu` to what the program uses at most.
#   aliases:
#     - kube-score:container-resources
#     - polaris:cpuLimitsMissing
#     - {id: kubesec:LimitsCPU, unless: sibling_has_it}
#     - trivy:KSV-0011
#     - checkov:CKV_K8S_11
#     - kics:cpu-limits-not-set
#   default: off
#   profiles: [pedantic]
#   family: kubernetes/missing-resources
#   part: CPU limit
#   block: |
#     resources:
#       limits:
#         cpu: {cpu} # what it uses at most
package rules.kubernetes["missing-cpu-limit"]

import data.lib.containers

deny contains {"at": container.at, "field": "resources.limits.cpu", "name": containers.name(container), "sibling_has_it": containers.is_set_beside(container, "limits.cpu"), "cpu": _cpu(container)} if {
	some container in input.containers
	containers.is_working(container)
	containers.lacks_resource(container, "limits.cpu")
}

# What is written for example: a limit below the request is refused.
_cpu(container) := object.get(container.resources.requests, "cpu", "500m")

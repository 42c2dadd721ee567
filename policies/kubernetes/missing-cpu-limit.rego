# METADATA
# title: No CPU limit
# description: |
#   Without a limit the container may take all idle CPU of the node. Many want just that, since a
#   limit throttles; hence this rule is off.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no CPU limit"
#   remediation: Set `resources.limits.cpu` to what the program uses.
#   aliases:
#     - kube-score:container-resources
#     - polaris:cpuLimitsMissing
#     - kubesec:LimitsCPU
#     - trivy:KSV-0011
#     - checkov:CKV_K8S_11
#     - kics:cpu-limits-not-set
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["missing-cpu-limit"]

import data.lib.containers

deny contains {"at": container.at, "field": "resources.limits.cpu", "name": containers.name(container), "except": containers.made_up(container, "limits.cpu", "kubesec:LimitsCPU")} if {
	some container in input.containers
	containers.is_working(container)
	containers.lacks_resource(container, "limits.cpu")
}

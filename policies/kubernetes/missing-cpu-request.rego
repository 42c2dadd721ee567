# METADATA
# title: Missing CPU request
# description: |
#   The scheduler puts the pod on a node as if it needed nothing, and under load it gets what the
#   others leave. A limit alone counts: it is the request too.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no CPU request, so the scheduler places it as if it needed none"
#   remediation: Set `resources.requests.cpu` to what the program usually uses.
#   aliases:
#     - kube-linter:unset-cpu-requirements
#     - kube-score:container-resources
#     - polaris:cpuRequestsMissing
#     - {id: kubesec:RequestsCPU, unless: sibling_has_it}
#     - trivy:KSV-0015
#     - checkov:CKV_K8S_10
#     - kics:cpu-requests-not-set
#     - kube-linter:template/cpu-requirements
#   family: kubernetes/missing-resources
#   part: CPU request
#   block: |
#     resources:
#       requests:
#         cpu: 100m # what it usually uses
package rules.kubernetes["missing-cpu-request"]

import data.lib.containers

deny contains {"at": container.at, "field": "resources.requests.cpu", "name": containers.name(container), "sibling_has_it": containers.is_set_beside(container, "requests.cpu"), "minor": containers.is_passing(container)} if {
	some container in input.containers
	containers.is_working(container)
	containers.lacks_resource(container, "requests.cpu")
	not "limits.cpu" in container.resources.set
}

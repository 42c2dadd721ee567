# METADATA
# title: Missing memory request
# description: |
#   The scheduler does not know what the pod needs, and the node evicts it first when memory runs
#   out. A limit alone counts: it is the request too.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no memory request, so it is among the first that the node evicts"
#   remediation: Set `resources.requests.memory` to what the program usually uses.
#   aliases:
#     - kube-score:container-resources
#     - polaris:memoryRequestsMissing
#     - {id: kubesec:RequestsMemory, unless: sibling_has_it}
#     - trivy:KSV-0016
#     - checkov:CKV_K8S_12
#     - kics:memory-requests-not-defined
#     - kube-linter:unset-memory-requirements
#   family: kubernetes/missing-resources
#   part: memory request
#   block: |
#     resources:
#       requests:
#         memory: 128Mi # what it usually uses
package rules.kubernetes["missing-memory-request"]

import data.lib.containers

deny contains {"at": container.at, "field": "resources.requests.memory", "name": containers.name(container), "sibling_has_it": containers.is_set_beside(container, "requests.memory"), "minor": containers.is_passing(container)} if {
	some container in input.containers
	containers.is_working(container)
	containers.lacks_resource(container, "requests.memory")
	not "limits.memory" in container.resources.set
}

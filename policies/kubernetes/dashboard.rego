# METADATA
# title: Deployed Kubernetes Dashboard
# description: |
#   The dashboard shows and changes what its service account may, and was the way into clusters whose dashboard everybody could reach. Its repository is archived.
#
#   Off by default: with a login of its own for each user it is a tool like `kubectl`.
# related_resources:
#   - https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` is the Kubernetes Dashboard"
#   remediation: "Remove it, or reach it by `kubectl proxy` only and give its service account no rights."
#   default: off
#   aliases:
#     - checkov:CKV_K8S_33
#     - kics:dashboard-is-enabled
package rules.kubernetes["dashboard"]

import data.lib.containers

deny contains {"at": container.at, "field": "image", "name": containers.name(container)} if {
	some container in input.containers
	container.kind == "kubernetes"
	_is_dashboard(container)
}

_is_dashboard(container) if {
	some text in ["kubernetes-dashboard", "kubernetesui"]
	contains(object.get(container, "image", ""), text)
}

_is_dashboard(container) if {
	some workload in input.index.workloads_by_at[container.workload]
	some key in ["app", "k8s-app"]
	workload.labels[key] == "kubernetes-dashboard"
}

# METADATA
# title: Default namespace
# description: |
#   Objects in `default` are next to whatever else nobody gave a namespace: network policies, quotas and roles of a namespace then hold for all of it. An object
#   that names no namespace is created in the one that is current when it is applied, which is mostly `default`.
#
#   Off by default: kustomize, Helm, Argo CD and Flux name the namespace when they apply an object, so most manifests leave it out on purpose.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "{kind} `{name}` {problem}"
#   remediation: "Set `metadata.namespace` to a namespace of the program's own."
#   default: off
#   aliases:
#     - kube-linter:use-namespace
#     - {id: trivy:KSV-0110, when: is_of_pods}
#     - {ids: [checkov:CKV_K8S_21, kics:using-unrecommended-namespace], when: is_common}
#     - kube-linter:template/use-namespace
package rules.kubernetes["default-namespace"]

import data.lib.workloads

deny contains {
	"at": object_.at, "field": "metadata.namespace", "kind": object_.kind, "name": workloads.name(object_), "problem": problem,
	"is_of_pods": _is_of_pods(object_), "is_common": _is_common(object_),
} if {
	some object_ in input.specifications
	object_.kind in _kinds
	problem := _problem(object_)
	not _comes_with_cluster(object_)
}

_problem(object_) := "is in the namespace `default`" if object_.namespace == "default"

_problem(object_) := "names no namespace" if not object_.has_namespace

_comes_with_cluster(object_) if {
	object_.kind == "ServiceAccount"
	object_.name == "default"
}

_comes_with_cluster(object_) if {
	object_.kind == "Service"
	object_.name == "kubernetes"
}

_is_of_pods(object_) if {
	object_.kind in _pods
} else := false

_is_common(object_) if {
	not object_.kind in {"DeploymentConfig", "NetworkPolicy", "PersistentVolumeClaim", "HorizontalPodAutoscaler", "PodDisruptionBudget", "ServiceMonitor"}
} else := false

_pods := {"Pod", "ReplicaSet", "ReplicationController", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"}

_kinds := {
	"Pod", "ReplicaSet", "ReplicationController", "Deployment", "DeploymentConfig", "StatefulSet", "DaemonSet", "CronJob", "Job", "Service", "Secret",
	"ServiceAccount", "Role", "RoleBinding", "ConfigMap", "Ingress", "NetworkPolicy", "PersistentVolumeClaim", "HorizontalPodAutoscaler",
	"PodDisruptionBudget", "ServiceMonitor",
}

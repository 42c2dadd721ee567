# METADATA
# title: Service without matching pods
# description: |
#   No workload of the project has the labels that the Service selects, so it has no endpoints and every request to it fails. Only a Service that is
#   plainly meant for a workload is checked: one of its name, or one in its file that no other Service selects. Labels that controllers add to pods, and
#   pods that an operator or a chart may create, are taken into account.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "Service `{name}` matches no pod in this repository: the pods of `{workload}` {difference}"
#   decision: true
#   remediation: "Use the pod template labels of `{workload}` as the selector of the Service, and the same namespace."
#   aliases:
#     - kube-linter:dangling-service
#     - kube-score:service-targets-pod
#     - kics:service-does-not-target-pod
#     - kube-linter:template/dangling-service
package rules.project["service-selects-nothing"]

import data.lib.workloads

deny contains {
	"at": service.at, "field": "spec.selector", "name": object.get(service, "name", "?"), "workload": workloads.name(workload), "difference": _difference(service, workload),
	"related": [{"at": workload.template, "field": "metadata.labels", "message": "the labels of its pods"}],
} if {
	some service in input.services
	service.has_selector
	service.selector_known
	object.get(service, "type", "ClusterIP") != "ExternalName"
	not _has_pod(service)
	not _may_have_pods(service)
	some workload in _meant(service)
}

# What it selects has each label that it asks for: those with one of them are all that may be selected.
_has_pod(service) if {
	some workload in input.index.workloads_by_label_pairs[_asked(service)[0]]
	_selects(service, workload)
	workloads.may_meet(service, workload)
}

_has_pod(service) if {
	count(_asked(service)) == 0
	count(service.selector_pairs) < 100
	some pair in service.selector_pairs
	not _is_common(pair)
	some workload in input.index.workloads_by_label_pairs[pair]
	_selects(service, workload)
	workloads.may_meet(service, workload)
}

# The labels that a workload must have itself, and that not too many have.
_asked(service) := [pair |
	some key, value in service.selector
	not _is_common_or_added(key, value)
	pair := sprintf("%s=%v", [key, value])
]

# Where so many pods have each label that it asks for, one of them is not looked for: each Service would go through all.
_has_pod(service) if {
	count(service.selector_pairs) > 0
	every key, value in service.selector {
		_is_common_or_added(key, value)
	}
	some pair in service.selector_pairs
	_is_common(pair)
}

_is_common_or_added(key, value) if _is_common(sprintf("%s=%v", [key, value]))

_is_common_or_added(key, value) if _has_label({"labels": {}}, key, value)

_is_common(pair) if object.get(input.sizes.workloads_by_label_pairs, pair, 0) > 200

# A workload whose labels are filled in later may be the one.
_has_pod(service) if {
	some workload in input.index.workloads_by_labels_known[false]
	workloads.may_meet(service, workload)
}

_selects(service, workload) if {
	every key, value in service.selector {
		_has_label(workload, key, value)
	}
}

_has_label(workload, key, value) if workload.labels[key] == value

_has_label(_, key, _) if _is_added(key)

# Who is the leader of a cluster is known only when it runs.
_has_label(_, key, value) if {
	contains(key, "role")
	lower(value) in {"master", "primary", "leader", "replica", "standby", "secondary"}
}

_has_label(_, key, _) if {
	some word in ["leader", "primary", "is-master", "active-pod"]
	contains(lower(key), word)
}

# Labels that controllers add to the pods of their workloads.
_is_added(key) if key in {
	"statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "controller-revision-hash", "pod-template-hash",
	"pod-template-generation", "job-name", "controller-uid", "rollouts-pod-template-hash", "deployment", "deploymentconfig",
	"app.kubernetes.io/managed-by",
}

_is_added(key) if {
	some prefix in [
		"batch.kubernetes.io/", "jobset.sigs.k8s.io/", "leaderworkerset.sigs.k8s.io/", "training.kubeflow.org/",
		"serving.knative.dev/", "serving.kserve.io/", "apps.kruise.io/", "argocd.argoproj.io/", "helm.sh/", "topology.kubernetes.io/",
	]
	startswith(key, prefix)
}

# An operator or a chart makes pods that no file shows.
_may_have_pods(service) if {
	some object_ in input.index.objects_by_may_make_pods[true]
	workloads.may_meet(service, object_)
}

_may_have_pods(_) if {
	some object_ in input.index.objects_by_may_make_pods[true]
	object_.kind in {"HelmRelease", "HelmChart", "Application", "ApplicationSet", "Kustomization"}
}

# The pods of the control plane and of the cluster's DNS, and those that programs start for their users, are in no file.
_may_have_pods(service) if {
	some key, value in service.selector
	_is_of_program(key, value)
}

_is_of_program("k8s-app", value) if value in {"kube-dns", "kube-proxy", "coredns", "metrics-server", "calico-node", "cilium"}

_is_of_program("component", value) if value in {"etcd", "kube-scheduler", "kube-controller-manager", "kube-apiserver", "singleuser-server"}

_is_of_program(key, _) if key in {"spark-role", "spark-app-name", "spark-app-selector", "graylog-role", "hub.jupyter.org/username", "dask.org/component"}

_is_of_program(key, _) if {
	some prefix in ["strimzi.io/", "cnpg.io/", "postgres-operator.crunchydata.com/", "common.k8s.elastic.co/", "elasticsearch.k8s.elastic.co/", "kibana.k8s.elastic.co/", "sparkoperator.k8s.io/"]
	startswith(key, prefix)
}

# All labels that it asks for are set by a controller.
_may_have_pods(service) if {
	every key, _ in service.selector {
		_is_added(key)
	}
}

_difference(service, workload) := "have other labels" if workloads.may_meet(service, workload)

_difference(service, workload) := concat("", ["are in the namespace `", workload.namespace, "`"]) if not workloads.may_meet(service, workload)

# The workload that a Service is for: of its name and in its folder, or the one of its file that no Service selects.
_meant(service) := {workload |
	object.get(input.sizes.workloads_by_name, service.name, 0) < 100
	some workload in input.index.workloads_by_name[service.name]
	workloads.may_meet(service, workload)
	workload.kind in _kept
	_folder(workload.path) == _folder(service.path)
} | {workload |
	object.get(input.sizes.workloads_by_path, service.path, 0) < 100
	some workload in input.index.workloads_by_path[service.path]
	workload.kind in _kept
	workloads.may_meet(service, workload)
	_shares_key(service, workload)
	_is_alike(service, workload)
	not _is_selected(workload)
} | {workload |
	object.get(input.sizes.workloads_by_path, service.path, 0) < 100
	some workload in input.index.workloads_by_path[service.path]
	workload.kind in _kept
	workload.namespace
	not workloads.may_meet(service, workload)
	_selects(service, workload)
}

_kept := {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "DeploymentConfig", "Rollout", "Pod"}

_folder(path) := array.slice(parts, 0, count(parts) - 1) if parts := split(path, "/")

_shares_key(service, workload) if {
	some key, _ in service.selector
	workload.labels[key]
}

# They have a word of their names in common, or are the only ones of their file: what an installation switches off may be in another one.
_is_alike(service, workload) if {
	some word in split(lower(object.get(service, "name", "")), "-")
	count(word) > 2
	contains(lower(workloads.name(workload)), word)
}

_is_alike(service, workload) if {
	contains(lower(object.get(service, "name", "")), lower(workloads.name(workload)))
}

_is_alike(service, _) if {
	not contains(service.path, "#")
	object.get(input.sizes.workloads_by_path, service.path, 0) == 1
	object.get(input.sizes.services_by_path, service.path, 0) == 1
}

_is_selected(workload) if {
	some pair in workload.label_pairs
	object.get(input.sizes.services_by_selector_pairs, pair, 0) > 200
}

_is_selected(workload) if {
	some pair in workload.label_pairs
	object.get(input.sizes.services_by_selector_pairs, pair, 0) <= 200
	some service in input.index.services_by_selector_pairs[pair]
	_selects(service, workload)
	workloads.may_meet(service, workload)
}

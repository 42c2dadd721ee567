# METADATA
# title: Deployed Tiller
# description: |
#   Tiller, the server of Helm 2, does what everybody who reaches it asks for, mostly with `cluster-admin`. Helm 2 gets no updates since November 2020; Helm 3 has no
#   server.
# related_resources:
#   - https://helm.sh/docs/topics/v2_v3_migration/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "Move the releases to Helm 3, and remove Tiller."
#   default: off
#   aliases:
#     - {id: trivy:KSV-0102, when: {what: [pod, address]}}
#     - {ids: [checkov:CKV_K8S_34, kics:tiller-is-deployed], when: {what: [pod, address]}}
#     - {ids: [checkov:CKV_K8S_45, kics:tiller-deployment-is-accessible-from-within-the-cluster], when: {what: address}}
#     - {ids: [checkov:CKV_K8S_44, kics:tiller-service-is-not-deleted], when: {what: service}}
package rules.kubernetes["tiller"]

import data.lib.containers
import data.lib.workloads

deny contains {"at": container.at, "field": "image", "what": _reach(container), "problem": sprintf("container `%s` is Tiller, the server of Helm 2", [containers.name(container)])} if {
	some container in input.containers
	container.kind == "kubernetes"
	some workload in input.index.workloads_by_at[container.workload]
	_is_tiller(container, workload)
}

deny contains {"at": service.at, "field": "metadata.name", "what": "service", "problem": sprintf("Service `%s` opens Tiller, the server of Helm 2, to every pod", [workloads.name(service)])} if {
	some service in input.specifications
	service.kind == "Service"
	some text in array.concat(array.concat([object.get(service, "name", "")], _values(service.labels)), _values(_selector(service)))
	contains(lower(text), "tiller")
}

_values(texts) := [text | some _, text in texts]

_selector(service) := service.body.spec.selector if {
	service.body.spec.selector
} else := {}

_is_tiller(container, _) if contains(object.get(container, "image", ""), "tiller")

_is_tiller(_, workload) if workload.labels.name == "tiller"

_is_tiller(_, workload) if workload.labels.app == "helm"

_is_tiller(_, workload) if contains(object.get(workload, "name", ""), "tiller")

_is_tiller(_, workload) if {
	some object_ in input.index.specifications_by_at[workload.object]
	_is_labelled(object_.labels)
}

_is_labelled(labels) if labels.name == "tiller"

_is_labelled(labels) if labels.app == "helm"

# Whether other pods reach it.
_reach(container) := "pod" if {
	_surely_reach(container)
} else := "address"

_surely_reach(container) if {
	some argument in container.args
	contains(argument, "--listen")
	_is_local(argument)
}

_is_local(argument) if contains(argument, "localhost")

_is_local(argument) if contains(argument, "127.0.0.1")

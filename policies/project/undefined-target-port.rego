# METADATA
# title: Undefined target port
# description: |
#   The Service sends requests to a port by its name, and no container of the pods that it selects has a port of that name and protocol, so the Service has no endpoints for it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "Service `{name}` targets port `{port}` ({protocol}), which no container of the selected pods declares"
#   remediation: "Use the name of a container port, or name the container port `{port}` with the protocol {protocol}."
#   how_to_fix: >-
#     Write the name of a container port of the selected pods in `targetPort`, or give the container port that name and the protocol of the Service
#     port.
package rules.project["undefined-target-port"]

import data.lib.workloads

deny contains {
	"at": port.at, "field": "targetPort", "name": object.get(service, "name", "?"), "port": port.targetPort, "protocol": object.get(port, "protocol", "TCP"),
	"related": [{"at": workload.pod, "message": "the selected pods"} | some workload in workloads_],
} if {
	some service in input.services
	service.has_selector
	service.selector_known
	some port in service.ports
	is_string(port.targetPort)
	workloads_ := _selected(service)
	count(workloads_) > 0
	every workload in workloads_ {
		_lacks(workload, port)
	}
}

_selected(service) := [workload |
	some pair in workloads.rarest(service.selector_pairs)
	some workload in input.index.workloads_by_label_pairs[pair]
	workloads.selects(service.selector, workload.labels)
	workloads.may_meet(service, workload)
]

# Whether the pods have no such port, for all that is known of them.
_lacks(workload, port) if {
	not workload.is_patch
	not _is_patched(workload)
	workload.kind in {"Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"}
	containers_ := input.index.containers_by_workload[workload.at]
	every container in containers_ {
		container.ports_known
		not container.is_patch
		not _declares(container, port)
	}
}

# A patch of the same name may add containers and ports.
_is_patched(workload) if {
	some other in input.index.workloads_by_name[workload.name]
	other.is_patch
}

_declares(container, port) if {
	some declared in container.ports
	declared.name == port.targetPort
	object.get(declared, "protocol", "TCP") == object.get(port, "protocol", "TCP")
}

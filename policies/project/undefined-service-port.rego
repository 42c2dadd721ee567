# METADATA
# title: Undefined Service port
# description: |
#   The Ingress sends requests to a port that the Service does not have, so they end in an error of the ingress controller.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/ingress/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "Ingress `{ingress}` uses port `{port}` of Service `{service}`, which has no such port"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Use the number or the name of a port of the Service (its `port` or `name`, not its `targetPort`). If its ports have no names, use the number.
#   of_values: true
package rules.project["undefined-service-port"]

deny contains {
	"at": backend.at, "field": backend.port_field, "ingress": object.get(backend, "ingress", "?"), "service": backend.service, "port": backend.port,
	"advice": _advice(backend, service),
	"related": [{"at": service.at, "field": "spec.ports", "message": "the ports of the Service"}],
} if {
	some backend in input.backends
	input.sizes.services_by_name[backend.service] == 1
	some service in input.index.services_by_name[backend.service]
	object.get(service, "namespace", "") == object.get(backend, "namespace", "")
	object.get(service, "type", "ClusterIP") != "ExternalName"
	count(service.ports) > 0
	not _has_port(service, backend)
}

# A port is referred to by its number or by its name: what has no name cannot be referred to by one.
_advice(backend, service) := sprintf("Use its port `%v`", [service.ports[0].port]) if {
	is_number(backend.port)
	count(service.ports) == 1
} else := sprintf("Use one of its ports: %s", [concat(", ", [sprintf("`%v`", [port.port]) | some port in service.ports])]) if {
	is_number(backend.port)
} else := sprintf("Use `%s`, the name of the port whose target is `%s`", [aimed[0], backend.port]) if {
	aimed := [port.name |
		some port in service.ports
		port.name
		object.get(port, "targetPort", null) == backend.port
	]
	count(aimed) == 1
} else := sprintf("Use `%s`, the name of its port", [names[0]]) if {
	names := _names(service)
	count(names) == 1
} else := sprintf("Use the name of one of its ports: %s", [concat(", ", [sprintf("`%s`", [name]) | some name in names])]) if {
	names := _names(service)
	count(names) > 1
} else := sprintf("Use the number `%v`; its ports have no names", [service.ports[0].port])

_names(service) := [port.name |
	some port in service.ports
	port.name
]

_has_port(service, backend) if {
	some port in service.ports
	backend.port in {object.get(port, "port", null), object.get(port, "name", null)}
}

# A port that is not known may be the one.
_has_port(service, _) if {
	some port in service.ports
	not port.port
}

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
#   remediation: "Use one of the ports of the Service: {ports}."
package rules.project["undefined-service-port"]

deny contains {
	"at": backend.at, "field": backend.port_field, "ingress": object.get(backend, "ingress", "?"), "service": backend.service, "port": backend.port,
	"ports": concat(", ", [sprintf("`%v`", [port.port]) | some port in service.ports]),
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

_has_port(service, backend) if {
	some port in service.ports
	backend.port in {object.get(port, "port", null), object.get(port, "name", null)}
}

# A port that is not known may be the one.
_has_port(service, _) if {
	some port in service.ports
	not port.port
}

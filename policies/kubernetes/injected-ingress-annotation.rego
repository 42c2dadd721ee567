# METADATA
# title: Injection in an ingress-nginx annotation
# description: |
#   ingress-nginx before 1.11.5 and 1.12.1 puts these annotations into its configuration without quoting. A value with a line break, a brace or a semicolon ends
#   the directive and adds others, up to code that runs in the controller (CVE-2025-1097, CVE-2025-1098, CVE-2025-24514).
# related_resources:
#   - https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{annotation}` holds `{sign}`, which ends its directive in the configuration of nginx"
#   remediation: "Write the value without `{sign}`."
#   default: off
#   aliases:
#     - trivy:KCV-0093
package rules.kubernetes["injected-ingress-annotation"]

deny contains {"at": ingress.at, "field": concat("", ["metadata.annotations.", annotation]), "annotation": annotation, "sign": signs[0]} if {
	some ingress in input.specifications
	ingress.kind == "Ingress"
	some annotation, bad in _annotations
	value := trim_space(ingress.annotations[annotation])
	signs := [shown | some sign, shown in bad; contains(value, sign)]
	count(signs) > 0
}

_annotations := {
	"nginx.ingress.kubernetes.io/auth-url": _of_addresses,
	"nginx.ingress.kubernetes.io/mirror-target": _of_addresses,
	"nginx.ingress.kubernetes.io/mirror-host": _of_addresses,
	"nginx.ingress.kubernetes.io/auth-tls-match-cn": {"\n": "a line break", "\r": "a line break", "#": "#", "{": "{", "}": "}", ";": ";", "|": "|"},
}

_of_addresses := {
	"\n": "a line break", "\r": "a line break", "<": "<", ">": ">", "\"": "\"", "{": "{", "}": "}", "|": "|", "^": "^", "\\": "\\",
}

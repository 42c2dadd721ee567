# METADATA
# title: Unset DNS option
# description: |
#   With the default `ndots:5` the resolver tries each search domain of the cluster before it asks for a name with fewer dots, so looking up `api.example.com` takes
#   several requests. An option in `dnsConfig` saves them.
#
#   Off by default: which value is right depends on the names that the program asks for.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` does not set the DNS option `{option}:{value}`"
#   remediation: "Add `\\{name: {option}, value: \"{value}\"}` to `dnsConfig.options` of the pod."
#   default: off
#   settings:
#     option:
#       type: text
#       default: ndots
#       description: "The name of the option."
#     value:
#       type: text
#       default: "2"
#       description: "Its value."
#   aliases:
#     - kube-linter:dnsconfig-options
#     - kube-linter:template/dnsconfig-options
package rules.kubernetes["unset-dns-option"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "dnsConfig.options", "name": workloads.name(workload), "option": _option, "value": _value} if {
	some workload in input.workloads
	not workload.is_patch
	not _is_set(workload)
}

_option := input.settings["kubernetes/unset-dns-option"].option

_value := input.settings["kubernetes/unset-dns-option"].value

_is_set(workload) if {
	some option in workload.spec.dnsConfig.options
	option.name == _option
	sprintf("%v", [option.value]) == _value
}

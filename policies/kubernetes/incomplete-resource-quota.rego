# METADATA
# title: Incomplete ResourceQuota
# description: |
#   A ResourceQuota holds what the pods of a namespace may request and use together. One that leaves out CPU or memory lets one namespace take the cluster's.
#
#   Off by default: a quota may be for something else, such as the number of objects.
# related_resources:
#   - https://kubernetes.io/docs/concepts/policy/resource-quotas/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "ResourceQuota `{name}` sets no {missing}"
#   remediation: "Add {missing} to `spec.hard`."
#   how_to_fix: >-
#     Set `requests.cpu`, `requests.memory`, `limits.cpu` and `limits.memory` in `spec.hard`.
#   default: off
#   aliases:
#     - trivy:KSV-0040
package rules.kubernetes["incomplete-resource-quota"]

import data.lib.workloads

deny contains {"at": quota.at, "field": "spec.hard", "name": workloads.name(quota), "missing": workloads.list(missing)} if {
	some quota in input.specifications
	quota.kind == "ResourceQuota"
	quota.is_whole
	missing := [resource | some resource in ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"]; not resource in object.keys(_hard(quota))]
	count(missing) > 0
}

_hard(quota) := quota.body.spec.hard if {
	quota.body.spec.hard
} else := {}

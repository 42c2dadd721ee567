# METADATA
# title: Incomplete LimitRange
# description: |
#   A LimitRange gives defaults to containers that ask for nothing and holds the others between a least and a most. Without one of `default`, `defaultRequest`,
#   `min` and `max` a container may still ask for nothing, or for all of a node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/policy/limit-range/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "LimitRange `{name}` sets no {missing}"
#   remediation: "Add {missing} to the item of the type `Container`."
#   how_to_fix: >-
#     Set all of `default`, `defaultRequest`, `min` and `max` in an item of `spec.limits` with `type: Container`.
#   default: off
#   aliases:
#     - trivy:KSV-0039
package rules.kubernetes["incomplete-limit-range"]

import data.lib.workloads

deny contains {"at": range.at, "field": "spec.limits", "name": workloads.name(range), "missing": workloads.list(missing)} if {
	some range in input.specifications
	range.kind == "LimitRange"
	range.is_whole
	not _is_complete(range)
	missing := _missing(range)
}

_fields := ["type", "max", "min", "default", "defaultRequest"]

_lacking(limit) := [field |
	some field in _fields
	not field in object.keys(limit)
]

_is_complete(range) if {
	some limit in range.body.spec.limits
	count(_lacking(limit)) == 0
}

# Defaults are for containers.
_missing(range) := _lacking(limits[0]) if {
	limits := _of_containers(range)
	count(limits) > 0
} else := array.slice(_fields, 1, 5)

_of_containers(range) := [limit |
	some limit in range.body.spec.limits
	limit.type == "Container"
]

# METADATA
# title: Shared volume claims of a StatefulSet
# description: |
#   Each pod of a StatefulSet gets a volume of its own from `volumeClaimTemplates`. `ReadWriteOnce` is enough for it and works with every kind of storage; other modes
#   need storage that several nodes mount at once. A claim without a request for storage is refused.
#
#   Off by default: it is a matter of the storage that there is.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "claim `{claim}` of StatefulSet `{name}` {problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     In each item of `volumeClaimTemplates`, set `accessModes: [ReadWriteOnce]` and `resources.requests.storage`.
#   default: off
#   aliases:
#     - {id: kics:incorrect-volume-claim-access-mode-readwriteonce, when: {lacks: mode}}
#     - {id: kubesec:VolumeClaimAccessModeReadWriteOnce, when: {lacks: mode, of: all}}
#     - {id: kubesec:VolumeClaimRequestsStorage, when: {lacks: storage, of: all}}
#     - {id: kics:statefulset-requests-storage, when: {lacks: storage}}
package rules.kubernetes["shared-volume-claim"]

import data.lib.workloads

deny contains {"at": set_.at, "field": concat(".", ["spec.volumeClaimTemplates", format_int(number, 10), "spec.accessModes"]), "name": workloads.name(set_), "claim": _claim(template), "lacks": "mode", "of": _of(set_, "mode"), "problem": "is not `ReadWriteOnce`", "advice": "Set `accessModes: [ReadWriteOnce]`"} if {
	some set_ in input.specifications
	set_.kind == "StatefulSet"
	some number, template in set_.body.spec.volumeClaimTemplates
	not _has(template, "mode")
}

deny contains {"at": set_.at, "field": concat(".", ["spec.volumeClaimTemplates", format_int(number, 10), "spec.resources"]), "name": workloads.name(set_), "claim": _claim(template), "lacks": "storage", "of": _of(set_, "storage"), "problem": "requests no storage", "advice": "Set `resources.requests.storage`"} if {
	some set_ in input.specifications
	set_.kind == "StatefulSet"
	set_.is_whole
	some number, template in set_.body.spec.volumeClaimTemplates
	not _has(template, "storage")
}

_claim(template) := template.metadata.name if {
	template.metadata.name
} else := "?"

_has(template, "mode") if "ReadWriteOnce" in template.spec.accessModes

_has(template, "storage") if template.spec.resources.requests.storage

# Whether some other claim of the StatefulSet has it, or all lack it.
_of(set_, lacks) := "some" if {
	_is_anywhere(set_, lacks)
} else := "all"

_is_anywhere(set_, lacks) if {
	some template in set_.body.spec.volumeClaimTemplates
	_has(template, lacks)
}

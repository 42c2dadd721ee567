# METADATA
# title: Contradicting version comments
# description: |
#   Two comments say different releases of the same commit. One of them is wrong, and people, Dependabot and
#   Renovate go by it.
# related_resources:
#   - https://docs.zizmor.sh/audits/#ref-version-mismatch
# custom:
#   severity: warning
#   confidence: high
#   category: maintainability
#   message: "the comment says `{version}`, and another says `{other}` of the same commit of `{action}`"
#   remediation: Look up the tag of the commit, and correct the comment that is wrong.
#   aliases: []
package rules.project["contradicting-version-comments"]

deny contains {
	"at": reference.at, "field": "uses", "version": reference.action.version, "other": others[0].version, "action": reference.action.slug,
	"related": [{"at": others[0].at, "message": "the other comment"}],
} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.ref_kind == "sha"
	reference.action.version
	others := [{"version": other.action.version, "at": other.at} |
		some other in input.index.references_by_target[reference.target]
		_is_before(reference.action.version, object.get(other.action, "version", ""))
	]
	count(others) > 0
}

# Whether both are releases, neither a part of the other, and the first sorts before the second: one of the two places is enough.
_is_before(version, other) if {
	other != ""
	left := concat("", [trim_left(lower(version), "v"), "."])
	right := concat("", [trim_left(lower(other), "v"), "."])
	left < right
	not startswith(right, left)
	not startswith(left, right)
}

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
#   once_a_message: true
#   message: "the comment says `{version}`, and the one in `{file}` says `{other}` of the same commit of `{action}`"
#   remediation: Look up the tag of the commit, and correct the comment that is wrong.
#   aliases: []
package rules.project["contradicting-version-comments"]

deny contains {
	"at": reference.at, "field": "uses", "version": reference.action.version, "other": others[0].action.version, "action": reference.action.slug, "file": _file(others[0]),
	"related": [{"at": others[0].at, "message": "the other comment"}],
} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.ref_kind == "sha"
	reference.action.version
	reference.target in _disputed
	release := _release(reference.action.version)
	[reference.target, release] in _contradicted
	others := [other |
		some other in input.index.references_by_target[reference.target]
		_contradicts(release, _release(object.get(other.action, "version", "")))
	]
	count(others) > 0
}

_file(reference) := paths[0] if {
	paths := [document.path | some document in input.index.documents_by_at[reference.document]]
	count(paths) > 0
} else := "another file"

# What one comment says of a commit and another contradicts. If any other does, the last in order does: what is between a text
# and a later one that begins with it begins with it too.
_contradicted contains pair if {
	some pair in _comments
	_contradicts(pair[1], _last[pair[0]])
}

# The last comment on each commit.
_last := {pair[0]: pair[1] |
	some number, pair in _comments
	not _goes_on(number, pair[0])
}

_goes_on(number, target) if _comments[number + 1][0] == target

# The commits that comments contradict each other about.
_disputed contains pair[0] if some pair in _contradicted

_comments := sort({[pair[0], _release(pair[1])] | some pair in _written})

# The same as they are written: a few different ones, in hundreds of places.
_written := {[reference.target, reference.action.version] |
	some reference in input.references
	reference.kind == "uses"
	reference.action.ref_kind == "sha"
	reference.action.version
}

_release(version) := concat("", [trim_left(lower(version), "v"), "."])

# Whether both are releases, neither a part of the other, and the first sorts before the second: one of the two places is enough.
_contradicts(release, other) if {
	other != "."
	release < other
	not startswith(other, release)
	not startswith(release, other)
}

# METADATA
# title: Missing COPY source
# description: |
#   `COPY` finds neither file nor folder of that name in the build context, and the build fails. The context is the folder that a Compose file or workflow
#   names, or the nearest one above the Dockerfile that holds what else it copies. What git ignores, what looks like a build product and a pattern that
#   matches nothing are not reported.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy
#   - https://docs.docker.com/build/concepts/context/
# custom:
#   severity: error
#   confidence: medium
#   category: correctness
#   message: "`{source}` is not in the build context `{context}`{hint}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Correct the spelling and case of the path, which is relative to the build context and not to the Dockerfile, or add the file to the repository.
package rules.dockerfile["missing-source"]

deny contains {
	"at": copy.at, "field": copy.field, "source": copy.source, "context": copy.context,
	"hint": _hint(copy), "advice": _advice(copy), "severity": _severity(copy),
} if {
	some copy in input.copies
	copy.exists == false
	not copy.is_ignored
	not _is_there_on_windows(copy)
}

# The file systems of Windows find a name in any case; what an argument without a default begins with may be one of its images.
_is_there_on_windows(copy) if {
	copy.similar
	lower(copy.similar) == lower(copy.source)
	some stage in input.index.stages_by_at[copy.stage]
	_may_be_windows(stage)
}

_may_be_windows(stage) if stage.is_windows

_may_be_windows(stage) if not stage.starting_image

# What another source of the file shows of its context; a build that is prepared elsewhere has all of them there.
_severity(copy) := "error" if copy.similar

_severity(copy) := "error" if {
	not copy.similar
	_is_context(copy)
}

_severity(copy) := "warning" if {
	not copy.similar
	not _is_context(copy)
}

_is_context(copy) if {
	some other in input.index.copies_by_document[copy.document]
	other.exists == true
	not other.is_whole_context
}

_hint(copy) := sprintf("; `%s` is", [copy.similar]) if copy.similar

_hint(copy) := "" if not copy.similar

_advice(copy) := sprintf("Write `%s`.", [copy.similar]) if copy.similar

_advice(copy) := "Use a path of the build context, or add the file to the repository." if not copy.similar

# METADATA
# title: Several CMD in one stage
# description: |
#   Only the last `CMD` of a stage counts; the ones before it do nothing.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "only the last `CMD` of a stage counts, and this one is not it"
#   remediation: "Remove it."
#   aliases:
#     - hadolint:DL4003
#     - trivy:DS-0016
#     - buildkit:MultipleInstructionsDisallowed
#     - kics:multiple_cmd_instructions_listed
#     - dockerfile-utils:MULTIPLE_INSTRUCTIONS
package rules.dockerfile["repeated-cmd"]

deny contains {"at": at, "field": "keyword", "aliases": _aliases(stage), "related": [{"at": last, "field": "keyword", "message": "this one counts"}]} if {
	some stage in input.stages
	count(stage.cmds) > 1
	last := stage.cmds[count(stage.cmds) - 1]
	some at in stage.cmds
	at != last
}

# KICS looks at the last stage alone.
_aliases(stage) := array.concat(["kics:multiple_cmd_instructions_listed"], _always) if stage.is_final

_aliases(stage) := _always if not stage.is_final

_always := ["hadolint:DL4003", "trivy:DS-0016", "buildkit:MultipleInstructionsDisallowed", "dockerfile-utils:MULTIPLE_INSTRUCTIONS"]

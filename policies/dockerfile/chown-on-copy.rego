# METADATA
# title: Copied files owned by the run-time user
# description: |
#   A program that owns its own code can change it, and so can an attacker who takes it over. Files that it only reads can stay with root.
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "`--chown={owner}` lets that user modify the files"
#   remediation: Omit the flag for files that the program only reads.
#   aliases:
#     - kics:chown_flag_exists
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["chown-on-copy"]

deny contains {"at": instruction.at, "field": "flags.chown", "owner": flag.value} if {
	some instruction in input.instructions
	instruction.keyword in {"COPY", "ADD"}
	some flag in instruction.flags
	flag.name == "chown"
	not split(flag.value, ":")[0] in {"root", "0"}
	not _runs_no_more(instruction)
}

# Stages that only build may do as they like.
_runs_no_more(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	not stage.is_final
}

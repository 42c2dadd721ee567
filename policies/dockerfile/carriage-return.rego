# METADATA
# title: Here-document with the line ends of Windows
# description: |
#   BuildKit hands a here-document over as it is: each line ends with a carriage return, which the shell takes for a part of the last word, and the system
#   for a part of the name behind `#!`.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "the lines of this here-document end with a carriage return, which becomes a part of their last word"
#   remediation: "Save the file with the line ends of Unix, and say so in `.gitattributes`: `Dockerfile text eol=lf`."
package rules.dockerfile["carriage-return"]

deny contains {"at": instruction.carriage_return} if {
	some instruction in input.instructions
	instruction.carriage_return
	some stage in input.index.stages_by_at[instruction.stage]
	not stage.is_windows
}

# METADATA
# title: CRLF line endings in a here-document
# description: |
#   BuildKit passes a here-document on unchanged: each line ends with a carriage return, which the shell takes as part of the last word, and the kernel as
#   part of the name of the interpreter after `#!`.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: lines of this here-document end with a carriage return, which becomes part of the last word
#   remediation: Save the file with LF line endings, and add `Dockerfile text eol=lf` to `.gitattributes`.
package rules.dockerfile["carriage-return"]

deny contains {"at": instruction.carriage_return} if {
	some instruction in input.instructions
	instruction.carriage_return
	some stage in input.index.stages_by_at[instruction.stage]
	not stage.is_windows
}

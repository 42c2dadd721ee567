# METADATA
# title: ONBUILD
# description: |
#   Whoever builds on the image runs the instruction without seeing it in their own file. Buildah and images in the OCI format leave it out.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "whoever builds on this image runs this `{keyword}` without seeing it"
#   remediation: "Write it into the files that need it, or into a template of them."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["deferred-instruction"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": object.get(instruction.arguments[0], "text", "instruction")} if {
	some instruction in input.instructions
	instruction.keyword == "ONBUILD"
	count(instruction.arguments) > 0
}

# METADATA
# title: ONBUILD instruction
# description: |
#   Whoever builds on the image runs the instruction without seeing it in their own Dockerfile. Buildah and images in the OCI format ignore it.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`{keyword}` runs unseen in every build that uses this image as its base"
#   remediation: Write it in the Dockerfiles that need it.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["deferred-instruction"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": object.get(instruction.arguments[0], "text", "instruction")} if {
	some instruction in input.instructions
	instruction.keyword == "ONBUILD"
	count(instruction.arguments) > 0
}

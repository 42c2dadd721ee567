# METADATA
# title: WORKDIR in a system folder
# description: |
#   A container that works in `/proc` or another folder of the kernel can reach the node through leaked
#   descriptors.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`WORKDIR {workdir}` belongs to the kernel"
#   remediation: Use a folder of your own, such as `/app`.
#   aliases:
#     - trivy:DS-0030
package rules.dockerfile["system-workdir"]

deny contains {"at": instruction.at, "field": "arguments.0", "workdir": instruction.workdir} if {
	some instruction in input.instructions
	instruction.keyword == "WORKDIR"
	steps := split(instruction.workdir, "/")
	steps[0] == ""
	steps[1] in {"proc", "sys", "dev"}
}

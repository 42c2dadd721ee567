# METADATA
# title: RUN without the sandbox
# description: |
#   `--security=insecure` runs the command outside the sandbox, with all capabilities on the build machine.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#run---security
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`RUN --security=insecure` runs without the build sandbox"
#   remediation: Omit the flag, and do what needs privileges outside the build.
#   aliases:
#     - semgrep:run-security-insecure
package rules.dockerfile["insecure-run"]

deny contains {"at": instruction.at, "field": "flags.security"} if {
	some instruction in input.instructions
	instruction.keyword == "RUN"
	some flag in instruction.flags
	flag.name == "security"
	flag.value == "insecure"
}

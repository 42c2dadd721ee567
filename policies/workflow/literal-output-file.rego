# METADATA
# title: Output file of the runner without its `$`
# description: |
#   The runner names the files that it reads in variables such as `GITHUB_OUTPUT`. Without `$`, or with the wrong quotes, the shell writes to a file of that name in the working folder,
#   which nothing reads: the output, variable or path is never set.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{target}` is a file of that name in the working folder, not the file that `${name}` names"
#   remediation: "Write `{operator} \"\\${name}\"`."
#   aliases: []
package rules.workflow["literal-output-file"]

deny contains {"at": redirect.at, "target": redirect.target, "name": redirect.target, "operator": redirect.operator} if {
	some command in input.commands
	command.source == "step"
	some redirect in command.redirects
	redirect.operator in {">>", ">", "1>>", "1>"}
	redirect.target in {"GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"}
}

# METADATA
# title: Untrusted text in an output without a delimiter
# description: |
#   `$GITHUB_OUTPUT` holds one output a line. Text of several lines that an attacker writes sets other outputs too, which later steps may trust. Off by
#   default: it matters only where such an output decides something.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "attacker-controlled `${name}` is written to `$GITHUB_OUTPUT`, and may set other outputs"
#   remediation: "Write it with a random delimiter: `name<<$(uuidgen)`, or take its first line alone."
#   aliases:
#     - codeql:OutputClobberingHigh
#   default: off
package rules.workflow["output-clobbering"]

deny contains {"at": command.at, "name": name} if {
	some command in input.commands
	command.source == "step"
	some redirect in command.redirects
	redirect.operator in {">>", ">"}
	contains(redirect.target, "GITHUB_OUTPUT")
	some step in input.index.steps_by_at[command.step]
	some word in command.words
	some name in word.reads
	name in step.multiline_env
	not contains(step.run_text, "<<")
}

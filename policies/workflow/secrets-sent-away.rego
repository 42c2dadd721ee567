# METADATA
# title: Secrets exfiltration
# description: |
#   The step reads every secret and calls a program that sends data: this is what attackers add to a compromised workflow.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: the step reads every secret and sends data to another machine
#   remediation: Remove the step, and rotate every secret of the repository.
#   aliases: [checkov:CKV_GHA_3, codeql:SecretExfiltration]
package rules.workflow["secrets-sent-away"]

deny contains {"at": step.at, "field": "run"} if {
	some expression in input.expressions
	expression.reads_all_secrets
	some step in input.index.steps_by_at[expression.step]
	some program in ["curl ", "wget "]
	contains(step.run_text, program)
}

# METADATA
# title: Script too long for an expression
# description: |
#   GitHub makes one expression of a script with `${{ }}` in it, and refuses the workflow if that is longer than 21,000 characters: "Exceeded max expression
#   length".
# related_resources:
#   - https://docs.github.com/en/actions/reference/limits
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "the script has {length} characters and an expression in it, and GitHub takes 21,000 at most"
#   remediation: "Move the script into a file of the repository, or pass the values in `env` so that the script has no expression."
#   aliases:
#     - github:parser/exceeded-max-expression-length
package rules.workflow["oversized-script"]

deny contains {"at": step.at, "field": "run", "length": length} if {
	some step in input.steps
	step.is_long
	length := count(step.run_text)
	length > 21000
	contains(step.run_text, "${{")
}

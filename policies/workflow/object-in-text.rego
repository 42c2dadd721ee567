# METADATA
# title: Object put into a text
# description: |
#   An object or a list that is put into a text says `Object` or `Array` there, and nothing of what is
#   in it.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Name the property that is meant, or write `toJSON(…)`."
#   aliases: [actionlint:expression/template-non-scalar, actionlint-fork:expression/template-non-scalar]
package rules.workflow["object-in-text"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/object-in-text"
}

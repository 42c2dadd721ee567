# METADATA
# title: Not YAML
# description: |
#   The document cannot be read, so nothing in it is checked and nothing will apply it. Reading goes
#   on at the next `---`.
# related_resources:
#   - https://yaml.org/spec/1.2.2/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Mend the line that is shown, or the one before it.
package rules.yaml["syntax-error"]

deny contains {"at": problem.at, "problem": problem.problem, "related": problem.related} if {
	some problem in input.problems
	problem.rule == "yaml/syntax-error"
}

# METADATA
# title: Configuration variable that cannot exist
# description: |
#   The name of a configuration variable has letters, digits and `_`, and begins neither with a digit nor with `GITHUB_`. One of another name cannot be set, so
#   it is always empty.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-variables
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{context}` cannot be set: {why}"
#   remediation: "Rename the variable; what begins with `GITHUB_` is in the context `github`."
#   aliases:
#     - actionlint:expression/config-variable-name
#     - actionlint-fork:expression/config-variable-name
package rules.workflow["invalid-configuration-variable"]

deny contains {"at": expression.at, "context": context, "why": why} if {
	some expression in input.expressions
	some context in expression.contexts
	startswith(context, "vars.")
	why := _why(trim_prefix(context, "vars."))
}


_why(name) := "names that begin with `GITHUB_` are GitHub's own" if {
	startswith(name, "github_")
} else := "a name does not begin with a digit" if {
	substring(name, 0, 1) in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
} else := "a name has no `-`" if {
	contains(name, "-")
}

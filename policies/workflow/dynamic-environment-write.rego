# METADATA
# title: Computed value in an environment file
# description: |
#   What a composite action writes to `$GITHUB_ENV` or `$GITHUB_PATH` holds for all later steps of whoever uses it. A value that is not written out may have a
#   line break, and set other variables. Off by default.
# related_resources:
#   - https://docs.zizmor.sh/audits/#github-env
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "a computed value is written to `${file}`, which holds for all later steps of the caller"
#   remediation: "Write an output instead, or check that the value is one line of what you expect."
#   aliases:
#     - zizmor:github-env
#   default: off
package rules.workflow["dynamic-environment-write"]

deny contains {"at": step.at, "field": "run", "file": file} if {
	some step in input.steps
	not step.job
	step.run
	some file in ["GITHUB_ENV", "GITHUB_PATH"]
	some line in split(step.run_text, "\n")
	contains(line, file)
	_is_computed(replace(replace(line, concat("", ["$", file]), ""), concat("", ["$env:", file]), ""), file)
}

_is_computed(line, _) if {
	contains(line, ">>")
	some sign in ["$(", "$env:", "${", "`", "$"]
	contains(replace(replace(line, "$\"", ""), "$'", ""), sign)
}

_is_computed(line, file) if {
	contains(line, ">>")
	contains(replace(line, concat("", ["%", file, "%"]), ""), "%")
}

# METADATA
# title: ENV refers to its own variables
# description: |
#   All values of one `ENV` are expanded before any of them is set: the variable still has its previous value, which is usually empty.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#environment-replacement
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{variable}` uses `{name}`, which the same `ENV` sets: the previous value is used"
#   remediation: Move it to a separate `ENV` below.
#   aliases:
#     - hadolint:DL3044
#     - kics:env_no_refer_envvar
package rules.dockerfile["self-referring-env"]

deny contains {"at": instruction.at, "field": pair.field, "variable": pair.name, "name": name} if {
	some instruction in input.instructions
	instruction.keyword == "ENV"
	some pair in instruction.pairs
	some name in pair.reads_beside
	_is_lost(instruction, pair, name)
}

# Nothing above it declares the name.
_is_lost(instruction, _, name) if name in instruction.undefined

# Or both pairs set the same variable: the first is lost.
_is_lost(_, pair, name) if pair.name == name

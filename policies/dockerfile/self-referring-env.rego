# METADATA
# title: ENV refers to its own variables
# description: |
#   All values of one `ENV` are expanded before any of them is set: a variable that nothing above sets is still empty, unless the base image has it. Of two
#   values for the same name in one `ENV` the first is lost.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#environment-replacement
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Keep the variable in the first `ENV`, and set the value that refers to it in a second `ENV` below. If one `ENV` sets a name twice, write it once,
#     with all that its value needs.
#   across_files: true
#   aliases:
#     - hadolint:DL3044
#     - kics:env_no_refer_envvar
package rules.dockerfile["self-referring-env"]

# Nothing above declares what the value reads.
deny contains {
	"at": instruction.at, "field": pair.field, "severity": _severity(instruction),
	"problem": sprintf("%s in `%s` %s expanded before this `ENV` sets %s, so %s", [_list(names), pair.name, _verb(names), _object(names), _effect(instruction, names)]),
	"advice": sprintf("Set `%s` in a second `ENV` after this one.", [pair.name]),
} if {
	some instruction in input.instructions
	instruction.keyword == "ENV"
	count(instruction.undefined) > 0
	not _is_built_here(instruction)
	undefined := {name | some name in instruction.undefined}
	replaced := _replaced(instruction)
	some number, pair in instruction.pairs
	names := [name | some name in pair.reads_beside; name != pair.name; name in undefined]
	count(names) > 0
	not _is_replaced(replaced, pair)
	not _is_lost(instruction, number, pair.name)
}

# A later value of the same `ENV` takes its place, which is another finding.
_is_lost(instruction, number, name) if {
	count(instruction.pairs) < 64
	some place, later in instruction.pairs
	place > number
	later.name == name
}

# Of two values the first is lost.
deny contains {
	"at": instruction.at, "field": pair.field, "severity": "warning",
	"problem": sprintf("`%s` is set twice in this `ENV`: this value is lost", [pair.name]),
	"advice": sprintf("Write `%s` once, with all that its value needs.", [pair.name]),
	"related": [{"at": instruction.at, "field": later.field, "message": "the value that is kept"}],
} if {
	some instruction in input.instructions
	instruction.keyword == "ENV"
	count(instruction.pairs) > 1
	count(instruction.pairs) < 64
	some number, pair in instruction.pairs
	others := [other | some place, other in instruction.pairs; place > number; other.name == pair.name]
	count(others) > 0
	later := others[0]
	object.get(later, "value", "") != object.get(pair, "value", "")
}

# An `ENV` further down sets the name again, without the value that it has here.
_is_replaced(replaced, pair) if pair.name in replaced

# The names that an `ENV` further down sets without their values here, before anything that may read them.
_replaced(instruction) := {later.name |
	first := _first_use(instruction)
	some other in input.index.instructions_by_stage[instruction.stage]
	other.keyword == "ENV"
	other.number > instruction.number
	other.number <= first
	some later in other.pairs
	not contains(object.get(later, "value", ""), later.name)
}

# The number of the first instruction below it that may read variables.
_first_use(instruction) := min({_endless} | {between.number |
	some between in input.index.instructions_by_stage[instruction.stage]
	not between.keyword in {"ENV", "ARG", "LABEL", "EXPOSE", "VOLUME", "WORKDIR"}
	between.number > instruction.number
})

_endless := 1000000000

# The repository builds the base, and what that sets is not read here.
_is_built_here(instruction) if {
	some image in input.index.images_by_stage[instruction.stage]
	image.role == "base"
	image.is_own
}

# What the base image sets is known only of plain distributions.
_is_bare(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	stage.base_is_bare
}

_severity(instruction) := "error" if _is_bare(instruction)

# A guess: the image may set it.
_severity(instruction) := "info" if not _is_bare(instruction)

_effect(instruction, names) := sprintf("%s empty", [_verb_of_object(names)]) if _is_bare(instruction)

_effect(instruction, names) := sprintf("%s empty unless the base image sets %s", [_verb_of_object(names), _object(names)]) if not _is_bare(instruction)

_list(names) := concat(", ", [sprintf("`$%s`", [name]) | some name in names])

_verb(names) := "is" if count(names) == 1

_verb(names) := "are" if count(names) > 1

_object(names) := "it" if count(names) == 1

_object(names) := "them" if count(names) > 1

_verb_of_object(names) := "it is" if count(names) == 1

_verb_of_object(names) := "they are" if count(names) > 1

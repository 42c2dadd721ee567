# METADATA
# title: Instruction that cannot be built
# description: |
#   The builder stops at this line: an unknown instruction or flag, a missing argument, a here-document that is not closed.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Write the instruction as the Dockerfile reference says.
#   aliases:
#     - hadolint:DL1000
#     - dockerfile-utils:UNKNOWN_INSTRUCTION
#     - dockerfilelint:invalid_command
#     - dockerfilelint:invalid_line
#     - dockerfile-utils:ARGUMENT_MISSING
#     - dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_ONE
#     - dockerfilelint:required_params
#     - dockerfilelint:missing_args
#     - dockerfile-utils:ARGUMENT_EXTRA
#     - dockerfile-utils:ARGUMENT_REQUIRES_ONE
#     - dockerfilelint:extra_args
#     - dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE
#     - dockerfile-utils:INVALID_AS
#     - dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO
#     - dockerfile-utils:ARGUMENT_REQUIRES_TWO
#     - dockerfilelint:invalid_format
#     - dockerfile-utils:SYNTAX_MISSING_NAMES
#     - dockerfile-utils:INVALID_SYNTAX
#     - dockerfile-utils:SHELL_JSON_FORM
#     - dockerfile-utils:SHELL_REQUIRES_ONE
#     - dockerfile-utils:UNSUPPORTED_MODIFIER
#     - dockerfile-utils:INVALID_ESCAPE_DIRECTIVE
#     - dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE
package rules.dockerfile["syntax-error"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": aliases} if {
	some problem in input.problems
	problem.rule == "dockerfile/syntax-error"
	aliases := array.concat(["hadolint:DL1000"], [alias |
		some [is_meant, ids] in _meanings(problem.problem)
		is_meant
		some alias in ids
	])
}

# What dockerfile-utils and dockerfilelint, which tell these faults apart, call each.
_meanings(problem) := [
	[startswith(problem, "unknown instruction"), ["dockerfile-utils:UNKNOWN_INSTRUCTION", "dockerfilelint:invalid_command", "dockerfilelint:invalid_line"]],
	[endswith(problem, "needs an argument"), ["dockerfile-utils:ARGUMENT_MISSING", "dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_ONE", "dockerfilelint:required_params", "dockerfilelint:missing_args"]],
	[endswith(problem, "takes one argument"), ["dockerfile-utils:ARGUMENT_EXTRA", "dockerfile-utils:ARGUMENT_REQUIRES_ONE", "dockerfilelint:extra_args"]],
	[startswith(problem, "`FROM` takes an image"), ["dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE", "dockerfile-utils:INVALID_AS", "dockerfilelint:extra_args"]],
	[endswith(problem, "needs a source and a destination"), ["dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO", "dockerfilelint:missing_args"]],
	[contains(problem, " needs a value: "), ["dockerfile-utils:ARGUMENT_REQUIRES_TWO", "dockerfilelint:invalid_format"]],
	[endswith(problem, "needs a name before `=`"), ["dockerfile-utils:SYNTAX_MISSING_NAMES", "dockerfile-utils:INVALID_SYNTAX"]],
	[startswith(problem, "`SHELL` needs a JSON list"), ["dockerfile-utils:SHELL_JSON_FORM"]],
	[startswith(problem, "`SHELL` needs an argument"), ["dockerfile-utils:SHELL_REQUIRES_ONE"]],
	[contains(problem, "is no modifier"), ["dockerfile-utils:UNSUPPORTED_MODIFIER"]],
	[startswith(problem, "directive `escape` takes"), ["dockerfile-utils:INVALID_ESCAPE_DIRECTIVE"]],
	[startswith(problem, "directive `escape` stands here a second"), ["dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE"]],
]

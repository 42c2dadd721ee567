# METADATA
# title: Exit status tested under set -e
# description: |
#   `set -e` ends the script as soon as a plain command fails, so a test of `$?` on the next line sees 0 and nothing else: the branch for the failure
#   never runs. GitHub starts `bash` and `sh` with `-e`.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2181
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`$?` is always 0 here: `set -e` ends the script if `{program}` fails"
#   remediation: "Test `{program}` itself: put it behind `if`, or write `status=0; {program} … || status=$?` and test `$status`."
package rules.shell["dead-status-check"]

deny contains {"at": command.at, "program": _shown(before)} if {
	some command in input.commands
	command.program in {"[", "[[", "test"}
	"$?" in command.args
	command.depth == 0
	not command.in_function
	not command.in_subshell
	not command.list in {"&&", "||"}
	some before in input.index.commands_by_script[command.script]
	before.pipeline < command.pipeline
	before.pipeline >= command.pipeline - 2
	before.is_last
	before.is_errexit
	before.program
	before.depth == 0
	before.list_after == ";"
	not before.list in {"&&", "||"}
	not before.is_negated
	not before.in_condition
	not before.in_function
	not before.in_subshell
	not before.program in {"[", "[[", "test", "set", "trap", "exit", "return", "break", "continue", "wait"}
	some script in input.index.scripts_by_at[command.script]
	_is_next(script.text, before.program)
}

# With its subcommand: `git merge`.
_shown(before) := sprintf("%s %s", [before.program, before.args[0]]) if {
	before.program in {"git", "gh", "docker", "kubectl", "helm", "npm", "go", "cargo", "az", "aws", "gcloud", "terraform"}
	not contains(before.args[0], "$")
} else := before.program

# The test is on the line behind the command's: an `else` or a loop between them would bring another status.
_is_next(text, program) if {
	lines := split(text, "\n")
	some number, line in lines
	contains(line, "$?")
	some test in ["if [ $?", "if [[ $?", "if test $?", "if [ \"$?\"", "[ $?", "[[ $?"]
	startswith(trim(line, " \t"), test)
	startswith(trim(lines[number - 1], " \t"), concat("", [program, " "]))
	not endswith(lines[number - 1], "\\")
}

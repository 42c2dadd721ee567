# METADATA
# title: Version constraint read as a redirection
# description: |
#   Without quotes the shell takes `>` and `<` for redirections: `pip install foo>=1.2` installs `foo` in any version and writes what pip prints to a file
#   named `=1.2`; `foo<2` reads a file named `2`, and fails if there is none.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{sign}{target}` is a redirection, so the constraint does not reach `{manager}`"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Put the requirement in quotes, as in `pip install 'foo>=1.2'`.
#   across_files: true
package rules.shell["redirected-constraint"]

# One finding a command, at its first constraint.
deny contains {"at": lost[0].at, "sign": substring(lost[0].operator, 0, 1), "target": lost[0].target, "manager": command.manager, "advice": _advice(command, lost[0])} if {
	some command in input.commands
	command.manager in {"pip", "pipx", "uv", "conda", "mamba", "micromamba", "poetry", "npm", "yarn", "pnpm"}
	command.action == "install"
	lost := [redirect | some redirect in command.redirects; _is_constraint(redirect)]
	count(lost) > 0
}

_is_constraint(redirect) if {
	redirect.operator in {">", "<"}
	startswith(redirect.target, "=")
}

# `foo<2.0`
_is_constraint(redirect) if {
	redirect.operator in {">", "<"}
	contains(redirect.target, ".")
	trim(redirect.target, "0123456789.,") == ""
}

_advice(command, redirect) := sprintf("Write `'%s%s%s'`, in quotes", [command.packages[0].name, redirect.operator, redirect.target]) if {
	count(command.packages) == 1
} else := "Put the requirement into quotes, as in `'name>=1.2'`"

# METADATA
# title: Expansion that only bash knows, in a script for sh
# description: |
#   `/bin/sh` is dash on Debian and Ubuntu. What only bash expands stays as it is written there, or ends the script:
#   `mkdir -p /srv/{a,b}` makes one folder with braces in its name, `${name^^}` is a bad substitution, `$RANDOM` is empty.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC3009
#   - https://www.shellcheck.net/wiki/SC3060
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{culprit}` is bash's, and the script is read by `{shell}`"
#   remediation: "Write what POSIX has for it, or choose bash: `SHELL [\"/bin/bash\", \"-c\"]`, `shell: bash`."
#   aliases:
#     - hadolint:SC2039
#     - hadolint:SC3001
#     - hadolint:SC3002
#     - hadolint:SC3003
#     - hadolint:SC3004
#     - hadolint:SC3007
#     - hadolint:SC3009
#     - hadolint:SC3018
#     - hadolint:SC3019
#     - hadolint:SC3024
#     - hadolint:SC3026
#     - hadolint:SC3028
#     - hadolint:SC3030
#     - hadolint:SC3034
#     - hadolint:SC3035
#     - hadolint:SC3052
#     - hadolint:SC3053
#     - hadolint:SC3054
#     - hadolint:SC3055
#     - hadolint:SC3056
#     - hadolint:SC3057
#     - hadolint:SC3058
#     - hadolint:SC3059
#     - hadolint:SC3060
#     - shellcheck:SC2039
#     - shellcheck:SC3001
#     - shellcheck:SC3002
#     - shellcheck:SC3003
#     - shellcheck:SC3004
#     - shellcheck:SC3007
#     - shellcheck:SC3009
#     - shellcheck:SC3018
#     - shellcheck:SC3019
#     - shellcheck:SC3024
#     - shellcheck:SC3026
#     - shellcheck:SC3028
#     - shellcheck:SC3030
#     - shellcheck:SC3034
#     - shellcheck:SC3035
#     - shellcheck:SC3052
#     - shellcheck:SC3053
#     - shellcheck:SC3054
#     - shellcheck:SC3055
#     - shellcheck:SC3056
#     - shellcheck:SC3057
#     - shellcheck:SC3058
#     - shellcheck:SC3059
#     - shellcheck:SC3060
package rules.shell["bash-expansion"]

import data.lib.shells

deny contains {"at": construct.at, "culprit": construct.text, "shell": construct.shell, "aliases": shells.codes(["2039", code])} if {
	some construct in input.constructs
	code := _code(construct.kind)
	shells.is_plain(construct)
}

deny contains {"at": substitution.at, "culprit": substitution.text, "shell": command.shell, "aliases": shells.codes(["2039", "3001"])} if {
	some command in input.commands
	some substitution in command.substitutions
	substitution.kind == "process"
	command.is_parsed
	shells.is_plain(command)
}

_code(kind) := code if code := {
	"ansi-quote": "3003",
	"append": "3024",
	"array": "3030",
	"array-keys": "3055",
	"array-reference": "3054",
	"based-number": "3052",
	"bash-variable": "3028",
	"brace-expansion": "3009",
	"bracket-arithmetic": "3007",
	"caret-class": "3026",
	"case-change": "3059",
	"extended-glob": "3002",
	"file-backtick": "3035",
	"file-substitution": "3034",
	"increment": "3018",
	"indirection": "3053",
	"list-operation": "3058",
	"locale-quote": "3004",
	"name-list": "3056",
	"power": "3019",
	"replacement": "3060",
	"slice": "3057",
}[kind]

# METADATA
# title: Redirection that only bash knows, in a script for sh
# description: |
#   dash, which is `/bin/sh` on Debian and Ubuntu, reads `&> file` as "in the background, and empty the file"; `<<<` and `|&` are
#   syntax errors, and `/dev/tcp` is a file that does not exist.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC3020
#   - https://www.shellcheck.net/wiki/SC3011
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{culprit}` is a redirection of bash, and the script is read by `{shell}`"
#   remediation: "Write `> file 2>&1`, `2>&1 |`, `printf … |`; or choose bash: `SHELL [\"/bin/bash\", \"-c\"]`, `shell: bash`."
#   aliases:
#     - hadolint:SC2039
#     - hadolint:SC3011
#     - hadolint:SC3020
#     - hadolint:SC3021
#     - hadolint:SC3022
#     - hadolint:SC3023
#     - hadolint:SC3025
#     - hadolint:SC3029
#     - hadolint:SC3031
#     - shellcheck:SC2039
#     - shellcheck:SC3011
#     - shellcheck:SC3020
#     - shellcheck:SC3021
#     - shellcheck:SC3022
#     - shellcheck:SC3023
#     - shellcheck:SC3025
#     - shellcheck:SC3029
#     - shellcheck:SC3031
package rules.shell["bash-redirect"]

import data.lib.shells

deny contains _finding(command, redirect.at, redirect.operator, code) if {
	some command in input.commands
	command.shell in {"sh", "dash"}
	some redirect in command.redirects
	code := _code(redirect)
	shells.is_plain(command)
}

deny contains _finding(construct, construct.at, construct.text, code) if {
	some construct in input.constructs
	code := _construct(construct.kind)
	shells.is_plain(construct)
}

_finding(row, at, culprit, code) := {"at": at, "culprit": culprit, "shell": row.shell, "aliases": shells.codes(["2039", code])}

_construct(kind) := code if code := {"globbed-redirect": "3031", "named-descriptor": "3022", "piped-error": "3029"}[kind]

_code(redirect) := code if code := {"&>": "3020", "&>>": "3020", "<<<": "3011"}[redirect.operator]

_code(redirect) := "3021" if {
	redirect.operator == ">&"
	not redirect.target in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-"}
	not startswith(redirect.target, "$")
}

_code(redirect) := "3025" if {
	redirect.operator in {"<", ">", "<>", "0<", "1>", "2>"}
	_is_network(redirect.target)
}

# A descriptor of two digits.
_code(redirect) := "3023" if {
	substring(redirect.operator, 0, 1) in {"1", "2", "3", "4", "5", "6", "7", "8", "9"}
	substring(redirect.operator, 1, 1) in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
}

_is_network(target) if startswith(target, "/dev/tcp/")

_is_network(target) if startswith(target, "/dev/udp/")

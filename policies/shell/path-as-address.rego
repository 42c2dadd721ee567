# METADATA
# title: File path given as a URL
# description: |
#   `wget` and `curl` take every word that is no option for an address. A path among them is meant as the place of the file, for which an
#   option is missing; the download goes to another place, and the command fails for the path.
# related_resources:
#   - https://www.gnu.org/software/wget/manual/html_node/Download-Options.html
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{program}` takes `{path}` for an address{why}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Write `-O PATH` for wget and `-o PATH` for curl. If the place of the file is given already, or the output goes into a pipe, remove the path.
package rules.shell["path-as-address"]

deny contains {"at": word.at, "program": command.program, "path": word.text, "why": _why(command), "advice": _advice(command, word)} if {
	some command in input.commands
	command.program in {"wget", "curl"}
	some number, word in command.words
	startswith(word.text, "/")
	not _is_value(command, number)
	word.text in command.args
	not startswith(word.text, "//")
	some other in command.args
	_is_address(other)
}

_why(command) := "" if {
	_goes_elsewhere(command)
} else := ": the option that makes it the output file is missing"

_advice(command, word) := sprintf("Remove `%s`", [word.text]) if {
	_goes_elsewhere(command)
} else := sprintf("Write `%s %s`", [_option[command.program], word.text])

# The output has its place: a pipe, a file that an option names, or where the shell sends it.
_goes_elsewhere(command) if count(command.pipes_to) > 0

_goes_elsewhere(command) if {
	some flag in {"wget": ["-O", "--output-document", "-P", "--directory-prefix"], "curl": ["-o", "--output", "--output-dir"]}[command.program]
	is_string(command.flags[flag])
}

_goes_elsewhere(command) if {
	some redirect in command.redirects
	redirect.operator in {">", "1>", ">>"}
}

# Behind a long option, which may be written short (`--upload` for `--upload-file`) or be one that nobody here knows, it is the option's value.
_is_value(command, number) if {
	before := command.words[number - 1].text
	startswith(before, "--")
	not before in _flags
}

_flags := {
	"--silent", "--fail", "--fail-with-body", "--location", "--show-error", "--compressed", "--insecure", "--progress-bar", "--verbose", "--remote-name", "--ipv4", "--ipv6",
	"--quiet", "--no-verbose", "--no-check-certificate", "--continue", "--no-clobber", "--https-only", "--show-progress", "--timestamping",
}

_option := {"wget": "-O", "curl": "-o"}

_is_address(text) if startswith(text, "https://")

_is_address(text) if startswith(text, "http://")

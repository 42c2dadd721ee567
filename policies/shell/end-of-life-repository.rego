# METADATA
# title: Repository of an end-of-life release
# description: |
#   The repository, or the script that adds it, is for a release past its end of life: what is installed from it gets no fixes, not even for publicly known
#   vulnerabilities. The dates are those in `data/end-of-life.tsv`.
# related_resources:
#   - https://endoflife.date
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   once: true
#   across_files: true
#   message: "{release} is installed, which has received no updates since {ended}"
#   remediation: "Install a supported release{newer}."
#   how_to_fix: >-
#     Install a supported release: for Node.js, change the number in the name of the setup script, as in `setup_24.x`, or in the address of the
#     repository.
package rules.shell["end-of-life-repository"]

import data.lib.images

deny contains {"at": word.at, "release": _release(word), "ended": word.ended, "newer": _newer(word)} if {
	some command in input.commands
	some word in command.words
	word.ended_release
	not _is_removed(command)
}

_release(word) := sprintf("Node.js %s", [split(word.ended_release, ":")[1]])

# The scripts of all releases are called alike.
_newer(word) := sprintf(": `setup_%s.x`", [split(images.supported["node"], ":")[1]]) if {
	contains(word.text, "/setup_")
} else := ""

_is_removed(command) if command.program in {"rm", "sed", "grep"}

# METADATA
# title: Missing .dockerignore
# description: |
#   Everything in the build context goes to the builder and into a layer: Git history, local settings, installed packages. A change to any of it
#   invalidates the layer. Reported if something of the kind is there: `.git`, a `.env` that sets a password, `node_modules`, a virtual environment.
# related_resources:
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{source}` copies {what} into the stage, and there is no `.dockerignore`"
#   remediation: "Add a `.dockerignore` that lists {what}, and what else the image does not need."
#   how_to_fix: >-
#     Create a `.dockerignore` in the build context that lists what the image does not need, one entry a line: `.git`, `.env`, `node_modules`, virtual
#     environments such as `.venv`, build output.
#   aliases:
#     - dockle:DKL-LI-0003
package rules.dockerfile["missing-dockerignore"]

import data.lib.copies

deny contains {"at": copy.at, "field": copy.field, "source": copy.source, "what": _what(copy), "severity": _severity(copy)} if {
	some copy in input.copies
	copy.is_first_whole
	copy.has_dockerignore == false
	count(_unwanted(copy)) > 0
}

_unwanted(copy) := [name | some name in object.get(copy, "unwanted", []); not _is_told(copy, name)]

# What is said of a credential that gets into the image names the file already.
_is_told(copy, name) if {
	copies.is_in_image(copy)
	some file in copy.credentials
	file.path == name
}

_what(copy) := concat(", ", [concat("", ["`", name, "`"]) | some name in _unwanted(copy)])

_severity(copy) := "warning" if _is_private(copy)

_severity(copy) := "info" if not _is_private(copy)

_is_private(copy) if {
	some name in _unwanted(copy)
	not name in {"node_modules", ".venv", "venv", "__pycache__", "target", ".idea", ".vscode", ".terraform"}
}

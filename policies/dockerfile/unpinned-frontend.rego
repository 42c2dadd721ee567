# METADATA
# title: Unpinned frontend image
# description: |
#   The frontend is the program that parses the file and builds the image. `docker/dockerfile:1` follows its releases by design; any other frontend
#   without a digest is whatever its owner pushed last.
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "frontend `{frontend}` changes with every push"
#   remediation: "Add a digest, or use `docker/dockerfile:1`."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unpinned-frontend"]

deny contains {"at": document.syntax_at, "frontend": document.syntax} if {
	some document in input.documents
	document.syntax
	not contains(document.syntax, "@sha256:")
	not _is_released(document.syntax)
}

_is_released(frontend) if {
	name := trim_prefix(frontend, "docker.io/")
	startswith(name, "docker/dockerfile:")
	not endswith(name, ":latest")
	not endswith(name, ":master")
}

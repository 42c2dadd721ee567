# METADATA
# title: Unpinned frontend image
# description: |
#   The frontend is the program that reads the file and builds the image. `docker/dockerfile:1` follows its releases by design; one of somebody else
#   without a digest is whatever they pushed last.
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

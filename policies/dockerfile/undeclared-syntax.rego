# METADATA
# title: New syntax without a frontend
# description: |
#   Without `# syntax=` the builder parses the file with its built-in frontend, and an old one does not know this syntax.
# custom:
#   severity: info
#   confidence: medium
#   category: reliability
#   message: "older builders do not support {what}, and the file names no frontend"
#   remediation: "Begin the file with `# syntax=docker/dockerfile:1`."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["undeclared-syntax"]

deny contains {"at": found[0].at, "what": found[0].what} if {
	some document in input.documents
	document.kind == "dockerfile"
	not document.syntax
	found := [{"at": instruction.at, "what": what} |
		some instruction in input.index.instructions_by_document[document.at]
		what := _new(instruction)
	]
	count(found) > 0
}

_new(instruction) := "here-documents" if {
	instruction.keyword in {"RUN", "COPY", "ADD"}
	_has_heredoc(instruction)
}

_new(instruction) := sprintf("`%s --%s`", [instruction.keyword, names[0]]) if {
	not _has_heredoc(instruction)
	names := [flag.name | some flag in instruction.flags; flag.name in {"mount", "link", "network", "security", "exclude", "parents", "keep-git-dir", "checksum"}]
	count(names) > 0
}

_has_heredoc(instruction) if instruction.form == "heredoc"

# METADATA
# title: Credential file copied into the image
# description: |
#   The file is in the build context and holds a private key or a credential. Everyone who can pull the image can read it, even if a later instruction
#   deletes it. The rule looks at the content of files; placeholders and test keys are not reported.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: error
#   confidence: medium
#   category: security
#   message: "`{keyword}` adds {what}{more}"
#   remediation: Exclude the file in `.dockerignore`. Mount it into the container that needs it, or generate it in the entrypoint; what only the build needs comes with `RUN --mount=type=secret`.
#   aliases:
#     - trivy:DS-0031
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
#   across_files: true
package rules.dockerfile["copied-credential"]

import data.lib.copies

deny contains {"at": copy.at, "field": copy.field, "keyword": copy.keyword, "what": _what(first), "more": _more(copy), "severity": _severity(copy)} if {
	some copy in input.copies
	count(copy.credentials) > 0
	copies.is_in_image(copy)
	first := copy.credentials[0]
}

# What a guide or an example shows is mostly made for it, and still no habit to show.
_severity(copy) := "warning" if _is_shown(copy)

_severity(copy) := "error" if not _is_shown(copy)

_is_shown(copy) if {
	some stage in input.index.stages_by_at[copy.stage]
	some part in split(lower(stage.path), "/")
	part in {"docs", "doc", "example", "examples", "demo", "demos", "sample", "samples", "guides", "tutorial", "tutorials", "workshop", "labs", "lab"}
}

_what(file) := sprintf("`%s`, whose `%s` looks like a credential", [file.path, file.name]) if {
	file.what == "a credential"
	file.name
} else := sprintf("`%s`, which holds %s", [file.path, file.what])

_more(copy) := sprintf(" (and %d more)", [count(copy.credentials) - 1]) if count(copy.credentials) > 1

_more(copy) := "" if count(copy.credentials) < 2

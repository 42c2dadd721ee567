# METADATA
# title: Label violates the schema
# description: |
#   Registries, scanners and people find the source, the licence and the owner of an image by its labels. The schema of the project says which labels its
#   images have, and which values they take. Each stage that ends a build is checked: one that no other stage builds on or copies from. Values with
#   variables are not checked, since a build may set them.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   severity: warning
#   confidence: high
#   category: maintainability
#   message: "label `{label}` {problem}"
#   remediation: Give the label a value that matches the schema, or change the schema.
#   settings:
#     labels:
#       type: map
#       default: {}
#       needed: true
#       values: [email, hash, rfc3339, semver, spdx, text, url]
#       description: "The labels that an image must have, and the type of what each holds: `hash` is one of Git's, `spdx` a licence, `rfc3339` a time."
#     strict:
#       type: boolean
#       default: false
#       description: "Whether an image may have no other labels."
#   aliases:
#     - {id: hadolint:DL3049, when: {kind: missing}}
#     - {id: hadolint:DL3050, when: {kind: unknown}}
#     - {id: hadolint:DL3051, when: {kind: empty}}
#     - {id: hadolint:DL3052, when: {type: url}}
#     - {id: hadolint:DL3053, when: {type: rfc3339}}
#     - {id: hadolint:DL3054, when: {type: spdx}}
#     - {id: hadolint:DL3055, when: {type: hash}}
#     - {id: hadolint:DL3056, when: {type: semver}}
#     - {id: hadolint:DL3058, when: {type: email}}
package rules.dockerfile["label-mismatch"]

_settings := input.settings["dockerfile/label-mismatch"]

deny contains {"at": stage.at, "label": label, "problem": "is missing", "severity": "info", "kind": "missing"} if {
	some stage in input.stages
	stage.has_base
	_ends_a_build(stage)
	some label in object.keys(_settings.labels)
	not label in _labels(stage)
}

deny contains {"at": instruction.at, "field": pair.field, "label": pair.name, "problem": "is not in the schema", "severity": "info", "kind": "unknown"} if {
	_settings.strict
	some instruction in input.instructions
	instruction.keyword == "LABEL"
	some pair in instruction.pairs
	not pair.name in object.keys(_settings.labels)
}

deny contains {"at": instruction.at, "field": pair.field, "label": pair.name, "problem": "is empty", "kind": "empty", "type": type} if {
	some instruction in input.instructions
	instruction.keyword == "LABEL"
	some pair in instruction.pairs
	pair.value == ""
	type := _settings.labels[pair.name]
	_types[type]
}

deny contains {"at": instruction.at, "field": pair.field, "label": pair.name, "problem": problem, "kind": "unfit", "type": type} if {
	some instruction in input.instructions
	instruction.keyword == "LABEL"
	some pair in instruction.pairs
	pair.value != ""
	type := _settings.labels[pair.name]
	type != "text"
	pair.is_literal
	not type in pair.looks_like
	problem := sprintf("is not %s", [_types[type]])
}

_ends_a_build(stage) if stage.is_final

_ends_a_build(stage) if not stage.is_used

# The labels that a stage has of its own and from the stages it builds on.
_labels(stage) := {pair.name |
	some at in stage.lineage
	some instruction in input.index.instructions_by_stage[at]
	instruction.keyword == "LABEL"
	not instruction.is_onbuild
	some pair in instruction.pairs
}

_types := {
	"text": "a text",
	"url": "an absolute URL",
	"rfc3339": "a time of RFC 3339",
	"spdx": "a licence of SPDX",
	"hash": "a hash of Git",
	"semver": "a semantic version",
	"email": "an email address",
}

# METADATA
# title: Unpinned tool of an installer action
# description: |
#   The action downloads a program, and takes the newest one unless an input names a version: next week's run may install another, or one that has been
#   tampered with. The hash of the action pins the action alone.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "`{action}` installs {what}"
#   remediation: "Set `{input}` to a version."
#   aliases:
#     - zizmor:unpinned-tools
#   once: true
package rules.workflow["unpinned-tool"]

import data.lib.steps

_input := {
	"aquasecurity/setup-trivy": "version",
	"1password/load-secrets-action": "version",
	"extractions/setup-just": "just-version",
	"extractions/setup-crate": "version",
}

deny contains {"at": step.at, "field": _field(step, name), "action": step.action.name, "input": name, "what": what} if {
	some step in input.steps
	step.action.slug in {"aquasecurity/setup-trivy", "1password/load-secrets-action", "extractions/setup-just", "extractions/setup-crate"}
	name := _input[step.action.slug]
	what := _installed(step, name)
	not lower(object.get(step, "if", "")) in {"false", "${{ false }}"}
}

_installed(step, name) := "the newest release of its tool" if {
	not steps.is_set(step, name)
} else := sprintf("whatever `%s` is on the day of the run", [steps.setting(step, name)]) if {
	steps.setting(step, name) in {"latest", "*", ""}
} else := sprintf("what `%s` says in the run", [steps.setting(step, name)]) if {
	contains(steps.setting(step, name), "${{ inputs.")
}

_field(step, name) := concat(".", ["with", name]) if {
	steps.is_set(step, name)
} else := "uses"

# METADATA
# title: Persisted checkout credentials
# description: |
#   `actions/checkout` stores the token of the job where every later step can read it. If the working folder is uploaded as an artifact, everyone who can
#   download it may get the token.
# related_resources:
#   - https://github.com/actions/checkout#usage
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "the checkout {verb} `GITHUB_TOKEN` on disk for later steps"
#   remediation: "Set `persist-credentials: false`, unless a later step pushes."
#   aliases:
#     - zizmor:artipacked
#     - ghalint:checkout_persist_credentials_should_be_false
#     - kics:c9d0e1f2-a3b4-4c5d-9e7f-8a9b0c1d2e3f
#     - kics:missing_persist_credentials_false
#   default: off
#   profiles: [pedantic]
package rules.workflow["persisted-credentials"]

import data.lib.steps

deny contains {"at": step.at, "field": _field(step), "verb": _verb(step)} if {
	some step in input.steps
	step.action.slug in {"actions/checkout"}
	not _is_off(step)
}

_verb(step) := "may leave" if {
	_is_dynamic(step)
} else := "leaves"

# The input if it is there, or what takes it.
_field(step) := "with.persist-credentials" if steps.is_set(step, "persist-credentials")

_field(step) := "uses" if not steps.is_set(step, "persist-credentials")

_is_off(step) if lower(steps.setting(step, "persist-credentials")) == "false"

_is_dynamic(step) if contains(steps.setting(step, "persist-credentials"), "${{")

# METADATA
# title: Packages installed by setup-python
# description: |
#   The input `pip-install` of `actions/setup-python` installs into the interpreter that all later steps share, outside of any virtual environment and
#   without hashes. Off by default.
# related_resources:
#   - https://github.com/actions/setup-python/blob/main/docs/advanced-usage.md
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`pip-install` installs packages into the global environment"
#   remediation: "Remove `pip-install`, and install into a virtual environment in a step."
#   aliases:
#     - zizmor:misfeature
#   default: off
#   profiles: [pedantic]
package rules.workflow["global-pip-install"]

import data.lib.steps

deny contains {"at": step.at, "field": "with.pip-install"} if {
	some step in input.steps
	step.action.slug == "actions/setup-python"
	steps.is_set(step, "pip-install")
}

# METADATA
# title: Duplicate environment variable
# description: |
#   Of two variables with one name the last one counts, and the reader sees the first.
# related_resources:
#   - https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "container `{name}` sets `{variable}` twice; the last one wins"
#   remediation: Remove one of them.
#   aliases:
#     - kube-linter:duplicate-env-var
#     - kube-score:environment-variable-key-duplication
#     - kube-linter:template/duplicate-env-var
#   of_values: true
package rules.kubernetes["duplicate-env"]

import data.lib.containers

deny contains {"at": second.at, "field": "name", "name": containers.name(container), "variable": second.name} if {
	some container in input.containers
	some number in container.duplicate_env
	second := container.env[number]
}

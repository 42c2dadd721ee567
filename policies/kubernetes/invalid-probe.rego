# METADATA
# title: Invalid probe or lifecycle handler
# description: |
#   A probe has exactly one of `exec`, `httpGet`, `tcpSocket` and `grpc`, a lifecycle hook one of `exec`, `httpGet`, `tcpSocket` and `sleep`. Liveness and startup probes may
#   need one success only. The API server refuses anything else.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{key}` {problem}"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     Write exactly one handler: `httpGet`, `tcpSocket` or `grpc` with a `port` (1 to 65535, without quotes), or `exec` with a `command` list. In
#     liveness and startup probes, leave out `successThreshold`. Move `terminationGracePeriodSeconds` from the readiness probe to one of these.
#   of_values: true
package rules.kubernetes["invalid-probe"]

deny contains {"at": violation.at, "key": violation.field, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "probe"
}

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
#   of_values: true
package rules.kubernetes["invalid-probe"]

deny contains {"at": violation.at, "key": violation.field, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "probe"
}

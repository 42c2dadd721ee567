# METADATA
# title: USER by name
# description: |
#   Kubernetes cannot tell whether a name is root: with `runAsNonRoot` it refuses to start an image whose user is no number.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "user `{user}` is not numeric, so `runAsNonRoot` cannot verify it"
#   remediation: Write the numeric user id.
#   aliases:
#     - hadolint:DL3066
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["user-by-name"]

deny contains {"at": stage.user_at, "field": "arguments.0", "user": stage.user} if {
	some stage in input.stages
	_is_run(stage)
	stage.user
	not stage.user_is_number
	not stage.is_root
	not stage.is_windows
}

_is_run(stage) if stage.is_final

_is_run(stage) if stage.is_target

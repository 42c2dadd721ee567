# METADATA
# title: Rolling update stops all replicas
# description: |
#   With `maxUnavailable: 100%` a rolling update may stop every old replica at once: it is a
#   `Recreate` under another name.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "a rolling update of `{name}` may stop every replica at once"
#   remediation: Lower `maxUnavailable`; with `0` and a `maxSurge` of 1 all stay available.
package rules.kubernetes["rollout-without-survivors"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.strategy.rollingUpdate.maxUnavailable", "name": workloads.name(workload), "severity": _severity(workload)} if {
	some workload in input.workloads
	workload.kind == "Deployment"
	workload.strategy.rollingUpdate.maxUnavailable == "100%"
}

# The only replica stops in any case, before or after the new one is there.
_severity(workload) := "info" if {
	workload.replicas == 1
} else := "warning"

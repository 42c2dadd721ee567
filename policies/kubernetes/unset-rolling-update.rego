# METADATA
# title: Unset rolling update
# description: |
#   A rollout without a strategy takes a quarter of the replicas away at a time. Some teams want to
#   see the choice written down.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` does not configure its rolling update"
#   remediation: "Set `strategy.type: RollingUpdate` with `maxSurge` and `maxUnavailable`."
#   aliases:
#     - kube-linter:no-rolling-update-strategy
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["unset-rolling-update"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.strategy", "name": workloads.name(workload)} if {
	some workload in input.workloads
	workload.kind in {"Deployment", "DeploymentConfig"}
	not workload.has_strategy
	not workload.is_patch
}

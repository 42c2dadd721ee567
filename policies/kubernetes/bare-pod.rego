# METADATA
# title: Pod without a controller
# description: |
#   Nothing starts a bare pod again when its node goes away or is drained, and nothing rolls it out.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "pod `{name}` belongs to no controller"
#   remediation: Put it in a Deployment, or in a Job if it ends.
#   aliases:
#     - polaris:custom/nakedPod
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["bare-pod"]

import data.lib.workloads

deny contains {"at": workload.at, "name": workloads.name(workload)} if {
	some workload in input.workloads
	workload.kind == "Pod"
	not workload.is_job
}

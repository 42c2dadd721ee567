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
#   message: "pod `{name}` is not managed by a controller, so nothing replaces it"
#   remediation: Use a Deployment, or a Job if it runs to completion.
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
	not workload.is_patch
}

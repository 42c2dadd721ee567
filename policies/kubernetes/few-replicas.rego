# METADATA
# title: Few replicas
# description: |
#   With three replicas one may be evicted while another crashes or is updated, and somebody still answers. `single-replica` reports one replica.
#
#   Off by default: two are enough for most programs.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "{kind} `{name}` has {replicas} replicas, fewer than {least}"
#   remediation: "Set `replicas` to {least} or more."
#   how_to_fix: >-
#     Set `replicas` to 3 or more, or to what the option `minimum` asks for.
#   default: off
#   settings:
#     minimum:
#       type: integer
#       default: 3
#       description: "The fewest replicas that a workload may have."
#   aliases:
#     - kube-linter:minimum-three-replicas
#     - kube-linter:template/minimum-replicas
package rules.kubernetes["few-replicas"]

import data.lib.workloads

_least := input.settings["kubernetes/few-replicas"].minimum

deny contains {"at": object_.at, "field": "spec.replicas", "kind": object_.kind, "name": workloads.name(object_), "replicas": format_int(object_.replicas, 10), "least": format_int(_least, 10)} if {
	some object_ in input.specifications
	object_.kind in {"Deployment", "DeploymentConfig", "StatefulSet", "Rollout", "ReplicaSet", "ReplicationController"}
	object_.is_whole
	object_.replicas < _least
	object_.replicas > 1
}

# METADATA
# title: Custom git command in git-sync
# description: |
#   git-sync runs what `GITSYNC_GIT` names as if it were git. Who may change the pod's environment runs any program in it, with its volumes and its token.
# related_resources:
#   - https://github.com/kubernetes/git-sync
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` runs `{value}` as git: `GITSYNC_GIT` is set"
#   remediation: "Remove `GITSYNC_GIT`."
#   default: off
#   aliases:
#     - checkov:CKV_K8S_159
package rules.kubernetes["git-sync-command"]

import data.lib.containers

deny contains {"at": container.at, "field": concat(".", ["env", format_int(number, 10), "name"]), "name": containers.name(container), "value": object.get(variable, "value", "?")} if {
	some container in input.containers
	container.kind == "kubernetes"
	some number, variable in container.env
	variable.name == "GITSYNC_GIT"
}

# METADATA
# title: Unmasked /proc
# description: |
#   The runtime hides the parts of `/proc` that expose or control the node. `procMount: Unmasked` shows them all.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` mounts `/proc` unmasked"
#   remediation: Remove `procMount`.
#   aliases:
#     - kube-linter:unsafe-proc-mount
#     - polaris:procMount
#     - kubesec:ProcMount
#     - trivy:KSV-0027
#     - kics:container-runs-unmasked
#     - pss:baseline/proc-mount
#     - kube-linter:template/unsafe-proc-mount
package rules.kubernetes["unmasked-proc"]

import data.lib.containers

deny contains {"at": container.at, "field": "securityContext.procMount", "name": containers.name(container)} if {
	some container in input.containers
	containers.is_linux(container)
	mount := container.security.procMount.value
	lower(mount) != "default"
}

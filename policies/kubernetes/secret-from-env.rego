# METADATA
# title: Secret in an environment variable
# description: |
#   Environment variables are inherited by every child process and often end up in crash reports, debug pages and logs; a mounted file does not.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` reads a Secret into its environment"
#   remediation: Mount the Secret as a file.
#   aliases:
#     - {id: kube-linter:read-secret-from-env-var, unless: is_whole_secret}
#     - kubesec:SecretsAsEnvironmentVariables
#     - checkov:CKV_K8S_35
#     - kics:secrets-as-environment-variables
#     - {id: kube-linter:template/read-secret-from-env-var, unless: is_whole_secret}
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["secret-from-env"]

import data.lib.containers

deny contains {"at": item.at, "name": containers.name(container)} if {
	some container in input.containers
	some item in container.env
	item.valueFrom.secretKeyRef
}

deny contains {"at": item.at, "name": containers.name(container), "is_whole_secret": true} if {
	some container in input.containers
	some item in container.envFrom
	item.secretRef
}

# METADATA
# title: Unencrypted Secrets in etcd
# description: |
#   The API server writes Secrets to etcd as they are. Whoever reads the files of etcd, or a backup of them, has every credential of the cluster, unless
#   `--encryption-provider-config` names a configuration that encrypts them.
# related_resources:
#   - https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Set `--encryption-provider-config` of `kube-apiserver` to an EncryptionConfiguration file that encrypts Secrets. In that file, put `aesgcm`,
#     `secretbox`, `aescbc` or `kms` before `identity`.
#   default: off
#   aliases:
#     - {ids: [trivy:KCV-0030, checkov:CKV_K8S_104, kics:encryption-provider-config-is-not-defined], unless: is_configuration}
#     - {id: kics:encryption-provider-not-properly-configured, when: is_configuration}
package rules.kubernetes["unencrypted-etcd-data"]

import data.lib.components

deny contains {
	"at": component.at, "field": component.field, "is_configuration": false,
	"problem": "`kube-apiserver` writes Secrets to etcd in plain text: `--encryption-provider-config` is not set", "advice": "Set `--encryption-provider-config` to a file that encrypts Secrets",
} if {
	some component in input.components
	component.component == "kube-apiserver"
	components.lacks(component, "--encryption-provider-config")
}

# The first provider is the one that writes.
deny contains {
	"at": object_.at, "field": concat(".", ["resources", format_int(number, 10), "providers"]), "is_configuration": true,
	"problem": "the first provider is `identity`, so what is written to etcd is not encrypted", "advice": "Put `aesgcm`, `secretbox`, `aescbc` or `kms` before `identity`",
} if {
	some object_ in input.specifications
	object_.kind == "EncryptionConfiguration"
	some number, resource in object_.body.resources
	"identity" in object.keys(resource.providers[0])
}

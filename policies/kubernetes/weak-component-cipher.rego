# METADATA
# title: Weak TLS cipher suite
# description: |
#   The API server or the kubelet offers a cipher suite that is broken, without forward secrecy, or that no TLS library knows. Clients may be made to use it.
# related_resources:
#   - https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{component}` offers `{cipher}`, which is none of the strong cipher suites"
#   remediation: "Remove it from `--tls-cipher-suites`."
#   default: off
#   aliases:
#     - {id: checkov:CKV_K8S_105, when: {component: kube-apiserver}}
#     - {ids: [checkov:CKV_K8S_151, trivy:KCV-0092], when: {component: kubelet}}
#     - kics:weak-tls-cipher-suites
package rules.kubernetes["weak-component-cipher"]

import data.lib.components

deny contains {"at": component.at, "field": components.field(component, "--tls-cipher-suites"), "component": component.component, "cipher": cipher} if {
	some component in input.components
	component.component in {"kube-apiserver", "kubelet"}
	some cipher in components.items(component, "--tls-cipher-suites")
	cipher != ""
	not cipher in _strong
}

_strong := {
	"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
	"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384",
}

# METADATA
# title: Component without TLS credentials
# description: |
#   The components of a control plane trust each other by certificates. One that has no certificate of its own, or does not check that of the other side,
#   can be listened to and impersonated by whoever is on the same network.
#
#   Off by default: it is a check of the CIS Kubernetes Benchmark for the manifests of a control plane, which installers write.
# related_resources:
#   - https://kubernetes.io/docs/setup/best-practices/certificates/
#   - https://etcd.io/docs/latest/op-guide/security/
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{component}` {problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Set the missing certificate, key and CA flags to their PEM files, such as `--tls-cert-file` and `--client-ca-file`. For etcd, set
#     `--client-cert-auth=true` and `--peer-client-cert-auth=true`, and remove `--auto-tls` and `--peer-auto-tls`. Remove what turns off kubelet HTTPS
#     or certificate rotation.
#   default: off
#   aliases:
#     - {ids: [trivy:KCV-0004, checkov:CKV_K8S_71, kics:kubelet-https-set-to-false], when: {setting: "kube-apiserver --kubelet-https"}}
#     - {ids: [trivy:KCV-0005, checkov:CKV_K8S_72, kics:kubelet-client-certificate-or-key-not-set], when: {setting: ["kube-apiserver --kubelet-client-certificate", "kube-apiserver --kubelet-client-key"]}}
#     - {ids: [trivy:KCV-0006, checkov:CKV_K8S_73, kics:kubelet-certificate-authority-not-set], when: {setting: "kube-apiserver --kubelet-certificate-authority"}}
#     - {id: trivy:KCV-0025, when: {setting: "kube-apiserver --service-account-key-file"}, unless: is_written}
#     - {id: kics:service-account-key-file-not-properly-set, when: {setting: "kube-apiserver --service-account-key-file"}}
#     - {id: checkov:CKV_K8S_97, when: {setting: "kube-apiserver --service-account-key-file", form: "no PEM file"}}
#     - {ids: [trivy:KCV-0026, checkov:CKV_K8S_99, kics:etcd-tls-certificate-not-properly-configured], when: {setting: ["kube-apiserver --etcd-certfile", "kube-apiserver --etcd-keyfile"]}}
#     - {ids: [trivy:KCV-0027, checkov:CKV_K8S_100], when: {setting: ["kube-apiserver --tls-cert-file", "kube-apiserver --tls-private-key-file"]}}
#     - {id: kics:tsl-connection-certificate-not-setup, when: {setting: ["kube-apiserver --tls-cert-file", "kube-apiserver --tls-private-key-file", "kubelet --tls-cert-file", "kubelet --tls-private-key-file"]}}
#     - {id: trivy:KCV-0028, when: {setting: "kube-apiserver --client-ca-file"}}
#     - {id: kics:client-certificate-authentication-not-setup-properly, when: {setting: ["kube-apiserver --client-ca-file", "kubelet --client-ca-file"]}}
#     - {ids: [trivy:KCV-0029, checkov:CKV_K8S_102, kics:etcd-client-certificate-file-not-defined], when: {setting: "kube-apiserver --etcd-cafile"}}
#     - {ids: [trivy:KCV-0036, kics:service-account-private-key-file-not-defined], when: {setting: "kube-controller-manager --service-account-private-key-file"}, unless: is_written}
#     - {id: checkov:CKV_K8S_110, when: {setting: "kube-controller-manager --service-account-private-key-file", form: "no PEM file"}}
#     - {ids: [trivy:KCV-0037, kics:root-ca-file-not-defined], when: {setting: "kube-controller-manager --root-ca-file"}, unless: is_written}
#     - {id: checkov:CKV_K8S_111, when: {setting: "kube-controller-manager --root-ca-file", form: "no PEM file"}}
#     - {ids: [trivy:KCV-0038, checkov:CKV_K8S_112, kics:rotate-kubelet-server-certificate-not-active], when: {setting: ["kube-controller-manager --feature-gates", "kubelet --feature-gates"]}}
#     - {ids: [trivy:KCV-0042, checkov:CKV_K8S_116, kics:etcd-tls-certificate-files-not-properly-set], when: {setting: ["etcd --cert-file", "etcd --key-file"]}}
#     - {ids: [trivy:KCV-0043, checkov:CKV_K8S_117, kics:etcd-client-certificate-authentication-set-to-false], when: {setting: "etcd --client-cert-auth"}}
#     - {ids: [trivy:KCV-0044, checkov:CKV_K8S_118, kics:auto-tls-set-to-true], when: {setting: "etcd --auto-tls"}}
#     - {ids: [trivy:KCV-0045, checkov:CKV_K8S_119, kics:etcd-peer-tls-certificate-files-not-properly-set], when: {setting: ["etcd --peer-cert-file", "etcd --peer-key-file"]}}
#     - {ids: [trivy:KCV-0046, checkov:CKV_K8S_121, kics:etcd-peer-client-certificate-authentication-set-to-false], when: {setting: "etcd --peer-client-cert-auth"}}
#     - {ids: [trivy:KCV-0047, kics:peer-auto-tls-set-to-true], when: {setting: "etcd --peer-auto-tls"}}
#     - {ids: [trivy:KCV-0081, checkov:CKV_K8S_140], when: {setting: "kubelet --client-ca-file"}}
#     - {id: checkov:CKV_K8S_148, when: {setting: ["kubelet --tls-cert-file", "kubelet --tls-private-key-file"]}}
#     - {id: trivy:KCV-0088, when: {setting: "kubelet --tls-cert-file"}}
#     - {id: trivy:KCV-0089, when: {setting: "kubelet --tls-private-key-file"}}
#     - {ids: [trivy:KCV-0090, checkov:CKV_K8S_149, kics:kubelet-client-periodic-certificate-switch-disabled], when: {setting: "kubelet --rotate-certificates"}}
#     - {id: trivy:KCV-0091, when: {setting: "kubelet --feature-gates"}}
package rules.kubernetes["unencrypted-component"]

import data.lib.components

# A file that is not named.
deny contains {
	"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting, "is_written": components.writes(component, flag),
	"form": "", "problem": sprintf("runs without `%s`: %s", [flag, why]), "advice": sprintf("Set `%s` to the file", [flag]),
} if {
	some component in input.components
	some setting, why in _files
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	_is_nowhere(component, flag)
}

# A file that cannot be what it is for.
deny contains {
	"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting, "is_written": true,
	"form": "no PEM file", "problem": sprintf("is given `%s`, which by its name is no PEM file, as `%s`", [value, flag]), "advice": sprintf("Name the PEM file in `%s`", [flag]),
} if {
	some component in input.components
	some setting in ["kube-apiserver --service-account-key-file", "kube-controller-manager --service-account-private-key-file", "kube-controller-manager --root-ca-file"]
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	value := components.value(component, flag)
	value != ""
	not _is_pem(value)
}

# A switch that has to be on.
deny contains {
	"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting, "is_written": components.writes(component, flag),
	"form": "", "problem": sprintf("runs without `%s=true`: %s", [flag, why]), "advice": sprintf("Set `%s`", [components.as_written(component, flag, "true")]),
} if {
	some component in input.components
	some setting, why in _switches
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	_is_off(component, flag)
}

# A value that turns protection off.
deny contains {
	"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting, "is_written": true,
	"form": "", "problem": _values[setting].problem, "advice": sprintf("Remove `%s=%s`", [flag, _values[setting].value]),
} if {
	some component in input.components
	some setting, _ in _values
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	components.value(component, flag) == _values[setting].value
}

deny contains {
	"at": component.at, "field": components.field(component, "--feature-gates"), "component": component.component, "setting": setting,
	"is_written": true, "form": "", "problem": "never renews the certificate that the kubelet serves with: `RotateKubeletServerCertificate` is `false`",
	"advice": "Remove `RotateKubeletServerCertificate=false` from `--feature-gates`",
} if {
	some component in input.components
	setting := _gates[component.component]
	"RotateKubeletServerCertificate=false" in components.items(component, "--feature-gates")
}

_gates := {"kube-controller-manager": "kube-controller-manager --feature-gates", "kubelet": "kubelet --feature-gates"}

_is_nowhere(component, flag) if components.lacks(component, flag)

_is_nowhere(component, flag) if components.value(component, flag) == ""

_is_off(component, flag) if components.lacks(component, flag)

_is_off(component, flag) if components.value(component, flag) == "false"

_is_pem(value) if {
	some ending in [".pem", ".crt", ".key", ".pub", ".cer", ".cert"]
	endswith(value, ending)
}

_files := {
	"kube-apiserver --kubelet-client-certificate": "the kubelets cannot tell it from others",
	"kube-apiserver --kubelet-client-key": "the kubelets cannot tell it from others",
	"kube-apiserver --kubelet-certificate-authority": "it does not check who answers for a kubelet",
	"kube-apiserver --service-account-key-file": "tokens of service accounts are checked with the key that it serves with",
	"kube-apiserver --etcd-certfile": "etcd cannot tell it from others",
	"kube-apiserver --etcd-keyfile": "etcd cannot tell it from others",
	"kube-apiserver --etcd-cafile": "it does not check who answers for etcd",
	"kube-apiserver --tls-cert-file": "it serves a certificate that it signed itself",
	"kube-apiserver --tls-private-key-file": "it serves a certificate that it signed itself",
	"kube-apiserver --client-ca-file": "nobody can log in with a certificate",
	"kube-controller-manager --service-account-private-key-file": "it signs no tokens for service accounts",
	"kube-controller-manager --root-ca-file": "pods get no certificate to check the API server with",
	"etcd --cert-file": "its clients talk to it in plain text",
	"etcd --key-file": "its clients talk to it in plain text",
	"etcd --peer-cert-file": "its members talk to each other in plain text",
	"etcd --peer-key-file": "its members talk to each other in plain text",
	"kubelet --client-ca-file": "it does not check the certificates of its callers",
	"kubelet --tls-cert-file": "it serves a certificate that it signed itself",
	"kubelet --tls-private-key-file": "it serves a certificate that it signed itself",
}

_switches := {
	"etcd --client-cert-auth": "whoever reaches it reads and writes everything in the cluster",
	"etcd --peer-client-cert-auth": "whoever reaches it can join the cluster of etcd",
}

_values := {
	"kube-apiserver --kubelet-https": {"value": "false", "problem": "talks to the kubelets in plain text: `--kubelet-https` is `false`"},
	"etcd --auto-tls": {"value": "true", "problem": "serves a certificate that it signed itself: `--auto-tls` is `true`"},
	"etcd --peer-auto-tls": {"value": "true", "problem": "trusts members with certificates that they signed themselves: `--peer-auto-tls` is `true`"},
	"kubelet --rotate-certificates": {"value": "false", "problem": "never renews its client certificate: `--rotate-certificates` is `false`"},
}

# METADATA
# title: Implicit component default
# description: |
#   The CIS Kubernetes Benchmark asks for some settings to be written though their defaults are right, so that a reader of the manifest sees them and a
#   release with other defaults changes nothing.
#
#   Off by default: what these components do is right as it is.
# related_resources:
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{component}` leaves {what} to its default"
#   remediation: "Write {advice}."
#   how_to_fix: >-
#     Write `--service-account-lookup=true` (API server), `--make-iptables-util-chains=true` (kubelet), `--terminated-pod-gc-threshold=12500` and the
#     feature gate `RotateKubeletServerCertificate=true` (controller manager). List `ServiceAccount` and `NamespaceLifecycle` in
#     `--enable-admission-plugins`.
#   default: off
#   aliases:
#     - {id: checkov:CKV_K8S_96, when: {setting: "kube-apiserver --service-account-lookup"}}
#     - {id: checkov:CKV_K8S_145, when: {setting: "kubelet --make-iptables-util-chains"}}
#     - {ids: [trivy:KCV-0033, checkov:CKV_K8S_106, kics:terminated-pod-garbage-collector-threshold-not-properly-set], when: {setting: "kube-controller-manager --terminated-pod-gc-threshold"}}
#     - {id: trivy:KCV-0038, when: {setting: RotateKubeletServerCertificate}}
#     - {id: checkov:CKV_K8S_82, when: {setting: ServiceAccount}}
#     - {id: checkov:CKV_K8S_83, when: {setting: NamespaceLifecycle}}
package rules.kubernetes["implicit-component-default"]

import data.lib.components

deny contains {
	"at": component.at, "field": component.field, "component": component.component, "setting": setting,
	"what": sprintf("`%s`", [flag]), "advice": sprintf("`%s`", [components.as_written(component, flag, value)]),
} if {
	some component in input.components
	some setting, value in _defaults
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	components.lacks(component, flag)
}

deny contains {
	"at": component.at, "field": components.field(component, "--feature-gates"), "component": component.component, "setting": "RotateKubeletServerCertificate",
	"what": "the renewal of the kubelets' certificates", "advice": "`RotateKubeletServerCertificate=true` in `--feature-gates`",
} if {
	some component in input.components
	component.component == "kube-controller-manager"
	component.is_whole
	not _sets_rotation(component)
}

deny contains {
	"at": component.at, "field": components.field(component, "--enable-admission-plugins"), "component": component.component, "setting": plugin,
	"what": sprintf("the admission plugin `%s`, which is on", [plugin]), "advice": "it in `--enable-admission-plugins`",
} if {
	some component in input.components
	component.component == "kube-apiserver"
	components.value(component, "--enable-admission-plugins") != ""
	some plugin in ["ServiceAccount", "NamespaceLifecycle"]
	not plugin in components.items(component, "--enable-admission-plugins")
}

_sets_rotation(component) if {
	some gate in components.items(component, "--feature-gates")
	startswith(gate, "RotateKubeletServerCertificate=")
}

_defaults := {
	"kube-apiserver --service-account-lookup": "true",
	"kubelet --make-iptables-util-chains": "true",
	"kube-controller-manager --terminated-pod-gc-threshold": "12500",
}

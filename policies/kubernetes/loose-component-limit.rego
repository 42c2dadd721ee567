# METADATA
# title: Loose component setting
# description: |
#   Flags of the API server, the controller manager and the kubelet that the CIS Kubernetes Benchmark restricts: how long connections are kept, with which
#   rights controllers work, whether the kernel's own settings are checked, under which name a node registers.
#
#   Off by default: it is meant for the manifests of a control plane, which installers write.
# related_resources:
#   - https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/
#   - https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{component}` {problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Set `--use-service-account-credentials=true` and `--protect-kernel-defaults=true`; lower `--event-qps` to 5. Remove the others, so that defaults
#     apply: `--request-timeout`, `--terminated-pod-gc-threshold`, `--streaming-connection-idle-timeout`, `--make-iptables-util-chains`,
#     `--hostname-override`.
#   default: off
#   aliases:
#     - {ids: [checkov:CKV_K8S_95, kics:request-timeout-not-properly-set], when: {setting: "kube-apiserver --request-timeout"}}
#     - {ids: [checkov:CKV_K8S_106, kics:terminated-pod-garbage-collector-threshold-not-properly-set], when: {setting: "kube-controller-manager --terminated-pod-gc-threshold"}}
#     - {ids: [trivy:KCV-0035, checkov:CKV_K8S_108, kics:use-service-account-credentials-not-set-to-true], when: {setting: "kube-controller-manager --use-service-account-credentials"}}
#     - {ids: [trivy:KCV-0083, checkov:CKV_K8S_144, kics:kubelet-protect-kernel-defaults-set-to-false], when: {setting: "kubelet --protect-kernel-defaults"}}
#     - {ids: [trivy:KCV-0085, checkov:CKV_K8S_143, kics:kubelet-streaming-connection-timeout-disabled], when: {setting: "kubelet --streaming-connection-idle-timeout"}}
#     - {ids: [trivy:KCV-0084, checkov:CKV_K8S_145, kics:kubelet-not-managing-ip-tables], when: {setting: "kubelet --make-iptables-util-chains"}}
#     - {ids: [trivy:KCV-0086, checkov:CKV_K8S_146, kics:kubelet-hostname-override-is-set], when: {setting: "kubelet --hostname-override"}}
#     - {ids: [trivy:KCV-0087, checkov:CKV_K8S_147, kics:kubelet-event-qps-not-properly-set], when: {setting: "kubelet --event-qps"}}
package rules.kubernetes["loose-component-limit"]

import data.lib.components

deny contains {"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting, "problem": _settings[setting].problem, "advice": _settings[setting].advice} if {
	some component in input.components
	some setting, _ in _settings
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	_is_loose(component, flag)
}

_is_loose(component, "--request-timeout") if contains(components.value(component, "--request-timeout"), "h")

_is_loose(component, "--request-timeout") if components.value(component, "--request-timeout") in {"", "0", "0s"}

_is_loose(component, "--terminated-pod-gc-threshold") if to_number(components.value(component, "--terminated-pod-gc-threshold")) <= 0

_is_loose(component, "--streaming-connection-idle-timeout") if components.value(component, "--streaming-connection-idle-timeout") in {"0", "0s"}

_is_loose(component, "--make-iptables-util-chains") if components.value(component, "--make-iptables-util-chains") == "false"

_is_loose(component, "--hostname-override") if components.writes(component, "--hostname-override")

_is_loose(component, "--event-qps") if to_number(components.value(component, "--event-qps")) > 5

_is_loose(component, flag) if {
	flag in _needed
	components.lacks(component, flag)
}

_is_loose(component, flag) if {
	flag in _needed
	components.value(component, flag) == "false"
}

_needed := {"--use-service-account-credentials", "--protect-kernel-defaults"}

_settings := {
	"kube-apiserver --request-timeout": {"problem": "keeps requests open without a limit, or for hours", "advice": "Remove `--request-timeout`, so that it is one minute, or set minutes"},
	"kube-controller-manager --terminated-pod-gc-threshold": {"problem": "never deletes pods that ended: `--terminated-pod-gc-threshold` is not above 0", "advice": "Set it above 0, or remove it, so that it is 12500"},
	"kube-controller-manager --use-service-account-credentials": {"problem": "runs all controllers with its own rights: `--use-service-account-credentials` is not `true`", "advice": "Set `--use-service-account-credentials=true`"},
	"kubelet --protect-kernel-defaults": {"problem": "changes settings of the kernel that differ from what it expects: `--protect-kernel-defaults` is not `true`", "advice": "Set `--protect-kernel-defaults=true`"},
	"kubelet --streaming-connection-idle-timeout": {"problem": "never closes idle connections of `exec` and `port-forward`", "advice": "Remove `--streaming-connection-idle-timeout`, so that it is four hours, or set a time"},
	"kubelet --make-iptables-util-chains": {"problem": "leaves the chains of iptables to others: `--make-iptables-util-chains` is `false`", "advice": "Remove `--make-iptables-util-chains=false`"},
	"kubelet --hostname-override": {"problem": "registers under another name than that of its host", "advice": "Remove `--hostname-override`, unless the provider of the cloud needs it"},
	"kubelet --event-qps": {"problem": "may send more than five events a second", "advice": "Set `--event-qps` to 5 or less, or 0 for no limit"},
}

# METADATA
# title: Exposed component endpoint
# description: |
#   The profiling endpoint of a component shows its memory and can be used to slow it down, and the controller manager and the scheduler serve metrics to
#   whoever reaches the address that they listen on.
#
#   Off by default: it is a check of the CIS Kubernetes Benchmark for the manifests of a control plane, which installers write.
# related_resources:
#   - https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{component}` {problem}"
#   remediation: "Set `{advice}`."
#   default: off
#   aliases:
#     - {ids: [trivy:KCV-0018, checkov:CKV_K8S_90], when: {setting: "kube-apiserver --profiling"}}
#     - {ids: [trivy:KCV-0034, checkov:CKV_K8S_107], when: {setting: "kube-controller-manager --profiling"}}
#     - {ids: [trivy:KCV-0040, checkov:CKV_K8S_114], when: {setting: "kube-scheduler --profiling"}}
#     - {id: kics:profiling-not-set-to-false, when: {setting: ["kube-apiserver --profiling", "kube-controller-manager --profiling", "kube-scheduler --profiling"]}}
#     - {ids: [trivy:KCV-0039, checkov:CKV_K8S_113], when: {setting: "kube-controller-manager --bind-address"}}
#     - {ids: [trivy:KCV-0041, checkov:CKV_K8S_115], when: {setting: "kube-scheduler --bind-address"}}
#     - {id: kics:bind-address-not-properly-set, when: {setting: ["kube-controller-manager --bind-address", "kube-scheduler --bind-address"]}}
package rules.kubernetes["exposed-component-endpoint"]

import data.lib.components

deny contains {
	"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting,
	"problem": _endpoints[setting], "advice": components.as_written(component, flag, _closed[flag][0]),
} if {
	some component in input.components
	some setting, _ in _endpoints
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	_is_open(component, flag)
}

_is_open(component, flag) if components.lacks(component, flag)

_is_open(component, flag) if {
	value := components.value(component, flag)
	not value in _closed[flag]
}

_closed := {"--profiling": ["false"], "--bind-address": ["127.0.0.1", "localhost", "::1"]}

_endpoints := {
	"kube-apiserver --profiling": "serves its profile at `/debug/pprof`: `--profiling` is not `false`",
	"kube-controller-manager --profiling": "serves its profile at `/debug/pprof`: `--profiling` is not `false`",
	"kube-scheduler --profiling": "serves its profile at `/debug/pprof`: `--profiling` is not `false`",
	"kube-controller-manager --bind-address": "listens on every address: `--bind-address` is not `127.0.0.1`",
	"kube-scheduler --bind-address": "listens on every address: `--bind-address` is not `127.0.0.1`",
}

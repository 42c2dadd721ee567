# METADATA
# title: Component without authentication
# description: |
#   The API server and the kubelet decide who may do what in a cluster. A flag that admits anonymous callers, reads passwords or tokens from a file, opens a
#   port without TLS, or authorizes everybody leaves it to whoever reaches the port.
#
#   Off by default: it is a check of the CIS Kubernetes Benchmark for the manifests of a control plane, which installers write.
# related_resources:
#   - https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
#   - https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{component}` {problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Set `--anonymous-auth=false`, `--authorization-mode=Node,RBAC` (API server) or `Webhook` (kubelet), and `--read-only-port=0` (kubelet). Remove
#     `--basic-auth-file`, `--token-auth-file`, `--insecure-bind-address`, `--insecure-port`, `--secure-port=0` and `--service-account-lookup=false`.
#   default: off
#   aliases:
#     - {ids: [trivy:KCV-0001, checkov:CKV_K8S_68], when: {setting: "kube-apiserver --anonymous-auth"}}
#     - {ids: [checkov:CKV_K8S_69, kics:basic-auth-file-is-set], when: {setting: "kube-apiserver --basic-auth-file"}}
#     - {ids: [trivy:KCV-0002, checkov:CKV_K8S_70, kics:token-auth-file-is-set], when: {setting: "kube-apiserver --token-auth-file"}}
#     - {ids: [checkov:CKV_K8S_86, kics:insecure-bind-address-set], when: {setting: "kube-apiserver --insecure-bind-address"}}
#     - {ids: [checkov:CKV_K8S_88, kics:insecure-port-not-properly-set], when: {setting: "kube-apiserver --insecure-port"}}
#     - {ids: [trivy:KCV-0017, checkov:CKV_K8S_89, kics:secure-port-set-to-zero], when: {setting: "kube-apiserver --secure-port"}}
#     - {ids: [trivy:KCV-0024, kics:service-account-lookup-set-to-false], when: {setting: "kube-apiserver --service-account-lookup"}}
#     - {id: checkov:CKV_K8S_96, when: {setting: "kube-apiserver --service-account-lookup"}}
#     - {ids: [trivy:KCV-0007, checkov:CKV_K8S_74], when: {mode: "kube-apiserver AlwaysAllow"}}
#     - {id: kics:authorization-mode-set-to-always-allow, when: {mode: ["kube-apiserver AlwaysAllow", "kubelet AlwaysAllow"]}}
#     - {ids: [trivy:KCV-0008, checkov:CKV_K8S_75, kics:authorization-mode-node-not-set], when: [{mode: "kube-apiserver Node"}, {mode: "kube-apiserver unset"}]}
#     - {ids: [trivy:KCV-0009, checkov:CKV_K8S_77, kics:authorization-mode-rbac-not-set], when: [{mode: "kube-apiserver RBAC"}, {mode: "kube-apiserver unset"}]}
#     - {ids: [trivy:KCV-0079, checkov:CKV_K8S_138], when: {setting: "kubelet --anonymous-auth"}}
#     - {id: kics:anonymous-auth-is-not-set-to-false, when: {setting: ["kube-apiserver --anonymous-auth", "kubelet --anonymous-auth"]}}
#     - {ids: [trivy:KCV-0080, checkov:CKV_K8S_139], when: {mode: "kubelet AlwaysAllow"}}
#     - {ids: [trivy:KCV-0082, checkov:CKV_K8S_141, kics:kubelet-read-only-port-is-not-set-to-zero], when: {setting: "kubelet --read-only-port"}}
package rules.kubernetes["unauthenticated-component"]

import data.lib.components

deny contains {
	"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting, "mode": "",
	"problem": _closing[setting].problem, "advice": sprintf("Set `%s`", [components.as_written(component, flag, _closing[setting].value)]),
} if {
	some component in input.components
	some setting, _ in _closing
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	_is_open(component, flag, _closing[setting].value)
}

deny contains {
	"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting, "mode": "",
	"problem": problem, "advice": sprintf("Remove `%s`", [flag]),
} if {
	some component in input.components
	some setting, problem in _opening
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	components.writes(component, flag)
}

# A value that opens what is closed without the flag.
deny contains {
	"at": component.at, "field": components.field(component, flag), "component": component.component, "setting": setting, "mode": "",
	"problem": _values[setting].problem, "advice": _values[setting].advice,
} if {
	some component in input.components
	some setting, _ in _values
	parts := components.parts(setting)
	parts[0] == component.component
	flag := parts[1]
	components.value(component, flag) == _values[setting].value
}

deny contains {
	"at": component.at, "field": components.field(component, "--insecure-port"), "component": component.component, "setting": "kube-apiserver --insecure-port", "mode": "",
	"problem": "serves requests without TLS and without authentication on `--insecure-port`", "advice": "Set `--insecure-port=0`, or remove it: Kubernetes 1.24 has no such port",
} if {
	some component in input.components
	component.component == "kube-apiserver"
	port := components.value(component, "--insecure-port")
	not port in {"0", ""}
}

deny contains {
	"at": component.at, "field": components.field(component, "--authorization-mode"), "component": component.component, "setting": "",
	"mode": mode, "problem": "authorizes every request: `--authorization-mode` holds `AlwaysAllow`", "advice": _modes(component),
} if {
	some component in input.components
	mode := _allow_all[component.component]
	"AlwaysAllow" in components.items(component, "--authorization-mode")
}

deny contains {
	"at": component.at, "field": components.field(component, "--authorization-mode"), "component": component.component, "setting": "",
	"mode": mode, "problem": sprintf("authorizes without `%s`", [authorizer]), "advice": _modes(component),
} if {
	some component in input.components
	component.component == "kube-apiserver"
	components.value(component, "--authorization-mode")
	some mode, authorizer in _authorizers
	not authorizer in components.items(component, "--authorization-mode")
}

_allow_all := {"kube-apiserver": "kube-apiserver AlwaysAllow", "kubelet": "kubelet AlwaysAllow"}

_authorizers := {"kube-apiserver Node": "Node", "kube-apiserver RBAC": "RBAC"}

# Without the flag every request is authorized.
deny contains {
	"at": component.at, "field": component.field, "component": component.component, "setting": "", "mode": "kube-apiserver unset",
	"problem": "authorizes every request: `--authorization-mode` is not set", "advice": _modes(component),
} if {
	some component in input.components
	component.component == "kube-apiserver"
	components.lacks(component, "--authorization-mode")
	not components.writes(component, "--authorization-config")
}

_modes(component) := "Set `--authorization-mode=Node,RBAC`" if component.component == "kube-apiserver"

_modes(component) := "Set `--authorization-mode=Webhook`" if component.component != "kube-apiserver"

# What only this value closes.
_closing := {
	"kube-apiserver --anonymous-auth": {"value": "false", "problem": "answers callers without credentials: `--anonymous-auth` is not `false`"},
	"kubelet --anonymous-auth": {"value": "false", "problem": "answers callers without credentials: `--anonymous-auth` is not `false`"},
	"kubelet --read-only-port": {"value": "0", "problem": "shows the pods of the node to everybody on `--read-only-port`"},
}

_is_open(component, flag, _) if components.lacks(component, flag)

_is_open(component, flag, value) if components.value(component, flag) != value

# What no value makes right.
_opening := {
	"kube-apiserver --basic-auth-file": "reads passwords from a file in plain text, which no one can change without a restart",
	"kube-apiserver --token-auth-file": "reads tokens from a file in plain text, which never expire",
	"kube-apiserver --insecure-bind-address": "serves requests without TLS and without authentication on `--insecure-bind-address`",
}

_values := {
	"kube-apiserver --secure-port": {"value": "0", "problem": "does not serve HTTPS: `--secure-port` is `0`", "advice": "Remove `--secure-port=0`, so that 6443 is used"},
	"kube-apiserver --service-account-lookup": {"value": "false", "problem": "accepts tokens of service accounts that were deleted", "advice": "Remove `--service-account-lookup=false`"},
}

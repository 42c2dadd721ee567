# METADATA
# title: Missing admission plugin
# description: |
#   Admission plugins refuse or change what is sent to the API server. `NodeRestriction` keeps a kubelet from changing other nodes, `AlwaysPullImages` keeps
#   pods from private images that are on the node already, `EventRateLimit` keeps one client from filling etcd with events, and `AlwaysAdmit` admits everything.
#
#   Off by default: it is a check of the CIS Kubernetes Benchmark for the manifests of a control plane, which installers write.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Add `NodeRestriction`, `AlwaysPullImages`, `EventRateLimit` and `ImagePolicyWebhook` to `--enable-admission-plugins`, and remove `AlwaysAdmit`. Do
#     not disable `ServiceAccount` or `NamespaceLifecycle`. To restrict pods, label namespaces with `pod-security.kubernetes.io/enforce: restricted`.
#   default: off
#   aliases:
#     - {ids: [trivy:KCV-0011, checkov:CKV_K8S_79, kics:always-admit-admission-control-plugin-set], when: {plugin: AlwaysAdmit}}
#     - {ids: [trivy:KCV-0012, kics:always-pull-images-admission-control-plugin-not-set], when: {plugin: AlwaysPullImages}}
#     - {id: checkov:CKV_K8S_80, when: {plugin: AlwaysPullImages, list: written}}
#     - {ids: [trivy:KCV-0010, kics:event-rate-limit-admission-control-plugin-not-set], when: {plugin: EventRateLimit, list: [written, unwritten]}}
#     - {id: checkov:CKV_K8S_78, when: {plugin: EventRateLimit, list: configuration}}
#     - {ids: [trivy:KCV-0016, kics:node-restriction-admission-control-plugin-not-set], when: {plugin: NodeRestriction}}
#     - {id: checkov:CKV_K8S_85, when: {plugin: NodeRestriction, list: written}}
#     - {ids: [trivy:KCV-0014, kics:service-account-admission-control-plugin-disabled], when: {plugin: ServiceAccount}}
#     - {ids: [trivy:KCV-0015, kics:namespace-lifecycle-admission-control-plugin-disabled], when: {plugin: NamespaceLifecycle}}
#     - {ids: [trivy:KCV-0013, checkov:CKV_K8S_81, kics:security-context-deny-admission-control-plugin-not-set], when: {plugin: SecurityContextDeny}}
#     - {ids: [checkov:CKV_K8S_84, kics:pod-security-policy-admission-control-plugin-not-set], when: {plugin: PodSecurityPolicy}}
#     - {id: kics:image-policy-webhook-admission-control-plugin-not-set, when: {plugin: ImagePolicyWebhook}}
package rules.kubernetes["missing-admission-plugin"]

import data.lib.components

# A plugin that is not on by itself.
deny contains {
	"at": component.at, "field": components.field(component, "--enable-admission-plugins"), "plugin": plugin, "list": _list(component),
	"problem": sprintf("`kube-apiserver` runs without the admission plugin `%s`", [plugin]), "advice": sprintf("Add it: `--enable-admission-plugins=%s`", [concat(",", array.concat(_enabled(component), [plugin]))]),
} if {
	some component in input.components
	_is_judged(component)
	some plugin in ["AlwaysPullImages", "EventRateLimit", "NodeRestriction", "ImagePolicyWebhook"]
	not plugin in _enabled(component)
}

# One that is on by itself, and turned off.
deny contains {
	"at": component.at, "field": components.field(component, "--disable-admission-plugins"), "plugin": plugin, "list": _list(component),
	"problem": sprintf("`kube-apiserver` disables the admission plugin `%s`, which others rely on", [plugin]), "advice": "Remove it from `--disable-admission-plugins`",
} if {
	some component in input.components
	component.component == "kube-apiserver"
	some plugin in ["ServiceAccount", "NamespaceLifecycle"]
	plugin in components.items(component, "--disable-admission-plugins")
}

deny contains {
	"at": component.at, "field": components.field(component, "--enable-admission-plugins"), "plugin": "AlwaysAdmit", "list": "written",
	"problem": "`kube-apiserver` enables `AlwaysAdmit`, which admits every request", "advice": "Remove it from `--enable-admission-plugins`",
} if {
	some component in input.components
	component.component == "kube-apiserver"
	"AlwaysAdmit" in _enabled(component)
}

# Nothing that is listed restricts the security settings of pods.
deny contains {
	"at": component.at, "field": components.field(component, "--enable-admission-plugins"), "plugin": plugin, "list": "written",
	"problem": sprintf("`--enable-admission-plugins` lists no `%s`, so nothing in it restricts what pods may ask for", [plugin]),
	"advice": "Label namespaces with `pod-security.kubernetes.io/enforce: restricted`, or `baseline`; before Kubernetes 1.25, add `PodSecurityPolicy`",
} if {
	some component in input.components
	component.component == "kube-apiserver"
	components.value(component, "--enable-admission-plugins") != ""
	not "PodSecurityPolicy" in _enabled(component)
	some plugin in ["PodSecurityPolicy", "SecurityContextDeny"]
	not plugin in _enabled(component)
}

deny contains {
	"at": object_.at, "field": "plugins", "plugin": "EventRateLimit", "list": "configuration",
	"problem": "the admission configuration holds no `EventRateLimit`, so one client can fill etcd with events", "advice": "Add an item `name: EventRateLimit` with its limits to `plugins`",
} if {
	some object_ in input.specifications
	object_.kind == "AdmissionConfiguration"
	object_.is_whole
	not _limits_events(object_)
}

_limits_events(object_) if {
	some plugin in object_.body.plugins
	plugin.name == "EventRateLimit"
}

_is_judged(component) if {
	component.component == "kube-apiserver"
	components.lacks(component, "--enable-admission-plugins")
}

_is_judged(component) if {
	component.component == "kube-apiserver"
	components.value(component, "--enable-admission-plugins")
}

_enabled(component) := components.items(component, "--enable-admission-plugins") if {
	components.value(component, "--enable-admission-plugins")
} else := []

_list(component) := "written" if {
	components.writes(component, "--enable-admission-plugins")
} else := "unwritten"

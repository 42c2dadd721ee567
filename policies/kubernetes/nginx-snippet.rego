# METADATA
# title: nginx snippet in an Ingress
# description: |
#   Snippets are put into the configuration of the ingress controller as they are: who may write an Ingress can read the controller's service account token, and with
#   it every Secret of the cluster (CVE-2021-25742). Lua and `alias` in a snippet are how it was shown. The controller ignores snippets unless
#   `allow-snippet-annotations` is set.
#
#   Off by default: where the authors of an Ingress own the cluster, snippets are a setting like others.
# related_resources:
#   - https://github.com/kubernetes/ingress-nginx/issues/7837
#   - https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{annotation}` puts {what} into the configuration of nginx"
#   remediation: "Use the annotation that is made for the purpose, and remove the snippet."
#   default: off
#   aliases:
#     - checkov:CKV_K8S_153
#     - {id: checkov:CKV_K8S_152, when: runs_lua}
#     - {id: checkov:CKV_K8S_154, when: maps_files}
package rules.kubernetes["nginx-snippet"]

deny contains {
	"at": ingress.at, "field": concat("", ["metadata.annotations.", annotation]), "annotation": annotation, "what": _what(value),
	"runs_lua": _runs_lua(value), "maps_files": _maps_files(value),
} if {
	some ingress in input.specifications
	ingress.kind == "Ingress"
	some annotation, value in ingress.annotations
	contains(annotation, "snippet")
}

_runs_lua(value) if {
	_surely_runs_lua(value)
} else := false

_surely_runs_lua(value) if {
	some text in ["lua_", "_lua", "kubernetes.io"]
	contains(value, text)
}

_maps_files(value) if {
	contains(value, "alias")
} else := false

_what(value) := "Lua code, which can read the controller's token," if {
	_runs_lua(value)
} else := "files of the controller" if {
	_maps_files(value)
} else := "text of the Ingress"

# METADATA
# title: Rewrite drops the rest of the path
# description: |
#   ingress-nginx replaces the whole path of a request with `rewrite-target`, since version 0.22 also what is behind the prefix: with `rewrite-target: /` a request for
#   `/api/users` reaches the backend as `/`. What is to be kept has to be a capture group of `path`, and named in the annotation.
#
#   It is fine for a backend that answers one address only.
# related_resources:
#   - https://kubernetes.github.io/ingress-nginx/examples/rewrite/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`rewrite-target: {target}` without a capture group sends every request below `{path}` to `{target}` of the backend"
#   remediation: "Write `path: {path}(/|$)(.*)` with `pathType: ImplementationSpecific`, and `rewrite-target: {kept}$2`{others}."
#   how_to_fix: >-
#     Write a capture group for what follows the prefix, as in `path: /api(/|$)(.*)` with `pathType: ImplementationSpecific`, and name it in the annotation:
#     `nginx.ingress.kubernetes.io/rewrite-target: /$2`.
#   across_files: true
#   of_values: true
package rules.kubernetes["rewrite-without-group"]

deny contains {
	"at": ingress.at, "field": concat("", ["metadata.annotations.", _annotation]), "target": target, "path": trim_right(paths[0], "/"), "kept": _kept(target), "others": _others(all),
} if {
	some ingress in input.specifications
	ingress.kind == "Ingress"
	ingress.is_whole
	startswith(ingress.apiVersion, "networking.k8s.io/")
	target := ingress.annotations[_annotation]
	startswith(target, "/")
	not contains(target, "$")
	all := [path |
		some rule in ingress.body.spec.rules
		some path in rule.http.paths
	]
	paths := [path.path | some path in all; _is_cut(path, target)]
	count(paths) > 0
}

_annotation := "nginx.ingress.kubernetes.io/rewrite-target"

# A prefix whose rest is lost: neither the target itself nor an expression.
_is_cut(path, target) if {
	object.get(path, "pathType", "Prefix") != "Exact"
	startswith(path.path, "/")
	trim_right(path.path, "/") != trim_right(target, "/")
	trim_right(path.path, "/") != ""
	every sign in ["(", ")", "*", "$", "[", "?", "|", "+", "\\", "^"] {
		not contains(path.path, sign)
	}
}

_kept(target) := target if endswith(target, "/")

_kept(target) := concat("", [target, "/"]) if not endswith(target, "/")

# The annotation is for all paths of the Ingress.
_others(all) := "" if count(all) == 1

_others(all) := "; the other paths of the Ingress need two groups as well, as `/()(.*)` has them" if count(all) > 1

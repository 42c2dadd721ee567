# METADATA
# title: Open repository prefix
# description: |
#   Gatekeeper's `K8sAllowedRepos` compares the beginning of an image's name. A prefix that does not end a name allows others that begin alike:
#   `registry.example.com` also `registry.example.com.evil.example`, and `docker.io/acme` also `docker.io/acme-evil/image`.
# related_resources:
#   - https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "the prefix `{repository}` also allows other registries or owners whose names begin so"
#   remediation: "End it with a slash: `{repository}/`."
#   default: off
#   aliases:
#     - trivy:KSV-0124
package rules.kubernetes["open-repository-prefix"]

deny contains {"at": constraint.at, "field": concat(".", ["spec.parameters.repos", format_int(number, 10)]), "repository": repository} if {
	some constraint in input.specifications
	constraint.kind == "K8sAllowedRepos"
	some number, repository in constraint.body.spec.parameters.repos
	_is_open(repository)
}

_is_open(repository) if {
	not contains(repository, "/")
	not contains(repository, ":")
}

_is_open(repository) if {
	startswith(repository, "docker.io")
	count(split(repository, "/")) <= 2
	not endswith(repository, "/")
}

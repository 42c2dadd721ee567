# METADATA
# title: Unknown kind in an API version
# description: |
#   No release of Kubernetes has this kind in this version of the group, so applying the object fails with "no matches for kind"; or one of the releases that the manifests are for, which
#   the configuration or the cluster's own definition in the repository names, does not serve it yet. Groups of others are not judged.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   dated: true
#   message: "{problem}"
#   remediation: "{expected}."
#   how_to_fix: >-
#     Write the `apiVersion` that serves the kind, or correct the spelling of `kind`. If only newer Kubernetes releases serve it, write an older
#     `apiVersion`, or raise the version in `kubernetes` of `hullmark.yml`.
#   aliases:
#     - kubeconform:could-not-find-schema
#     - pluto:not-available
#     - kube-linter:schema-validation
#     - kube-linter:template/kubeconform
package rules.kubernetes["unknown-kind"]

deny contains {"at": violation.at, "problem": violation.problem, "expected": violation.expected, "severity": _severity(violation)} if {
	some violation in input.violations
	violation.fault in {"unknown-kind", "unserved"}
}

_severity(violation) := violation.severity if {
	violation.severity
} else := "error"

# METADATA
# title: Invalid specification
# description: |
#   Each field has its type, but the API server refuses them together: one excludes another, or needs one that is not there.
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
#     Add the field that another one needs, remove the one that it excludes, or correct the `type` or `operator` that decides: `localhostProfile` needs
#     `type: Localhost`, `values` need `operator: In` or `NotIn`, `operator: Exists` takes no `value`. Correct names, hosts and paths of the wrong form.
#   of_values: true
package rules.kubernetes["invalid-specification"]

deny contains {"at": violation.at, "problem": violation.problem, "expected": violation.expected, "severity": _severity(violation)} if {
	some violation in input.violations
	violation.fault == "invalid"
}

# A kustomization of another folder may set the namespace, and some runtimes take the names of the kernel.
_severity(violation) := violation.severity if {
	violation.severity
} else := "warning" if {
	_may_do(violation.problem)
} else := "error"

_may_do(problem) if startswith(problem, "a ServiceAccount in a ClusterRoleBinding")

_may_do(problem) if startswith(problem, "capability `CAP_")

# METADATA
# title: Missing audit log
# description: |
#   The audit log of the API server says who did what in the cluster. Without it, or with too little of it kept, nobody can tell after an attack what was
#   read and changed.
#
#   Off by default: it is a check of the CIS Kubernetes Benchmark for the manifests of a control plane, which installers write.
# related_resources:
#   - https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
#   - https://www.cisecurity.org/benchmark/kubernetes
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`kube-apiserver` {problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Set `--audit-log-path` and `--audit-policy-file`, and `--audit-log-maxage=30`, `--audit-log-maxbackup=10` and `--audit-log-maxsize=100`, or more.
#   default: off
#   aliases:
#     - {ids: [trivy:KCV-0019, checkov:CKV_K8S_91, kics:audit-log-path-not-set], when: {flag: "--audit-log-path"}}
#     - {ids: [checkov:CKV_K8S_92, kics:audit-log-maxage-not-properly-set], when: {flag: "--audit-log-maxage"}}
#     - {id: trivy:KCV-0020, when: {flag: "--audit-log-maxage"}, unless: is_written}
#     - {ids: [checkov:CKV_K8S_93, kics:audit-log-maxbackup-not-properly-set], when: {flag: "--audit-log-maxbackup"}}
#     - {id: trivy:KCV-0021, when: {flag: "--audit-log-maxbackup"}, unless: is_written}
#     - {ids: [checkov:CKV_K8S_94, kics:audit-log-maxsize-not-properly-set], when: {flag: "--audit-log-maxsize"}}
#     - {id: trivy:KCV-0022, when: {flag: "--audit-log-maxsize"}, unless: is_written}
#     - {id: kics:audit-policy-file-not-defined, when: {flag: "--audit-policy-file"}}
package rules.kubernetes["missing-audit-log"]

import data.lib.components

deny contains {"at": component.at, "field": component.field, "flag": flag, "is_written": false, "problem": sprintf("runs without `%s`: %s", [flag, why]), "advice": sprintf("Set `%s`", [flag])} if {
	some component in input.components
	component.component == "kube-apiserver"
	some flag, why in {"--audit-log-path": "no request is recorded in a file", "--audit-policy-file": "no request is recorded"}
	components.lacks(component, flag)
}

deny contains {
	"at": component.at, "field": components.field(component, flag), "flag": flag, "is_written": components.writes(component, flag),
	"problem": _problem(component, flag), "advice": sprintf("Set `%s`, or more", [components.as_written(component, flag, format_int(_least[flag], 10))]),
} if {
	some component in input.components
	component.component == "kube-apiserver"
	some flag, _ in _least
	_is_short(component, flag)
}

_least := {"--audit-log-maxage": 30, "--audit-log-maxbackup": 10, "--audit-log-maxsize": 100}

_kept := {"--audit-log-maxage": "days", "--audit-log-maxbackup": "old files", "--audit-log-maxsize": "megabytes a file"}

_is_short(component, flag) if components.lacks(component, flag)

_is_short(component, flag) if to_number(components.value(component, flag)) < _least[flag]

_problem(component, flag) := sprintf("runs without `%s`", [flag]) if not components.writes(component, flag)

_problem(component, flag) := sprintf("keeps %s %s of the audit log", [components.value(component, flag), _kept[flag]]) if components.writes(component, flag)

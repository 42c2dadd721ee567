# METADATA
# title: Role granted to everyone
# description: |
#   Everyone who can reach the API server gets the role: `system:unauthenticated` and `system:anonymous` are callers without credentials,
#   `system:authenticated` is everyone who can log in, each service account included, and `system:serviceaccounts` every pod that mounts a token. With a
#   role that may change objects they control the cluster.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{role}` is granted to `{subject}`, {who}"
#   remediation: Bind the role to the group, user or service account that needs it.
#   aliases:
#     - {id: trivy:KSV-0122, when: is_anonymous}
#     - {id: kubesec:BindingsToSystemAnonymous, when: is_anonymous}
#     - {id: trivy:KSV-1011, unless: is_anonymous}
package rules.kubernetes["public-role-binding"]

deny contains {"at": subject.at, "field": "name", "role": binding.role, "subject": subject.name, "who": who, "is_anonymous": true} if {
	some binding in input.bindings
	not binding.role in {"system:discovery", "system:basic-user", "system:public-info-viewer", "kubeadm:bootstrap-signer-clusterinfo", "system:service-account-issuer-discovery"}
	some subject in binding.subjects
	who := _anonymous[subject.name]
}

deny contains {"at": subject.at, "field": "name", "role": binding.role, "subject": subject.name, "who": who, "is_anonymous": false} if {
	some binding in input.bindings
	binding.role in {"cluster-admin", "admin", "edit"}
	some subject in binding.subjects
	subject.kind == "Group"
	who := _everyone[subject.name]
}

_anonymous := {
	"system:unauthenticated": "callers without credentials",
	"system:anonymous": "callers without credentials",
}

_everyone := {
	"system:authenticated": "everybody who can log in, each service account included",
	"system:serviceaccounts": "every service account of the cluster",
}

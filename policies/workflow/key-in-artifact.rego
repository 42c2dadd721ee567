# METADATA
# title: Private key in an artifact
# description: |
#   Everyone who may read the repository can download its artifacts, for a public repository everyone with an account. A private key or a file of logins
#   in one is a key of theirs until it is replaced.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/manage-workflow-runs/download-workflow-artifacts
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "the artifact `{name}` holds what looks like a private key or a login: `{path}`"
#   remediation: Keep it on the runner, and hand it to another job as a secret of the repository or through a vault.
package rules.workflow["key-in-artifact"]

import data.lib.steps

deny contains {"at": step.at, "field": "with", "name": name, "path": path} if {
	some step in input.steps
	step.action.slug == "actions/upload-artifact"
	name := object.get(step["with"], "name", "artifact")
	some line in split(steps.setting(step, "path"), "\n")
	path := trim(line, " ")
	path != ""
	not startswith(path, "!")
	_is_key(lower(name), lower(path))
}

_is_key(_, path) if {
	some part in ["id_rsa", "id_ed25519", "id_ecdsa", ".docker/config.json", ".netrc", ".git-credentials", "private_key", "private-key", "privatekey"]
	contains(path, part)
	not contains(path, ".pub")
}

_is_key(name, path) if {
	some part in ["private_key", "private-key", "privatekey", "ssh_key", "ssh-key", "id_rsa"]
	contains(name, part)
	not contains(name, "pub")
	not contains(path, ".pub")
}

# METADATA
# title: Hard-coded registry password
# description: |
#   Everyone who can read the repository, now or in its history, has the password.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "the registry password of container `{name}` is in the workflow"
#   remediation: "Store it as a secret, write `${{ secrets.NAME }}`, and change the password."
#   aliases:
#     - zizmor:hardcoded-container-credentials
#     - actionlint:credentials/hardcoded-password
#     - actionlint-fork:credentials/hardcoded-password
#     - codeql:HardcodedContainerCredentials
package rules.workflow["hardcoded-container-credentials"]

deny contains {"at": container.at, "field": _field(container), "name": container.name} if {
	some container in input.containers
	container.kind == "workflow"
	password := container.credentials.password
	password != ""
	not contains(password, "${{")
}

_field(container) := "credentials.password" if container.has_credentials

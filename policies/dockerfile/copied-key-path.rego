# METADATA
# title: Copied private key
# description: |
#   The variable names a credential file, and `COPY` fills its folder from the build context: everyone who can pull the image has the key.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{name}` points at the key `{path}`, which `{keyword}` copies into the image"
#   remediation: Keep the key out of the build context, and mount it where the container runs.
#   aliases:
#     - trivy:DS-0031
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
package rules.dockerfile["copied-key-path"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "path": variable.value, "keyword": keywords[0]} if {
	some variable in input.variables
	variable.name in {
		"GOOGLE_APPLICATION_CREDENTIALS", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE", "HF_TOKEN_PATH", "KUBECONFIG",
		"BOTO_CONFIG", "OCI_CLI_KEY_FILE",
	}
	variable.source in {"env", "arg"}
	some stage in input.index.stages_by_at[variable.stage]
	folder := object.get(stage, "workdir", "/")
	path := _whole(variable.value, folder)
	keywords := [copy.keyword | some copy in input.index.copies_by_stage[variable.stage]; _brings(copy, path, folder)]
	count(keywords) > 0
}

# `COPY key.json $GOOGLE_APPLICATION_CREDENTIALS`, wherever that is.
deny contains {"at": instruction.at, "name": name, "path": source, "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.keyword in {"COPY", "ADD"}
	startswith(instruction.destination, "$")
	name := trim(instruction.destination, "${}")
	name in _names
	source := instruction.sources[0]
}

_names := {
	"GOOGLE_APPLICATION_CREDENTIALS", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE", "HF_TOKEN_PATH", "KUBECONFIG",
	"BOTO_CONFIG", "OCI_CLI_KEY_FILE",
}

_brings(copy, path, folder) if {
	some instruction in input.index.instructions_by_at[copy.at]
	destination := trim_suffix(_whole(instruction.destination, folder), "/")
	startswith(path, concat("", [destination, "/"]))
	_holds(copy.source, path)
}

_brings(copy, path, folder) if {
	some instruction in input.index.instructions_by_at[copy.at]
	_whole(instruction.destination, folder) == path
}

# All of the context holds it, if anything does.
_holds(source, _) if source in {".", "*"}

# The file under its own name; what a folder holds is not known by its name.
_holds(source, path) if _last(source) == _last(path)

_last(path) := split(path, "/")[count(split(path, "/")) - 1]

_whole(path, _) := path if startswith(path, "/")

_whole(path, folder) := concat("/", [trim_suffix(folder, "/"), trim_prefix(trim_prefix(path, "."), "/")]) if not startswith(path, "/")

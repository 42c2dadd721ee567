# METADATA
# title: Registry login stored in the image
# description: |
#   A login writes its credential below the home directory, and the layer keeps it for everybody who can pull the image, also if it
#   came from a secret mount and if a later layer removes it.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{login}` stores its credential in the layer"
#   remediation: Log in, use it and log out in one `RUN`, or mount a tmpfs over the folder of the credential.
#   aliases:
#     - {id: trivy:DS-0031, when: {program: [gcloud, az, aws]}, unless: has_secret_mount}
package rules.dockerfile["login-in-build"]

import data.lib.packages

deny contains {"at": command.at, "field": "program", "login": concat(" ", array.concat([command.program], login.words)), "program": command.program, "has_secret_mount": _has_secret_mount(command)} if {
	some command in input.commands
	some text in command.args
	text in {"login", "auth", "set"}
	command.instruction
	logins := _logins[command.program]
	packages.reaches_image(command)
	some login in logins
	array.slice(command.args, 0, count(login.words)) == login.words
	not _is_taken_back(command, login)
	not _is_said_before(command)
}

_has_secret_mount(command) if {
	_mounts_secret(command)
} else := false

_mounts_secret(command) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	some flag in instruction.flags
	startswith(flag.value, "type=secret")
}

# A key and its id are one credential.
_is_said_before(command) if {
	command.program == "aws"
	some other in input.index.commands_by_instruction[command.instruction]
	other.program == "aws"
	other.pipeline < command.pipeline
	array.slice(other.args, 0, 2) == ["configure", "set"]
	startswith(other.args[2], "aws_")
}

_is_taken_back(command, login) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program == command.program
	other.pipeline > command.pipeline
	some word in other.args
	word in {"logout", "revoke", "clear"}
}

_is_taken_back(command, login) if packages.removes(command, login.folder)

_is_taken_back(command, login) if packages.is_mounted(command, login.folder)

_logins := {
	"gcloud": [{"words": ["auth", "activate-service-account"], "folder": ".config"}, {"words": ["auth", "login"], "folder": ".config"}],
	"docker": [{"words": ["login"], "folder": ".docker"}],
	"podman": [{"words": ["login"], "folder": "containers"}],
	"skopeo": [{"words": ["login"], "folder": "containers"}],
	"crane": [{"words": ["auth", "login"], "folder": ".docker"}],
	"helm": [{"words": ["registry", "login"], "folder": ".config"}],
	"az": [{"words": ["login"], "folder": ".azure"}],
	"gh": [{"words": ["auth", "login"], "folder": ".config"}],
	"npm": [{"words": ["login"], "folder": ".npmrc"}],
	"cargo": [{"words": ["login"], "folder": ".cargo"}],
	"huggingface-cli": [{"words": ["login"], "folder": ".cache"}],
	"aws": [{"words": ["configure", "set", "aws_access_key_id"], "folder": ".aws"}, {"words": ["configure", "set", "aws_secret_access_key"], "folder": ".aws"}, {"words": ["configure", "set", "aws_session_token"], "folder": ".aws"}],
}

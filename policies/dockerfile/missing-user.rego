# METADATA
# title: Missing USER
# description: |
#   Without `USER` in the final stage the program runs as the user of the base image, which is root for those of distributions and of languages. Nothing
#   is reported for a base whose user is not known, nor for an image that starts nothing.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "the final stage sets no `USER`, and {base} runs as root"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Create a user, and end the final stage with its numeric UID, as in `USER 1000`. Where the base image has an unprivileged user, use that: `node` in
#     `node`, `nonroot` in distroless, `$APP_UID` in .NET 8 and newer. An image from scratch needs no account, only the UID.
#   across_files: true
#   aliases:
#     - trivy:DS-0002
#     - checkov:CKV_DOCKER_3
#     - {id: kics:missing_user_instruction, unless: is_scratch}
#     - semgrep:missing-user
#     - semgrep:missing-user-entrypoint
#     - dockle:CIS-DI-0001
#     - cis-docker:4.1
package rules.dockerfile["missing-user"]

import data.lib.stages

deny contains {"at": stage.at, "field": "base", "base": _base(stage), "advice": _advice(stage), "is_scratch": stage.is_scratch} if {
	some stage in input.stages
	stage.is_final
	stage.base_is_root
	not stage.user_set
	not stage.is_windows
	not stages.starts_nothing(stage)
	not stages.is_for_builders(stage)
	not stages.gives_up_root(stage)
	not stage.script_steps_down
	not stages.steps_down(stage)
	not stages.needs_root(stage)
}

# All releases of a base are one to a repository that builds on several.
_base(stage) := "an image from scratch" if stage.is_scratch

_base(stage) := sprintf("`%s`", [concat("/", array.concat(array.slice(parts, 0, last), [split(split(parts[last], "@")[0], ":")[0]]))]) if {
	not stage.is_scratch
	parts := split(stage.starting_image, "/")
	last := count(parts) - 1
}

# Some images have an unprivileged user that is there for this.
_advice(stage) := sprintf("End the stage with `USER %s`, which the base image defines.", [_user(stage)]) if {
	_user(stage)
} else := sprintf("End the stage with `USER %s`, which the file creates.", [_made(stage)[0]]) if {
	count(_made(stage)) > 0
} else := "End the stage with a numeric UID, as in `USER 1000`: no account is needed." if {
	stage.is_scratch
} else := "Create a user, and end the stage with its numeric UID, as in `USER 1000`."

# The accounts that the stage, or one that it builds on, creates: by their numbers, where those are written.
_made(stage) := [user |
	some level in stage.lineage
	some command in input.index.commands_by_stage[level]
	command.program in {"useradd", "adduser"}
	user := _account(command)
]

_account(command) := command.flags["-u"] if {
	_is_number(command.flags["-u"])
} else := command.flags["--uid"] if {
	_is_number(command.flags["--uid"])
} else := name if {
	name := command.args[count(command.args) - 1]
	trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
	not _is_number(name)
}

_is_number(text) if {
	is_string(text)
	text != ""
	text != "0"
	trim(text, "0123456789") == ""
}

_user(stage) := "node" if {
	some name in ["node:", "docker.io/node:", "docker.io/library/node:"]
	startswith(stage.starting_image, name)
}

_user(stage) := "nonroot" if startswith(stage.starting_image, "gcr.io/distroless/")

_user(stage) := "$APP_UID" if {
	startswith(stage.starting_image, "mcr.microsoft.com/dotnet/")
	some release in [":8.", ":9.", ":10."]
	contains(stage.starting_image, release)
}

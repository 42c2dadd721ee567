# METADATA
# title: Untrusted text in an environment file
# description: |
#   What is written to `$GITHUB_ENV` sets variables for all later steps, a line each. Text with a line break
#   sets any of them: `LD_PRELOAD`, `NODE_OPTIONS`, `BASH_ENV`. A folder in `$GITHUB_PATH` decides which
#   programs the later steps run. Neither may come from the event or from an artifact of another run.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
#   - https://docs.zizmor.sh/audits/#github-env
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "{source} is written to `${target}`, which later steps take their {effect} from"
#   remediation: "Write it to `$GITHUB_OUTPUT` with a random delimiter, or check that it is one line of what you expect."
#   aliases:
#     - zizmor:github-env
#     - kics:b5c6d7e8-f9a0-4b1c-2d3e-4f5a6b7c8d9e
#     - kics:github_env_injection
#     - when: {target: GITHUB_ENV}
#       ids: [codeql:EnvVarInjectionCritical, codeql:EnvVarInjectionMedium]
#     - when: {target: GITHUB_PATH}
#       ids: [codeql:EnvPathInjectionCritical, codeql:EnvPathInjectionMedium]
package rules.workflow["github-env-injection"]

import data.lib.severities
import data.lib.steps

deny contains {"at": command.at, "source": sprintf("attacker-controlled `$%s`", [name]), "target": target, "effect": _effect(target), "severity": severities.of_script(command, name)} if {
	some command in input.commands
	command.source == "step"
	some redirect in command.redirects
	redirect.operator in {">>", ">"}
	some file in ["GITHUB_ENV", "GITHUB_PATH"]
	contains(redirect.target, file)
	target := _file(redirect.target)
	some name in _carried(command, target)
}

# `| tee -a "$GITHUB_ENV"`
deny contains {"at": command.at, "source": sprintf("attacker-controlled `$%s`", [name]), "target": target, "effect": _effect(target), "severity": severities.of_script(command, name)} if {
	some command in input.commands
	command.source == "step"
	"tee" in command.pipes_to
	target := _teed(command)
	some name in _carried(command, target)
}

deny contains {"at": command.at, "source": "a file of another run's artifact", "target": target, "effect": _effect(target), "severity": "error"} if {
	some command in input.commands
	command.source == "step"
	some redirect in command.redirects
	redirect.operator in {">>", ">"}
	some file in ["GITHUB_ENV", "GITHUB_PATH"]
	contains(redirect.target, file)
	target := _file(redirect.target)
	_is_from_foreign_file(command)
}

deny contains {"at": command.at, "source": "a file of another run's artifact", "target": target, "effect": _effect(target), "severity": "error"} if {
	some command in input.commands
	command.source == "step"
	"tee" in command.pipes_to
	target := _teed(command)
	_is_from_foreign_file(command)
}

# The variables that an attacker controls in the command, as far as the file minds: a name of a folder needs no line break.
_carried(command, target) := {name |
	some step in input.index.steps_by_at[command.step]
	some word in command.words
	some name in word.reads
	name in _untrusted(step, target)
} | {name |
	target == "GITHUB_PATH"
	some step in input.index.steps_by_at[command.step]
	some word in command.words
	some variable in word.reads
	some other in input.index.commands_by_script[command.script]
	variable in other.assigns
	some assignment in other.assignments
	assignment.name == variable
	not _is_filtered(assignment.text)
	some name in step.untrusted_env
	_reads(assignment.text, name)
}

_untrusted(step, "GITHUB_ENV") := step.multiline_env

_untrusted(step, "GITHUB_PATH") := step.untrusted_env

# Whether the value of an assignment is made of a variable.
_reads(text, name) if contains(text, concat("", ["${", name, "}"]))

_reads(text, name) if endswith(text, concat("", ["$", name]))

_reads(text, name) if contains(text, concat("", ["$", name, " "]))

_reads(text, name) if contains(text, concat("", ["$", name, "\""]))

# What only lets through digits, letters or a digest names no folder of an attacker's.
_is_filtered(text) if contains(text, "[0-9")

_is_filtered(text) if contains(text, "[a-z")

_is_filtered(text) if contains(text, "[A-Z")

_is_filtered(text) if contains(text, "tr -")

_is_filtered(text) if contains(text, "sum")

_is_from_foreign_file(command) if {
	_copies_file(command)
	some step in input.index.steps_by_at[command.step]
	steps.is_started_by(step, {"workflow_run", "pull_request_target", "issue_comment"})
	not step.is_guarded
	_has_foreign_files(step)
}

_teed(command) := targets[0] if {
	targets := [target |
		some other in input.index.commands_by_script[command.script]
		other.program == "tee"
		other.pipeline == command.pipeline
		some word in other.args
		target := _file(word)
	]
	count(targets) > 0
}

# The file that a path names.
_file(path) := "GITHUB_ENV" if _names(path, "GITHUB_ENV")

_file(path) := "GITHUB_PATH" if _names(path, "GITHUB_PATH")

_effect("GITHUB_ENV") := "variables"

_effect("GITHUB_PATH") := "programs"

_names(text, target) if text in {concat("", ["$", target]), concat("", ["${", target, "}"])}

_names(text, target) if startswith(text, concat("", ["${{ env.", target]))

_copies_file(command) if command.program in {"cat", "head", "tail", "sed", "grep", "awk", "jq", "yq", "tr", "cut", "sort", "unzip"}

_copies_file(command) if {
	some word in command.words
	some start in ["$(cat ", "$(<", "$(head ", "`cat ", "$(jq "]
	contains(word.text, start)
}

# An earlier step of the job fetches what another run has left.
_has_foreign_files(step) if {
	some other in input.index.steps_by_job[step.job]
	other.number < step.number
	_fetches(other)
}

_fetches(step) if {
	step.action.slug == "actions/download-artifact"
	steps.is_set(step, "run-id")
}

_fetches(step) if step.action.slug in {"dawidd6/action-download-artifact", "aochmann/actions-download-artifact", "bettermarks/action-artifact-download", "actions-cool/download-artifact"}

_fetches(step) if {
	step.action.slug == "actions/github-script"
	contains(steps.setting(step, "script"), "downloadArtifact")
}

_fetches(step) if {
	contains(step.run_text, "gh run download")
}

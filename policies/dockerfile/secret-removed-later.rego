# METADATA
# title: Secret removed in a later layer
# description: |
#   A layer keeps what it added. `rm` in a later instruction hides the file from the container, but everyone who unpacks the image can read it.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{path}` stays readable in an earlier layer; removing it here only hides it"
#   remediation: Mount it with `RUN --mount=type=secret` for the command that needs it.
package rules.dockerfile["secret-removed-later"]

import data.lib.stages

deny contains {"at": command.at, "path": word, "related": [{"at": instruction.at, "message": "it is added here"}]} if {
	some command in input.commands
	command.program in {"rm", "shred", "unlink"}
	command.source in {"run", "heredoc"}
	count(command.args) < 30
	some word in command.args
	name := _name(word)
	name in _secrets
	stages.is_small(command.stage)
	some remover in input.index.instructions_by_at[command.instruction]
	some instruction in input.index.instructions_by_stage[command.stage]
	instruction.number < remover.number
	_adds(instruction, name)
	some stage in input.index.stages_by_lineage[command.stage]
	stage.is_final
}

_name(path) := parts[count(parts) - 1] if {
	parts := split(trim_right(path, "/*"), "/")
}

_adds(instruction, name) if {
	instruction.keyword in {"COPY", "ADD"}
	not _is_from_stage(instruction)
	some source in instruction.sources
	_name(source) == name
}

_adds(instruction, name) if {
	some command in input.index.commands_by_instruction[instruction.at]
	some redirect in command.redirects
	redirect.operator in {">", ">>", ">|"}
	_name(redirect.target) == name
}

_is_from_stage(instruction) if {
	some flag in instruction.flags
	flag.name == "from"
}

_secrets := {
	"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".ssh", ".netrc", "_netrc", ".npmrc", ".pypirc", ".git-credentials", ".dockercfg",
	".yarnrc.yml", ".aws", ".pgpass", ".env", "auth.json", "credentials", "credentials.json", "service-account.json", "deploy_key", "NuGet.Config",
	"secret", "secret.txt", "secrets.txt", "secrets.json", "secrets.yml", "secrets.yaml", "password.txt", "passwords.txt", "token.txt",
}

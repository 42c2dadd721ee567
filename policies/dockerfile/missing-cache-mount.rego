# METADATA
# title: Missing cache mount
# description: |
#   A cache mount keeps the downloads of a package manager between builds, and out of the layer. It needs BuildKit.
# custom:
#   severity: info
#   confidence: medium
#   category: performance
#   message: "`{program}` downloads everything again whenever this `RUN` is rebuilt"
#   remediation: "Add `--mount=type=cache,target={folder}`."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["missing-cache-mount"]

deny contains {"at": command.at, "field": "program", "program": command.program, "folder": folder} if {
	some command in input.commands
	command.source in {"run", "heredoc"}
	folder := _folders[command.manager]
	command.action in {"install", "ci", "download", "build"}
	input.sizes.commands_by_instruction[command.instruction] < 500
	some instruction in input.index.instructions_by_at[command.instruction]
	not _has_cache(instruction)
	not _is_first_later(command)
}

_has_cache(instruction) if {
	some flag in instruction.flags
	flag.name == "mount"
	contains(flag.value, "type=cache")
}

_is_first_later(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == command.manager
	other.action in {"install", "ci", "download", "build"}
	other.pipeline < command.pipeline
}

_folders := {
	"npm": "/root/.npm", "yarn": "/usr/local/share/.cache/yarn", "pnpm": "/root/.local/share/pnpm/store", "pip": "/root/.cache/pip", "uv": "/root/.cache/uv",
	"go": "/go/pkg/mod", "cargo": "/usr/local/cargo/registry", "composer": "/tmp/cache", "apt-get": "/var/cache/apt", "apt": "/var/cache/apt",
	"dnf": "/var/cache/dnf", "apk": "/var/cache/apk",
}

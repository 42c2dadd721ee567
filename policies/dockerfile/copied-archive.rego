# METADATA
# title: Archive copied and unpacked
# description: |
#   `ADD` unpacks a local tar archive itself; copied first, the archive stays in its own layer.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives
# custom:
#   severity: info
#   confidence: medium
#   category: performance
#   message: "`{source}` is copied, and unpacked by a later `RUN`"
#   remediation: Use `ADD`, which unpacks local archives, or mount the archive with `RUN --mount=type=bind`.
#   aliases:
#     - hadolint:DL3010
package rules.dockerfile["copied-archive"]

deny contains {"at": instruction.at, "field": "keyword", "source": source} if {
	some instruction in input.instructions
	instruction.keyword == "COPY"
	some argument in instruction.arguments
	contains(argument.text, ".t")
	source := trim(argument.text, "\"'")
	_is_tar(source)
	not _comes_from_a_stage(instruction)
	last := instruction.arguments[count(instruction.arguments) - 1]
	argument.field != last.field
	some command in input.index.commands_by_stage[instruction.stage]
	command.program in {"tar", "bsdtar", "gtar"}
	command.source in {"run", "heredoc"}
	_unpacks(command)
	some name in {_name(source), _name(trim(last.text, "\"'"))}
	name in {_name(word.text) | some word in command.words}
}

_is_tar(source) if {
	some ending in [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst"]
	endswith(source, ending)
}

_comes_from_a_stage(instruction) if {
	some flag in instruction.flags
	flag.name == "from"
}

_unpacks(command) if command.flags["-x"]

_unpacks(command) if command.flags["--extract"]

_unpacks(command) if {
	startswith(command.words[0].text, "x")
}

_name(path) := parts[count(parts) - 1] if {
	parts := split(replace(path, "\\", "/"), "/")
}

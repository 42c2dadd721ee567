# METADATA
# title: Pipe without pipefail
# description: |
#   For those who want `pipefail` for every pipe of a `RUN`: also where the last command fails by itself if nothing comes, as `tar -x` does, and
#   nothing is hidden. The pipes that hide a failure are `dockerfile/unsafe-pipe`.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#using-pipes
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   default: off
#   message: the shell that runs this pipe does not set `pipefail`
#   remediation: "Write `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` above it, or begin it with `set -o pipefail;` where `/bin/sh` is BusyBox's."
#   aliases:
#     - hadolint:DL4006
#     - semgrep:set-pipefail
package rules.dockerfile["pipe-without-pipefail"]

deny contains {"at": command.at} if {
	some command in input.commands
	command.source in {"run", "heredoc"}
	command.instruction
	command.place == 0
	not command.is_last
	not command.is_pipefail
	command.program in {"curl", "wget", "git", "gpg", "unzip", "gunzip", "zcat", "xzcat", "aws", "gsutil"}
	some program in command.pipes_to
	program in {"tar", "bsdtar", "gtar", "xz", "unxz", "bzip2", "zstd", "docker", "jq"}
}

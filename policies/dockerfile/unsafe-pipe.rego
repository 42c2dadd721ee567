# METADATA
# title: Pipe that hides a failure
# description: |
#   Without `pipefail` a `RUN` succeeds if the last command of a pipe does: what failed before it is not seen.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#using-pipes
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "the pipe hides the failure of all but its last command"
#   remediation: "Put `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` before it, or `set -o pipefail &&`."
#   aliases:
#     - hadolint:DL4006
#     - kics:shell_running_a_pipe_without_pipefail_flag
#     - semgrep:set-pipefail
package rules.dockerfile["unsafe-pipe"]

deny contains {"at": script.at} if {
	some script in input.scripts
	script.source in {"run", "heredoc"}
	script.instruction
	script.has_pipe_without_pipefail
}

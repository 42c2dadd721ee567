# METADATA
# title: Reverse shell
# description: |
#   The step connects a shell to a port of another machine: whoever listens there controls the runner, with the token and the secrets of the job.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: the script opens a shell to another machine
#   remediation: Remove the step, and rotate every secret that the job could read.
#   aliases: [checkov:CKV_GHA_4]
package rules.workflow["reverse-shell"]

deny contains {"at": step.at, "field": "run"} if {
	some step in input.steps
	contains(step.run_text, "sh -i")
	_connects(step.run_text)
}

deny contains {"at": step.at, "field": "run"} if {
	some step in input.steps
	contains(step.run_text, " -e /bin/")
	_connects(step.run_text)
}

_connects(text) if contains(text, "/dev/tcp/")

_connects(text) if {
	some program in ["nc", "ncat", "netcat", "socat"]
	some before in ["|", "| ", "; ", "&& "]
	contains(text, concat("", [before, program, " "]))
}

_connects(text) if {
	some program in ["nc ", "ncat ", "netcat ", "socat "]
	startswith(text, program)
}

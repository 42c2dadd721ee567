# METADATA
# title: Hard-coded credential in a command
# description: |
#   The value of an option or a variable is a password in plain text. Everyone who can read the file has it; the arguments of a process are visible to
#   every user of its machine, those of a container to everyone who may read the pod, and those of `RUN` stay in the image history.
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   once: true
#   message: "the value of `{name}` looks like a credential"
#   remediation: "{advice}"
#   how_to_fix: >-
#     In a Dockerfile, read it from `RUN --mount=type=secret` in the build, and from a secret when the container starts. In a workflow, read it from a
#     secret of the repository, or generate it in the step. Elsewhere, pass it at run time in a file or an environment variable that a secret supplies.
package rules.secret["credential-in-command"]

deny contains {"at": secret.at, "name": secret.name, "advice": _advice(secret), "severity": _severity(secret)} if {
	some secret in input.secrets
	secret.source in {"argument", "assignment", "container"}
}

# What a job starts for its tests is gone with the job.
_severity(secret) := "info" if secret.source == "container"

_severity(secret) := "warning" if secret.source != "container"

_advice(secret) := _build if secret.is_in_dockerfile

_advice(secret) := "Read it from a secret of the repository, or draw it at random in the step." if {
	not secret.is_in_dockerfile
	secret.is_in_workflow
}

_advice(secret) := "Read it from a secret at run time, and pass it in a file or an environment variable." if {
	not secret.is_in_dockerfile
	not secret.is_in_workflow
}

_build := "Read it from a secret: in a build with `RUN --mount=type=secret`, in a container when it starts."

# Answers for debconf: `mysql-server mysql-server/root_password password …`
deny contains {"at": word.at, "name": parts[0], "advice": _build, "severity": "warning"} if {
	some command in input.commands
	command.program in {"echo", "printf"}
	"debconf-set-selections" in command.pipes_to
	some word in command.words
	contains(word.text, "password password ")
	sides := split(word.text, "/")
	parts := split(sides[count(sides) - 1], " ")
	count(parts) > 2
	parts[1] == "password"
	not parts[2] in {"", "\"", "'"}
	not contains(parts[2], "$")
}

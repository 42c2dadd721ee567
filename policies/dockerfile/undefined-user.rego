# METADATA
# title: Undefined user
# description: |
#   The container does not start if its user is not in `/etc/passwd`. Only images whose users are known are checked.
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "nothing creates user `{user}`, and `{base}` does not have it"
#   remediation: Create it with `useradd` or `adduser` before `USER`, or use a numeric id.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["undefined-user"]

deny contains {"at": stage.user_at, "field": "arguments.0", "user": stage.user, "base": root.base} if {
	some stage in input.stages
	stage.is_final
	stage.user_is_known
	not stage.user_is_number
	not stage.is_root
	some root in input.index.stages_by_at[stage.lineage[count(stage.lineage) - 1]]
	users := _users(split(trim_prefix(root.base_image, "docker.io/library/"), ":")[0])
	not stage.user in users
	not _is_made(stage)
}

# An instruction that names the user, or that may bring a list of users along.
_is_made(stage) if {
	some at in stage.lineage
	some instruction in input.index.instructions_by_stage[at]
	instruction.keyword in {"RUN", "COPY", "ADD"}
	some sign in [stage.user, "passwd", ".sh", "$"]
	contains(instruction.text, sign)
}

_is_made(stage) if {
	some at in stage.lineage
	some instruction in input.index.instructions_by_stage[at]
	instruction.form == "heredoc"
}

_users(image) := _system if image in {"debian", "ubuntu", "alpine", "python", "golang", "rust", "ruby", "eclipse-temurin", "amazoncorretto", "php"}

_users("node") := _system | {"node"}

_system := {"nobody", "daemon", "bin", "sys", "www-data", "mail", "news", "games", "man", "lp", "backup", "list", "irc", "sync", "uucp", "proxy", "ubuntu", "guest", "operator", "ftp", "adm", "_apt", "sshd", "cron", "ntp", "squid"}

# METADATA
# title: Hard-coded password in a command
# description: |
#   A password that a build sets is the same in every container, and stays readable in the image history. It is an error if it is that of root, or if the
#   image has a service that lets people log in.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Leave the account without a password, and pass credentials when the container starts. If the value of `useradd -p` or `usermod -p` is not a hash,
#     remove the option; the account stays locked.
#   aliases:
#     - checkov:CKV2_DOCKER_17
#     - dockle:DKL-LI-0001
package rules.shell["password-on-command-line"]

import data.lib.commands

_sets := "Leave the account without a password, and pass credentials when the container starts."

deny contains {"at": command.at, "problem": sprintf("`%s` sets a password that stays in the image", [command.program]), "advice": _sets, "severity": _severity(command)} if {
	some command in input.commands
	command.program in {"chpasswd", "useradd", "usermod", "adduser", "passwd"}
	command.instruction
	_sets_password(command)
	not _is_drawn(command)
	not _is_of_azure(command)
}

_severity(command) := "error" if {
	_is_of_root(command)
} else := "error" if {
	_lets_in(command)
} else := "warning"

_is_of_root(command) if {
	command.program == "chpasswd"
	some other in input.index.commands_by_pipeline_start[command.pipeline_start]
	some word in other.words
	some account in ["root:", "$USER:", "${USER}:"]
	contains(word.text, account)
}

_is_of_root(command) if {
	command.program == "passwd"
	count([name | some name in command.args; name != "root"]) == 0
}

_is_of_root(command) if {
	command.program == "usermod"
	"root" in command.args
}

# What is read from a file or a variable may be anybody's.
_is_of_root(command) if {
	command.program == "chpasswd"
	command.place == 0
}

# A service through which people log in is installed, configured or begun with: in the stage, or in one that belongs to it.
_lets_in(command) if {
	some level in input.index.stages_by_lineage[command.stage]
	_has_login(level)
}

_lets_in(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some at in stage.lineage
	some level in input.index.stages_by_at[at]
	_has_login(level)
}

_has_login(stage) if {
	some other in input.index.commands_by_stage[stage.at]
	some word in other.words
	some service in _services
	contains(lower(word.text), service)
}

# `service ssh start`, `apt-get install ssh`: the package and the service have the name of the client.
_has_login(stage) if {
	some other in input.index.commands_by_stage[stage.at]
	other.program in {"service", "systemctl", "update-rc.d", "rc-update", "apt", "apt-get", "aptitude", "apk", "dnf", "microdnf", "yum", "zypper", "pacman"}
	some word in other.words
	word.text in {"ssh", "openssh"}
}

_has_login(stage) if {
	some other in input.index.commands_by_stage[stage.at]
	some service in _services
	contains(other.program, service)
}

_has_login(stage) if {
	some instruction in input.index.instructions_by_stage[stage.at]
	instruction.keyword in {"EXPOSE", "CMD", "ENTRYPOINT", "COPY", "ADD"}
	some argument in instruction.arguments
	_is_login(instruction.keyword, lower(argument.text))
}

_has_login(stage) if {
	some service in _services
	contains(lower(object.get(stage, "starting_image", "")), service)
}

_is_login("EXPOSE", port) if split(port, "/")[0] in {"21", "22", "23", "139", "445", "2222", "3389", "5900", "5901", "6080"}

_is_login(keyword, text) if {
	keyword != "EXPOSE"
	some service in _services
	contains(text, service)
}

_services := [
	"sshd", "openssh-server", "dropbear", "telnetd", "vsftpd", "proftpd", "pure-ftpd", "ftpd", "samba", "smbd", "xrdp", "vnc", "ttyd", "wetty", "shellinabox", "gotty", "jupyterhub", "rstudio", "cockpit", "webmin",
	"xinetd", "dovecot", "nxserver", "nomachine", "x2go", "supervisor", "systemd", "code-server", "login",
]

# `root:Docker!` is what Azure App Service logs in with, through a port that only its own gateway reaches.
_is_of_azure(command) if {
	command.program == "chpasswd"
	some other in input.index.commands_by_pipeline_start[command.pipeline_start]
	other.place < command.place
	some word in other.words
	contains(word.text, "root:Docker!")
}

# A password that the build draws at random and keeps nowhere locks the account; one from a secret mount is not in the file.
_is_drawn(command) if {
	some other in input.index.commands_by_pipeline_start[command.pipeline_start]
	other.place <= command.place
	some word in other.words
	_is_random(word.text)
}

_is_drawn(command) if {
	some other in input.index.commands_by_script[command.script]
	some assignment in other.assignments
	_is_random(assignment.text)
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	some word in source.words
	some form in ["$", "${"]
	contains(word.text, concat("", [form, assignment.name]))
}

# `head -c 32 /dev/urandom | base64 | passwd --stdin app`
_is_drawn(command) if {
	some source in command.pipes_from
	source in {"openssl", "pwgen", "uuidgen", "apg", "makepasswd"}
}

_is_random(text) if {
	some sign in ["$(", "`", "/dev/urandom", "/dev/random"]
	contains(text, sign)
	some source in ["rand", "pwgen", "uuidgen", "apg ", "makepasswd", "token_", "/run/secrets/", "/proc/sys/kernel/random"]
	contains(text, source)
}

_sets_password(command) if command.program == "chpasswd"

_sets_password(command) if {
	command.program in {"useradd", "usermod", "adduser"}
	some flag in ["-p", "--password"]
	is_string(command.flags[flag])
	not command.flags[flag] in {"", "*", "!", "x", "!!", "*LK*"}
	_is_hash(command.flags[flag])
}

# `$6$salt$hash`, the thirteen signs of DES, or what a command or a variable gives.
_is_hash(value) if contains(value, "$")

_is_hash(value) if contains(value, "`")

_is_hash(value) if {
	count(value) == 13
	not contains(value, "-")
}

# What is no hash matches no password: the account is locked, which may be meant.
deny contains {"at": commands.flag_place(command, flag), "problem": sprintf("`%s %s` expects a hash: `%s` locks the password instead of setting it", [command.program, flag, command.flags[flag]]), "advice": "Remove the option, which leaves the account locked.", "severity": "info"} if {
	some command in input.commands
	command.program in {"useradd", "usermod"}
	command.instruction
	some flag in ["-p", "--password"]
	is_string(command.flags[flag])
	not command.flags[flag] in {"", "*", "!", "x", "!!", "*LK*"}
	not _is_hash(command.flags[flag])
	not _is_set_elsewhere(command)
}

# `echo "app:…" | chpasswd` in the same stage gives the account a password, and is told for itself.
_is_set_elsewhere(command) if {
	account := concat("", [command.args[count(command.args) - 1], ":"])
	some other in input.index.commands_by_stage[command.stage]
	other.program == "chpasswd"
	some source in input.index.commands_by_pipeline_start[other.pipeline_start]
	some word in source.words
	contains(word.text, account)
}

_sets_password(command) if {
	command.program == "passwd"
	command.place > 0
}

_sets_password(command) if {
	command.program == "passwd"
	"--stdin" in command.flag_list
}

package lib.packages

# Whether the RUN of `command` mounts a cache or a tmpfs over a folder.
is_mounted(command, folder) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	some flag in instruction.flags
	flag.name == "mount"
	_is_transient(flag.value)
	contains(flag.value, folder)
}

_is_transient(mount) if contains(mount, "type=cache")

_is_transient(mount) if contains(mount, "type=tmpfs")

# Whether what the command leaves is in a layer of an image: a RUN leaves it, in the last stage, in one that is there to be built alone, or in one that
# either of them builds on.
reaches_image(command) if {
	command.source in {"run", "heredoc"}
	some stage in input.index.stages_by_at[command.stage]
	stage.is_final
}

reaches_image(command) if {
	command.source in {"run", "heredoc"}
	some stage in input.index.stages_by_at[command.stage]
	stage.is_target
}

reaches_image(command) if {
	command.source in {"run", "heredoc"}
	some stage in input.index.stages_by_at[command.stage]
	some other in input.index.stages_by_document[stage.document]
	_is_built(other)
	stage.at in other.lineage
}

_is_built(stage) if stage.is_final

_is_built(stage) if stage.is_target

# Whether a later command of the same RUN removes a folder.
removes(command, folder) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program == "rm"
	other.pipeline > command.pipeline
	some word in other.args
	_is_around(word, folder)
}

_is_around(word, folder) if contains(word, folder)

# `/var/cache/*` holds `/var/cache/dnf`.
_is_around(word, folder) if {
	startswith(word, "/")
	stem := trim_right(word, "*/")
	stem != ""
	startswith(folder, concat("", [stem, "/"]))
}

# Whether a command of the same RUN leaves nothing of apt's lists in the layer.
drops_lists(command) if removes(command, "/var/lib/apt")

drops_lists(command) if is_mounted(command, "/var/lib/apt")

drops_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"apt-get", "apt"}
	some word in other.args
	word in {"dist-clean", "distclean"}
}

# Whether a later command of the same RUN cleans up after a manager; `clean metadata` leaves what was fetched.
cleans(command, managers) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager in managers
	other.action == "clean"
	other.pipeline > command.pipeline
	not _is_partial(other)
}

_is_partial(other) if {
	some word in other.args
	word in {"metadata", "dbcache", "expire-cache", "headers"}
}

# Whether the RUN of a command installs something with the same manager.
installs_beside(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == command.manager
	other.action == "install"
}

# Whether what a command renewed is used behind it in the same RUN: by an install, or by a script that may hold one.
uses_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == command.manager
	_is_behind(other, command)
	other.action in {"install", "upgrade", "dist-upgrade", "source", "build-dep", "download"}
}

uses_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"apt-get", "apt", "aptitude"}
	command.manager in {"apt-get", "apt", "aptitude"}
	_is_behind(other, command)
	other.action in {"install", "upgrade", "dist-upgrade", "build-dep", "download"}
}

# `apt-get satisfy`, which the manager's table of actions does not know.
uses_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"apt-get", "apt", "aptitude"}
	_is_behind(other, command)
	other.args[0] in {"satisfy", "build-dep", "source", "reinstall", "dselect-upgrade"}
}

# A program that is not one of the system's, behind the update: a wrapper of the image, such as `install-packages`.
may_use_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.pipeline > command.pipeline
	other.program
	not _is_of_the_system(other.program)
	not other.manager
}

_is_of_the_system(program) if program in {
	"apt-get", "apt", "apt-cache", "apt-key", "apt-mark", "apt-config", "aptitude", "dpkg", "dpkg-reconfigure", "dpkg-divert", "add-apt-repository", "apk", "yum", "dnf", "microdnf",
	"rpm", "zypper", "pacman", "rm", "mv", "cp", "ln", "ls", "mkdir", "rmdir", "touch", "chmod", "chown", "cat", "echo", "printf", "sed", "awk", "grep", "tee", "tr", "cut",
	"head", "tail", "sort", "uniq", "wc", "find", "xargs", "tar", "unzip", "gzip", "gunzip", "xz", "curl", "wget", "gpg", "cd", "pwd", "export", "set", "unset", "true", "false",
	":", "test", "[", "[[", "exit", "date", "sleep", "id", "whoami", "useradd", "adduser", "usermod", "groupadd", "addgroup", "passwd", "chpasswd", "su", "locale-gen",
	"update-locale", "ldconfig", "ln", "which", "type", "command", "git", "pip", "pip3", "python", "python3", "npm", "node", "go", "cargo", "java", "gem", "ruby", "perl",
	"lsb_release", "uname", "arch", "readlink", "basename", "dirname", "mktemp", "install", "update-ca-certificates", "update-alternatives", "service", "systemctl", "source", ".",
	"read", "shift", "return", "local", "env", "stat", "diff", "cmp", "file", "sync", "du", "df", "mount", "umount", "kill", "ps", "hash", "ulimit", "umask", "trap", "exec",
	"nproc", "seq", "yes", "expr", "let", "debconf-set-selections", "truncate", "sha256sum", "md5sum", "base64", "openssl", "jq",
}

# Scripts and the programs that call the manager themselves.
uses_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"unminimize", "apt-file", "apt-cache", "apt-mirror", "rosdep", "playwright", "npx", "make", "gdebi", "mk-build-deps", "debootstrap", "tasksel"}
}

uses_lists(command) if {
	some ending in [".sh", ".bash", ".py", ".pl"]
	some other in input.index.commands_by_instruction[command.instruction]
	contains(other.program, ".")
	endswith(other.program, ending)
}

uses_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"sh", "bash", "dash", "ash", "ksh", "zsh"}
	some word in other.args
	not contains(word, " ")
}

uses_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program == "xargs"
	some word in other.args
	word in {"install", "add"}
}

# What a function or a loop runs again may be before it.
_is_behind(other, command) if other.pipeline > command.pipeline

_is_behind(other, _) if other.in_function

_is_behind(other, _) if other.in_condition

_is_behind(_, command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"break", "continue", "sleep"}
}

# Whether the RUN of a command renews the lists of its manager.
updates_beside(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == command.manager
	other.action == "update"
}

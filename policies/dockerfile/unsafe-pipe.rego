# METADATA
# title: Pipe masks a failure
# description: |
#   Without `pipefail` a `RUN` succeeds if the last command of a pipe does: an earlier failure goes unnoticed. Where the last command itself fails on
#   empty input, as `grep` and `gpg --dearmor` do, nothing is masked. One that unpacks an archive fails, too, but says only that the archive is cut.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#using-pipes
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   across_files: true
#   message: "{fault}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     In Debian, Ubuntu and other images with bash, write `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` above the `RUN`. In Alpine and other BusyBox
#     images, and where bash already runs the script, begin the `RUN` or here-document with `set -o pipefail;`.
#   aliases:
#     - hadolint:DL4006
#     - {id: kics:shell_running_a_pipe_without_pipefail_flag, when: is_from_shell}
#     - semgrep:set-pipefail
#   implied_by: [shell/piped-download, shell/empty-pipe, dockerfile/unverified-download]
package rules.dockerfile["unsafe-pipe"]

import data.lib.images

deny contains {"at": culprit.at, "field": "program", "fault": _fault(culprit), "advice": _repair(culprit), "is_from_shell": _is_from_shell(culprits), "severity": _severity(culprit)} if {
	some script in input.scripts
	script.has_pipe_without_pipefail
	script.source in {"run", "heredoc"}
	script.instruction
	culprits := [command |
		some command in input.index.commands_by_script[script.at]
		not command.is_last
		_is_hidden(command)
	]
	count(culprits) > 0
	culprit := culprits[0]
}

# What stands before the pipe is a group or a loop, and no command of the pipe itself.
deny contains {"at": follower.at, "field": "program", "fault": _masks(failing[0].program, _quoted(follower.program)), "advice": _advice(follower), "severity": _severity(follower)} if {
	some follower in input.commands
	follower.place > 0
	not follower.pipes_from[0]
	follower.source in {"run", "heredoc"}
	follower.instruction
	_follows_a_group(follower)
	not _fails_on_nothing(follower)
	not _unpacks_alone(follower)
	commands := input.index.commands_by_script[follower.script]
	followers := [number | some number, command in commands; command.place > 0; _follows_a_group(command)]
	commands[followers[0]].at == follower.at
	count([command | some command in commands; not command.is_last; _is_hidden(command)]) == 0
	failing := [inner |
		some number, inner in commands
		number < followers[0]
		inner.pipeline > follower.pipeline
		not _is_in_word(inner)
		inner.list_after != "||"
		_may_fail(inner)
	]
	count(failing) > 0
}

# The build fails, and its log shows the complaint of the program that unpacks.
deny contains {
	"at": first.at, "field": "program", "fault": sprintf("if `%s` fails, the build shows only that %s got a broken archive", [first.program, _last(first)]),
	"advice": _advice(first), "severity": "info", "is_from_shell": false,
} if {
	some script in input.scripts
	script.has_pipe_without_pipefail
	script.source in {"run", "heredoc"}
	script.instruction
	fetches := [command |
		some command in input.index.commands_by_script[script.at]
		_is_cut(command)
	]
	count(fetches) > 0
	first := fetches[0]
	hidden := [command |
		some command in input.index.commands_by_script[script.at]
		not command.is_last
		_is_hidden(command)
	]
	count(hidden) == 0
}

# A download that the last command of its pipe unpacks, and that nothing has checked.
_is_cut(command) if {
	command.program in {"curl", "wget", "aria2c"}
	_counts(command)
	some other in input.index.commands_by_pipeline_start[command.pipeline_start]
	other.is_last
	other.place == command.place + 1
	_unpacks(other)
	not _is_followed(other)
}

_masks(program, last) := sprintf("if `%s` fails, the pipeline still succeeds with the status of %s", [program, last])

# `apt-get update | apt-get upgrade`: the second reads nothing of the first, and both run at once.
_fault(culprit) := sprintf("%s does not read what `%s` prints, and both run at once: `|` stands for `&&`", [_last(culprit), culprit.program]) if {
	_is_slip(culprit)
} else := _masks(culprit.program, _last(culprit))

_is_slip(culprit) if {
	count(culprit.pipes_to) == 1
	culprit.program in _deaf
	culprit.pipes_to[0] in _deaf
	not _asks_questions(culprit)
}

_deaf := {"apt-get", "apt", "apk", "yum", "dnf", "zypper", "pacman"}

# What lists packages may be read by a later one: `apt-get … --print-uris`.
_asks_questions(culprit) if not culprit.action in {"update", "install", "upgrade", "dist-upgrade", "clean", "autoremove"}

# `head` ends when it has its lines, which with `pipefail` may fail what still writes.
_is_ended_early(culprit) if culprit.pipes_to[count(culprit.pipes_to) - 1] == "head"

_asks_for_help(culprit) if {
	some word in culprit.words
	word.text in {"--help", "-h", "--version", "-V", "-version", "version", "help"}
}

_repair(culprit) := "Write `&&` instead of `|`." if {
	_is_slip(culprit)
} else := sprintf("Write `%s >/dev/null` instead of the pipe.", [_written(culprit)]) if {
	_is_ended_early(culprit)
	_asks_for_help(culprit)
	_written(culprit)
} else := sprintf("Write the output of `%s` to a file, and take the first lines of that: with `pipefail`, the end of `head` may fail `%s` too.", [culprit.program, culprit.program]) if {
	_is_ended_early(culprit)
} else := _advice(culprit)

_written(culprit) := concat(" ", array.concat([culprit.program], [word.text | some word in culprit.words])) if {
	count(culprit.words) < 6
	every word in culprit.words {
		word.quote == "none"
		not contains(word.text, " ")
	}
}

# What follows in the same script most often needs the result, and fails without it.
_severity(command) := "info" if _is_followed(command)

_severity(command) := "warning" if not _is_followed(command)

_is_followed(command) if {
	some other in input.index.commands_by_script[command.script]
	other.pipeline > command.pipeline
	other.program
	not _is_in_word(other)
	not other.program in _tidying
	not _cleans(other)
}

_tidying := {
	"rm", "rmdir", "true", ":", "echo", "printf", "chmod", "chown", "mkdir", "cd", "set", "touch", "ln", "export", "unset", "find", "ldconfig", "[", "test", "apt-mark", "useradd",
	"groupadd", "usermod", "adduser", "addgroup", "exit",
}

_cleans(command) if command.action in {"clean", "autoremove", "remove", "purge", "autoclean"}

_is_from_shell(culprits) if {
	_has_shell(culprits)
} else := false

_has_shell(culprits) if {
	some command in culprits
	command.program in {"bash", "zsh", "ash"}
}

_has_shell(culprits) if {
	some command in culprits
	command.holder in {"bash", "zsh", "ash"}
}

_is_hidden(command) if {
	_may_fail(command)
	not _asks_the_clone(command)
	_counts(command)
	not _is_seen(command)
}

# The last command of the pipe, or one on the way to it, fails if nothing comes.
_is_seen(command) if {
	some other in input.index.commands_by_pipeline_start[command.pipeline_start]
	other.place > command.place
	_fails_on_nothing(other)
	other.is_last
}

# An archive that ends early is no archive to the program that unpacks it, unless what makes it fails and ends it properly.
_is_seen(command) if {
	some other in input.index.commands_by_pipeline_start[command.pipeline_start]
	other.place > command.place
	_unpacks(other)
	other.is_last
	not command.program in {"tar", "bsdtar", "gtar", "cpio", "zip", "docker", "podman"}
}

_last(command) := _quoted(command.pipes_to[count(command.pipes_to) - 1]) if count(command.pipes_to) > 0

_last(command) := "its last command" if count(command.pipes_to) == 0

_quoted(program) := concat("", ["`", program, "`"])

# What fetches, unpacks, decrypts or asks another machine.
_may_fail(command) if command.program in {
	"curl", "wget", "aria2c", "fetch", "git", "svn", "hg", "rsync", "scp", "ssh", "aws", "gsutil", "az", "gcloud", "kubectl", "helm", "docker", "gpg", "gpg2",
	"openssl", "pip", "pip3", "npm", "yarn", "pnpm", "mvn", "gradle", "make", "cmake", "cargo", "go", "dotnet", "msbuild", "composer", "gem", "bundle", "python",
	"python3", "node", "ruby", "perl", "php", "java", "unzip", "tar", "gunzip", "zcat", "xzcat", "bzcat", "7z", "apt-get", "apt", "yum", "dnf", "apk", "zypper",
	"apt-key", "mysql", "psql", "pg_dump", "mysqldump", "jq", "yq", "envsubst", "pytest", "tox", "ctest", "./configure", "configure", "bash", "sh",
}

# What git tells of the clone that is there.
_asks_the_clone(command) if {
	command.program == "git"
	command.args[0] in {"tag", "describe", "rev-parse", "rev-list", "log", "branch", "config", "ls-files", "status", "show", "diff", "remote", "for-each-ref", "show-ref", "symbolic-ref"}
}

# A script of the image.
_may_fail(command) if {
	some ending in [".sh", ".py", ".pl", ".rb"]
	endswith(command.program, ending)
}

# These fail where nothing comes.
_fails_on_nothing(command) if command.program in {
	"grep", "egrep", "fgrep", "rg", "gunzip", "zcat", "bunzip2", "bzcat", "unzip", "funzip", "cpio", "gpg", "gpg2", "apt-key", "rpm2cpio",
}

_fails_on_nothing(command) if {
	command.program == "gzip"
	command.flags["-d"]
}

_fails_on_nothing(command) if {
	command.program in {"sha256sum", "sha512sum", "sha1sum", "sha384sum", "sha224sum", "md5sum", "b2sum", "shasum"}
	some flag in ["-c", "--check"]
	command.flags[flag]
}

_fails_on_nothing(command) if {
	command.program in {"xz", "bzip2", "zstd", "lz4", "lzma", "lzip", "pigz", "brotli"}
	some flag in ["-d", "--decompress", "--uncompress", "-dc", "-cd"]
	command.flags[flag]
}

_fails_on_nothing(command) if command.program in {"unxz", "xzcat", "unlzma", "unzstd", "zstdcat", "unpigz", "uncompress", "rpm2archive"}

# `jq -e` fails without a result.
_fails_on_nothing(command) if {
	command.program == "jq"
	some flag in ["-e", "--exit-status"]
	command.flags[flag]
}

# `docker load`, `ctr images import -`
_fails_on_nothing(command) if {
	command.program in {"docker", "podman", "nerdctl"}
	command.args[0] in {"load", "import"}
}

# `tar xz`, `tar -xzf -`, `tar --extract`, `bsdtar -x`, and the same with `t`, which lists.
_unpacks(command) if {
	command.program in {"tar", "bsdtar", "gtar"}
	some flag in ["-x", "-t", "--extract", "--get", "--list"]
	command.flags[flag]
}

_unpacks(command) if {
	command.program in {"tar", "bsdtar", "gtar"}
	some letter in ["x", "t"]
	contains(command.words[0].text, letter)
	not startswith(command.words[0].text, "-")
}

# Whether a group before it holds nothing that makes archives itself.
_unpacks_alone(follower) if {
	_unpacks(follower)
	every other in input.index.commands_by_script[follower.script] {
		not _packs(other)
	}
}

_packs(command) if {
	command.program in {"tar", "bsdtar", "gtar", "cpio", "zip"}
	not _unpacks(command)
}

# bash: `SHELL`; elsewhere the shell that is there knows the option.
_advice(command) := "Begin this script with `set -o pipefail`." if {
	command.source == "heredoc"
	command.shell in {"bash", "zsh", "ksh"}
}

_advice(command) := "Begin this `RUN` with `set -o pipefail;`." if {
	command.source == "run"
	command.shell in {"bash", "zsh", "ksh"}
}

_advice(command) := "Begin this `RUN` with `set -o pipefail;`." if {
	not command.shell in {"bash", "zsh", "ksh"}
	images.is_busybox(command)
}

_advice(command) := "Write `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` above this `RUN`." if {
	not command.shell in {"bash", "zsh", "ksh"}
	not images.is_busybox(command)
}

_follows_a_group(command) if {
	not command.pipes_from[0]
	_counts(command)
}

# What a condition asks is answered by the last command, and nobody sees how the command in a word ended.
_counts(command) if {
	not command.is_pipefail
	not command.in_condition
	not _is_in_word(command)
}

_is_in_word(command) if {
	command.holding in {"command", "backtick", "process"}
	command.holder
}

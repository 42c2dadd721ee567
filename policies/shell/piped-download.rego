# METADATA
# title: Download piped to a shell
# description: |
#   The download goes straight to a shell: nobody reviews it, a broken transfer runs half of it, and whoever controls the server or its name decides what
#   runs. An address with a full commit hash always returns the same content, and is not reported.
# related_resources:
#   - https://docs.zizmor.sh/audits/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Download to a file, verify it against a known checksum or signature, then run it. For `raw.githubusercontent.com`, write a full commit hash
#     instead of the branch or tag. For `sh.rustup.rs`, download `rustup-init` and its `.sha256`, compare them, then run it with `-y`.
#   across_files: true
#   aliases:
#     - dockle:CIS-DI-0011
#     - cis-docker:4.11
#     - semgrep:curl-eval
#     - poutine:unverified_script_exec
#     - scorecard:Pinned-Dependencies
package rules.shell["piped-download"]

import data.lib.commands
import data.lib.downloads
import data.lib.images

deny contains {"at": command.at, "problem": _problem(command), "related": _downloads(command), "advice": _advice(command)} if {
	some command in input.commands
	command.program in {"sh", "bash", "dash", "ash", "ksh", "zsh", "fish", "python", "python2", "python3", "perl", "ruby", "node", "php", "source", ".", "eval"}
	not command.is_of_commit
	_runs_download(command)
	not _is_own(command)
}

# The script is one of the repository itself, as `${{ github.repository }}` and `$GITHUB_REPOSITORY` name it.
_is_own(command) if {
	command.source == "step"
	some other in input.index.commands_by_pipeline_start[command.pipeline_start]
	some word in other.words
	_names_own(word.text)
}

_is_own(command) if {
	command.source == "step"
	some substitution in command.substitutions
	_names_own(substitution.text)
}

_names_own(text) if {
	contains(text, "://")
	some name in ["github.repository }}", "github.repository}}", "$GITHUB_REPOSITORY", "${GITHUB_REPOSITORY}", "$GITHUB_REPOSITORY/"]
	contains(text, name)
}

# `iwr https://… | iex`, in PowerShell
deny contains {"at": construct.at, "problem": sprintf("`%s` runs a download without verifying it", [construct.text]), "related": [], "advice": "Download a release by its number to a file, verify its checksum or signature, then run it"} if {
	some construct in input.constructs
	construct.kind == "piped-download"
}

# Whose script runs is the risk.
_problem(command) := sprintf("script from `%s` is %s `%s` without verification", [_hosts(command)[0], _problem_verb(command), command.program]) if count(_hosts(command)) > 0

_problem(command) := sprintf("`%s` runs a download without verifying it", [command.program]) if count(_hosts(command)) == 0

# What is known of the place.
_advice(command) := downloads.rustup(_library(command)) if {
	"sh.rustup.rs" in _hosts(command)
} else := "Write the full commit hash instead of the branch or tag into the address, so that it always returns the same script" if {
	"raw.githubusercontent.com" in _hosts(command)
} else := _instead[_hosts(command)[0]] if {
	command.instruction
	_instead[_hosts(command)[0]]
} else := replace(_anywhere["deb.nodesource.com"], "node_24.x", _node(command)[0]) if {
	"deb.nodesource.com" in _hosts(command)
	count(_node(command)) > 0
} else := _anywhere[_hosts(command)[0]] if {
	_anywhere[_hosts(command)[0]]
} else := "Download a release by its number to a file, verify its checksum or signature, then run it"

# Scripts that change without notice, whose checksum nobody can write down, and what does the same in an image.
_instead := {
	"getcomposer.org": "Write `COPY --from=composer:2 /usr/bin/composer /usr/local/bin/composer` instead",
	"astral.sh": "Write `COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/` instead",
}

_anywhere := {
	"astral.sh": "Put the release into the address, as in `https://astral.sh/uv/0.9.5/install.sh`, and verify the file's checksum before it runs",
	"bootstrap.pypa.io": "Install `python3-pip` from the distribution, or use `python3 -m ensurepip`",
	"cpanmin.us": "Install `cpanminus` from the distribution",
	"deb.nodesource.com": "Add the repository and its key instead of running the script: `deb [signed-by=/etc/apt/keyrings/nodesource.gpg] https://deb.nodesource.com/node_24.x nodistro main`",
	"get.docker.com": "Add Docker's repository and its key instead of running the script: `deb [signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/debian trixie stable`",
	"install.python-poetry.org": "Install a release from PyPI instead: `pipx install poetry==2.1.4`",
	"packagecloud.io": "Add the repository to the sources and its key under `/etc/apt/keyrings`, with `signed-by`, instead of running the script",
}

# The release whose repository NodeSource's script adds: `setup_22.x`.
_node(command) := [concat("", ["node_", number, ".x"]) |
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	some word in source.words
	not word.ended_release
	parts := split(word.text, "/setup_")
	count(parts) == 2
	number := split(parts[1], ".")[0]
	number != ""
	trim(number, "0123456789") == ""
]

_library(command) := "musl" if {
	images.is_busybox(command)
} else := "gnu"

_hosts(command) := array.concat(_piped(command), _substituted(command))

_problem_verb(command) := "piped into" if count(_piped(command)) > 0

_problem_verb(command) := "run by" if count(_piped(command)) == 0

# `bash <(curl https://host/file)`
_substituted(command) := [host |
	some substitution in command.substitutions
	parts := split(substitution.text, "://")
	count(parts) == 2
	host := split(split(split(split(split(parts[1], "/")[0], " ")[0], ")")[0], "\"")[0], "'")[0]
	host != ""
	not contains(host, "$")
]

_piped(command) := [split(split(word, "://")[1], "/")[0] |
	command.place > 0
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	source.place == 0
	some word in source.args
	_is_address(word)
]

_is_address(word) if {
	some scheme in ["https://", "http://"]
	startswith(word, scheme)
	not startswith(word, concat("", [scheme, "$"]))
}

_downloads(command) := [{"at": source.at, "field": "program", "message": "the download"} |
	command.place > 0
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	source.place == 0
]

# `curl … | sh`
_runs_download(command) if {
	command.place > 0
	commands.is_interpreter(command.program)
	command.reads_script
	some source in command.pipes_from
	source in {"curl", "wget"}
	not _gets_nothing(command)
}

# The download goes to a file, and the pipe is empty.
_gets_nothing(command) if {
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	source.program in {"curl", "wget"}
	some flag in ["-o", "-O", "--output", "--remote-name", "--output-document"]
	source.flags[flag]
	_is_file(source, flag)
}

# Without `-O -` a file is written.
_gets_nothing(command) if {
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	source.program == "wget"
	not commands.names_output(source)
	not _has_messages(source)
}

_has_messages(source) if {
	some redirect in source.redirects
	contains(redirect.operator, "&")
}

_is_file(source, flag) if {
	source.program == "curl"
	flag in {"-O", "--remote-name"}
}

_is_file(source, flag) if {
	is_string(source.flags[flag])
	not source.flags[flag] in {"-", "/dev/stdout", "", "-q", "/dev/fd/1"}
}

# `tools/fetch https://… | sh`
_runs_download(command) if {
	commands.is_interpreter(command.program)
	command.reads_script
	command.reads_download
	not "curl" in command.pipes_from
	not "wget" in command.pipes_from
}

# `bash <(curl …)`, `source <(curl …)`
_runs_download(command) if {
	_is_reader(command.program)
	some substitution in command.substitutions
	substitution.kind == "process"
	_fetches(substitution.text)
	command.args[0] == substitution.text
}

# `sh -c "$(curl …)"`
_runs_download(command) if {
	commands.is_interpreter(command.program)
	command.flags["-c"]
	some substitution in command.substitutions
	_fetches(substitution.text)
	_is_script(command, substitution.text)
}

_runs_download(command) if {
	commands.is_interpreter(command.program)
	command.flags["-e"]
	some substitution in command.substitutions
	_fetches(substitution.text)
	_is_script(command, substitution.text)
}

# `eval "$(curl …)"`
_runs_download(command) if {
	command.program == "eval"
	some substitution in command.substitutions
	_fetches(substitution.text)
	command.args[0] == substitution.text
}

_is_script(command, text) if command.args[0] == text

_is_script(command, text) if command.flags["-c"] == text

_is_reader(program) if commands.is_interpreter(program)

_is_reader(program) if program in {"source", "."}

_fetches(text) if {
	some start in ["$(curl ", "$(wget ", "`curl ", "`wget ", "<(curl ", "<(wget ", "$( curl ", "$( wget ", "<( curl ", "<( wget "]
	startswith(text, start)
}

# Any other program with an address of the web, unless it only prints it.
_fetches(text) if {
	some start in ["$(", "`", "<("]
	startswith(text, start)
	some scheme in [" https://", " http://", "'https://", "\"https://"]
	contains(text, scheme)
	not _prints(text)
}

_prints(text) if {
	some program in ["echo ", "printf ", "git ", "docker ", "sed ", "jq ", "grep "]
	contains(substring(text, 0, 12), program)
}

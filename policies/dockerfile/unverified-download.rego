# METADATA
# title: Download installed without verification
# description: |
#   What a server sends is unpacked into the image or installed, and nothing compares it with a known checksum or signature. Whoever controls the server,
#   its name or the release decides what the image runs.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#add---checksum
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{what}` is downloaded without a checksum and {done}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Verify the file with `sha256sum -c` before it is used, or use `ADD --checksum`. If the URL follows the newest release or a branch, name a release
#     or a full commit hash. Instead of `get-pip.py`, use the pip of the base image or `python3-pip`; for Python 2, the fixed `pip/2.7/get-pip.py`.
#   habit: true
#   aliases:
#     - dockle:CIS-DI-0011
#     - cis-docker:4.11
#     - scorecard:Pinned-Dependencies
#   implied_by: [shell/piped-download, shell/insecure-download]
package rules.dockerfile["unverified-download"]

import data.lib.commands
import data.lib.images
import data.lib.stages

deny contains {"at": command.at, "field": "program", "what": _what(command), "done": done, "advice": _advice(command), "severity": _severity(done)} if {
	some command in input.commands
	command.program in {"curl", "wget", "aria2c"}
	command.instruction
	command.source in {"run", "heredoc"}
	command.depth == 0
	stages.is_small(command.stage)
	_is_file(command)
	not command.is_of_commit
	not _is_said(command)
	not _is_verified(command)
	done := _done(command)
}

# What is done with it: of several signs the surest.
_done(command) := found[0] if {
	kinds := {kind |
		some other in input.index.commands_by_instruction[command.instruction]
		_installs(other)
		other.pipeline >= command.pipeline
		kind := _kind(other)
		_is_of_it(command, other, kind)
	}
	found := [kind | some kind in ["run", "installed", "unpacked", "made executable"]; kind in kinds]
	count(found) > 0
}

_kind(other) := "run" if _is_script(other)

_kind(other) := "unpacked" if other.program in {"tar", "bsdtar", "unzip"}

_kind(other) := "made executable" if other.program in {"chmod", "mv", "cp", "install", "ln"}

_is_script(other) if commands.is_interpreter(other.program)

_is_script(other) if {
	other.has_path
	some ending in [".sh", ".bash", ".run", ".bin", ".py", ".pl"]
	endswith(other.program, ending)
}

_kind(other) := "installed" if {
	not other.program in {"tar", "bsdtar", "unzip", "chmod", "mv", "cp", "install", "ln"}
	not _is_script(other)
}

_is_of_it(_, _, kind) if kind in {"installed", "unpacked"}

# `bash install.sh`, `./install.sh`; `sh -n` only reads it.
_is_of_it(command, other, "run") if {
	not other.flags["-n"]
	_base(other.args[0]) == _base(_file(command))
	commands.is_interpreter(other.program)
}

_is_of_it(command, other, "run") if other.program == _base(_file(command))

# `chmod +x` and `mv` say by name what they mean.
_is_of_it(command, other, "made executable") if {
	some word in other.args
	_base(word) == _base(_file(command))
}

# Into a program's place it goes under another name only by `mv`, `cp` and `install`, from where it was put.
_is_of_it(command, other, "made executable") if {
	some word in other.args
	_file(command) == word
}

_base(path) := parts[count(parts) - 1] if parts := split(trim_right(path, "/"), "/")

# Where the file is put: by an option, by a redirection, or under the last part of the address.
_file(command) := files[0] if {
	files := array.concat(_named(command), [_base(split(split(trim_right(word, "}"), "?")[0], "#")[0]) | some word in command.args; _is_address(word)])
	count(files) > 0
}

_named(command) := array.concat(_by_option(command), [redirect.target | some redirect in command.redirects; redirect.operator in {">", "1>"}; redirect.target != "/dev/null"])

_by_option(command) := [value |
	some flag in _options[command.program]
	value := command.flags[flag]
	is_string(value)
	not value in {"-", "/dev/stdout"}
]

_options := {"curl": ["-o", "--output"], "wget": ["-O", "--output-document"], "aria2c": ["-o", "--out"]}

# A script is as good as `curl … | sh`.
_severity(done) := "warning" if done == "run"

_severity(done) := "info" if done != "run"

_what(command) := _file(command) if count(command.pipes_to) == 0

_what(command) := [word | some word in command.args; _is_address(word)][0] if count(command.pipes_to) > 0

# What changes behind its address has no checksum that lasts.
_advice(command) := "The address always returns the newest file, so no checksum stays valid: download a release by its number, and verify its checksum." if {
	_moves(command)
	not _is_of_branch(command)
	not _is_pip(command)
}

_advice(command) := "The address returns the newest state of a branch, so no checksum stays valid: write the full commit hash, or the tag of a release, instead of the branch." if {
	_moves(command)
	_is_of_branch(command)
	not _is_pip(command)
}

_is_of_branch(command) if {
	some word in command.args
	_is_address(word)
	some host in ["://raw.githubusercontent.com/", "://github.com/", "://codeload.github.com/", "://gitlab.com/"]
	contains(word, host)
	some part in ["/master", "/main", "/develop", "/archive/refs/heads/", "/HEAD/", "/gh-pages/"]
	contains(word, part)
}

_advice(command) := "Remove it: the base image has pip." if {
	_is_pip(command)
	images.names_one_of(command, ["python:", "python3", "/python"])
}

_advice(command) := "Today's script does not run on Python 2: download `https://bootstrap.pypa.io/pip/2.7/get-pip.py`, which no longer changes, and verify its checksum." if {
	_is_pip(command)
	_is_of_python_2(command)
	not images.names_one_of(command, ["python:", "python3", "/python"])
}

_advice(command) := "Install `python3-pip` from the distribution, or use `python3 -m ensurepip`: the script changes with each release of pip, so no checksum of it stays valid." if {
	_is_pip(command)
	not _is_of_python_2(command)
	not images.names_one_of(command, ["python:", "python3", "/python"])
}

_is_pip(command) if {
	some word in command.args
	_is_address(word)
	endswith(word, "get-pip.py")
	not _is_of_release("/get-pip.py", word)
}

# `python` of a distribution is Python 2 where it is anything.
_is_of_python_2(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"python", "python2", "python2.7"}
	some word in other.args
	endswith(word, "get-pip.py")
}

_is_of_python_2(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"python", "python2", "python2.7"}
	count(other.args) == 0
	other.place > 0
}

_moves(command) if {
	some word in command.args
	_is_address(word)
	some part in ["/latest/", "_current_", "-latest", "/master/", "/main/", "/nightly", "/HEAD/", "/stable/", "/get-pip.py", "://get.", "://sh.", "/releases/latest", "/archive/master.", "/archive/main.", "/archive/refs/heads/", "/tarball/master", "/tarball/main", "/tar.gz/master", "/tar.gz/main", "/zipball/master", "/gh-pages/", "/latest.", "_latest.", "_LATEST.", "-LATEST.", "getcomposer.org/composer", "getcomposer.org/installer"]
	contains(word, part)
	not _is_of_release(part, word)
}

# A channel, or a component of a distribution, whose files have their versions in their names; and scripts for releases of Python that have ended.
_is_of_release(part, word) if {
	part in {"/stable/", "/main/", "://get."}
	parts := split(word, "/")
	name := parts[count(parts) - 1]
	_has_version(name)
}

_is_of_release("/get-pip.py", word) if {
	some release in ["/pip/2.", "/pip/3."]
	contains(word, release)
}

_has_version(name) if contains(name, "$")

_has_version(name) if {
	some digit in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
	contains(name, concat("", [digit, "."]))
}

_advice(command) := sprintf("Verify it first: `echo %s<sha256>  %s%s | sha256sum -c`; or use `ADD --checksum`.", [_quote(command), _file(command), _quote(command)]) if {
	count(command.pipes_to) == 0
	not _moves(command)
}

# Single quotes would keep a variable as it is written.
_quote(command) := "\"" if contains(_file(command), "$")

_quote(command) := "'" if not contains(_file(command), "$")

_advice(command) := "Write it to a file and verify its checksum (`sha256sum -c`) before it is unpacked; or use `ADD --checksum`." if {
	count(command.pipes_to) > 0
	not _moves(command)
}

# What is asked for is an address, and its answer no key.
_is_file(command) if {
	some word in command.args
	_is_address(word)
	count([name | some name in command.pipes_to; name in {"gpg", "gpg2", "apt-key", "tee", "sh", "bash", "jq", "grep", "sed", "awk", "python3", "python"}]) == 0
	not endswith(word, ".asc")
	not endswith(word, ".gpg")
	not endswith(word, ".key")
	not endswith(word, ".list")
}

_is_address(word) if startswith(word, "https://")

_is_address(word) if startswith(word, "http://")

# `${TOOL_URL:-https://example.com/tool.tgz}`
_is_address(word) if {
	startswith(word, "${")
	some start in [":-https://", ":-http://", "-https://"]
	contains(word, start)
}

# The first download of a RUN speaks for all.
_is_said(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"curl", "wget", "aria2c"}
	other.pipeline < command.pipeline
	other.depth == 0
	_is_file(other)
}

_is_verified(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {
		"sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "shasum", "md5sum", "b2sum", "b3sum", "rhash", "gpgv", "cosign", "minisign", "signify",
		"slsa-verifier", "sigstore", "cksum", "sha256", "sha512",
	}
}

_is_verified(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"gpg", "gpg2", "openssl", "gh"}
	some word in other.words
	word.text in {"--verify", "dgst", "verify", "attestation", "-verify", "--batch"}
}

_installs(other) if {
	other.program in {"tar", "bsdtar"}
	some flag in ["-C", "--directory"]
	_is_for_programs(other.flags[flag])
}

_installs(other) if {
	other.program in {"tar", "bsdtar"}
	some number, word in other.words
	word.text == "-C"
	_is_for_programs(other.words[number + 1].text)
}

# `tar xf tool.tgz && mv tool /usr/local/bin`: what was unpacked becomes a program.
_installs(other) if {
	other.program in {"tar", "bsdtar", "unzip"}
	some later in input.index.commands_by_instruction[other.instruction]
	later.program in {"mv", "cp", "install", "ln"}
	later.pipeline > other.pipeline
	count(later.args) > 1
	_is_for_programs(later.args[count(later.args) - 1])
}

# The newest state of a branch, wherever it is unpacked.
_installs(other) if {
	other.program in {"tar", "bsdtar"}
	other.place > 0
	some source in input.index.commands_by_instruction[other.instruction]
	source.pipeline == other.pipeline
	source.program in {"curl", "wget"}
	some word in source.args
	_is_address(word)
	some part in ["/tarball/master", "/tarball/main", "/archive/master", "/archive/main", "/archive/refs/heads/", "/tar.gz/master", "/tar.gz/main"]
	contains(word, part)
}

_installs(other) if {
	other.program == "unzip"
	some number, word in other.words
	word.text == "-d"
	_is_for_programs(other.words[number + 1].text)
}

_installs(other) if {
	other.program in {"mv", "cp", "install", "chmod", "ln"}
	count(other.args) > 1
	_is_for_programs(other.args[count(other.args) - 1])
}

_installs(other) if {
	other.program == "dpkg"
	some flag in ["-i", "--install", "--unpack"]
	other.flags[flag]
}

_installs(other) if {
	other.program == "rpm"
	some flag in ["-i", "-U", "--install", "--upgrade"]
	other.flags[flag]
}

_installs(other) if {
	other.action in {"install", "reinstall"}
	some wanted in other.packages
	_is_package_file(wanted.name)
}

_installs(other) if {
	_is_script(other)
	other.place == 0
}

_is_package_file(name) if {
	some ending in [".deb", ".rpm", ".apk"]
	endswith(name, ending)
	not contains(name, "://")
}

_is_for_programs(path) if trim_right(path, "/") in {
	"", "/bin", "/sbin", "/usr", "/usr/bin", "/usr/sbin", "/usr/local", "/usr/local/bin", "/usr/local/sbin", "/usr/local/lib",
}

_is_for_programs(path) if {
	some folder in ["/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"]
	startswith(path, folder)
}

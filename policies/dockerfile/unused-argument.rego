# METADATA
# title: Unused build argument
# description: |
#   Nothing in the file names the argument again. A program of a `RUN` may read it from its environment: arguments that programs are known to read are
#   left out.
# custom:
#   severity: info
#   confidence: medium
#   category: maintainability
#   message: "argument `{name}` is never used"
#   remediation: "Remove it, or declare `ARG {name}` in the stage that needs it."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unused-argument"]

import data.lib.stages

deny contains {"at": variable.at, "field": variable.field, "name": variable.name} if {
	some variable in input.variables
	variable.source == "arg"
	not variable.is_read
	stages.is_small(object.get(variable, "stage", -1))
	not _is_known(upper(variable.name))
	not _runs_more(variable)
	not _is_remark(variable)
	trim(lower(variable.name), "abcdefghijklmnopqrstuvwxyz_0123456789") == ""
}

# `ARG A=1 # of B` declares `of` and `B`, too; nobody means it.
_is_remark(variable) if {
	some instruction in input.index.instructions_by_at[variable.at]
	some pair in instruction.pairs
	startswith(pair.name, "#")
}

# Whatever is no tool of the system may read its environment.
_runs_more(variable) if {
	some command in input.index.commands_by_stage[variable.stage]
	not command.program in {
		"[", "[[", "addgroup", "adduser", "apk", "apt", "apt-get", "apt-key", "cat", "cd", "chmod", "chown", "cp", "curl",
		"dnf", "dpkg", "echo", "exit", "export", "false", "find", "git", "gpg", "grep", "groupadd", "gunzip", "install",
		"ldconfig", "ln", "ls", "microdnf", "mkdir", "mv", "printf", "rm", "rpm", "sed", "set", "sha256sum", "tar", "tdnf",
		"tee", "test", "touch", "true", "unzip", "update-ca-certificates", "useradd", "usermod", "wget", "xz", "yum", "zypper",
	}
}

_runs_more(variable) if {
	some script in input.index.scripts_by_stage[variable.stage]
	not script.is_parsed
}

_is_known(name) if name in {"DEBIAN_FRONTEND", "TZ", "LANG", "LC_ALL", "TERM", "NODE_ENV", "NODE_OPTIONS", "CI", "MAVEN_OPTS", "JAVA_OPTS", "RUSTFLAGS", "CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS", "MAKEFLAGS", "SOURCE_DATE_EPOCH", "CACHEBUST"}

_is_known(name) if {
	some sign in ["PROXY", "BUILDKIT_", "NPM_", "PIP_", "UV_", "CARGO_", "GO", "CGO_", "GRADLE_", "YARN_", "NEXT_", "VITE_", "REACT_", "NUXT_", "COMPOSER_", "BUNDLE_", "APT_", "CACHE", "TARGET", "BUILDPLATFORM"]
	contains(name, sign)
}

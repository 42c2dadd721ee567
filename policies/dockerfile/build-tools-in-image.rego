# METADATA
# title: Build tools in the final stage
# description: |
#   Packages that only the build needs make the image larger and give an attacker in the container more tools. With a separate build stage they stay out
#   of the final image.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{package}` is a build tool and stays in the image"
#   remediation: Build in a separate stage and copy the result, or remove the package in the same `RUN`.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - dockle:CIS-DI-0003
#     - cis-docker:4.3
package rules.dockerfile["build-tools-in-image"]


deny contains {"at": found.at, "package": found.name} if {
	some command in input.commands
	command.action == "install"
	command.manager in {"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper", "pacman"}
	_is_in_final_stage(command)
	some found in command.packages
	found.name in _names
	not _is_removed(command, found.name)
	not command.flags["--virtual"]
	not command.flags["-t"]
}

_is_in_final_stage(command) if {
	some stage in input.index.stages_by_at[command.stage]
	stage.is_final
}

# What the same RUN takes away again.
_is_removed(command, name) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager
	other.action in {"remove", "purge", "autoremove", "del"}
	some word in other.args
	_means(word, name)
}

_means(word, name) if word == name

# A list of packages in a variable may hold it.
_means(word, _) if startswith(word, "$")

_names := {
	"autoconf",
	"automake",
	"base-devel",
	"bison",
	"build-base",
	"build-essential",
	"cargo",
	"clang",
	"cmake",
	"default-jdk",
	"flex",
	"g++",
	"gcc",
	"gcc-c++",
	"gfortran",
	"go",
	"golang",
	"golang-go",
	"gradle",
	"kernel-devel",
	"libc6-dev",
	"libtool",
	"linux-headers",
	"make",
	"maven",
	"meson",
	"musl-dev",
	"nasm",
	"ninja-build",
	"openjdk-17-jdk",
	"patch",
	"pkg-config",
	"rpm-build",
	"rustc",
	"yasm",
}

# Questions about commands that compare files with their sums.
package lib.checksums

_programs := {
	"md5sum": ["MD5", 32],
	"sha1sum": ["SHA-1", 40],
	"sha224sum": ["SHA-224", 56],
	"sha256sum": ["SHA-256", 64],
	"sha384sum": ["SHA-384", 96],
	"sha512sum": ["SHA-512", 128],
	"b2sum": ["BLAKE2", 128],
}

# How many digits the sums have that a command reads; undefined unless it compares some.
length(command) := _of(command)[1] if _checks(command)

# What they are called.
kind(command) := _of(command)[0] if _checks(command)

_of(command) := _programs[command.program] if command.program != "shasum"

_of(command) := _programs[sprintf("sha%ssum", [_algorithm(command)])] if command.program == "shasum"

_algorithm(command) := command.flags["-a"] if command.flags["-a"]

_algorithm(command) := command.flags["--algorithm"] if {
	not command.flags["-a"]
	command.flags["--algorithm"]
}

_algorithm(command) := "1" if {
	not command.flags["-a"]
	not command.flags["--algorithm"]
}

_checks(command) if {
	command.program in {"md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "b2sum", "shasum"}
	some flag in ["-c", "--check"]
	command.flags[flag]
	not command.flags["-l"]
}

# The variables that the lines begin with which it reads: `SUM` of `echo "${SUM}  file" | sha256sum -c`.
variables(command) := [name |
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	source.place < command.place
	source.program in {"echo", "printf"}
	some word in source.words
	startswith(word.text, "$")
	start := split(split(word.text, " ")[0], "*")[0]
	name := trim(start, "${}")
	name != ""
	not contains(name, "$")
]

# Questions about what is downloaded, and what to do instead.
package lib.downloads

# A later RUN of the stage verifies the file.
is_verified_later(instruction, source) if {
	parts := split(source, "/")
	name := split(parts[count(parts) - 1], "?")[0]
	some command in input.index.commands_by_stage[instruction.stage]
	command.program in _verifiers
	_names(command, instruction, name)
}

_verifiers := {"cosign", "gpg", "gpg2", "gpgv", "sha256sum", "sha512sum", "sha384sum", "sha1sum", "shasum", "b2sum", "minisign", "signify", "sigstore", "openssl", "slsa-verifier", "rekor-cli", "md5sum"}

# The command names the file or where it was put, or takes a list of sums.
_names(command, instruction, name) if {
	some word in command.words
	_is_of(word.text, instruction, name)
}

_names(command, _, _) if {
	some flag in ["-c", "--check"]
	command.flags[flag]
}

_is_of(text, _, name) if {
	name != ""
	contains(text, name)
}

_is_of(text, instruction, _) if {
	destination := instruction.destination
	not endswith(destination, "/")
	parts := split(destination, "/")
	last := parts[count(parts) - 1]
	not last in {"", ".", "tmp", "src", "app"}
	contains(text, last)
}

# How to install a release of rustup that is verified. 1.29.0 is the one of the official images of Rust.
rustup(library) := sprintf("Download `https://static.rust-lang.org/rustup/archive/1.29.0/$(uname -m)-unknown-linux-%s/rustup-init` and the `.sha256` beside it, compare them, then run it with `-y`", [library])

# METADATA
# title: ADD without a checksum
# description: |
#   What the URL returns may change from one build to the next without notice.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#add---checksum
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{source}` is downloaded without a checksum"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Add the checksum of the file: `ADD --checksum=sha256:… URL`. If the URL always serves the newest file (`latest`, a branch), no checksum stays
#     valid: download a pinned release first.
#   aliases:
#     - checkov:CKV_DOCKER_4
#     - kics:add_instead_of_copy
#     - kics:curl_or_wget_instead_of_add
#     - cis-docker:4.11
#   once: true
#   habit: true
#   implied_by: [shell/insecure-download]
package rules.dockerfile["unverified-add"]

import data.lib.downloads

deny contains {"at": instruction.at, "field": argument.field, "source": source, "advice": _advice(source)} if {
	some instruction in input.instructions
	instruction.keyword == "ADD"
	some argument in instruction.arguments
	source := argument.value
	_is_address(source)
	source in instruction.sources
	not _is_verified(instruction)
	not _is_signature(source)
	not _is_of_commit(source)
	not downloads.is_verified_later(instruction, source)
}

_advice(source) := sprintf("Add its checksum: `ADD --checksum=sha256:… %s`.", [source]) if not _floats(source)

_advice(source) := "This address serves the newest file, so no checksum stays valid: download a pinned release, and add its checksum with `--checksum`." if _floats(source)

_floats(source) if {
	some part in ["/latest/", "/latest.", "-latest", "/master/", "/main/", "/HEAD/", "/stable/", "/nightly/", "/develop/", "/trunk/", "/current/", "/refs/heads/"]
	contains(source, part)
	not _has_version(source)
}

# A repository or a channel is named so, and the file has its version: `…/main/remoting/3355.v38/remoting-3355.v38.jar`.
_has_version(source) if {
	parts := split(split(source, "?")[0], "/")
	pieces := split(parts[count(parts) - 1], ".")
	some number, piece in pieces
	number > 0
	substring(piece, 0, 1) in _digits
	before := pieces[number - 1]
	substring(before, count(before) - 1, 1) in _digits
}

_has_version(source) if {
	parts := split(split(source, "?")[0], "/")
	some word in split(parts[count(parts) - 1], "-")
	pieces := split(word, ".")
	count(pieces) > 2
	trim(trim_prefix(pieces[0], "v"), "0123456789") == ""
	pieces[0] != ""
}

_digits := {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}

# What something else is verified with.
_is_signature(source) if {
	some end in [".sig", ".asc", ".sigstore", ".sigstore.json", ".sha256", ".sha512", ".sha256sum", ".sha512sum", ".minisig", ".pem", ".md5", "SHA256SUMS", "SHASUMS256.txt", "checksums.txt", ".gpg", ".key", ".pub"]
	endswith(source, end)
}

# An address with a full commit hash always returns the same file.
_is_of_commit(source) if {
	some part in split(source, "/")
	count(part) == 40
	trim(part, "0123456789abcdef") == ""
}

_is_address(source) if {
	some scheme in ["http://", "https://"]
	startswith(source, scheme)
	not _is_repository(source)
}

# A repository has its own way to name a commit.
_is_repository(source) if endswith(source, ".git")

_is_repository(source) if contains(source, ".git#")

_is_repository(source) if contains(source, ".git?")

_is_verified(instruction) if {
	some flag in instruction.flags
	flag.name == "checksum"
}

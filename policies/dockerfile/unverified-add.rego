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
#   remediation: "Add the sum of the file: `ADD --checksum=sha256:… {source}`."
#   aliases:
#     - checkov:CKV_DOCKER_4
#     - kics:add_instead_of_copy
#     - kics:curl_or_wget_instead_of_add
#     - cis-docker:4.11
#   implied_by: [shell/insecure-download]
package rules.dockerfile["unverified-add"]

deny contains {"at": instruction.at, "field": argument.field, "source": source} if {
	some instruction in input.instructions
	instruction.keyword == "ADD"
	some argument in instruction.arguments
	source := argument.value
	_is_address(source)
	source in instruction.sources
	not _is_verified(instruction)
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

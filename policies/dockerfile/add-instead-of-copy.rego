# METADATA
# title: ADD where COPY suffices
# description: |
#   `ADD` also unpacks archives and downloads URLs. For a plain file or folder of the build context, `COPY` does only what it says.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#add-or-copy
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   habit: true
#   message: "`ADD` only copies `{source}`, which `COPY` does without unpacking or downloading"
#   remediation: Write `COPY`.
#   aliases:
#     - hadolint:DL3020
#     - trivy:DS-0005
#     - checkov:CKV_DOCKER_4
#     - kics:add_instead_of_copy
#     - semgrep:prefer-copy-over-add
#     - dockle:CIS-DI-0009
#     - cis-docker:4.9
#     - dockerfilelint:add_src_invalid
#   once: true
package rules.dockerfile["add-instead-of-copy"]

import data.lib.copies

deny contains {"at": instruction.at, "field": "keyword", "source": plain[0]} if {
	some instruction in input.instructions
	instruction.keyword == "ADD"
	not instruction.has_heredoc
	not copies.is_from_history(instruction)
	plain := [source | some source in instruction.sources; _is_plain(source)]
	count(plain) > 0
	count(plain) == count(instruction.sources)
}

_is_plain(source) if {
	not contains(source, "://")
	not contains(source, "$")
	not startswith(source, "git@")
	not _is_archive(lower(source))
}

# `ADD` unpacks tar files, compressed or not; a zip it only copies.
_is_archive(source) if {
	some ending in [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst", ".tar.lzma", ".tar.z", ".gz", ".bz2", ".xz", ".zst", ".lzma", ".tb2", ".tlz", ".tpz"]
	endswith(source, ending)
}

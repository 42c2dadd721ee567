# METADATA
# title: Abbreviated commit hash
# description: |
#   GitHub resolves full commit hashes only: an abbreviated one is taken for the name of a branch or tag, which the owner of that repository can create.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{uses}` uses an abbreviated commit hash"
#   remediation: Write all 40 digits of the hash.
#   aliases:
#     - github:languageservice/short-sha-ref
#     - ghalint:action_ref_should_be_full_length_commit_sha
#     - zizmor:unpinned-uses
#     - actionlint-fork:require-commit-hash/unpinned
#     - scorecard:Pinned-Dependencies
package rules.workflow["short-sha-ref"]

deny contains {"at": reference.at, "field": "uses", "uses": reference.target} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.is_known
	reference.action.ref_kind == "short-sha"
}

# METADATA
# title: Copied file that .dockerignore leaves out
# description: |
#   What a pattern of `.dockerignore` leaves out never reaches the builder, so COPY does not find it
#   and the build fails. A folder of which an exception may bring back a part is no finding.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/copy-ignored-file/
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{source}` never reaches the build: `{pattern}` in line {line} of {file} leaves it out"
#   remediation: Take the pattern out, or bring the file back with an exception, `!` and its path, below it.
#   aliases:
#     - buildkit:CopyIgnoredFile
package rules.dockerfile["ignored-source"]

deny contains {
	"at": copy.at, "field": copy.field, "source": copy.source,
	"pattern": copy.ignored_by, "line": copy.ignored_line, "file": copy.dockerignore,
} if {
	some copy in input.copies
	copy.is_ignored
}

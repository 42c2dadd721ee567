# METADATA
# title: Source excluded by .dockerignore
# description: |
#   What a pattern of `.dockerignore` excludes never reaches the builder, so `COPY` does not find it and the build fails. A folder of which an exception
#   may include a part is not reported.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/copy-ignored-file/
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{source}` is excluded from the build context: `{pattern}` in {file}, line {line}"
#   remediation: "Remove the pattern, or add an exception below it: `!` and the path."
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

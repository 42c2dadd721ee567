# METADATA
# title: End-of-life image release
# description: |
#   A release past its end of life gets no fixes, not even for publicly known vulnerabilities, and its packages move to an archive, so that builds fail.
#   In the container of a workflow's job, where old releases are tested on purpose, it is advice. The dates are those in `data/end-of-life.tsv`.
# related_resources:
#   - https://endoflife.date
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{release}` has received no updates since {ended}"
#   remediation: Use a supported release.
package rules.image["end-of-life"]

deny contains {"at": image.at, "field": image.field, "release": image.ended_release, "ended": image.ended, "severity": _severity(image.role)} if {
	some image in input.images
	image.ended
}

_severity(role) := "info" if {
	role in {"job-container", "service"}
} else := "warning"

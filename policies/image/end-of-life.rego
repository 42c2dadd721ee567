# METADATA
# title: End-of-life image release
# description: |
#   A release past its end of life gets no fixes, not even for publicly known vulnerabilities, and its packages move to an archive, so that builds fail.
#   In the container of a workflow's job, where old releases are tested on purpose, it is advice, and none where the job's name says which release it
#   is about. The dates are those in `data/end-of-life.tsv`.
# related_resources:
#   - https://endoflife.date
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{what} received no updates since {ended}"
#   remediation: "{advice}"
package rules.image["end-of-life"]

deny contains {"at": image.at, "field": image.field, "what": _what(image), "advice": _advice(image), "ended": image.ended, "severity": _severity(image.role)} if {
	some image in input.images
	image.ended
	not image.is_built
	not _is_meant(image)
}

# A job that is named after the release tests it.
_is_meant(image) if {
	image.job
	some job in input.index.jobs_by_at[image.job]
	some release in _names_of(image)
	some name in [job.id, object.get(job, "name", "")]
	contains(lower(name), release)
}

_names_of(image) := [lower(name) |
	some name in [split(image.ended_release, ":")[1], split(object.get(image, "tag", ""), "-")[0]]
	name != ""
	name != "latest"
]

_what(image) := sprintf("`%s` has", [image.ended_release]) if _is_own(image)

_what(image) := sprintf("`%s` is built on %s, which has", [image.text, replace(image.ended_release, ":", " ")]) if not _is_own(image)

# Whether the release is one of the image itself, and not of the distribution that its tag names.
_is_own(image) if endswith(split(image.ended_release, ":")[0], trim_prefix(image.repository, "library/"))

_name(image) := split(image.ended_release, ":")[0]

_advice(image) := sprintf("Use `%s`.", [_supported[_name(image)]]) if {
	_is_own(image)
	_supported[_name(image)]
}

_advice(image) := sprintf("Use a variant on %s.", [replace(_supported[_name(image)], ":", " ")]) if {
	not _is_own(image)
	_supported[_name(image)]
}

_advice(image) := "Use a supported release." if not _supported[_name(image)]

# A release of each that gets updates for years yet, as of August 2026 (https://endoflife.date).
_supported := {
	"alpine": "alpine:3.22",
	"centos": "quay.io/centos/centos:stream9",
	"debian": "debian:trixie",
	"mariadb": "mariadb:11.4",
	"mcr.microsoft.com/dotnet/aspnet": "mcr.microsoft.com/dotnet/aspnet:10.0",
	"mcr.microsoft.com/dotnet/runtime": "mcr.microsoft.com/dotnet/runtime:10.0",
	"mcr.microsoft.com/dotnet/sdk": "mcr.microsoft.com/dotnet/sdk:10.0",
	"mysql": "mysql:8.4",
	"node": "node:24",
	"php": "php:8.4",
	"postgres": "postgres:17",
	"python": "python:3.13",
	"quay.io/centos/centos": "quay.io/centos/centos:stream9",
	"ruby": "ruby:3.4",
	"ubuntu": "ubuntu:24.04",
}

_severity(role) := "info" if {
	role in {"job-container", "service"}
} else := "warning"

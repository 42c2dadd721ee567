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

import data.lib.images

deny contains {"at": _at(image), "field": _field(image), "what": _what(image), "advice": _advice(image), "ended": image.ended, "severity": _severity(image)} if {
	some image in input.images
	image.ended
	not image.is_built
	not _is_meant(image)
}

# The argument that holds the release, where one does.
_at(image) := image.tag_at if _is_in_argument(image)

_at(image) := image.at if not _is_in_argument(image)

_field(image) := image.tag_field if _is_in_argument(image)

_field(image) := image.field if not _is_in_argument(image)

_is_in_argument(image) if {
	image.tag_at
	image.tag_argument
}

# The beginning of a tag is the image's own release, and what is behind it the distribution's.
_is_in_argument(image) if {
	image.tag_at
	_is_own(image)
}

_is_in_argument(image) if {
	image.tag_at
	images.place(image) == image.tag_at
}

# A file of that very release: `php/5.6/Dockerfile`, `ubuntu1804/Dockerfile`.
_is_meant(image) if {
	some document in input.index.documents_by_at[image.document]
	path := lower(document.path)
	some release in _names_of(image)
	contains(replace(path, ".", ""), replace(release, ".", ""))
	some part in split(replace(replace(path, "-", "/"), "_", "/"), "/")
	_is_named_for(image, part, release)
}

_is_named_for(_, part, release) if part == release

_is_named_for(_, part, release) if {
	contains(release, ".")
	part == replace(release, ".", "")
}

_is_named_for(image, part, release) if {
	names := split(split(image.ended_release, ":")[0], "/")
	name := names[count(names) - 1]
	part in {concat("", [name, release]), concat("", [name, replace(release, ".", "")]), concat("", ["dockerfile.", release]), concat("", ["dockerfile.", name, release])}
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

_what(image) := sprintf("`%s` is built on %s, which has", [images.shown(image), replace(image.ended_release, ":", " ")]) if not _is_own(image)

# Whether the release is one of the image itself, and not of the distribution that its tag names.
_is_own(image) if endswith(split(image.ended_release, ":")[0], trim_prefix(image.repository, "library/"))

_name(image) := split(image.ended_release, ":")[0]

_advice(image) := sprintf("Use `%s`.", [_supported_of(image)]) if {
	_is_own(image)
	_supported[_name(image)]
}

_advice(image) := sprintf("Use a release of the image that is built on %s.", [replace(_supported_of(image), ":", " ")]) if {
	not _is_own(image)
	_supported[_name(image)]
}

_advice(image) := sprintf("Use a release of version %s.", [_versions[_name(image)]]) if {
	not _supported[_name(image)]
	_versions[_name(image)]
}

_advice(image) := "Use a supported release." if {
	not _supported[_name(image)]
	not _versions[_name(image)]
}

# Images that have no tag for all releases of a version.
_versions := {
	"docker.elastic.co/elasticsearch/elasticsearch": "9",
	"docker.elastic.co/kibana/kibana": "9",
	"docker.elastic.co/logstash/logstash": "9",
	"elasticsearch": "9",
	"kibana": "9",
	"logstash": "9",
}

_supported_of(image) := _supported[_name(image)] if not _is_after_2404(image)

# What was built for a newer release does not go back to an older one.
_supported_of(image) := "ubuntu:26.04" if _is_after_2404(image)

_is_after_2404(image) if image.ended_release in {"ubuntu:24.10", "ubuntu:25.04", "ubuntu:25.10", "ubuntu:oracular", "ubuntu:plucky", "ubuntu:questing"}

# A release of each that gets updates for years yet, as of August 2026 (https://endoflife.date).
_supported := {
	"alpine": "alpine:3.22",
	"amazoncorretto": "amazoncorretto:25",
	"amazonlinux": "amazonlinux:2023",
	"cassandra": "cassandra:5.0",
	"centos": "quay.io/centos/centos:stream9",
	"debian": "debian:trixie",
	"drupal": "drupal:11",
	"eclipse-temurin": "eclipse-temurin:25",
	"elixir": "elixir:1.18",
	"erlang": "erlang:28",
	"fedora": "fedora:44",
	"golang": "golang:1.26",
	"gradle": "gradle:9",
	"haproxy": "haproxy:3.2",
	"httpd": "httpd:2.4",
	"mariadb": "mariadb:11.4",
	"mcr.microsoft.com/dotnet/aspnet": "mcr.microsoft.com/dotnet/aspnet:10.0",
	"mcr.microsoft.com/dotnet/runtime": "mcr.microsoft.com/dotnet/runtime:10.0",
	"mcr.microsoft.com/dotnet/sdk": "mcr.microsoft.com/dotnet/sdk:10.0",
	"mcr.microsoft.com/dotnet/runtime-deps": "mcr.microsoft.com/dotnet/runtime-deps:10.0",
	"mongo": "mongo:8.0",
	"mysql": "mysql:8.4",
	"nextcloud": "nextcloud:stable",
	"nginx": "nginx:stable",
	"node": "node:24",
	"opensuse/leap": "opensuse/leap:16.0",
	"oraclelinux": "oraclelinux:9",
	"perl": "perl:5.42",
	"php": "php:8.4",
	"postgres": "postgres:17",
	"python": "python:3.13",
	"public.ecr.aws/amazonlinux/amazonlinux": "public.ecr.aws/amazonlinux/amazonlinux:2023",
	"quay.io/centos/centos": "quay.io/centos/centos:stream9",
	"quay.io/fedora/fedora": "quay.io/fedora/fedora:44",
	"rabbitmq": "rabbitmq:4",
	"redis": "redis:8.2",
	"ruby": "ruby:3.4",
	"solr": "solr:9",
	"tomcat": "tomcat:11.0",
	"traefik": "traefik:v3",
	"ubuntu": "ubuntu:24.04",
	"zookeeper": "zookeeper:3.9",
}

_severity(image) := "info" if {
	image.role in {"job-container", "service"}
} else := "info" if {
	_is_left_behind(image)
} else := "warning"

# Nothing of the release is in an image that is built: only what was compiled there is copied, and no language's own library is part of that.
_is_left_behind(image) if {
	image.role == "base"
	not image.is_final
	not _name(image) in {"golang", "rust", "node", "python", "php", "ruby", "perl"}
	some stage in input.index.stages_by_at[image.stage]
	every other in input.index.stages_by_document[image.document] {
		not _holds(other, stage)
	}
}

_holds(other, stage) if {
	other.is_final
	stage.at in other.lineage
}

_holds(other, stage) if {
	other.is_target
	stage.at in other.lineage
}

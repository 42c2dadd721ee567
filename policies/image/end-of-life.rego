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
#   how_to_fix: >-
#     Use a tag of a supported release, in the same variant (`-slim`, `-alpine`). If only the distribution that the image is built on has reached its
#     end of life, use a release on a supported one. For a running database, dump or upgrade the data on its volume; all but PostgreSQL go release by release.
#   across_files: true
package rules.image["end-of-life"]

import data.lib.images

deny contains {"at": _at(image), "field": _field(image), "what": _what(image), "advice": _advice(image), "ended": image.ended, "severity": _severity(image)} if {
	some image in input.images
	image.ended
	not image.is_built
	not _is_meant(image)
	not _is_said(image)
}

# The final image of the file is of the same release, and weighs more.
_is_said(image) if {
	_is_left_behind(image)
	some other in input.index.images_by_document[image.document]
	other.is_final
	other.ended_release == image.ended_release
	other.text == image.text
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

# `Dockerfile.agent.windows.1903`
_is_named_for(_, part, release) if endswith(part, concat("", [".", release]))

_is_named_for(image, part, release) if {
	names := split(split(image.ended_release, ":")[0], "/")
	name := names[count(names) - 1]
	part in {concat("", [name, release]), concat("", [name, replace(release, ".", "")]), concat("", ["dockerfile.", release]), concat("", ["dockerfile.", name, release]), concat("", [replace(release, ".", ""), ".dockerfile"])}
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

# Whatever the images are called, a project that builds on one release does so for all of them.
_what(image) := sprintf("`%s`, on which the image is built, has", [image.ended_release]) if not _is_own(image)

# Whether the release is one of the image itself, and not of the distribution that its tag names.
_is_own(image) if endswith(split(image.ended_release, ":")[0], trim_prefix(image.repository, "library/"))

_name(image) := split(image.ended_release, ":")[0]

_advice(image) := sprintf("Use `%s%s`%s.", [_supported_of(image), _variant(image), _steps(image)]) if {
	_is_own(image)
	images.supported[_name(image)]
}

_advice(image) := sprintf("Use a tag of the image that is built on a supported release, such as %s.", [replace(_supported_of(image), ":", " ")]) if {
	not _is_own(image)
	images.supported[_name(image)]
}

_advice(image) := sprintf("Use a release of version %s%s.", [_versions[_name(image)], _beside(image)]) if {
	not images.supported[_name(image)]
	_versions[_name(image)]
}

_advice(image) := "Use a supported release." if {
	not images.supported[_name(image)]
	not _versions[_name(image)]
}

# The variant that the tag names, where the newer release has it too.
_variant(image) := found[0] if {
	found := _kept(image)
	count(found) > 0
} else := ""

_kept(image) := [variant |
	some [variant, names] in _variants
	_name(image) in names
	contains(object.get(image, "tag", ""), variant)
]

_variants := [
	["-fpm-alpine", {"php", "nextcloud"}],
	["-cli-alpine", {"php"}],
	["-management-alpine", {"rabbitmq"}],
	["-management", {"rabbitmq"}],
	["-apache", {"php", "nextcloud"}],
	["-fpm", {"php", "nextcloud"}],
	["-jre-alpine", {"eclipse-temurin"}],
	["-jdk-alpine", {"eclipse-temurin"}],
	["-jre", {"eclipse-temurin"}],
	["-alpine", {"python", "node", "ruby", "golang", "postgres", "redis", "nginx", "httpd", "haproxy", "rabbitmq", "erlang", "elixir", "eclipse-temurin", "php"}],
	["-slim", {"debian", "python", "node", "ruby", "perl", "elixir", "erlang"}],
]

# Of a database that runs, the data of an old release are not read by every newer one.
_steps(image) := "; data on a volume need a dump or an upgrade, release by release" if {
	not image.role in {"base", "copy", "mount", "job-container", "service"}
	_name(image) in {"mongo", "cassandra", "mysql", "mariadb", "rabbitmq", "nextcloud"}
} else := "; data on a volume need a dump, or `pg_upgrade`" if {
	not image.role in {"base", "copy", "mount", "job-container", "service"}
	_name(image) == "postgres"
} else := ""

# Kibana starts with an Elasticsearch of its own release alone.
_beside(image) := ", the same one as that of its Elasticsearch" if {
	contains(_name(image), "kibana")
} else := ""

# Images that have no tag for all releases of a version.
_versions := {
	"docker.elastic.co/elasticsearch/elasticsearch": "9",
	"docker.elastic.co/kibana/kibana": "9",
	"docker.elastic.co/logstash/logstash": "9",
	"elasticsearch": "9",
	"kibana": "9",
	"logstash": "9",
}

_supported_of(image) := images.supported[_name(image)] if not _is_after_2404(image)

# What was built for a newer release does not go back to an older one.
_supported_of(image) := "ubuntu:26.04" if _is_after_2404(image)

_is_after_2404(image) if image.ended_release in {"ubuntu:24.10", "ubuntu:25.04", "ubuntu:25.10", "ubuntu:oracular", "ubuntu:plucky", "ubuntu:questing"}

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

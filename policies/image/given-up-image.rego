# METADATA
# title: Discontinued image
# description: |
#   The maintainers of the image have discontinued it: it gets no fixes, not even for publicly known vulnerabilities. The images are those in
#   `data/given-up-images.tsv`.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   once: true
#   across_files: true
#   message: "{subject}`{image}` has {state} since {since}{instead}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Move to the successor of the image, or to another maintained one: for `bitnamilegacy`, the official image; for NGINX Unit, the image of the
#     language with its own application server. If only its registry is frozen, write the new address; if that is shut down, use an image of another
#     registry.
package rules.image["given-up-image"]

deny contains {
	"at": image.at, "field": image.field, "about": image.at, "subject": "", "image": _name(image), "state": "not been maintained", "since": image.given_up,
	"instead": _instead(image), "advice": _advice(image),
} if {
	some image in input.images
	image.given_up
	not image.moved_to
	not image.registry_is_gone
	not image.is_built
}

# Nothing answers there any more.
deny contains {
	"at": image.at, "field": image.field, "about": image.at, "subject": "the registry of ", "image": _name(image), "state": "been shut down", "since": image.given_up,
	"instead": ", so it cannot be pulled", "advice": "Build on an image of another registry",
} if {
	some image in input.images
	image.registry_is_gone
	not image.is_built
}

# The image is maintained, its old registry is not: all that a file pulls from there is one finding.
deny contains {
	"at": image.at, "field": image.field, "about": image.document, "subject": "the registry of ", "image": _name(image), "state": "been frozen", "since": image.given_up,
	"instead": ", so it gets no updates there", "advice": sprintf("Write `%s`", [image.moved_to]),
} if {
	some image in input.images
	image.given_up
	image.moved_to
	not image.is_built
}

_advice(image) := sprintf("Move to `%s`", [concat("", [_successor(image), _release(image)])]) if image.successor

# `circleci/golang` goes on as `cimg/go`: what takes the place of all images below a name mostly keeps theirs.
_successor(image) := concat("", [trim_suffix(image.successor, "*"), object.get(_renamed, _last(image), _last(image))]) if endswith(image.successor, "/*")

_successor(image) := image.successor if not endswith(image.successor, "/*")

_renamed := {"golang": "go", "buildpack-deps": "base"}

# The releases of some go on under the new name; of others one is known that lives.
_release(image) := concat("", [":", _number(image), _variant(image), _system(image)]) if {
	_number(image) in _continued[image.successor]
} else := concat("", [":8", _variant(image), _system(image)]) if {
	_is_old_java(image)
} else := concat("", [":", _next_java[_number(image)], _variant(image), _system(image)]) if {
	image.successor == "eclipse-temurin"
	_next_java[_number(image)]
} else := _releases[image.successor] if {
	_releases[image.successor]
} else := ""

# `8u342-jdk`, `11.0.16-jre-slim`: the digits that a tag begins with.
_number(image) := split(split(split(_tag(image), "-")[0], ".")[0], "u")[0]

# Without a tag, and as `latest`, the last release that was published: Java 8 of `java`, 18 of `openjdk`.
_tag(image) := object.get({"java": "8", "library/java": "8", "openjdk": "18", "library/openjdk": "18"}, image.repository, "") if {
	object.get(image, "tag", "latest") in {"latest", ""}
	image.successor == "eclipse-temurin"
} else := object.get(image, "tag", "")

# A release that was no long-term one goes on in the next that is.
_next_java := {"9": "11", "10": "11", "12": "17", "13": "17", "14": "17", "15": "17", "16": "17", "18": "21", "19": "21", "20": "21"}

# Java below 8 has no release that lives; 8 is the nearest.
_is_old_java(image) if {
	image.successor == "eclipse-temurin"
	_number(image) in {"5", "6", "7"}
}

_variant(image) := "-jre" if {
	image.successor == "eclipse-temurin"
	contains(object.get(image, "tag", ""), "jre")
} else := ""

_system(image) := "-alpine" if {
	image.successor == "eclipse-temurin"
	contains(object.get(image, "tag", ""), "alpine")
} else := ""

_continued := {
	"eclipse-temurin": {"8", "11", "17", "21"},
	"rockylinux/rockylinux": {"8", "9", "10"},
}

# As of August 2026, as in `image/end-of-life`.
_releases := {
	"almalinux": ":9",
	"debian": ":trixie",
	"eclipse-temurin": ":25",
	"mcr.microsoft.com/dotnet/aspnet": ":10.0",
	"mcr.microsoft.com/dotnet/runtime": ":10.0",
	"mcr.microsoft.com/dotnet/runtime-deps": ":10.0",
	"mcr.microsoft.com/dotnet/sdk": ":10.0",
	"mcr.microsoft.com/dotnet/framework/aspnet": ":4.8.1",
	"mcr.microsoft.com/dotnet/framework/runtime": ":4.8.1",
	"mcr.microsoft.com/dotnet/framework/wcf": ":4.8.1",
	"mcr.microsoft.com/windows/nanoserver": ":ltsc2022",
	"mcr.microsoft.com/windows/server": ":ltsc2022",
	"mcr.microsoft.com/windows/servercore": ":ltsc2022",
	"mcr.microsoft.com/windows/servercore/iis": ":windowsservercore-ltsc2022",
	"node": ":24",
	"opensuse/leap": ":16.0",
	"php": ":8.4",
	"python": ":3.13",
	"quay.io/centos/centos": ":stream9",
	"rockylinux/rockylinux": ":9",
	"ruby": ":3.4",
	"ubuntu": ":24.04",
}

_advice(image) := "Move to a maintained image" if {
	not image.successor
	not _is_frozen(image)
	not _language(image)
}

# NGINX Unit's images are those of languages with the server in them: `unit:python3.13-slim`, `unit:1.34.1-php8.4`.
_advice(image) := sprintf("Build on the image of the language, `%s`, with an application server of its own", [_language(image)]) if {
	not image.successor
	not _is_frozen(image)
	_language(image)
}

_language(image) := concat("", [name, ":", version]) if {
	image.repository in {"unit", "library/unit", "nginx/unit"}
	some part in split(object.get(image, "tag", ""), "-")
	some name in ["python", "php", "node", "ruby", "perl", "go"]
	startswith(part, name)
	version := trim_prefix(part, name)
	version != ""
	trim(version, "0123456789.") == ""
}

_advice(image) := sprintf("Use the official image `%s`, or another that is maintained", [_last(image)]) if {
	_is_frozen(image)
	_last(image) in _official
}

_advice(image) := "Use the image of the project itself, or another that is maintained" if {
	_is_frozen(image)
	not _last(image) in _official
}

# Bitnami moved its images there, and renews none of them.
_is_frozen(image) if startswith(image.repository, "bitnamilegacy/")

_last(image) := parts[count(parts) - 1] if parts := split(image.repository, "/")

_official := {"redis", "postgres", "mysql", "mariadb", "memcached", "nginx", "node", "python", "rabbitmq", "tomcat", "wordpress", "zookeeper", "cassandra", "haproxy", "influxdb", "solr", "drupal", "ghost", "redmine", "golang", "php", "ruby"}

_instead(image) := concat("", [", and is replaced by `", _successor(image), "`"]) if image.successor

_instead(image) := "" if not image.successor

_name(image) := concat("/", [image.registry, image.repository]) if image.registry

_name(image) := image.repository if not image.registry

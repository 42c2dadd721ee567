package lib.images

# The registry that an image comes from; undefined while it is left to run time.
host(image) := _canonical(image.registry) if image.registry

host(image) := "docker.io" if {
	not image.has_registry
	image.repository
}

# Names of one registry.
_canonical(name) := "docker.io" if lower(name) in {"docker.io", "index.docker.io", "registry-1.docker.io", "hub.docker.com"}

_canonical(name) := lower(name) if not lower(name) in {"docker.io", "index.docker.io", "registry-1.docker.io", "hub.docker.com"}

# The name within the registry, as the registry has it; empty while it is left to run time.
_repository(image) := "" if not image.repository

_repository(image) := concat("/", ["library", image.repository]) if {
	host(image) == "docker.io"
	not contains(image.repository, "/")
}

_repository(image) := image.repository if host(image) != "docker.io"

_repository(image) := image.repository if contains(image.repository, "/")

# Whether an image is below one of the names: `docker.io`, `ghcr.io/acme`, `*.example.com`, `10.0.0.1:*`, `*`.
is_one_of(image, names) if {
	some name in names
	parts := split(trim_suffix(name, "/*"), "/")
	_is_host(host(image), _canonical(parts[0]))
	_is_path(_repository(image), concat("/", array.slice(parts, 1, count(parts))))
}

_is_host(host, pattern) if host == pattern

_is_host(host, pattern) if {
	startswith(pattern, "*")
	endswith(host, trim_prefix(pattern, "*"))
}

_is_host(host, pattern) if {
	endswith(pattern, "*")
	startswith(host, trim_suffix(pattern, "*"))
}

_is_path(_, path) if path == ""

_is_path(repository, _) if repository == ""

_is_path(repository, path) if repository == path

_is_path(repository, path) if startswith(repository, concat("", [path, "/"]))

# Whether the row is in a stage whose programs and shell are BusyBox's.
is_busybox(row) if {
	some image in _bases(row)
	some name in ["alpine", "busybox"]
	contains(image, name)
}

# Whether the row is in a stage of Debian or of what is made from it, whose shell is dash.
is_debian(row) if {
	some image in _bases(row)
	some name in ["debian", "ubuntu", "bookworm", "bullseye", "buster", "trixie", "jammy", "noble", "focal", "slim"]
	contains(image, name)
	not is_busybox(row)
}

# Whether the image that the row's stage builds on has one of the words in its name.
names_one_of(row, words) if {
	some image in _bases(row)
	some name in words
	contains(image, name)
}

_bases(row) := [object.get(ancestor, "base_image", ancestor.base) |
	some stage in input.index.stages_by_at[row.stage]
	some at in stage.lineage
	some ancestor in input.index.stages_by_at[at]
]

# What an image is called in a message: as it is written, or by what the one variable that it consists of stands for.
shown(image) := image.text if not _is_variable(image)

shown(image) := concat("", [_named(image), _tagged(image)]) if _is_variable(image)

_named(image) := concat("/", [part | some part in [object.get(image, "registry", ""), object.get(image, "repository", "")]; part != ""])

_tagged(image) := concat("", [":", image.tag]) if image.tag

_tagged(image) := "" if not image.tag

# Whether a reference is one variable and nothing else.
_is_variable(image) if {
	startswith(image.text, "$")
	trim(image.text, "${}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == ""
	image.repository
}

# Where an image is written: the ARG that holds the whole reference, where one does.
place(image) := image.tag_at if _is_argument(image)

place(image) := image.at if not _is_argument(image)

place_field(image) := image.tag_field if _is_argument(image)

place_field(image) := image.field if not _is_argument(image)

_is_argument(image) if {
	image.tag_at
	_is_variable(image)
}

# `controller` is what a kustomization puts a name in place of, in projects that kubebuilder made.
is_placeholder(image) if {
	image.repository in {"controller", "docker.io/library/controller"}
	not image.role in {"base", "copy", "mount"}
}

# The name is what whoever installs it sets.
is_placeholder(image) if startswith(image.text, ":")

is_placeholder(image) if contains(image.text, "/placeholder")

# Whether a Compose file runs what the repository itself builds, under the tag that the build just gave it.
is_built_here(image) if {
	image.role == "compose"
	image.is_home
}

# What to write for an image without a version.
tag_advice(image) := sprintf("Distroless images have no versions: add the digest that `docker buildx imagetools inspect %s` shows.", [image.text]) if _is_distroless(image)

tag_advice(image) := sprintf("Write the version that you use, such as `%s`; better, a version and a digest.", [supported[_official(image)]]) if {
	not _is_distroless(image)
	supported[_official(image)]
}

tag_advice(image) := "Write a version tag; better, a version tag and a digest." if {
	not _is_distroless(image)
	not supported[_official(image)]
}

_official(image) := trim_prefix(object.get(image, "repository", ""), "library/") if host(image) == "docker.io"

# A release of each that gets updates for years yet, as of August 2026 (https://endoflife.date).
supported := {
	"alpine": "alpine:3.22",
	"amazoncorretto": "amazoncorretto:25",
	"amazonlinux": "amazonlinux:2023",
	"cassandra": "cassandra:5.0",
	"centos": "quay.io/centos/centos:stream9",
	"composer": "composer:2",
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
	"julia": "julia:1",
	"mariadb": "mariadb:11.4",
	"mcr.microsoft.com/dotnet/aspnet": "mcr.microsoft.com/dotnet/aspnet:10.0",
	"mcr.microsoft.com/dotnet/runtime": "mcr.microsoft.com/dotnet/runtime:10.0",
	"mcr.microsoft.com/dotnet/sdk": "mcr.microsoft.com/dotnet/sdk:10.0",
	"mcr.microsoft.com/dotnet/runtime-deps": "mcr.microsoft.com/dotnet/runtime-deps:10.0",
	"mcr.microsoft.com/windows": "mcr.microsoft.com/windows/server:ltsc2022",
	"mcr.microsoft.com/windows/nanoserver": "mcr.microsoft.com/windows/nanoserver:ltsc2022",
	"mcr.microsoft.com/windows/servercore": "mcr.microsoft.com/windows/servercore:ltsc2022",
	"mongo": "mongo:8.0",
	"mysql": "mysql:8.4",
	"nextcloud": "nextcloud:stable",
	"nginx": "nginx:1.30",
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

_is_rolling(image) if {
	image.repository in {
		"archlinux", "library/archlinux", "archlinux/archlinux", "opensuse/tumbleweed", "gentoo/stage3", "kalilinux/kali-rolling", "manjarolinux/base",
		"voidlinux/voidlinux", "nixos/nix", "msys2/msys2",
	}
}

_is_rolling(image) if {
	image.repository in {"alpine", "debian", "fedora"}
	image.tag in {"edge", "sid", "unstable", "rawhide"}
}

# Whether it is expected that a manifest names no version of an image: it is filled in later, or loaded into the node, or any does.
needs_no_version(image) if {
	_needs_no_version(image)
} else := false

_needs_no_version(image) if image.is_local_name

# What the repository builds and releases: the release writes its version into the manifest.
_needs_no_version(image) if image.is_tagged_here

# A job that tries something out on a rolling distribution wants its newest state, and there is no other.
_needs_no_version(image) if {
	image.role in {"job-container", "service"}
	_is_rolling(image)
}

# A registry of the cluster itself holds what was built there, mostly under the tag of an ImageStream.
_needs_no_version(image) if {
	some end in [".svc", ".svc.cluster.local"]
	endswith(split(image.registry, ":")[0], end)
}

# An import path of Go, which `ko` builds and replaces.
_needs_no_version(image) if {
	image.registry in {"github.com", "gitlab.com", "k8s.io", "sigs.k8s.io", "knative.dev", "golang.org"}
	not image.role in {"base", "copy", "mount"}
}

_needs_no_version(image) if {
	some container in input.index.containers_by_at[image.at]
	container.imagePullPolicy == "Never"
}

# Tools of a shell, of which any release does in a pod.
_needs_no_version(image) if {
	image.role in {"container", "init", "ephemeral"}
	image.repository in {
		"busybox", "alpine", "bash", "ubuntu", "debian", "library/busybox", "library/alpine", "curlimages/curl", "alpine/curl", "alpine/git", "nicolaka/netshoot", "tutum/curl",
		"tutum/dnsutils", "radial/busyboxplus", "praqma/network-multitool", "wbitt/network-multitool", "yauritux/busybox-curl", "buildpack-deps",
	}
}

# An image that has no versions, and a base of a name that no registry is likely to hold, which was built beside this one.
tag_severity(image) := "info" if _has_no_version(image)

tag_severity(image) := "warning" if not _has_no_version(image)

_has_no_version(image) if _is_distroless(image)

_has_no_version(image) if image.is_local_name

_has_no_version(image) if image.is_home

# Red Hat's convention: the major release is in the name, and `latest` is its newest build.
_has_no_version(image) if {
	object.get(image, "tag", "latest") == "latest"
	image.registry in {"registry.access.redhat.com", "registry.redhat.io"}
	startswith(image.repository, "ubi")
}

_has_no_version(image) if {
	object.get(image, "tag", "latest") == "latest"
	host(image) == "docker.io"
	startswith(image.repository, "redhat/ubi")
}

# Published as `latest` only.
_has_no_version(image) if image.repository in {"docker/whalesay", "tianon/true", "containous/whoami"}

# A registry of the machine or of the network around it.
_has_no_version(image) if {
	some end in [".local", ".localhost", ".internal", ".test", ".lan", ".home.arpa", ".example", ".example.com"]
	endswith(split(image.registry, ":")[0], end)
}

_has_no_version(image) if {
	some start in ["localhost", "127.", "kind-registry", "k3d-", "registry:5000"]
	startswith(image.registry, start)
}

_is_distroless(image) if startswith(image.text, "gcr.io/distroless/")

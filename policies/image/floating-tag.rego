# METADATA
# title: Floating image tag
# description: |
#   The tag names a major release, a codename or a channel, and moves with each release of it: the same file gives another image next month.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "tag `{tag}` of `{image}` moves with each release"
#   remediation: Use the most specific tag that the image offers, or add a digest.
#   default: off
#   profiles: [pedantic]
package rules.image["floating-tag"]

deny contains {"at": image.at, "field": image.field, "tag": image.tag, "image": image.repository} if {
	some image in input.images
	image.role in {"base", "copy", "mount"}
	image.tag
	not image.has_digest
	_floats(split(image.tag, "-")[0])
}

# `22`, but not a date such as `20260817`.
_floats(version) if {
	trim(version, "0123456789") == ""
	count(version) < 4
	version != ""
}

_floats(version) if {
	lower(version) in {
		"stable", "lts", "edge", "current", "mainline", "testing", "unstable", "sid", "oldstable", "rolling", "nightly", "main", "master", "dev",
		"alpine", "slim", "jdk", "jre", "cli", "fpm", "apache", "bookworm", "bullseye", "buster", "trixie", "jammy", "noble", "focal", "nonroot", "debug",
	}
}

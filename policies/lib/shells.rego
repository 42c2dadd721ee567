# Questions about the shell that reads a script, or a construct in it.
package lib.shells

# Whether a shell that knows no more than POSIX reads the row.
is_plain(row) if {
	row.shell in {"sh", "dash"}
	not _links_more(row)
}

# Images whose sh is bash, or a BusyBox that knows most of the same words.
_links_more(row) if {
	some image in _images(row)
	some name in ["alpine", "busybox", "fedora", "centos", "rockylinux", "almalinux", "amazonlinux", "oraclelinux", "ubi8", "ubi9", "ubi-minimal", "archlinux", "opensuse", "docker:", "manylinux"]
	contains(image, name)
}

_links_more(row) if {
	some container in input.index.containers_by_at[row.container]
	some name in ["alpine", "busybox"]
	contains(container.image, name)
}

# An image that is known only at build time may set another shell.
_links_more(row) if {
	some image in _images(row)
	contains(split(image, ":")[0], "$")
}

# The images of the stage and of those that it builds on.
_images(row) := [image |
	some stage in input.index.stages_by_at[row.stage]
	some at in stage.lineage
	some ancestor in input.index.stages_by_at[at]
	image := object.get(ancestor, "base_image", ancestor.base)
]

# Whether BusyBox's ash surely reads the row.
is_ash(row) if row.shell == "ash"

is_ash(row) if {
	row.shell == "sh"
	some image in _images(row)
	some name in ["alpine", "busybox"]
	contains(image, name)
}

is_ash(row) if {
	row.shell == "sh"
	some container in input.index.containers_by_at[row.container]
	some name in ["alpine", "busybox"]
	contains(container.image, name)
}

# What the shell is called in a message.
shell_name(row) := "ash" if is_ash(row)

shell_name(row) := row.shell if not is_ash(row)

# Whether the shell is surely Debian's dash.
is_dash(row) if row.shell == "dash"

is_dash(row) if {
	row.shell == "sh"
	some image in _images(row)
	some name in ["debian", "ubuntu", "bookworm", "bullseye", "buster", "trixie", "jammy", "noble", "focal"]
	contains(image, name)
}

# Questions about the shell that reads a script, or a construct in it.
package lib.shells

# Whether a shell that knows no more than POSIX reads the row.
is_plain(row) if {
	row.shell in {"sh", "dash"}
	not _links_more(row)
}

# A stage whose sh is bash, or a BusyBox that knows most of the same words, or whose sh nobody knows.
_links_more(row) if {
	row.shell == "sh"
	some stage in input.index.stages_by_at[row.stage]
	stage.has_base
	object.get(stage, "sh", "") != "dash"
}

# What an image of a manifest has is mostly unknown: many are made of Alpine, and of some `/bin/sh` is bash.
_links_more(row) if {
	some container in input.index.containers_by_at[row.container]
	not _has_dash(container)
}

# Images of Debian and Ubuntu by their tags, and official images that are built on Debian unless their tags say otherwise.
_has_dash(container) if _is_named(container, ["debian", "ubuntu", "buster", "bullseye", "bookworm", "trixie", "focal", "jammy", "noble"])

_has_dash(container) if {
	split(split(container.image, "@")[0], ":")[0] in {
		"golang", "httpd", "influxdb", "mariadb", "mongo", "nginx", "node", "perl", "php", "postgres", "python", "rabbitmq", "redis", "ruby", "rust", "wordpress",
	}
	not _is_named(container, _with_busybox)
}

# Images that are built on Alpine or BusyBox, by parts of their references.
_with_busybox := ["alpine", "busybox", "curlimages/curl", "hashicorp/vault", "hashicorp/consul", "hashicorp/terraform"]

_with_bash := ["ubi", "centos", "rhel", "fedora", "rocky", "alma", "oraclelinux", "amazonlinux", "opensuse", "photon"]

_is_named(container, names) if {
	some name in names
	contains(container.image, name)
}

# Whether the `sh` of a container may be another than Debian's: nothing tells what its image is built on.
is_of_unknown_image(row) if {
	row.shell == "sh"
	some container in input.index.containers_by_at[row.container]
	not _has_dash(container)
	not _is_named(container, _with_busybox)
}

# Whether BusyBox's ash surely reads the row.
is_ash(row) if row.shell == "ash"

is_ash(row) if {
	row.shell == "sh"
	some stage in input.index.stages_by_at[row.stage]
	stage.sh == "ash"
}

is_ash(row) if {
	row.shell == "sh"
	some container in input.index.containers_by_at[row.container]
	_is_named(container, _with_busybox)
}

# Whether no shell that an image is likely to have as `sh` knows more than BusyBox's ash.
is_ash_at_most(row) if is_ash(row)

is_ash_at_most(row) if {
	row.shell == "sh"
	some container in input.index.containers_by_at[row.container]
	not _is_named(container, _with_bash)
}

# What the shell is called in a message.
shell_name(row) := "ash" if is_ash(row)

shell_name(row) := row.shell if not is_ash(row)

# Whether the shell is surely Debian's dash.
is_dash(row) if row.shell == "dash"

is_dash(row) if {
	row.shell == "sh"
	some container in input.index.containers_by_at[row.container]
	_has_dash(container)
}

is_dash(row) if {
	row.shell == "sh"
	some stage in input.index.stages_by_at[row.stage]
	stage.sh == "dash"
}

# Whether another image may have chosen the shell: the stage begins with one that is neither a distribution's nor a language's.
may_be_set_before(row) if {
	some stage in input.index.stages_by_at[row.stage]
	stage.has_base
	not stage.base_is_root
	not stage.base_is_nonroot
	not stage.has_shell
}

# How to have bash read the script where it is written, as the end of a help.
choose_bash(row) := "run it with `command: [bash, -c]` if the image has bash" if {
	row.container
} else := "choose bash: `shell: bash` on the step" if {
	row.step
} else := "choose bash: `SHELL [\"/bin/bash\", \"-c\"]` above the `RUN`, in an image that has it" if {
	row.instruction
} else := "run the script with bash"

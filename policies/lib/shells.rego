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

_links_more(row) if {
	some container in input.index.containers_by_at[row.container]
	some name in _busybox
	contains(container.image, name)
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
	some name in _busybox
	contains(container.image, name)
}

# Images that are built on Alpine or BusyBox, by parts of their references.
_busybox := ["alpine", "busybox", "curlimages/curl", "hashicorp/vault", "hashicorp/consul", "hashicorp/terraform"]

# Whether the `sh` of a container may be another than Debian's: nothing tells what its image is built on.
is_of_unknown_image(row) if {
	row.shell == "sh"
	some container in input.index.containers_by_at[row.container]
	not _is_of_debian(object.get(container, "image", ""))
}

_is_of_debian(image) if {
	some name in ["debian", "ubuntu", "bookworm", "bullseye", "buster", "trixie", "jammy", "focal", "noble"]
	contains(image, name)
}

_is_of_debian(image) if {
	name := split(split(image, "@")[0], ":")[0]
	name in {
		"golang", "httpd", "influxdb", "mariadb", "mongo", "nginx", "node", "perl", "php", "postgres", "python", "rabbitmq", "redis", "ruby", "rust", "wordpress",
	}
}

# What the shell is called in a message.
shell_name(row) := "ash" if is_ash(row)

shell_name(row) := row.shell if not is_ash(row)

# Whether the shell is surely Debian's dash.
is_dash(row) if row.shell == "dash"

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

# How to have bash read the script where it is written.
choose_bash(row) := "run it with `command: [bash, -c]` if the image has bash" if {
	row.container
} else := "choose bash: `SHELL [\"/bin/bash\", \"-c\"]`" if {
	row.stage
} else := "choose bash: `shell: bash`" if {
	row.job
} else := "choose bash: `SHELL [\"/bin/bash\", \"-c\"]` in a Dockerfile, `shell: bash` in a workflow"

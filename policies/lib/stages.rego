# Questions about the stages that rows are in.
package lib.stages

# Whether the row is in the last stage.
is_in_final(row) if {
	_is_in_final(row)
} else := false

_is_in_final(row) if {
	some stage in input.index.stages_by_at[row.stage]
	stage.is_final
}

# Whether the stage is of a size that people write. A rule that compares the rows of a stage with each other asks first, for the time that this takes.
is_small(at) if {
	object.get(input.sizes.instructions_by_stage, at, 0) < 150
	object.get(input.sizes.commands_by_stage, at, 0) < 500
	object.get(input.sizes.variables_by_stage, at, 0) < 300
}

# Whether what the container starts changes to another user before it runs the program.
steps_down(stage) if {
	some at in _starters(stage)
	some instruction in input.index.instructions_by_at[at]
	some number, argument in instruction.arguments
	_names_user(instruction, number, _base_name(argument.text))
}

# `CMD ["sh", "-c", "chown app /data && exec gosu app serve"]`
steps_down(stage) if {
	some command in input.index.commands_by_stage[stage.at]
	command.program in {"gosu", "su-exec", "s6-setuidgid", "setuidgid", "chpst", "suexec", "runuser", "setpriv"}
	command.source in {"cmd", "entrypoint"}
}

# `CMD ["sh", "-c", "chown app /data && gosu app serve"]`: what is started runs behind the program that changes the user.
steps_down(stage) if {
	some command in input.index.commands_by_stage[stage.at]
	command.source in {"cmd", "entrypoint"}
	some wrapper in command.wrapped_by
	not _is_root(object.get(wrapper, "user", "root"))
}

# An entry point that is a script of its own, in an image that has the program for it.
steps_down(stage) if {
	count(stage.entrypoints) > 0
	some command in input.index.commands_by_stage[stage.at]
	some word in command.words
	_is_named(word.text)
}

steps_down(stage) if {
	count(stage.entrypoints) > 0
	some instruction in input.index.instructions_by_stage[stage.at]
	instruction.keyword in {"COPY", "ADD"}
	some argument in instruction.arguments
	_is_named(argument.text)
}

# A daemon that is told whose rights it takes: `rspamd -u _rspamd`, `named -u bind`, `memcached --user=memcache`.
steps_down(stage) if {
	some at in _starters(stage)
	some instruction in input.index.instructions_by_at[at]
	some number, argument in instruction.arguments
	number > 0
	_takes_user(instruction, number, argument.text)
}

_takes_user(instruction, number, text) if {
	text in {"-u", "-U", "--user", "--uid", "--setuid", "--run-as", "--runas"}
	_is_name(instruction.arguments[number + 1].text)
}

_takes_user(_, _, text) if {
	some flag in ["--user=", "--uid=", "--setuid=", "--run-as="]
	startswith(text, flag)
	_is_name(substring(text, count(flag), -1))
}

# `python -u app.py` is no user.
_is_name(text) if {
	not _is_root(text)
	text != ""
	trim(text, "abcdefghijklmnopqrstuvwxyz0123456789_-:") == ""
	not startswith(text, "-")
	not text in {"-", "true", "false", "app", "main", "start", "run", "serve"}
}

_is_named(text) if {
	some name in ["gosu", "su-exec", "s6-overlay", "s6-setuidgid"]
	contains(text, name)
}

_starters(stage) := array.concat(stage.entrypoints, stage.cmds)

_base_name(text) := parts[count(parts) - 1] if parts := split(text, "/")

# `gosu USER`
_names_user(instruction, number, program) if {
	program in {"gosu", "su-exec", "s6-setuidgid", "setuidgid", "chpst", "suexec"}
	not _is_root(instruction.arguments[number + 1].text)
}

# `su -s /bin/sh USER -c …`, `runuser -u USER`, `setpriv --reuid=USER`, `sudo -u USER`
_names_user(instruction, number, program) if {
	program in {"su", "runuser", "setpriv", "sudo", "start-stop-daemon", "chroot", "capsh"}
	some later, argument in instruction.arguments
	later > number
	_is_user_argument(instruction, program, later, argument.text)
}

_is_user_argument(_, program, _, text) if {
	program in {"setpriv", "chroot", "capsh", "start-stop-daemon"}
	some flag in ["--reuid=", "--userspec=", "--user=", "--chuid="]
	startswith(text, flag)
	not _is_root(substring(text, count(flag), -1))
}

_is_user_argument(instruction, program, number, text) if {
	text in {"-u", "--user", "--reuid", "--chuid"}
	program != "su"
	not _is_root(instruction.arguments[number + 1].text)
}

_is_user_argument(_, program, _, text) if {
	program in {"su", "runuser"}
	not startswith(text, "-")
	not contains(text, "/")
	not contains(text, " ")
	not _is_root(text)
}

_is_root(user) if split(user, ":")[0] in {"root", "0"}

# Whether what the container starts begins as root on purpose: it serves, watches others or keeps time, and gives up root itself for what it runs.
gives_up_root(stage) if {
	some level in stage.lineage
	some own in input.index.stages_by_at[level]
	some at in _starters(own)
	some instruction in input.index.instructions_by_at[at]
	some argument in instruction.arguments
	some word in split(argument.text, " ")
	_is_daemon(_base_name(word))
}

# Nothing is started here, and the image that the stage begins with starts such a program.
gives_up_root(stage) if {
	split(stage.starting_image, ":")[0] in _daemon_images
	count(_all_starters(stage)) == 0
}

gives_up_root(stage) if {
	startswith(stage.starting_image, "php:")
	some variant in ["-fpm", "-apache"]
	contains(stage.starting_image, variant)
	count(_all_starters(stage)) == 0
}

_all_starters(stage) := [at |
	some level in stage.lineage
	some own in input.index.stages_by_at[level]
	some at in array.concat(own.entrypoints, own.cmds)
]

_is_daemon(program) if program in {
	"crond", "cron", "busybox-crond", "supervisord", "supervisord.sh", "httpd", "httpd-foreground", "apache2", "apache2-foreground", "apachectl", "apache2ctl", "nginx", "openresty", "varnishd",
	"sshd", "init", "s6-svscan", "runsvdir", "runit", "my_init", "systemd", "postfix", "dovecot", "named", "vsftpd", "proftpd", "smbd", "rsyslogd", "dnsmasq", "squid", "haproxy",
	"rpcbind", "rpc.nfsd", "rpc.mountd", "chronyd", "ntpd", "openvpn", "freeradius", "mysqld", "postgres", "keepalived", "dockerd", "containerd", "monit", "circusd", "forego", "foreman", "honcho", "hivemind", "overmind", "goreman", "caddy", "traefik", "exim", "snmpd", "slapd", "udevd", "dhcpd",
}

_is_daemon(program) if startswith(program, "php-fpm")

# `setup-sshd` of the agents of Jenkins
_is_daemon(program) if endswith(program, "-sshd")

_daemon_images := {
	"nginx", "httpd", "postgres", "mysql", "mariadb", "mongo", "redis", "rabbitmq", "memcached", "varnish", "postgis/postgis", "percona", "couchbase", "ghost", "wordpress", "nextcloud", "drupal",
	"joomla", "phpmyadmin", "adminer", "traefik", "registry", "phusion/baseimage", "docker", "openresty/openresty",
}

# Whether the program changes the network or the devices of its machine, which takes root.
needs_root(stage) if {
	some command in input.index.commands_by_stage[stage.at]
	some word in command.words
	word.text in {
		"iptables", "ipset", "nftables", "ipvsadm", "wireguard-tools", "strongswan", "libreswan", "xl2tpd", "openvpn", "keepalived", "hostapd", "nfs-kernel-server", "cryptsetup", "lvm2",
		"bpftool", "bcc-tools", "bpftrace",
	}
}

# Whether other images are built on this one, or people build and test in it: those images, and those people, say who runs.
is_for_builders(stage) if {
	some word in [object.get(stage, "likely_name", ""), object.get(stage, "name", "")]
	some part in split(replace(lower(word), "_", "-"), "-")
	part in {
		"base", "builder", "buildbase", "baseimage", "build", "toolchain", "sdk", "devcontainer", "dev", "develop", "development", "test", "tests", "testing", "lint", "linter", "ci", "compile",
		"buildenv", "devel", "debug",
	}
}

is_for_builders(stage) if contains(stage.path, ".devcontainer")

# Whether the name of the file, of its folder or of the stage says that the image is for those who develop.
is_for_development(stage) if {
	parts := split(lower(stage.path), "/")
	some word in split(replace(replace(parts[count(parts) - 1], ".", "-"), "_", "-"), "-")
	_is_of_development(word)
}

is_for_development(stage) if {
	parts := split(lower(stage.path), "/")
	_is_of_development(trim_left(parts[count(parts) - 2], "."))
}

is_for_development(stage) if {
	some word in split(replace(lower(object.get(stage, "name", "")), "_", "-"), "-")
	_is_of_development(word)
}

_is_of_development(word) if word in {"dev", "devel", "develop", "development", "local", "debug", "watch", "devcontainer", "test", "tests"}

# Whether the image starts nothing of its own, or only a shell, a prompt of a language, or what prints a version.
starts_nothing(stage) if {
	starters := _all_starters(stage)
	_starts_little(starters)
}

_starts_little(starters) if count(starters) == 0

_starts_little(starters) if {
	count(starters) == 1
	some instruction in input.index.instructions_by_at[starters[0]]
	_is_prompt(instruction.arguments)
}

# `docker-entrypoint.sh` before the prompt is how the official images of languages begin.
_starts_little(starters) if {
	count(starters) == 2
	some at in starters
	some instruction in input.index.instructions_by_at[at]
	instruction.keyword == "ENTRYPOINT"
	_is_wrapper(_base_name(instruction.arguments[0].text))
	some other_at in starters
	some other in input.index.instructions_by_at[other_at]
	other.keyword == "CMD"
	_is_prompt(other.arguments)
}

_is_wrapper(name) if name in {"tini", "dumb-init"}

_is_wrapper(name) if contains(name, "entrypoint")

_is_prompt(words) if {
	count(words) == 1
	_base_name(words[0].text) in {"sh", "bash", "ash", "zsh", "python", "python2", "python3", "ipython", "node", "irb", "jshell", "ruby", "perl", "php", "R", "lua", "julia", "psql", "mysql", "top"}
}

_is_prompt(words) if {
	count(words) < 4
	words[count(words) - 1].text in {"-v", "-V", "--version", "-version", "--help", "-h", "-l", "--login"}
}

_is_prompt(words) if {
	count(words) < 4
	_base_name(words[0].text) in {"sleep", "tail"}
	words[count(words) - 1].text in {"infinity", "inf", "/dev/null"}
}

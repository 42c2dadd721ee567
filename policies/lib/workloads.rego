# Questions about pod specifications that more than one rule asks.
package lib.workloads

# What to call it by.
name(workload) := object.get(workload, "name", "?")

# Folders of the node that decide over it.
is_sensitive_path(path) if trim_suffix(path, "/") in {
	"", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/root", "/run", "/sys", "/usr",
	"/var", "/var/lib", "/var/run", "/var/lib/kubelet", "/var/lib/docker", "/var/lib/containerd",
	"/var/lib/etcd", "/home", "/bin", "/sbin", "/var/spool", "/etc/kubernetes",
}

is_sensitive_path(path) if {
	some folder in [
		"/etc/kubernetes", "/var/lib/kubelet/", "/root/", "/var/lib/etcd/", "/proc/", "/sys/", "/dev/",
		"/etc/systemd", "/etc/cron", "/etc/init.d", "/etc/rc", "/etc/ssh", "/etc/pam.d", "/etc/sudoers", "/etc/profile", "/etc/ld.so",
		"/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/containerd", "/etc/docker", "/etc/crio", "/etc/containers",
		"/etc/cni", "/opt/cni", "/usr/lib/systemd", "/lib/systemd", "/usr/local/lib/systemd", "/usr/bin", "/usr/sbin", "/usr/local/bin",
		"/usr/local/sbin", "/usr/libexec/kubernetes", "/var/spool/cron", "/var/lib/docker/", "/var/lib/containerd/", "/var/lib/containers",
		"/var/lib/crio", "/var/lib/rancher", "/var/lib/k0s", "/run/containerd", "/var/run/containerd", "/run/crio", "/var/run/crio",
		"/run/docker", "/var/run/docker", "/run/podman", "/var/run/podman", "/run/systemd", "/var/run/systemd", "/run/k3s", "/run/dbus",
		"/var/run/dbus", "/boot/", "/home/",
	]
	_is_at_or_below(path, folder)
}

# `/etc/cron` stands for `/etc/cron.d` too, `/etc/rc` for `/etc/rc.local`.
_is_at_or_below(path, folder) if path == folder

_is_at_or_below(path, folder) if startswith(path, concat("", [folder, "/"]))

_is_at_or_below(path, folder) if startswith(path, concat("", [folder, "."]))

_is_at_or_below(path, folder) if {
	endswith(folder, "/")
	startswith(path, folder)
}

_is_at_or_below(path, "/etc/cron") if startswith(path, "/etc/crontab")

# Sockets that start containers.
is_runtime_socket(path) if {
	some socket in [
		"docker.sock", "containerd.sock", "crio.sock", "podman.sock", "cri-dockerd.sock", "dockershim.sock",
		"buildkitd.sock",
	]
	endswith(path, concat("", ["/", socket]))
}

# Kinds whose pods are replaced one by one behind a Service.
is_replicated(workload) if workload.kind in {"Deployment", "Rollout"}

# Whether the selector of a Service or a workload picks pods with these labels.
selects(selector, labels) if {
	every key, value in selector {
		labels[key] == value
	}
}

# Whether two objects may live in one namespace: one that names none is put where it is applied.
may_meet(one, other) if {
	object.get(one, "namespace", "") in {"", object.get(other, "namespace", "")}
}

may_meet(one, other) if {
	not one.namespace == other.namespace
	object.get(other, "namespace", "") == ""
}

# Questions about pod specifications that more than one rule asks.
package lib.workloads

# What to call it by.
name(workload) := object.get(workload, "name", "?")

# Folders of the node that decide over it.
is_sensitive_path(path) if trim_suffix(path, "/") in {
	"", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/root", "/run", "/sys", "/usr",
	"/var", "/var/lib", "/var/run", "/var/lib/kubelet", "/var/lib/docker", "/var/lib/containerd",
	"/var/lib/etcd", "/home",
}

is_sensitive_path(path) if {
	some folder in ["/etc/kubernetes", "/var/lib/kubelet/", "/root/", "/var/lib/etcd/", "/proc/", "/sys/", "/dev/"]
	startswith(path, folder)
}

# Folders of the node whose files are run or decide who may log in: who writes there owns the node, who reads there learns little.
is_commanding_path(path) if {
	parts := split(trim_suffix(path, "/"), "/")
	some number, _ in parts
	concat("/", array.slice(parts, 0, number + 1)) in _commanding
}

_commanding := {
	"/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/lib/systemd", "/usr/lib/systemd",
	"/usr/local/lib/systemd", "/etc/systemd", "/run/systemd", "/var/run/systemd", "/etc/cron", "/etc/crontab", "/etc/cron.d",
	"/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly", "/var/spool", "/var/spool/cron", "/etc/init.d",
	"/etc/rc.local", "/etc/profile", "/etc/profile.d", "/etc/ssh", "/etc/pam.d", "/etc/sudoers", "/etc/sudoers.d", "/etc/passwd",
	"/etc/shadow", "/etc/group", "/etc/ld.so.preload", "/etc/ld.so.conf.d", "/etc/udev", "/etc/modules-load.d", "/etc/apt", "/etc/containerd",
	"/etc/docker", "/etc/crio", "/etc/containers", "/run/containerd", "/var/run/containerd", "/run/crio", "/var/run/crio",
	"/run/docker", "/var/run/docker", "/run/podman", "/run/k3s", "/var/lib/containerd", "/var/lib/containers", "/var/lib/crio",
	"/var/lib/rancher", "/var/lib/k0s", "/boot", "/home",
}

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

# Questions about pod specifications that more than one rule asks.
package lib.workloads

# What to call it by.
name(workload) := object.get(workload, "name", object.get(workload, "kind", "?"))

# What to do about a setting that gives a pod a part of its node. An agent of the node may need it.
removal(workload, setting) := sprintf("Remove `%s`, or say in a comment above why the pod needs it", [setting]) if not workload.is_node_agent

removal(workload, setting) := sprintf("Remove `%s` if the agent works without it", [setting]) if workload.is_node_agent

# How much it matters that a pod, or a container of it, gets a part of its node: an agent of the node is there for that.
severity(row) := "warning" if not row.is_node_agent

severity(row) := "info" if row.is_node_agent

# What a pod takes of its node is expected of a known agent, and less than a privileged container of the pod has, which is told.
is_minor(workload) if {
	_is_minor(workload)
} else := false

_is_minor(workload) if workload.is_known_agent

# A part of the control plane, as kubeadm runs it on the node.
_is_minor(workload) if {
	workload.labels.tier == "control-plane"
	workload.labels.component in {"kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"}
	workload.namespace == "kube-system"
}

_is_minor(workload) if {
	some at in workload.containers
	some container in input.index.containers_by_at[at]
	container.security.privileged.value == true
}

# Whether a volume mounts a part of the node that no other rule speaks of: configuration, interfaces of the kernel, credentials of the kubelet.
is_sensitive(volume) if {
	_is_sensitive_path(volume.host_path)
	not is_runtime_socket(volume.host_path)
}

# Folders whose files are run by the node, or decide who may log in: who writes there owns the node, who reads there learns little.
is_sensitive(volume) if is_commanding(volume)

# Whether a container may write to files that the node runs, or that decide who may log in.
is_commanding(volume) if {
	not volume.is_read_only
	_is_commanding_path(volume.host_path)
	not _is_sensitive_path(volume.host_path)
	not is_runtime_socket(volume.host_path)
}

_is_sensitive_path(path) if path in {
	"/", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/root", "/run", "/sys", "/usr",
	"/var", "/var/lib", "/var/run", "/var/lib/kubelet", "/var/lib/docker", "/var/lib/containerd",
	"/var/lib/etcd", "/home", "/Windows", "/Windows/System32", "/etc/kubernetes", "/etc/cni/net.d",
}

_is_sensitive_path(path) if {
	some folder in ["/etc/kubernetes/", "/var/lib/kubelet/", "/root/", "/var/lib/etcd/", "/proc/", "/sys/", "/dev/"]
	startswith(path, folder)
	not _is_harmless_device(path)
}

# Devices that hold nothing of the node: tunnels, graphics, serial lines, sound, cameras, random numbers.
_is_harmless_device(path) if {
	some device in [
		"/dev/net/tun", "/dev/dri", "/dev/fuse", "/dev/ttyUSB", "/dev/ttyACM", "/dev/ttyAMA", "/dev/ttyS", "/dev/serial", "/dev/snd", "/dev/video", "/dev/dvb", "/dev/nvidia",
		"/dev/kfd", "/dev/apex_", "/dev/random", "/dev/urandom", "/dev/null", "/dev/ppp", "/dev/zigbee",
	]
	startswith(path, device)
}

_is_commanding_path(path) if {
	parts := split(path, "/")
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
	"/opt/cni", "/etc/cni", "/var/lib/cni", "/usr/libexec/kubernetes", "/Windows", "/ProgramData", "/k", "/opt/containerd",
}

# Texts as code, in one list: "`a`, `b` and `c`".
list(texts) := sprintf("`%s`", [texts[0]]) if count(texts) == 1

list(texts) := text if {
	count(texts) > 1
	count(texts) < 5
	last := count(texts) - 1
	text := concat("", ["`", concat("`, `", array.slice(texts, 0, last)), "` and `", texts[last], "`"])
}

list(texts) := text if {
	count(texts) > 4
	text := concat("", ["`", concat("`, `", array.slice(texts, 0, 3)), "` and ", format_int(count(texts) - 3, 10), " more"])
}

# Whether a name is that of a program that applies whatever a repository holds, and needs the rights for it.
applies_all(name) if {
	some word in ["argocd", "argo-cd", "gitops", "flux", "reconciler", "kustomize-controller", "helm-controller", "crossplane", "provider-helm", "provider-kubernetes"]
	contains(name, word)
}

# Sockets that start containers.
is_runtime_socket(path) if {
	some socket in [
		"docker.sock", "containerd.sock", "crio.sock", "podman.sock", "cri-dockerd.sock", "dockershim.sock",
		"buildkitd.sock",
	]
	endswith(path, concat("", ["/", socket]))
}

# Whether it is part of a chart that is rendered for a release of no known name: for a test, or for whoever installs it.
is_of_unknown_release(row) if contains(object.get(row, "name", ""), "release-name")

# Kinds whose pods are replaced one by one behind a Service.
is_replicated(workload) if workload.kind in {"Deployment", "Rollout"}

# Whether the selector of a Service or a workload picks pods with these labels.
selects(selector, labels) if {
	every key, value in selector {
		labels[key] == value
	}
}

# Of the pairs of a selector the one that the fewest workloads have, if they are not so many that each selector would go through thousands.
rarest(pairs) := [found[1] |
	counted := [[object.get(input.sizes.workloads_by_label_pairs, pair, 0), pair] | some pair in pairs]
	count(counted) > 0
	found := min(counted)
	found[0] <= 200
]

# Whether two objects may live in one namespace: one that names none is put where it is applied.
may_meet(one, other) if {
	object.get(one, "namespace", "") in {"", object.get(other, "namespace", "")}
}

may_meet(one, other) if {
	not one.namespace == other.namespace
	object.get(other, "namespace", "") == ""
}

# Whether two files lie in one folder, or in two folders of one.
is_near(one, other) if _above(one) == _above(other)

_above(path) := array.slice(parts, 0, max([count(parts) - 2, 0])) if parts := split(path, "/")

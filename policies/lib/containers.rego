# Questions about containers of pods that more than one rule asks.
package lib.containers

# Whether Linux's security settings apply: the container is Kubernetes', and not on Windows.
is_linux(container) if {
	container.kind == "kubernetes"
	not container.is_windows
}

# Whether what the container lacks is missing: it is no patch, and nothing else completes it.
is_whole(container) if not container.is_patch

# Whether it has every right of the node, so that no other setting takes one away.
is_privileged(container) if container.security.privileged.value == true

# Whether seccomp, capabilities and the like hold the container: the API server refuses some of them beside `privileged`.
is_confinable(container) if {
	is_linux(container)
	not is_privileged(container)
}

# Whether a capability is nearly as good as root on the node.
is_dangerous(capability) if capability in {
	"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "NET_ADMIN", "BPF",
	"DAC_READ_SEARCH", "PERFMON", "SYSLOG", "MAC_ADMIN",
}

# Whether it runs a tunnel, whose program sets up interfaces and routes.
is_vpn(container) if {
	some word in ["wireguard", "wg-easy", "openvpn", "tailscale", "gluetun", "nordlynx", "nordvpn", "pptp", "softether", "strongswan", "zerotier", "netbird", "ipsec", "headscale", "netmaker", "boringtun", "wg-quick", "protonvpn", "mullvad"]
	contains(lower(object.get(container, "image", "")), word)
}

is_vpn(container) if {
	some mount in container.mounts
	mount.mountPath in {"/dev/net/tun", "/dev/net"}
}

# Whom a setting is for: the container that sets it, or the pod whose containers inherit it.
subject(container, found) := concat("", ["container `", name(container), "`"]) if not _is_of_pod(found)

subject(container, found) := concat("", ["the pod of `", object.get(container, "workload_name", "?"), "`"]) if _is_of_pod(found)

_is_of_pod(found) if found.from == "pod"

_is_of_pod(found) if "seccomp.security.alpha.kubernetes.io/pod" in found.field

# Whether the container serves for as long as its pod lives, so that it is probed and replaced.
is_serving(container) if {
	container.kind == "kubernetes"
	container.role == "container"
	not container.is_job
	not container.is_patch
}

# Whether the container is part of the pod's work and asks for its own share of the node: a sidecar is, though an init container.
is_working(container) if {
	container.kind == "kubernetes"
	_is_lasting(container)
	not container.is_patch
}

_is_lasting(container) if container.role == "container"

_is_lasting(container) if container.is_sidecar

# Whether the container serves a port, declared or asked by a probe.
serves_port(container) if count(container.ports) > 0

serves_port(container) if count(container.probe_ports) > 0

# The name to call it by; the only container of a Knative service needs none.
name(container) := object.get(container, "name", object.get(container, "image", "?"))

# The setting with its place, if it is set and known, here or for the whole pod.
setting(container, key) := container.security[key]

# Whether the setting may be right, for all that the file says.
is_unknown(container, key) if key in container.unknown

# Whether the setting has this value, here or for the whole pod.
is_set(container, key, value) if container.security[key].value == value

# Where to show that a setting lacks or is wrong: where it is written, or where it belongs.
place(container, key) := {"at": found.at, "field": found.field} if {
	found := container.security[key]
}

place(container, key) := {"at": container.at, "field": concat(".", ["securityContext", key])} if {
	not container.security[key]
}

# Whether the process is known to run as another user than root.
is_other_user(container) if {
	user := container.security.runAsUser.value
	is_number(user)
	user > 0
}

# Whether a request or a limit is left out, for the container and for its pod.
lacks_resource(container, key) if {
	container.resources.is_known
	not key in container.resources.set
}

# Whether the container drops every capability.
drops_all(container) if "ALL" in container.capabilities.drop

# Whether another container of the pod has a setting that this one lacks.
is_set_beside(container, setting) if {
	setting in container.beside
} else := false

# Where a profile says of which type it is: below its own key, or in the annotation that stands for it.
type_field(profile) := profile.field if profile.from == "annotation"

type_field(profile) := concat(".", [profile.field, "type"]) if profile.from != "annotation"

# What a probe of the container may ask, as YAML: the first port that it serves, else a command.
example_probe(container) := concat("", ["tcpSocket: {port: ", format_int(_served(container)[0], 10), "}"]) if {
	count(_served(container)) > 0
} else := "exec: {command: [cat, /tmp/healthy]} # a command that fails if the program does not work"

_served(container) := [port.containerPort |
	some port in container.ports
	is_number(port.containerPort)
	object.get(port, "protocol", "TCP") == "TCP"
]

# Whether it is a proxy beside a program that is probed itself.
is_proxy(container) if object.get(container, "image_name", "") in {"kube-rbac-proxy", "oauth-proxy", "cloud-sql-proxy", "gce-proxy", "prom-label-proxy"}

# Whether its share of the node is settled otherwise: it ends, or it is part of the system.
is_passing(container) if {
	_is_passing(container)
} else := false

_is_passing(container) if container.is_job

_is_passing(container) if is_tried(container)

# Whether nobody hardens it: an agent of the node needs what it has, and a pod that no controller replaces and no Service selects is there to try
# something out.
is_tried(container) if {
	_is_tried(container)
} else := false

_is_tried(container) if container.is_known_agent

_is_tried(container) if is_loose(container)

# Whether it is in a pod that no controller replaces and no Service selects.
is_loose(container) if {
	container.workload_kind == "Pod"
	not container.is_selected
}

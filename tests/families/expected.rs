//! What a program is there for is left to who asks for it.

use super::{project, report};

/// A pod with one container that runs an image and says this besides, and with this beside its containers.
fn pod(image: &str, container: &str, beside: &str) -> String {
    format!(
        "apiVersion: v1
kind: Pod
metadata: {{name: harbour, namespace: kelp}}
spec:
  containers:
    - name: harbour
      image: {image}
{container}{beside}"
    )
}

/// `securityContext` of a container.
fn context(settings: &str) -> String {
    format!("      securityContext: {{{settings}}}\n")
}

#[test]
fn what_a_program_is_for_is_expected_of_it() {
    let tunnel = "capabilities: {add: [NET_ADMIN]}";
    let root = "runAsUser: 0, capabilities: {add: [NET_ADMIN]}";
    let chown = "runAsUser: 0, capabilities: {drop: [ALL], add: [CHOWN]}";
    let locks = "capabilities: {add: [IPC_LOCK]}";
    let open = "appArmorProfile: {type: Unconfined}";
    let bus = "      volumeMounts: [{name: bus, mountPath: /run/dbus}]\n";
    let host = "  hostNetwork: true\n";
    let port = "      ports: [{containerPort: 8080, hostPort: 8080}]\n";
    let kelp = "ghcr.io/kelp/kelp:1.2.0";
    let (dangerous, added) = (
        "kubernetes/dangerous-capability",
        "kubernetes/added-capability",
    );
    let (user, network) = ("kubernetes/root-user", "kubernetes/host-network");
    let (apparmor, host_port) = ("kubernetes/apparmor-unconfined", "kubernetes/host-port");
    for (image, container, beside, rule, is_shown) in [
        (
            "qmcgaw/gluetun:v3.39.1",
            context(tunnel),
            "",
            dangerous,
            false,
        ),
        (kelp, context(tunnel), "", dangerous, true),
        ("qmcgaw/gluetun:v3.39.1", context(root), "", user, false),
        (kelp, context(root), "", user, true),
        (kelp, context(chown), "", user, false),
        ("hashicorp/vault:1.18.0", context(locks), "", added, false),
        (kelp, context(locks), "", added, true),
        (kelp, context(open) + bus, "", apparmor, false),
        (kelp, context(open), "", apparmor, true),
        (
            "ghcr.io/home-assistant/home-assistant:2026.1",
            String::new(),
            host,
            network,
            false,
        ),
        (kelp, String::new(), host, network, true),
        (
            "jacobalberty/unifi:v9.0",
            port.to_owned(),
            "",
            host_port,
            false,
        ),
        (kelp, port.to_owned(), "", host_port, true),
    ] {
        let text = pod(image, &container, beside);
        let folder = project(&[("deploy/pod.yaml", &text)]);
        let has = |arguments: &[&str]| {
            let report = report(folder.path(), arguments);
            let mut findings = report["findings"].as_array().unwrap().iter();
            findings.any(|it| it["rule"] == rule)
        };
        assert_eq!(has(&[]), is_shown, "{rule}: {text}");
        assert!(has(&["--select", rule]), "{rule}: {text}");
    }
}

#[test]
fn the_control_plane_has_the_configuration_of_its_node() {
    let text = |namespace: &str| {
        format!(
            "apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: {namespace}
  labels: {{component: kube-apiserver, tier: control-plane}}
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.36.0
      volumeMounts: [{{name: certificates, mountPath: /etc/kubernetes/pki}}]
  volumes:
    - name: certificates
      hostPath: {{path: /etc/kubernetes/pki, type: DirectoryOrCreate}}
"
        )
    };
    for (namespace, is_shown) in [("kube-system", false), ("kelp", true)] {
        let folder = project(&[("pod.yaml", &text(namespace))]);
        let report = report(folder.path(), &[]);
        let findings = report["findings"].as_array().unwrap();
        for rule in ["kubernetes/host-network", "kubernetes/sensitive-host-path"] {
            let has = findings.iter().any(|it| it["rule"] == rule);
            assert_eq!(has, is_shown, "{rule} in {namespace}");
        }
    }
}

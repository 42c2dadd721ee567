//! What templates are told of the cluster.

use crate::render::helm::semver::Version;
use crate::render::helm::value::host::{Capabilities, KubeVersion};

/// The version of Kubernetes, unless another one is asked for.
const KUBE_VERSION: &str = "v1.36.0";

/// The API versions that Helm 4.2 knows of.
const API_VERSIONS: &[&str] = &[
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha2",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
];

/// The capabilities for a version of Kubernetes (such as `1.30`) and further API versions; an error says what is no version.
pub fn capabilities(kube_version: Option<&str>, more: &[String]) -> Result<Capabilities, String> {
    let wanted = kube_version.unwrap_or(KUBE_VERSION);
    let Some(version) = Version::parse(wanted) else {
        return Err(format!("invalid kube version {wanted:?}"));
    };
    let kube = KubeVersion {
        version: format!("v{}", version.to_string().trim_start_matches('v')),
        major: version.major.to_string(),
        minor: version.minor.to_string(),
    };
    let known = API_VERSIONS.iter().map(|name| (*name).to_owned());
    let all: Vec<String> = known.chain(more.iter().cloned()).collect();
    Ok(Capabilities::new(kube, &all))
}

# METADATA
# title: Possibly stale image
# description: |
#   Unless the policy is `Always`, a node that has an image with this tag starts it, whatever the registry has now, and without checking whether the pod
#   may pull it. An image that is pinned by its digest is always the same.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "container `{name}` may start an outdated image that its node has cached"
#   remediation: "Set `imagePullPolicy: Always`, or pin the image by its digest."
#   aliases:
#     - kube-score:container-image-pull-policy
#     - polaris:pullPolicyNotAlways
#     - checkov:CKV_K8S_15
#     - kics:image-pull-policy-of-the-container-is-not-set-to-always
#     - kube-linter:template/image-pull-policy
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["stale-image-pull"]

import data.lib.containers

deny contains {"at": container.at, "field": "imagePullPolicy", "name": containers.name(container)} if {
	some container in input.containers
	container.kind == "kubernetes"
	not container.is_patch
	not container.has_open_pull_policy
	object.get(container, "imagePullPolicy", "IfNotPresent") != "Always"
	some image in input.index.images_by_at[container.at]
	not image.has_digest
	not _is_always_pulled(container, image)
}

# Without a policy the tag `latest`, written or not, is always pulled.
_is_always_pulled(container, image) if {
	not container.imagePullPolicy
	object.get(image, "tag", "latest") == "latest"
}

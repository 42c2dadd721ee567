package lib.images

# The peers' ids that a floating tag satisfies where it stands; `why` is "latest" or "missing".
floating_aliases(image, why) := ["hadolint:DL3007", "trivy:DS-0001", "checkov:CKV_DOCKER_7", "kics:image_version_using_latest", "semgrep:avoid-latest-version", "dockle:DKL-DI-0006", "dockerfilelint:latest_tag"] if {
	image.role in {"base", "copy", "mount"}
	why == "latest"
}

floating_aliases(image, why) := ["hadolint:DL3006", "trivy:DS-0001", "checkov:CKV_DOCKER_7", "kics:image_version_not_explicit", "semgrep:missing-image-version", "dockle:DKL-DI-0006", "dockerfilelint:missing_tag"] if {
	image.role in {"base", "copy", "mount"}
	why == "missing"
}

floating_aliases(image, _) := ["kube-linter:latest-tag", "kube-score:container-image-tag", "polaris:tagNotSpecified", "trivy:KSV-0013", "checkov:CKV_K8S_14", "kics:invalid-image-tag", "kube-linter:template/latest-tag"] if {
	not image.role in {"base", "copy", "mount"}
}

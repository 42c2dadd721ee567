# METADATA
# title: Image user conflicts with runAsNonRoot
# description: |
#   The pod demands `runAsNonRoot`, and the Dockerfile of its image ends as root or as a user whose
#   name the kubelet cannot look up. The container never starts: CreateContainerConfigError. The
#   image is known by a build in a workflow or a Compose file, or by its name.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: error
#   confidence: medium
#   category: correctness
#   message: "container `{name}` sets `runAsNonRoot`, but its image {fault}"
#   remediation: End the Dockerfile with `USER` and a number above 0, or set `runAsUser` in the pod.
package rules.project["image-runs-as-root"]

import data.lib.builds
import data.lib.containers

deny contains {
	"at": setting.at, "field": setting.field, "name": containers.name(container), "fault": fault,
	"related": [{"at": object.get(stage, "user_at", stage.at), "message": "the image is built here"}],
} if {
	some container in input.containers
	setting := container.security.runAsNonRoot
	setting.value == true
	not container.security.runAsUser
	not containers.is_unknown(container, "runAsUser")
	some stage in builds.stages(container)
	fault := _fault(stage)
}

_fault(stage) := "ends as root" if stage.is_root

_fault(stage) := sprintf("ends as `%s`, a name that the kubelet cannot tell from root", [stage.user]) if {
	stage.user_is_known
	not stage.is_root
	not stage.user_is_number
}

_fault(stage) := "never leaves root" if {
	not stage.user_set
	not stage.base_is_nonroot
	_starts_as_root(stage)
}

_starts_as_root(stage) if stage.is_scratch

# Images of Docker's own library begin as root.
_starts_as_root(stage) if {
	base := stage.base_image
	not contains(base, "/")
}

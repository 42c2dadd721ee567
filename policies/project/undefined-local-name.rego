# METADATA
# title: Undefined name within an object
# description: |
#   A task waits for another task, a step calls a template, a route names a receiver, a claim of a container names one of its pod: all by names that the
#   same object must define. This one does not, so it is refused, or fails when it runs. Names that templates or parameters fill in are left alone.
# related_resources:
#   - https://tekton.dev/docs/pipelines/pipelines/#using-the-runafter-field
#   - https://argo-workflows.readthedocs.io/en/latest/walk-through/steps/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{target}` is not defined in this {kind}: there is {known}"
#   remediation: "{help}."
#   how_to_fix: >-
#     Correct the name, or define it in the same object: the task of a Tekton Pipeline, the template of an Argo Workflow, the receiver of an
#     AlertmanagerConfig, the resource claim of a pod.
package rules.project["undefined-local-name"]

deny contains {"at": reference.at, "kind": reference.kind, "target": reference.target, "known": reference.known, "help": _help(reference)} if {
	some reference in input.object_references
	reference.how == "local"
	not reference.resolves
	not reference.is_patch
}

_help(reference) := sprintf("Write `%s`", [reference.similar]) if reference.similar

_help(reference) := sprintf("Define `%s`, or write one of the names that are defined", [reference.target]) if not reference.similar

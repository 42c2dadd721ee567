# Questions about what the token may do.
package lib.permissions

# Whether some job holds the rights: those of a job always, those of the workflow where a job has none of its own.
is_taken(permission) if {
	permission.subject == "job"
	not _is_elsewhere(permission)
}

is_taken(permission) if {
	some job in input.index.jobs_by_workflow[permission.workflow]
	not job.has_permissions
	not _is_elsewhere(permission)
}

# Forgejo and Gitea take the key and ignore it.
_is_elsewhere(permission) if {
	some workflow in input.index.workflows_by_at[permission.workflow]
	workflow.is_dialect
}

# METADATA
# title: Unneeded write permission
# description: |
#   The token of the job has write access, and none of its steps appears to need it: nothing pushes, releases, publishes or reports. A compromised action
#   or dependency gets that access all the same. Jobs that run actions or scripts whose behavior is unknown are not reported.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "no step of this job appears to need `{scope}: write`"
#   remediation: Remove the permission, or grant `read`.
#   aliases:
#     - scorecard:Token-Permissions
#     - scorecard:jobLevelPermissions
#   default: off
#   profiles: [pedantic]
package rules.workflow["unneeded-write"]

deny contains {"at": permission.at, "field": permission.field, "scope": permission.scope} if {
	some permission in input.permissions
	permission.subject == "job"
	permission.level == "write"
	permission.scope in {"actions", "checks", "contents", "deployments", "packages", "security-events", "statuses"}
	not permission.is_all
	input.sizes.steps_by_job[permission.job] > 0
	not _may_need(permission)
}

_may_need(permission) if {
	some step in input.index.steps_by_job[permission.job]
	not _is_harmless(step, permission.scope)
}

_may_need(permission) if {
	some command in input.index.commands_by_job[permission.job]
	not _only_reads(command, permission.scope)
}

_may_need(permission) if {
	some script in input.index.scripts_by_job[permission.job]
	not script.is_parsed
}

# Actions that do one thing, which is known.
_is_harmless(step, _) if not step.uses

_is_harmless(step, scope) if {
	_is_known_reader(step.action)
	not _sends_results(step, scope)
}

# They fetch, set up and keep things; what they do with the token needs no right to write.
_is_known_reader(action) if startswith(action.slug, "actions/setup-")

_is_known_reader(action) if startswith(action.slug, "docker/setup-")

_is_known_reader(action) if {
	action.owner == "github"
	not action.repo in {"super-linter", "branch-deploy", "issue-labeler", "gh-aw"}
}

_is_known_reader(action) if action.slug in {
	"actions/checkout", "actions/cache", "actions/upload-artifact", "actions/download-artifact", "actions/configure-pages",
	"actions/upload-pages-artifact", "actions/dependency-review-action", "actions/labeler", "actions/first-interaction",
	"actions/hello-world-javascript-action", "docker/metadata-action", "docker/login-action", "github/codeql-action",
}

# It reads the runs of workflows as it goes.
_sends_results(step, scope) if {
	scope in {"security-events", "actions"}
	startswith(step.action.slug, "github/codeql-action")
}

# Programs that send nothing anywhere, and others that send only where a word says so.
_only_reads(command, _) if command.program in {
	"echo", "printf", "cat", "cd", "ls", "mkdir", "cp", "mv", "rm", "chmod", "tar", "unzip", "sleep", "true", "false", "exit",
	"test", "[", "[[", "export", "set", "apt-get", "apt", "brew", "grep", "sed", "jq",
}

_only_reads(command, _) if command.action == "install"

_only_reads(command, scope) if {
	command.program in {"git", "mvn", "mvnw", "docker", "go", "cargo", "dotnet", "sbt"}
	not _sends(command, scope)
}

# What Docker sends goes to a registry, and so does what is deployed.
_sends(command, "contents") if {
	command.program != "docker"
	some argument in command.args
	some word in ["push", "publish", "release", "upload", "run"]
	contains(argument, word)
}

_sends(command, scope) if {
	scope != "contents"
	some argument in array.concat(command.args, command.flag_list)
	some word in ["push", "publish", "release", "upload", "run", "deploy"]
	contains(argument, word)
}

# METADATA
# title: Publishing without trusted publishing
# description: |
#   crates.io, npm, PyPI and RubyGems can trust the workflow itself, with a token that lives for minutes. A job that publishes without `id-token: write`
#   needs a stored one, which works for whoever reads it, until it is revoked.
# related_resources:
#   - https://docs.npmjs.com/trusted-publishers
#   - https://docs.pypi.org/trusted-publishers/
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{program}` publishes with a long-lived token"
#   remediation: "Register the workflow as a trusted publisher, grant the job `id-token: write`, and remove the token."
#   aliases: [zizmor:use-trusted-publishing, codeql:NpmTokenInPublish]
package rules.workflow["publish-with-token"]

deny contains {"at": command.at, "program": command.program} if {
	some command in input.commands
	command.source == "step"
	_publishes(command)
	count([flag | some flag in command.flag_list; flag in _elsewhere]) == 0
	some script in input.index.scripts_by_at[command.script]
	some step in input.index.steps_by_at[script.step]
	some job in input.index.jobs_by_at[step.job]
	not _may_ask_for_token(job)
	not step.job in _with_own_registry
	not _is_of_packages(job)
}

# GitHub's own registry takes the token of the job, and has no trusted publishing.
_is_of_packages(job) if {
	some step in input.index.steps_by_job[job.at]
	contains(step.run_text, "npm.pkg.github.com")
}

_is_of_packages(job) if {
	some expression in input.index.expressions_by_job[job.at]
	expression.key in {"env.NODE_AUTH_TOKEN", "env.NPM_TOKEN", "env.NPM_AUTH_TOKEN"}
	some context in expression.contexts
	context in {"secrets.github_token", "github.token"}
}

# What makes it a rehearsal, or goes to a registry of one's own.
_elsewhere := {
	"--dry-run", "-n", "--registry", "--index", "--publish-url", "--repository-url", "--repository", "-r", "--host",
	"--index-url", "--help",
}

_publishes(command) if {
	command.program == "cargo"
	[arg | some arg in command.args; not startswith(arg, "+")][0] == "publish"
}

_publishes(command) if {
	command.program in {"npm", "pnpm", "uv"}
	command.args[0] == "publish"
}

_publishes(command) if {
	command.program == "yarn"
	array.slice(command.args, 0, 2) == ["npm", "publish"]
}

_publishes(command) if {
	command.program == "gem"
	command.args[0] == "push"
}

_publishes(command) if {
	command.program == "twine"
	command.args[0] == "upload"
}

# Run by Python or pipx.
_publishes(command) if {
	command.program in {"python", "python3", "pipx"}
	some number, word in command.words
	split(word.text, "==")[0] == "twine"
	command.words[number + 1].text == "upload"
}

_may_ask_for_token(job) if job.token_permissions["id-token"] == "write"

# `setup-node` writes the registry into the configuration of npm.
_with_own_registry contains step.job if {
	some step in input.steps
	url := step["with"]["registry-url"]
	url != ""
	not contains(url, "registry.npmjs.org")
}

# Which scopes of its token a job uses, as far as its actions and commands show.
package lib.scopes

# `contents: read` and the like, for every step of a job that is known, in order.
needed(job) := sort({scope |
	some step in input.index.steps_by_job[job.at]
	some scope in of_step(step)
} | {scope |
	some command in input.index.commands_by_job[job.at]
	command.program in {"git", "gh", "mkdocs"}
	some scope in _of_command(command)
})

# For `permissions: { … }`: of a scope that is read and written, the writing.
listed(scopes) := concat(", ", [scope |
	some scope in scopes
	not _is_written(scope, scopes)
])

_is_written(scope, scopes) if {
	endswith(scope, ": read")
	replace(scope, ": read", ": write") in scopes
}

# Whether what a step's action uses the token for is known.
is_known(step) if _of_action[step.action.slug]

is_known(step) if step.action.slug in _without_token

is_known(step) if _has_other_token(step)

is_known(step) if _signs_in(step)

is_known(step) if {
	step.action.slug == "actions/download-artifact"
	not step["with"]["github-token"]
}

is_known(step) if {
	step.action.slug == "actions/github-script"
	count(of_step(step)) > 0
}

# An upload or download of this run's own files has a token of its own, and so have caches.
_without_token := {
	"actions/cache", "actions/configure-pages", "actions/create-github-app-token", "slackapi/slack-github-action", "tibdex/github-app-token", "docker/login-action", "codecov/codecov-action",
	"pypa/gh-action-pypi-publish", "azure/login", "google-github-actions/auth", "actions/setup-dotnet", "actions/setup-go", "actions/setup-java", "actions/setup-node", "actions/setup-python",
	"actions/upload-artifact", "actions/upload-pages-artifact", "astral-sh/setup-uv", "aws-actions/configure-aws-credentials", "azure/setup-helm", "azure/setup-kubectl",
	"docker/build-push-action", "docker/metadata-action", "docker/setup-buildx-action", "docker/setup-qemu-action", "dtolnay/rust-toolchain", "gradle/actions",
	"hashicorp/setup-terraform", "ilammy/msvc-dev-cmd", "jwlawson/actions-setup-cmake", "msys2/setup-msys2", "pnpm/action-setup", "pre-commit/action", "ruby/setup-ruby",
	"shivammathur/setup-php", "swatinem/rust-cache",
}

# What a step's action uses the token for.
of_step(step) := [] if {
	_has_other_token(step)
} else := ["id-token: write"] if {
	_signs_in(step)
} else := object.get(_of_action, step.action.slug, []) if {
	step.action.slug != "actions/github-script"
} else := [scope |
	some call, scopes in _of_call
	contains(object.get(step["with"], "script", ""), call)
	some scope in scopes
] if {
	step.action.slug == "actions/github-script"
} else := []

_of_action := {
	"actions/attest": ["attestations: write", "id-token: write"],
	"actions/attest-build-provenance": ["attestations: write", "id-token: write"],
	"actions/checkout": ["contents: read"],
	"actions/create-release": ["contents: write"],
	"actions/delete-package-versions": ["packages: write"],
	"actions/dependency-review-action": ["contents: read"],
	"actions/deploy-pages": ["id-token: write", "pages: write"],
	"actions/first-interaction": ["issues: write", "pull-requests: write"],
	"actions/labeler": ["contents: read", "pull-requests: write"],
	"actions/stale": ["issues: write", "pull-requests: write"],
	"actions/upload-release-asset": ["contents: write"],
	"amannn/action-semantic-pull-request": ["pull-requests: read"],
	"codelytv/pr-size-labeler": ["issues: write", "pull-requests: write"],
	"dependabot/fetch-metadata": ["pull-requests: read"],
	"dessant/lock-threads": ["issues: write", "pull-requests: write"],
	"dorny/paths-filter": ["pull-requests: read"],
	"github/codeql-action": ["security-events: write"],
	"golangci/golangci-lint-action": ["contents: read"],
	"googleapis/release-please-action": ["contents: write", "pull-requests: write"],
	"goreleaser/goreleaser-action": ["contents: write"],
	"helm/chart-releaser-action": ["contents: write"],
	"jamesives/github-pages-deploy-action": ["contents: write"],
	"kentaro-m/auto-assign-action": ["pull-requests: write"],
	"marocchino/sticky-pull-request-comment": ["pull-requests: write"],
	"ncipollo/release-action": ["contents: write"],
	"peaceiris/actions-gh-pages": ["contents: write"],
	"peter-evans/create-or-update-comment": ["issues: write", "pull-requests: write"],
	"peter-evans/create-pull-request": ["contents: write", "pull-requests: write"],
	"release-drafter/release-drafter": ["contents: write", "pull-requests: read"],
	"softprops/action-gh-release": ["contents: write"],
	"stefanzweifel/git-auto-commit-action": ["contents: write"],
	"svenstaro/upload-release-action": ["contents: write"],
	"thollander/actions-comment-pull-request": ["pull-requests: write"],
	"toshimaru/auto-author-assign": ["pull-requests: write"],
}

# Calls of GitHub's API in the scripts of `actions/github-script`.
_of_call := {
	"addAssignees": ["issues: write", "pull-requests: write"],
	"addLabels": ["issues: write", "pull-requests: write"],
	"createComment": ["issues: write", "pull-requests: write"],
	"createDispatchEvent": ["contents: write"],
	"createRelease": ["contents: write"],
	"createReview": ["pull-requests: write"],
	"createRef": ["contents: write"],
	"createWorkflowDispatch": ["actions: write"],
	"issues.create(": ["issues: write"],
	"issues.update": ["issues: write", "pull-requests: write"],
	"pulls.create(": ["pull-requests: write"],
	"pulls.merge": ["contents: write", "pull-requests: write"],
	"pulls.update": ["pull-requests: write"],
	"requestReviewers": ["pull-requests: write"],
	"removeLabel": ["issues: write", "pull-requests: write"],
	"updateComment": ["issues: write", "pull-requests: write"],
}

_of_command(command) := ["contents: write"] if {
	command.program == "git"
	"push" in command.args
} else := ["contents: write"] if {
	command.program == "gh"
	command.args[0] == "release"
	command.args[1] in {"create", "upload", "edit", "delete"}
} else := ["pull-requests: write"] if {
	command.program == "gh"
	command.args[0] == "pr"
	command.args[1] in {"comment", "create", "edit", "close", "ready", "review", "merge"}
} else := ["issues: write"] if {
	command.program == "gh"
	command.args[0] == "issue"
	command.args[1] in {"comment", "create", "edit", "close", "reopen"}
} else := ["actions: write"] if {
	command.program == "gh"
	command.args[0] in {"workflow", "cache"}
	command.args[1] in {"run", "delete", "enable", "disable"}
} else := ["pull-requests: read"] if {
	command.program == "gh"
	command.args[0] == "pr"
} else := ["contents: write"] if {
	command.program == "mkdocs"
	command.args[0] == "gh-deploy"
} else := []

# A token of its own, which no permission of the job limits.
_has_other_token(step) if {
	some name in ["token", "github-token", "github_token", "GITHUB_TOKEN", "repo-token", "repo_token"]
	value := step["with"][name]
	contains(value, "secrets.")
	not contains(lower(value), "secrets.github_token")
}

_has_other_token(step) if {
	some name in ["token", "github-token", "github_token", "GITHUB_TOKEN", "repo-token", "repo_token"]
	contains(step["with"][name], ".outputs.")
}

# Signs in to another service with the identity of the job instead of a password.
_signs_in(step) if {
	step.action.slug == "aws-actions/configure-aws-credentials"
	step["with"]["role-to-assume"]
	not step["with"]["aws-access-key-id"]
}

_signs_in(step) if {
	step.action.slug == "google-github-actions/auth"
	step["with"].workload_identity_provider
}

_signs_in(step) if {
	step.action.slug == "azure/login"
	step["with"]["client-id"]
	not step["with"].creds
}

_signs_in(step) if {
	step.action.slug == "pypa/gh-action-pypi-publish"
	not step["with"].password
}

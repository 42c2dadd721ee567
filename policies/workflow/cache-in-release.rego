# METADATA
# title: Cache restored in a release
# description: |
#   Caches are shared between the workflows of a branch, and those of the default branch are available to all others. Whoever can run code in any of them
#   can poison a cache, and a job that publishes what it builds passes that on to every user. Build releases without caches.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#cache-access-controls
#   - https://docs.zizmor.sh/audits/#cache-poisoning
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   once_a_message: true
#   message: "`{action}` restores a cache in a job that publishes, so a poisoned cache gets into what is released"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove `cache` and `cache-from` where they turn a cache on, and turn off the others: `cache: false` for `actions/setup-go`,
#     `package-manager-cache: false` for `actions/setup-node`, `enable-cache: false` for `astral-sh/setup-uv`, `cache-disabled: true` for Gradle. Remove
#     steps with `actions/cache`.
#   aliases: [zizmor:cache-poisoning]
#   once: true
package rules.workflow["cache-in-release"]

import data.lib.steps

# One finding a job.
deny contains {"at": step.at, "about": step.job, "field": "uses", "action": _written(step), "advice": _advice(step)} if {
	some step in input.steps
	_restores(step)
	not contains(object.get(step, "if", ""), "!startsWith(github.ref")
	not contains(object.get(step, "if", ""), "github.ref_type != 'tag'")
	some job in input.index.jobs_by_at[step.job]
	_takes_caches(job)
	_is_publisher(job)
}

_is_publisher(job) if {
	_is_release(job)
	_publishes(job)
}

# Whoever publishes a release needs no tag that starts it.
_is_publisher(job) if {
	some step in input.index.steps_by_job[job.at]
	_releases(step)
}

# A called workflow that builds an image from layers that a cache has brought, and pushes it.
_is_publisher(job) if {
	some workflow in input.index.workflows_by_at[job.workflow]
	workflow.trigger_names == ["workflow_call"]
	some step in input.index.steps_by_job[job.at]
	step.action.slug == "docker/build-push-action"
	_is_true(step, "push")
	contains(steps.setting(step, "cache-from"), "type=local")
}

# As the file spells it.
_written(step) := split(step.uses, "@")[0]

_advice(step) := sprintf("Set `cache: false` on `%s`", [_written(step)]) if {
	step.action.slug in {"actions/setup-go", "mlugg/setup-zig", "jdx/mise-action", "actions-rust-lang/setup-rust-toolchain"}
} else := sprintf("Remove `cache` from `%s`, and set `package-manager-cache: false`", [_written(step)]) if {
	step.action.slug == "actions/setup-node"
} else := sprintf("Set `bundler-cache: false` on `%s`, and run `bundle install` in a step", [_written(step)]) if {
	step.action.slug == "ruby/setup-ruby"
} else := sprintf("Set `enable-cache: false` on `%s`", [_written(step)]) if {
	step.action.slug == "astral-sh/setup-uv"
} else := sprintf("Set `cache-disabled: true` on `%s`", [_written(step)]) if {
	step.action.slug in {"gradle/actions", "gradle/gradle-build-action"}
} else := sprintf("Remove `cache-from` from `%s`", [_written(step)]) if {
	step.action.slug == "docker/build-push-action"
} else := sprintf("Remove `cache` from `%s`", [_written(step)]) if {
	steps.is_set(step, "cache")
} else := sprintf("Remove the step, or set `lookup-only: true` on `%s`", [_written(step)]) if {
	step.action.slug in {"actions/cache", "swatinem/rust-cache"}
	step.action.full != "actions/cache/save"
} else := sprintf("Remove `%s` from this job", [_written(step)])

_takes_caches(job) if not job.cache_mode

_takes_caches(job) if not job.cache_mode in {"none", "write", "write-only", "false", "off"}

# Each says the repository of its action, so that only steps with one of these are looked at.
_restores(step) if {
	step.action.slug == "actions/cache"
	step.action.full in {"actions/cache", "actions/cache/restore"}
	not _is_true(step, "lookup-only")
	not _is_of_run(step)
}

# No other run has written what has the number of this one.
_is_of_run(step) if {
	contains(steps.setting(step, "key"), "github.run_id")
	not steps.is_set(step, "restore-keys")
}

_restores(step) if {
	step.action.slug in {"actions/setup-node", "actions/setup-python", "actions/setup-java", "oracle-actions/setup-java", "graalvm/setup-graalvm"}
	steps.is_set(step, "cache")
	not _is_false(step, "cache")
	not contains(steps.setting(step, "cache"), "${{")
}

_restores(step) if {
	step.action.slug in {"actions/setup-dotnet"}
	_is_true(step, "cache")
}

# These cache unless they are told not to.
_restores(step) if {
	step.action.slug in {"actions/setup-go", "pnpm/action-setup", "mlugg/setup-zig", "jdx/mise-action"}
	not _is_false(step, _switch(step.action.slug))
	not contains(object.get(step["with"], _switch(step.action.slug), ""), "${{")
	_caches_by_default(step)
}

_restores(step) if {
	step.action.slug in {"swatinem/rust-cache", "nix-community/cache-nix-action", "actions-rust-lang/setup-rust-toolchain", "mozilla-actions/sccache-action", "determinatesystems/magic-nix-cache-action"}
	not _is_true(step, "lookup-only")
	not _is_false(step, "cache")
}

_restores(step) if {
	step.action.slug in {"ruby/setup-ruby"}
	_is_true(step, "bundler-cache")
}

_restores(step) if {
	step.action.slug in {"astral-sh/setup-uv"}
	_is_true(step, "enable-cache")
}

_restores(step) if {
	step.action.slug in {"gradle/actions", "gradle/gradle-build-action"}
	step.action.full in {"gradle/actions/setup-gradle", "gradle/gradle-build-action"}
	not _is_true(step, "cache-disabled")
}

_restores(step) if {
	step.action.slug in {"docker/build-push-action"}
	contains(steps.setting(step, "cache-from"), "type=gha")
}

_switch(slug) := "cache"

_caches_by_default(step) if step.action.slug in {"actions/setup-go", "mlugg/setup-zig", "jdx/mise-action"}

_caches_by_default(step) if _is_true(step, "cache")

_is_true(step, name) if lower(steps.setting(step, name)) == "true"

_is_false(step, name) if lower(steps.setting(step, name)) in {"false", ""}

# Tags and releases start it.
_is_release(job) if {
	some workflow in input.index.workflows_by_at[job.workflow]
	some trigger in workflow.triggers
	_is_of_release(trigger)
}

_is_of_release(trigger) if trigger.name == "release"

_is_of_release(trigger) if {
	trigger.name == "push"
	some branch in trigger.branches
	startswith(lower(branch), "release")
}

_is_of_release(trigger) if {
	trigger.name == "push"
	count(trigger.tags) > 0
	count(trigger.branches) == 0
}

_publishes(job) if {
	some command in input.index.commands_by_job[job.at]
	_sends(command)
}

_publishes(job) if {
	some step in input.index.steps_by_job[job.at]
	step.action.slug in {"actions/attest-build-provenance", "actions/attest", "googleapis/release-please-action"}
}

# Without `publish` it opens a pull request.
_publishes(job) if {
	some step in input.index.steps_by_job[job.at]
	step.action.slug == "changesets/action"
	steps.is_set(step, "publish")
}

_releases(step) if {
	step.action.slug in {
		"softprops/action-gh-release", "ncipollo/release-action", "pypa/gh-action-pypi-publish",
		"js-devtools/npm-publish", "rubygems/release-gem", "svenstaro/upload-release-action",
		"rust-lang/crates-io-auth-action", "cycjimmy/semantic-release-action", "actions/upload-release-asset", "actions/create-release",
	}
}

# `goreleaser` publishes by `release`, unless it only tries.
_releases(step) if {
	step.action.slug == "goreleaser/goreleaser-action"
	not _is_true(step, "install-only")
	args := steps.setting(step, "args")
	contains(args, "release")
	count([word | some word in ["--snapshot", "--skip=publish", "--skip publish", "--skip-publish", "--auto-snapshot"]; contains(args, word)]) == 0
}

_publishes(job) if {
	some step in input.index.steps_by_job[job.at]
	step.action.slug in {"docker/build-push-action", "redhat-actions/push-to-registry"}
	_pushes(step)
}

_pushes(step) if step.action.slug == "redhat-actions/push-to-registry"

_pushes(step) if {
	_is_true(step, "push")
	not _is_throwaway(object.get(step["with"], "tags", ""))
}

# A registry that keeps images for hours, or is part of the job.
_is_throwaway(text) if {
	some part in ["ttl.sh/", "localhost:", "localhost/", "127.0.0.1", "host.docker.internal", "kind-registry", "registry.local", "k3d-"]
	contains(text, part)
}

_sends(command) if {
	command.program in {"npm", "pnpm", "yarn", "cargo", "uv", "poetry", "hatch", "flit", "vsce", "ovsx", "dart", "lerna"}
	some word in command.args
	word == "publish"
	not _only_tries(command)
}

_only_tries(command) if {
	some flag in ["--dry-run", "-n"]
	flag in command.flag_list
}

_sends(command) if {
	command.program == "npx"
	some word in command.args
	word in {"semantic-release", "publish"}
}

_sends(command) if {
	command.program in {"gem", "docker", "podman", "helm"}
	command.args[0] == "push"
	not _goes_nowhere(command)
}

_goes_nowhere(command) if {
	some word in command.args
	_is_throwaway(word)
}

_sends(command) if {
	command.program == "twine"
	command.args[0] == "upload"
}

_sends(command) if {
	command.program == "gh"
	command.args[0] == "release"
	command.args[1] in {"create", "upload"}
}

_sends(command) if {
	command.program == "goreleaser"
	command.args[0] in {"release", "publish"}
	not "--snapshot" in command.flag_list
	not "--skip=publish" in command.flag_list
	not "--skip-publish" in command.flag_list
}

_sends(command) if {
	command.program == "dotnet"
	array.slice(command.args, 0, 2) == ["nuget", "push"]
}

_sends(command) if {
	command.program == "nuget"
	command.args[0] == "push"
}

_sends(command) if {
	command.program in {"mvn", "mvnw"}
	"deploy" in command.args
}

_sends(command) if {
	command.program in {"gradle", "gradlew"}
	some word in command.args
	contains(word, "publish")
}

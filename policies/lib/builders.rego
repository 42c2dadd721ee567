# Questions about what runs the code of the folder that a step or a command is in.
package lib.builders

import data.lib.steps

# Whether the action builds, tests or installs what is checked out.
is_builder(step) if {
	step.action.slug in {
		"actions-rs/cargo", "amondnet/vercel-action", "azure/static-web-apps-deploy", "bahmutov/npm-install", "borales/actions-yarn",
		"burrunan/gradle-cache-action", "changesets/action", "chromaui/action", "cloudflare/wrangler-action", "cypress-io/github-action", "depot/build-push-action",
		"devcontainers/ci", "docker/bake-action", "eskatos/gradle-command-action", "goreleaser/goreleaser-action", "gradle/gradle-build-action",
		"j178/prek-action", "messense/maturin-action", "oxsecurity/megalinter", "pre-commit/action", "pyo3/maturin-action", "pypa/cibuildwheel", "redhat-actions/buildah-build",
		"tauri-apps/tauri-action", "trunk-io/trunk-action", "wagoid/commitlint-github-action",
	}
}

is_builder(step) if step.action.full == "github/codeql-action/autobuild"

# Without `context`, the builder fetches the commit of the event by itself.
is_builder(step) if {
	step.action.slug == "docker/build-push-action"
	steps.is_set(step, "context")
	not contains(steps.setting(step, "context"), "://")
	not contains(steps.setting(step, "context"), "defaultContext")
}

is_builder(step) if {
	step.action.slug == "ruby/setup-ruby"
	lower(steps.setting(step, "bundler-cache")) == "true"
}

is_builder(step) if {
	step.action.slug == "pnpm/action-setup"
	steps.is_set(step, "run_install")
	lower(steps.setting(step, "run_install")) != "false"
}

is_builder(step) if {
	step.action.slug == "gradle/actions"
	steps.is_set(step, "arguments")
}

# Whether the command runs what the folder holds: its build files, scripts, tests, or the packages that its manifests name.
runs_folder(command) if {
	command.program in {
		"make", "gmake", "cmake", "ninja", "meson", "bazel", "bazelisk", "mvn", "mvnw", "gradle", "gradlew", "sbt", "ant", "tox", "nox", "pytest", "pre-commit", "rake",
		"composer", "phpunit", "msbuild", "xcodebuild", "fastlane", "flutter", "mix", "rebar3", "stack", "cabal", "nix-build", "nix-shell", "docker-compose", "earthly",
		"just", "task", "mage", "invoke", "terraform", "tofu", "pulumi", "ansible-playbook", "jekyll", "lerna", "nx", "turbo", "jest", "vitest", "eslint", "tsc", "webpack",
		"vite", "gulp", "grunt", "configure", "goreleaser", "hatch", "maturin", "cargo", "playwright", "wrangler", "vercel", "netlify", "hardhat", "forge",
	}
	not _only_asks(command)
}

runs_folder(command) if {
	command.program in {"npm", "pnpm", "yarn", "bun"}
	not _only_asks(command)
	not command.flags["-g"]
	not command.flags["--global"]
	not _is_of_registry(command)
}

runs_folder(command) if {
	command.program in {"go", "dotnet", "swift", "dart", "deno", "nix", "bundle", "poetry", "pdm", "pipenv", "uv", "rails", "hugo", "mkdocs"}
	command.args[0] in {"run", "build", "test", "generate", "vet", "install", "sync", "exec", "publish", "pack", "develop", "task", "gh-deploy", "serve"}
	not _is_of_registry(command)
	not _only_asks(command)
}

runs_folder(command) if {
	command.program in {"pip", "pip3"}
	command.args[0] in {"install", "wheel"}
	_takes_folder(command)
}

runs_folder(command) if {
	command.program in {"docker", "podman", "buildah", "nerdctl"}
	command.args[0] in {"build", "buildx", "compose", "bake"}
	command.args[1] != "create"
}

# A script of the folder, by itself or given to an interpreter.
runs_folder(command) if {
	command.program in {"sh", "bash", "dash", "zsh", "source", ".", "python", "python3", "node", "ruby", "perl", "php", "Rscript", "pwsh", "lua", "julia", "npx", "bunx", "tsx", "ts-node"}
	command.args[0] != ""
	not startswith(command.args[0], "/")
	not startswith(command.args[0], "$")
	not startswith(command.args[0], "~")
	not _only_asks(command)
	not _is_inline(command)
}

# `python "$GITHUB_WORKSPACE/tools/build.py"`
runs_folder(command) if {
	command.program in {"sh", "bash", "python", "python3", "node", "ruby", "perl", "pwsh", "source", "."}
	some start in ["$GITHUB_WORKSPACE/", "${GITHUB_WORKSPACE}/", "${{ github.workspace }}/"]
	startswith(command.args[0], start)
}

runs_folder(command) if {
	command.has_path
	command.program
	not startswith(command.program, "$")
	not _only_asks(command)
}

_only_asks(command) if {
	some flag in ["--version", "-v", "-V", "--help", "-h"]
	command.flags[flag]
}

_only_asks(command) if command.args[0] in {"version", "config", "login", "logout", "whoami", "env", "fmt", "cache"}

# What is named comes from a registry: `npm install -g x`, `go install x@v1`.
_is_of_registry(command) if {
	command.args[0] in {"install", "i", "add"}
	count(command.args) > 1
	not _takes_folder(command)
	command.program != "uv"
}

_takes_folder(command) if {
	some word in command.words
	some start in ["./", "../", ".["]
	startswith(word.text, start)
}

_takes_folder(command) if "." in command.args

_takes_folder(command) if {
	some flag in ["-r", "--requirement", "-e", "--editable", "-c", "--constraint"]
	command.flags[flag]
}

_is_inline(command) if {
	some flag in ["-c", "-e", "--eval", "-Command"]
	command.flags[flag]
}

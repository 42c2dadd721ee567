# METADATA
# title: Missing .dockerignore
# description: |
#   Everything in the build context goes to the builder and into a layer: Git history, local settings, installed packages, the Dockerfile itself. A change
#   to any of it invalidates the layer.
# related_resources:
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{source}` copies the whole build context{git}, and there is no .dockerignore"
#   remediation: Add a `.dockerignore` that lists what the image does not need, `.git` and `.env` first.
#   aliases:
#     - dockle:DKL-LI-0003
package rules.dockerfile["missing-dockerignore"]

deny contains {"at": copy.at, "field": copy.field, "source": copy.source, "git": _git(copy), "severity": _severity(copy)} if {
	some copy in input.copies
	copy.is_first_whole
	copy.has_dockerignore == false
}

_git(copy) := ", `.git` included" if copy.takes_git

_git(copy) := "" if not copy.takes_git

_severity(copy) := "warning" if copy.takes_git

# A folder of its own holds little that does harm.
_severity(copy) := "info" if not copy.takes_git

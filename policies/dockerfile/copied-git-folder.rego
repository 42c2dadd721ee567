# METADATA
# title: Git history copied into the image
# description: |
#   `.git` holds every version of every file, including secrets that were committed by mistake and removed later. It is large, and every commit changes
#   it, so the layer is never cached.
# related_resources:
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{source}` copies `.git` into the image, which {file} does not exclude"
#   remediation: Add `.git` to `.dockerignore`.
#   aliases:
#     - dockle:DKL-LI-0003
package rules.dockerfile["copied-git-folder"]

import data.lib.copies

# Without a .dockerignore the fault is that there is none.
deny contains {"at": copy.at, "field": copy.field, "source": copy.source, "file": copy.dockerignore} if {
	some copy in input.copies
	copy.takes_git
	copy.has_dockerignore
	copies.is_in_image(copy)
}

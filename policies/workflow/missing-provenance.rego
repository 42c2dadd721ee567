# METADATA
# title: Package published without provenance
# description: |
#   With `--provenance`, `npm publish` signs from which commit and workflow a package was built, and the registry shows it. With trusted publishing it is on by
#   itself. Off by default.
# related_resources:
#   - https://docs.npmjs.com/generating-provenance-statements
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`npm publish` signs no provenance"
#   remediation: "Add `--provenance`, and `id-token: write` to the permissions of the job; or use trusted publishing."
#   aliases:
#     - codeql:MissingProvenanceFlag
#   default: off
package rules.workflow["missing-provenance"]

deny contains {"at": command.at} if {
	some command in input.commands
	command.source == "step"
	command.program in {"npm", "pnpm"}
	command.args[0] == "publish"
	not command.flags["--provenance"]
	not command.flags["--dry-run"]
	some step in input.index.steps_by_at[command.step]
	not step.env["NPM_CONFIG_PROVENANCE"]
	not contains(step.run_text, "provenance")
}

# METADATA
# title: Removed runner image
# description: |
#   GitHub has removed the image: the job waits for a runner that never comes, and fails after a day.
# related_resources:
#   - https://github.com/actions/runner-images#available-images
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   dated: true
#   message: "runner image `{label}` was removed"
#   remediation: "Use {newer}."
#   how_to_fix: >-
#     Use `ubuntu-24.04` or `ubuntu-22.04`, `windows-2025` or `windows-2022`, or `macos-15` (`macos-15-intel` for x86). For `-large` and `-xlarge`
#     labels, use `macos-15-large` and `macos-15-xlarge`.
#   once: true
#   aliases: [actionlint:runner-label/unknown-label, actionlint-fork:runner-label/unknown-label]
package rules.workflow["retired-runner"]

# One finding a job.
deny contains {"at": runner.at, "about": job.at, "label": label, "newer": _newer(lower(label))} if {
	some job in input.jobs
	some runner in job.runners
	label := runner.label
	lower(label) in {
		"ubuntu-16.04",
		"ubuntu-18.04",
		"ubuntu-20.04",
		"macos-10.15",
		"macos-11",
		"macos-11.0",
		"macos-12",
		"macos-12-large",
		"macos-12-xl",
		"macos-13",
		"macos-13-large",
		"macos-13-xlarge",
		"macos-13-xl",
		"macos-14",
		"macos-14-large",
		"macos-14-xlarge",
		"windows-2016",
		"windows-2019",
	}
	not _is_own(job)
	some workflow in input.index.workflows_by_at[job.workflow]
	not workflow.is_dialect
}

# Labels of one's own runners may say anything.
_is_own(job) if {
	some label in job.runs_on
	lower(label) == "self-hosted"
}

_newer(label) := "`ubuntu-22.04` or `ubuntu-24.04`" if {
	startswith(label, "ubuntu-")
} else := "`windows-2022` or `windows-2025`" if {
	startswith(label, "windows-")
} else := "`macos-15-large`" if {
	endswith(label, "-large")
} else := "`macos-15-xlarge`" if {
	endswith(label, "-xlarge")
} else := "`macos-15`" if {
	startswith(label, "macos-14")
} else := "`macos-15`, or `macos-15-intel` for x86"

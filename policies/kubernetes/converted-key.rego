# METADATA
# title: Key that YAML reads as no string
# description: |
#   `kubectl` and Helm read YAML 1.1, in which a plain `y`, `n`, `yes`, `no`, `on` or `off` is a boolean and `0777` is the number 511, as a key too: the label, or the key of the ConfigMap, gets another
#   name than the one that is written.
# related_resources:
#   - https://yaml.org/type/bool.html
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "{expected}."
#   how_to_fix: >-
#     Put the key in quotes, as it is written: `'on'`, `'n'`, `'0777'`.
package rules.kubernetes["converted-key"]

deny contains {"at": violation.at, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "converted-key"
}

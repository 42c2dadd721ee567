# METADATA
# title: VOLUME over a system folder
# description: |
#   An anonymous volume hides what the image or the runtime has in the folder.
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "a volume at `{path}` keeps system files of the old image when the container is recreated"
#   remediation: Use a separate folder such as `/data`.
#   aliases:
#     - dockle:DKL-DI-0002
#   implied_by: [dockerfile/unclosed-quote]
package rules.dockerfile["system-volume"]

deny contains {"at": instruction.at, "field": argument.field, "path": argument.value} if {
	some instruction in input.instructions
	instruction.keyword == "VOLUME"
	some argument in instruction.arguments
	argument.is_known
	_plain(argument.value) in {"", "/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr", "/usr/bin", "/usr/lib", "/usr/sbin", "/var"}
}

_plain(path) := trim_suffix(path, "/")

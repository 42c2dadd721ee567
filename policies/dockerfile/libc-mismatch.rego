# METADATA
# title: glibc binary in a musl image
# description: |
#   Alpine has musl where most other distributions have glibc: a program that is linked against one does not start on the other, and says `not found`.
#   Programs that are linked statically run on both.
# custom:
#   severity: warning
#   confidence: low
#   category: correctness
#   message: "`{source}` was built in `{from}`, whose C library differs from that of `{to}`"
#   remediation: Build on the same distribution family as the final stage, or link statically.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["libc-mismatch"]

import data.lib.stages

deny contains {"at": reference.at, "field": reference.field, "source": source, "from": from.base, "to": to.base} if {
	some reference in input.references
	reference.kind == "copy-from"
	stages.is_small(reference.stage)
	stages.is_small(reference.target_stage)
	some to in _root(reference.stage)
	some from in _root(reference.target_stage)
	_libc(to) != _libc(from)
	not _is_static(reference.target_stage)
	some instruction in input.index.instructions_by_at[reference.at]
	some source in instruction.sources
	_is_program(source)
}

# The stage that a chain of stages begins with.
_root(at) := [root |
	some stage in input.index.stages_by_at[at]
	some root in input.index.stages_by_at[stage.lineage[count(stage.lineage) - 1]]
]

_libc(stage) := "musl" if contains(stage.base_image, "alpine")

_libc(stage) := "glibc" if {
	not contains(stage.base_image, "alpine")
	some name in ["debian", "ubuntu", "node:", "python:", "golang:", "rust:", "ruby:", "php:", "fedora", "rockylinux", "almalinux", "maven:", "gradle:"]
	startswith(trim_prefix(stage.base_image, "docker.io/"), name)
}

_is_static(at) if {
	some instruction in input.index.instructions_by_stage[at]
	some sign in ["CGO_ENABLED=0", "CGO_ENABLED 0", "-static", "musl"]
	contains(instruction.text, sign)
}

_is_program(source) if {
	some sign in ["/bin/", "/lib/", "/lib64/", "node_modules", "site-packages", "/target/release", "/venv"]
	contains(source, sign)
}

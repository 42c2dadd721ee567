# METADATA
# title: Undefined variable
# description: |
#   A variable that the stage does not declare expands to nothing. `ARG` applies to its own stage only; one above the first `FROM` can be used in `FROM`
#   lines, and a stage gets its value by declaring an `ARG` of the same name.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#scope
#   - https://docs.docker.com/reference/build-checks/undefined-var/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{name}` has no value here: {reason}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `ARG NAME` in this stage, above the line (also for `TARGETARCH` and the like), or correct a misspelled name. Write `ARG NAME` instead of
#     `ARG NAME=$NAME`, drop `$NAME` from `ENV NAME=$NAME:/opt`, and replace `ENV NAME=$NAME` with `docker run -e` unless the build needs the value.
#   aliases:
#     - buildkit:UndefinedVar
#   once: true
package rules.dockerfile["undefined-variable"]

deny contains {"at": instruction.at, "about": instruction.at, "name": name, "advice": _advice(name), "reason": "the builder sets it only where `ARG` asks for it"} if {
	some instruction in input.instructions
	count(instruction.undefined) > 0
	_is_judged(instruction)
	some name in instruction.undefined
	_is_automatic(name)
}

deny contains {"at": instruction.at, "about": instruction.at, "name": name, "advice": _advice_here(instruction, declared, name), "reason": _elsewhere(instruction, name), "related": _arguments_of(instruction, name)} if {
	some instruction in input.instructions
	count(instruction.undefined) > 0
	_is_judged(instruction)
	declared := _declared(instruction)
	some name in instruction.undefined
	not _is_automatic(name)
	_is_argument_elsewhere(instruction, name)
	not _is_of_itself(instruction, declared, name)
	not _is_of_the_base(instruction, name)
}

# What a script reads, if the shell itself gives the variable no value.
deny contains {"at": variable.at, "about": variable.at, "name": variable.name, "advice": _advice(variable.name), "reason": "the builder sets it only where `ARG` asks for it"} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	count(command.undeclared) > 0
	some variable in command.undeclared
	_is_automatic(variable.name)
	some instruction in input.index.instructions_by_at[command.instruction]
	not instruction.is_onbuild
	not _has_open_base(instruction)
}

# One letter away from a variable that is declared.
deny contains {"at": instruction.at, "about": instruction.at, "name": slip.name, "advice": sprintf("Write `%s`, or declare `%s` above this line.", [slip.similar, slip.name]), "reason": concat("", ["`", slip.similar, "` is declared"])} if {
	some instruction in input.instructions
	count(instruction.undefined) > 0
	not instruction.is_onbuild
	some slip in instruction.misspelt
	not _is_automatic(slip.name)
	not _is_argument_elsewhere(instruction, slip.name)
}

# `ARG X=$X`: the default is the argument itself.
deny contains {"at": instruction.at, "about": instruction.document, "field": pair.field, "name": name, "severity": "info", "advice": sprintf("Write `ARG %s`.", [name]), "reason": "the default refers to the argument itself, and is empty"} if {
	some instruction in input.instructions
	count(instruction.undefined) > 0
	_is_judged(instruction)
	instruction.keyword == "ARG"
	undefined := {name | some name in instruction.undefined}
	some pair in instruction.pairs
	name := pair.name
	name in undefined
	not _is_automatic(name)
	not _is_global(instruction, name)
}

# Another base image may set what the file does not.
deny contains {"at": instruction.at, "about": instruction.at, "name": name, "advice": _advice_here(instruction, declared, name), "reason": "nothing declares it, and `scratch` sets nothing"} if {
	some instruction in input.instructions
	count(instruction.undefined) > 0
	_is_judged(instruction)
	some stage in input.index.stages_by_at[instruction.stage]
	some root in input.index.stages_by_at[stage.lineage[count(stage.lineage) - 1]]
	root.is_scratch
	misspelt := {slip.name | some slip in instruction.misspelt}
	declared := _declared(instruction)
	some name in instruction.undefined
	not _is_automatic(name)
	not _is_argument_elsewhere(instruction, name)
	name != "PATH"
	not name in misspelt
}

# `ENV TOKEN=$TOKEN` asks for a variable of whoever builds, which no `ENV` gets: it is empty, or what the base image has set anyway.
deny contains {"at": instruction.at, "about": instruction.at, "field": pair.field, "name": pair.name, "severity": "info", "advice": sprintf("Remove the line and pass the value at run time, or write `ARG %s` above it if the build needs it.", [pair.name]), "reason": "no `ARG` passes it in, so the value is empty unless the base image sets it"} if {
	some instruction in input.instructions
	instruction.keyword == "ENV"
	count(instruction.undefined) > 0
	_is_judged(instruction)
	undefined := {name | some name in instruction.undefined}
	some number, pair in instruction.pairs
	pair.name in undefined
	_is_itself(instruction, number, pair)
	not _is_automatic(pair.name)
	not _is_argument_elsewhere(instruction, pair.name)
	not _is_of_the_base(instruction, pair.name)
}

_is_itself(instruction, number, pair) if {
	argument := instruction.arguments[number]
	name := split(argument.text, "=")[0]
	name == pair.name
	value := trim(substring(argument.text, count(name) + 1, -1), "\"")
	_reads_only(value, name)
}

_is_itself(instruction, _, pair) if {
	pair.is_legacy
	_reads_only(trim(instruction.arguments[1].text, "\""), pair.name)
}

_reads_only(value, name) if value == concat("", ["$", name])

_reads_only(value, name) if value == concat("", ["${", name, "}"])

_is_judged(instruction) if {
	not instruction.is_onbuild
	instruction.stage
	not _has_open_base(instruction)
}

# The names that it declares, which its loops over names ask for.
_declared(instruction) := {pair.name | some pair in instruction.pairs}

# `FROM syslinux-${TARGETARCH}`: another stage, whose variables it takes over, though nobody knows here which.
_has_open_base(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	some root in input.index.stages_by_at[stage.lineage[count(stage.lineage) - 1]]
	contains(root.base, "$")
	some other in input.index.stages_by_document[root.document]
	other.number < root.number
	_may_be_named(root, other)
}

_may_be_named(root, other) if {
	start := lower(split(root.base, "$")[0])
	start != ""
	startswith(object.get(other, "name", ""), start)
}

_may_be_named(root, other) if {
	not root.base_image
	other.name
	startswith(root.base, "$")
	not contains(root.base, "/")
	not contains(root.base, ":")
}

_may_be_named(root, other) if {
	some end in [concat("", ["-", object.get(other, "name", "?")]), concat("", ["_", object.get(other, "name", "?")])]
	endswith(root.base, end)
}

# `RUBY_VERSION` in an image on `ruby`: those of languages and servers set it themselves.
_is_of_the_base(instruction, name) if {
	some end in ["_VERSION", "_MAJOR", "_HOME", "_PATH", "_ROOT", "_SHA256", "_DOWNLOAD_URL", "_DIR", "_CONFDIR"]
	endswith(name, end)
	some stage in input.index.stages_by_at[instruction.stage]
	some root in input.index.stages_by_at[stage.lineage[count(stage.lineage) - 1]]
	some sign in _signs(lower(split(name, "_")[0]))
	contains(lower(object.get(root, "base_image", root.base)), sign)
}

_signs(word) := ["jdk", "jre", "java", "temurin", "corretto", "tomcat", "maven", "gradle", "jetty", "liberica", "zulu"] if word == "java"

_signs(word) := ["postgres", "postgis", "timescale"] if word in {"pg", "postgres", "postgresql"}

_signs(word) := ["rust"] if word in {"cargo", "rustup"}

_signs(word) := ["node"] if word in {"yarn", "npm"}

_signs(word) := ["airflow", "spark", "hadoop", word] if word in {"airflow", "spark", "hadoop"}

_signs(word) := ["erlang", "elixir"] if word in {"otp", "rebar", "rebar3"}

_signs(word) := [word] if not word in {"java", "pg", "postgres", "postgresql", "cargo", "rustup", "yarn", "npm", "airflow", "spark", "hadoop", "otp", "rebar", "rebar3"}

_advice(name) := sprintf("Write `ARG %s` in this stage, above this line.", [name])

# `ENV X=${X}:/opt`: an argument of that name would be as empty.
_advice_here(instruction, declared, name) := sprintf("Write the value without `$%s`, which nothing sets before it.", [name]) if _extends_itself(instruction, declared, name)

_advice_here(instruction, declared, name) := _advice(name) if not _extends_itself(instruction, declared, name)

_extends_itself(instruction, declared, name) if {
	instruction.keyword == "ENV"
	name in declared
	not _is_global(instruction, name)
}

_elsewhere(instruction, name) := "its `ARG` is above the first `FROM`, which only `FROM` lines read" if _is_global(instruction, name)

_elsewhere(instruction, name) := "its `ARG` is in another stage" if not _is_global(instruction, name)

_is_of_itself(instruction, declared, name) if {
	instruction.keyword == "ARG"
	name in declared
	not _is_global(instruction, name)
}

_is_global(instruction, name) if [instruction.document, name] in _globals

_globals contains [variable.document, variable.name] if {
	some variable in input.variables
	variable.source == "arg"
	variable.is_global
}

_is_automatic(name) if name in {
	"TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT",
	"BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT",
}

_is_argument_elsewhere(instruction, name) if [instruction.document, name] in _arguments

_arguments_of(instruction, name) := [{"at": variable.at, "message": "its `ARG`"} |
	some variable in input.index.variables_by_name[name]
	variable.source == "arg"
	variable.document == instruction.document
]

_arguments contains [variable.document, variable.name] if {
	some variable in input.variables
	variable.source == "arg"
}

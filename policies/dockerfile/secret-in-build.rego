# METADATA
# title: Hard-coded credential in ENV or ARG
# description: |
#   Values of `ENV` and `ARG` stay in the image or its history, where everyone who can pull the image can read them.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "Remove the value. Pass it at run time (`docker run -e {name}`), or to a build step with `RUN --mount=type=secret`."
#   across_files: true
#   aliases:
#     - hadolint:DL3064
#     - trivy:DS-0031
#     - buildkit:SecretsUsedInArgOrEnv
#     - kics:secrets_stored_in_dockerfile
#     - semgrep:secret-in-build-arg
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
package rules.dockerfile["secret-in-build"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "problem": concat("", [_problem(variable), _more(others)]), "severity": _severity(others)} if {
	some variable in input.variables
	variable.looks_secret_name
	_is_open(variable)
	others := [other | some other in input.index.variables_by_at[variable.at]; _is_open(other)]
	others[0].field == variable.field
}

# A word that everybody tries first is no secret, but the default of a program.
deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "problem": concat("", [_default(variable), _more(others)]), "severity": "warning"} if {
	some variable in input.variables
	variable.looks_secret_name
	_is_default(variable)
	others := [other | some other in input.index.variables_by_at[variable.at]; _is_default(other)]
	others[0].field == variable.field
	every other in input.index.variables_by_at[variable.at] {
		not _is_open(other)
	}
}

_is_open(variable) if {
	variable.looks_secret_name
	variable.looks_like_password
	variable.source in {"env", "arg"}
	variable.has_value
	not _is_well_known(variable)
	not _is_shared(variable)
}

_is_default(variable) if {
	variable.looks_secret_name
	variable.has_value
	variable.source in {"env", "arg"}
	_may_be_used(variable)
	_is_well_known(variable)
	not _is_stand_in(variable)
	not _is_copied(variable)
}

# `ENV PASSWORD=$PASSWORD` hands on what is reported at its ARG.
_is_copied(variable) if {
	variable.source == "env"
	some name in variable.reads
	some other in input.index.variables_by_document[variable.document]
	other.name == name
	other.source == "arg"
	other.value == variable.value
}

# A token is drawn, not chosen: `AIO_TOKEN=123456` holds the place of one.
_is_stand_in(variable) if {
	endswith(upper(variable.name), "TOKEN")
	count(variable.value) < 9
	trim(variable.value, "0123456789") == ""
}

# What holds nothing but a word in small letters is the name of a product or a folder in most files, and one that ends in a word for a password is no
# live one.
_severity(variables) := "warning" if {
	every variable in variables {
		_is_a_word(variable.value)
	}
} else := "error"

_is_a_word(value) if {
	count(value) < 13
	trim(value, "abcdefghijklmnopqrstuvwxyz") == ""
}

_is_a_word(value) if {
	count(value) < 33
	trim(value, "abcdefghijklmnopqrstuvwxyz_-") == ""
	some end in ["pass", "passwd", "password", "pwd"]
	endswith(value, end)
}

_more(variables) := sprintf(" (and %d more in this instruction)", [count(variables) - 1]) if count(variables) > 1

_more(variables) := "" if count(variables) < 2

_problem(variable) := sprintf("the value of `%s` looks like a credential; everybody who pulls the image can read it", [variable.name])

_default(variable) := sprintf("`%s` has the well-known default `%s`", [variable.name, variable.value]) if not variable.made_of

# What somebody may have chosen is never printed.
_default(variable) := sprintf("`%s` is made of the value of `%s`, so it is easily guessed", [variable.name, variable.made_of]) if {
	variable.made_of
	not _is_the_user(variable)
}

_default(variable) := sprintf("`%s` is the same as `%s`, so it is easily guessed", [variable.name, variable.made_of]) if _is_the_user(variable)

_is_the_user(variable) if {
	some other in input.index.variables_by_document[variable.document]
	other.name == variable.made_of
	other.value == variable.value
}

_may_be_used(variable) if variable.looks_like_password

# What is to be changed stays what it is where nobody does.
_may_be_used(variable) if {
	variable.source == "env"
	lower(variable.value) in {"changeme", "changeit", "change-me", "change_me", "changethis", "change-this", "change_this"}
}

_is_well_known(variable) if variable.is_well_known

_is_well_known(variable) if lower(variable.value) in {"changethis", "change-this", "change_this"}

_is_well_known(variable) if {
	variable.made_of
	not _is_of_root(variable)
	not _is_shared(variable)
}

# The user whose name is made of belongs to another password.
_is_of_root(variable) if contains(upper(variable.name), "ROOT")

# What variables that are no account have too holds the place of a value.
_is_shared(variable) if {
	others := {other.name |
		some other in input.index.variables_by_document[variable.document]
		other.value == variable.value
		not other.looks_secret_name
		not _names_user(other)
		not _names_database(other.name)
	}
	count(others) > 1
}

_names_database(name) if {
	some end in ["DB", "DATABASE", "DBNAME", "DB_NAME"]
	endswith(upper(name), end)
}

_names_user(variable) if {
	not variable.looks_secret_name
	some end in ["USER", "USERNAME", "USR", "LOGIN"]
	endswith(upper(variable.name), end)
}

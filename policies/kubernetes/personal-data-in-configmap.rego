# METADATA
# title: Personal data in a ConfigMap
# description: |
#   Names of users, addresses of mail, telephone and account numbers are readable by everyone who may list ConfigMaps. The rule goes by the name of the key and by
#   what looks like an address.
#
#   Off by default: most such keys hold the address of a team or the name of an account of a program.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "`{name}` in a ConfigMap {problem}"
#   remediation: "Move it to a Secret that is not in the repository."
#   default: off
#   aliases:
#     - trivy:KSV-01010
#     - trivy:KSV-1010
package rules.kubernetes["personal-data-in-configmap"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "problem": problem} if {
	some variable in input.variables
	variable.source == "configmap"
	problem := _problem(variable)
}

_problem(variable) := "is named like personal data" if {
	_is_named(lower(variable.name))
} else := "holds what is named like personal data" if {
	_holds(lower(variable.value))
} else := "holds an address of mail" if {
	_is_address(variable.value)
}

_is_named(name) if {
	some text in ["username", "email", "phone", "iban", "passport"]
	contains(name, text)
}

_holds(value) if {
	some text in ["username=", "username:", "email=", "email:", "phone=", "phone:", "iban=", "iban:"]
	contains(replace(value, " ", ""), text)
}

_is_address(value) if {
	some word in split(value, " ")
	parts := split(word, "@")
	count(parts) == 2
	parts[0] != ""
	contains(parts[1], ".")
	not contains(word, ":")
	not contains(word, "/")
}

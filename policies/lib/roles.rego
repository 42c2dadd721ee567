# Questions about what the rules of roles grant that more than one rule asks.
package lib.roles

# Whether a rule of a role grants one of the verbs on one of the resources of one of the groups, by name or by `*`.
grants(rule, groups, resources, verbs) if {
	_holds(rule.verbs, verbs)
	_holds_resource(rule.resources, resources)
	_holds(rule.groups, groups)
}

# The same for objects of all names.
grants_all(rule, groups, resources, verbs) if {
	not rule.names_objects
	grants(rule, groups, resources, verbs)
}

_holds(written, _) if "*" in written

_holds(written, wanted) if {
	some text in written
	text in wanted
}

_holds_resource(written, wanted) if _holds(written, wanted)

# `*/exec` is the subresource of every resource.
_holds_resource(written, wanted) if {
	some resource in wanted
	parts := split(resource, "/")
	count(parts) == 2
	concat("", ["*/", parts[1]]) in written
}

# Questions about the flags of Kubernetes' components that more than one rule asks.
package lib.components

# The name of what runs or configures it.
name(component) := object.get(component, "name", "?")

# Whether a flag is written, with whatever value.
writes(component, flag) if {
	flag in component.written
} else := false

# Whether a flag is surely not set.
lacks(component, flag) if {
	component.is_whole
	not flag in component.written
}

# The value of a flag, if it is written and known.
value(component, flag) := component.flags[flag]

# The items of a flag's value, which has commas between them.
items(component, flag) := [item |
	some part in split(component.flags[flag], ",")
	item := trim_space(part)
]

# Where a flag is written, or where it belongs.
field(component, flag) := found[count(found) - 1] if {
	found := _fields(component, flag)
	count(found) > 0
} else := component.field

_fields(component, flag) := [setting.field |
	some setting in component.settings
	setting.name == flag
]

# The component and the flag of a text such as `etcd --auto-tls`, as a list of two.
parts(setting) := split(setting, " ")

# A flag with its value as it is written for the component: in a command, or in a configuration.
as_written(component, flag, value) := concat("", [flag, "=", value]) if component.source == "container"

as_written(component, flag, value) := concat("", [trim_prefix(flag, "--"), ": ", value]) if component.source != "container"

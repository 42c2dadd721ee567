# Questions about what variables hold, by their names.
package lib.secrets

# Whether the name, in capitals, is that of a user name, an id or a switch.
is_public(name) if {
	some end in ["_USR", "_USER", "_USERNAME", "_ID", "_DEBUG", "_EMAIL", "_ENABLED", "_AVAILABLE", "_EXISTS", ".USERNAME", ".USER"]
	endswith(name, end)
}

is_public(name) if {
	some start in ["ENV.IS_", "ENV.HAS_", "ENV.ENABLE_", "ENV.DISABLE_", "ENV.USE_", "ENV.SKIP_"]
	startswith(name, start)
}

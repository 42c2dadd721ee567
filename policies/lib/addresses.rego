# Questions about addresses in commands.
package lib.addresses

# The port of a URL of this machine; undefined if a variable has a part in it.
local_port(word) := port if {
	contains(word, "://")
	parts := split(word, "://")
	parts[0] in {"http", "https"}
	host := split(parts[1], "/")[0]
	not contains(host, "$")
	pair := split(host, ":")
	pair[0] in {"localhost", "127.0.0.1", "0.0.0.0"}
	port := _port(parts[0], pair)
}

_port(_, pair) := pair[1] if count(pair) == 2

_port("http", pair) := "80" if count(pair) == 1

_port("https", pair) := "443" if count(pair) == 1

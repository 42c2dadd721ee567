# Questions about what `uses` names.
package lib.uses

# Whether it is code from elsewhere, and known.
is_remote(action) if {
	action.is_known
	not action.ref_kind in {"local", "docker"}
	not action.is_own
}

# Whether GitHub itself keeps the action.
is_first_party(action) if {
	action.owner in {"actions", "github"}
} else := false

# What to write in a script instead of an expression.
package lib.injections

# The context as the expression spells it.
spelled(expression, context) := object.get(expression.spelling, context, context)

# What to do before the variable can be read; empty if it is set already.
setting(expression, context) := "Write " if {
	_is_set(expression, context)
} else := sprintf("Set `%s: ${{ %s }}` in `env` of the step, and write ", [_name(context), expression.text]) if {
	expression.shape == "context"
} else := sprintf("Set `%s: ${{ %s }}` in `env` of the step, and write ", [_name(context), spelled(expression, context)])

# How the script reads the variable.
reading(expression, context) := sprintf("`%s`%s", [_variable(expression, _name(context)), _note(expression, context)])

_note(expression, context) := ", which is set already" if {
	_is_set(expression, context)
} else := " there"

_variable(expression, name) := sprintf("process.env.%s", [name]) if {
	expression.place == "script"
	_uses(expression, "actions/github-script")
} else := sprintf("os.environ[\"%s\"]", [name]) if {
	expression.place == "script"
	_uses(expression, "jannekem/run-python-script-action")
} else := sprintf("$env:%s", [name]) if {
	_shell(expression) in {"pwsh", "powershell"}
} else := sprintf("os.environ[\"%s\"]", [name]) if {
	_shell(expression) == "python"
} else := sprintf("\"$%s\"", [name])

_uses(expression, slug) if {
	some step in input.index.steps_by_at[expression.step]
	step.action.slug == slug
}

_shell(expression) := shells[0] if {
	shells := [step.shell | some step in input.index.steps_by_at[expression.step]]
	count(shells) > 0
} else := ""

# `env.NAME` is a variable already, and the runner sets some by itself.
_is_set(_, context) if startswith(context, "env.")

_is_set(expression, context) if {
	expression.place == "run"
	context in {"github.ref", "github.ref_name", "github.base_ref", "github.head_ref"}
}

_name(context) := upper(substring(context, 4, -1)) if {
	startswith(context, "env.")
} else := upper(replace(context, ".", "_")) if {
	context in {"github.ref", "github.ref_name", "github.base_ref", "github.head_ref"}
} else := upper(replace(parts[count(parts) - 1], "-", "_")) if {
	parts := [part | some part in split(context, "."); part != "*"]
}

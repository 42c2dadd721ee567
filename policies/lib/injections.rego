# What to write in a script instead of an expression.
package lib.injections

# The context as the expression spells it.
spelled(expression, context) := object.get(expression.spelling, context, context)

# What to do before the variable can be read. What is filled in is cut if it is long, so the sentence comes in parts: this, `place` and `reading`.
setting(expression, context) := "Write " if {
	_is_set(expression, context)
} else := sprintf("Set `%s` to this expression", [_name(expression, context)]) if {
	_is_long(expression, context)
} else := sprintf("Set `%s: ${{ %s }}`", [_name(expression, context), expression.text])

# Where to do that.
place(expression, context) := "" if {
	_is_set(expression, context)
} else := " in `env` of the step, and write "

# How the script reads the variable.
reading(expression, context) := sprintf("`%s`%s", [_variable(expression, _name(expression, context), context), _note(expression, context)])

# Whether the step's shell is PowerShell: by name, or because a runner with Windows has nothing else by default.
is_powershell(expression) if startswith(_shell(expression), "pwsh")

is_powershell(expression) if startswith(_shell(expression), "powershell")

# Whether Python reads the script.
is_python(expression) if startswith(_shell(expression), "python")

_is_long(expression, _) if contains(expression.text, "\n")

_is_long(expression, context) if count(expression.text) + count(_name(expression, context)) > 80

_note(expression, context) := ", which is set already" if {
	_is_set(expression, context)
} else := ", unquoted, there: it holds several words" if {
	_is_shell(expression)
	_is_word_list(expression, context)
} else := ", outside the quotes, there" if {
	expression.place == "script"
	expression.quotes in {"single", "double"}
} else := ", outside the quotes, there" if {
	is_python(expression)
	expression.quotes in {"single", "double"}
} else := " there, in double quotes instead of single ones" if {
	is_powershell(expression)
	expression.quotes == "single"
} else := " there, which closes the single quotes around it" if {
	_is_shell(expression)
	expression.quotes == "single"
} else := " there"

_variable(expression, name, context) := sprintf("JSON.parse(process.env.%s)", [name]) if {
	expression.place == "script"
	_uses(expression, "actions/github-script")
	"tojson" in expression.functions
	expression.quotes == "none"
} else := sprintf("${process.env.%s}", [name]) if {
	expression.place == "script"
	_uses(expression, "actions/github-script")
	expression.quotes == "template"
} else := sprintf("process.env.%s", [name]) if {
	expression.place == "script"
	_uses(expression, "actions/github-script")
} else := sprintf("os.environ[\"%s\"]", [name]) if {
	expression.place == "script"
	_uses(expression, "jannekem/run-python-script-action")
} else := sprintf("$env:%s", [name]) if {
	is_powershell(expression)
} else := sprintf("%%%s%%", [name]) if {
	startswith(_shell(expression), "cmd")
} else := sprintf("os.environ[\"%s\"]", [name]) if {
	startswith(_shell(expression), "python")
} else := sprintf("$%s", [name]) if {
	_is_word_list(expression, context)
} else := sprintf("${%s}", [name]) if {
	expression.quotes == "double"
} else := sprintf("'\"$%s\"'", [name]) if {
	expression.quotes == "single"
} else := sprintf("\"$%s\"", [name])

_uses(expression, slug) if {
	some step in input.index.steps_by_at[expression.step]
	step.action.slug == slug
}

# Whether a shell with the grammar of `sh` reads it.
_is_shell(expression) if {
	expression.place == "run"
	not is_powershell(expression)
	not startswith(_shell(expression), "cmd")
	not startswith(_shell(expression), "python")
}

# A value that stands without quotes and is called arguments, flags or options is split into words on purpose.
_is_word_list(expression, context) if {
	expression.quotes == "none"
	some end in ["args", "arguments", "arg", "opts", "options", "flags", "params", "parameters", "command", "cmd"]
	endswith(context, end)
}

_shell(expression) := shells[0] if {
	shells := [step.shell | some step in input.index.steps_by_at[expression.step]]
	count(shells) > 0
} else := "pwsh" if {
	_is_on_windows(expression)
} else := ""

_is_on_windows(expression) if {
	some job in input.index.jobs_by_at[expression.job]
	job.runner_os == "windows"
}

# `env.NAME` is a variable already, `env` may hold the expression, and the runner sets some by itself.
_is_set(_, context) if startswith(context, "env.")

_is_set(expression, _) if expression.is_in_env

_is_set(expression, context) if _is_set_by_runner(expression, context)

_is_set_by_runner(expression, context) if {
	expression.place == "run"
	expression.shape == "context"
	context in {"github.ref", "github.ref_name", "github.base_ref", "github.head_ref"}
}

_name(expression, context) := concat("", ["GITHUB_", upper(trim_prefix(context, "github."))]) if {
	_is_set_by_runner(expression, context)
	not expression.is_in_env
} else := object.get(expression.variables, context, "VALUE")

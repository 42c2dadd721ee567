# What to write in a script instead of an expression.
package lib.injections

# The context as the expression spells it.
spelled(expression, context) := object.get(expression.spelling, context, context)

# What to do before the variable can be read. What is filled in is cut if it is long, so the sentence comes in parts: this, `place` and `reading`.
setting(expression, context) := "Write " if {
	_is_set(expression, context)
	_is_written(expression)
} else := "Read " if {
	_is_set(expression, context)
} else := sprintf("Set `%s` to this expression", [_name(expression, context)]) if {
	_is_long(expression, context)
} else := sprintf("Set `%s: ${{ %s }}`", [_name(expression, context), expression.text])

# Where to do that.
place(expression, context) := "" if {
	_is_set(expression, context)
} else := " in `env` of the step, and write " if {
	_is_written(expression)
} else := " in `env` of the step, and read "

# How the script reads the variable.
reading(expression, context) := concat("", [_variable(expression, _name(expression, context), context), _position(expression, context), _source(expression, context)])

# What in a value becomes code where the expression is; nothing in a here-document that expands nothing.
risk(expression) := "a single quote in it ends the quotes, and what follows is interpreted as code" if {
	_language(expression) in {"sh", "either"}
	expression.quotes == "single"
} else := "a backtick or `$` in it is interpreted as code" if {
	_language(expression) in {"sh", "either"}
	expression.quotes == "here"
} else := "" if {
	_language(expression) in {"sh", "either"}
	expression.quotes == "raw-here"
} else := "a single quote in it ends the quotes, and what follows is interpreted as code" if {
	_language(expression) == "powershell"
	expression.quotes == "single"
} else := "a quote, backtick or `$` in it is interpreted as code" if {
	_language(expression) in {"sh", "either", "powershell"}
} else := "a quote, `%` or `&` in it is interpreted as code" if {
	_language(expression) == "cmd"
} else := "a quote in it ends the text that it is in"

# Whether the step's shell is PowerShell: by name, or because a runner with Windows has nothing else by default.
is_powershell(expression) if _language(expression) == "powershell"

_is_long(expression, _) if contains(expression.text, "\n")

_is_long(expression, context) if count(expression.text) + count(_name(expression, context)) > 80

# Whether the variable is shown as it is written; in a language that is not known it is only named.
_is_written(expression) if {
	not _language(expression) in {"other", "wsl"}
	not expression.quotes == "raw-here"
}

_is_written(expression) if expression.place == "script"

# Where it is written.
_position(expression, context) := _others(expression) if {
	not _is_written(expression)
} else := concat("", [" instead of ", _quoted(expression)]) if {
	_is_whole_text(expression)
} else := ", unquoted, there: it may be empty or hold several words" if {
	_language(expression) == "sh"
	expression.is_command
} else := ", unquoted, there: it holds several words" if {
	_language(expression) == "sh"
	_is_word_list(expression, context)
} else := ", outside the quotes, there" if {
	expression.place == "script"
	expression.quotes in {"single", "double"}
} else := ", outside the quotes, there" if {
	_is_called(expression)
	expression.quotes in {"single", "double"}
} else := " there, in double quotes instead of single ones" if {
	_language(expression) == "powershell"
	expression.quotes == "single"
} else := " there, which closes the single quotes around it" if {
	_language(expression) in {"sh", "either"}
	expression.quotes == "single"
} else := "" if {
	_is_set(expression, context)
} else := " there"

# Behind the name of a variable whose notation is not known, or means nothing where the expression is.
_others(expression) := " in the program that gets the here-document; or take the quotes off its delimiter, and write the variable there as in a script" if {
	expression.quotes == "raw-here"
} else := " in the script, and name it in `WSLENV`, so that it gets there" if {
	_language(expression) == "wsl"
} else := " in the script"

# What sets it, if something does, and what has to be true for it to be read so.
_source(expression, context) := ", which `env` sets already" if {
	_is_set_by_env(expression, context)
} else := ", which the runner sets" if {
	_is_set(expression, context)
} else := ", with `shell: bash`, since the job also runs on Windows" if {
	_language(expression) == "either"
} else := ""

# A single-quoted text of a shell that is the expression and nothing else gives way to the variable as a whole.
_is_whole_text(expression) if {
	_language(expression) in {"sh", "either"}
	expression.quotes == "single"
	expression.is_quoted_whole
}

_quoted(expression) := sprintf("`'${{ %s }}'`", [expression.text]) if {
	count(expression.text) < 50
} else := "the single-quoted text"

_variable(expression, name, context) := sprintf("`JSON.parse(process.env.%s)`", [name]) if {
	expression.place == "script"
	_uses(expression, "actions/github-script")
	"tojson" in expression.functions
	expression.quotes == "none"
} else := sprintf("`${process.env.%s}`", [name]) if {
	expression.place == "script"
	_is_javascript(expression)
	expression.quotes == "template"
} else := sprintf("`process.env.%s`", [name]) if {
	expression.place == "script"
	_is_javascript(expression)
} else := sprintf("`os.environ[\"%s\"]`", [name]) if {
	expression.place == "script"
	_uses(expression, "jannekem/run-python-script-action")
} else := sprintf("`\"$%s\"`", [name]) if {
	expression.place == "script"
	expression.quotes == "none"
} else := sprintf("`${%s}`", [name]) if {
	expression.place == "script"
} else := sprintf("`%s`", [name]) if {
	not _is_written(expression)
} else := _in_words(object.get(_notations, _language(expression), []), name) if {
	_notations[_language(expression)]
} else := sprintf("`\"$%s\"`", [name]) if {
	_is_whole_text(expression)
} else := sprintf("`$%s`", [name]) if {
	_is_word_list(expression, context)
} else := sprintf("`$%s`", [name]) if {
	expression.is_command
} else := sprintf("`${%s}`", [name]) if {
	expression.quotes in {"double", "here"}
} else := sprintf("`'\"$%s\"'`", [name]) if {
	expression.quotes == "single"
} else := sprintf("`\"$%s\"`", [name])

_in_words(notation, name) := concat("", ["`", notation[0], name, notation[1], "`"])

# What is around the name of a variable.
_notations := {
	"cmd": ["%", "%"],
	"javascript": ["process.env.", ""],
	"julia": ["ENV[\"", "\"]"],
	"perl": ["$ENV{", "}"],
	"powershell": ["$env:", ""],
	"python": ["os.environ[\"", "\"]"],
	"r": ["Sys.getenv(\"", "\")"],
	"ruby": ["ENV[\"", "\"]"],
}

# Languages in which a variable is an expression, and none within a text.
_is_called(expression) if _language(expression) in {"javascript", "julia", "python", "r", "ruby"}

# Actions that run the input as JavaScript; the payload of the second is one object.
_is_javascript(expression) if _uses(expression, "actions/github-script")

_is_javascript(expression) if _uses(expression, "8398a7/action-slack")

_uses(expression, slug) if {
	some step in input.index.steps_by_at[expression.step]
	step.action.slug == slug
}

# A value that stands without quotes and is called arguments, flags or options is split into words on purpose.
_is_word_list(expression, context) if {
	expression.quotes == "none"
	some end in ["args", "arguments", "arg", "opts", "options", "flags", "params", "parameters", "command", "cmd", "files", "targets", "packages"]
	endswith(context, end)
}

# What a script is written in: by the name of its shell, or by the runner; `either` if it runs both on Windows and elsewhere.
_language(expression) := object.get(_by_program, split(shells[0], " ")[0], _by_part(shells[0])) if {
	shells := [lower(step.shell) | some step in input.index.steps_by_at[expression.step]]
	count(shells) > 0
} else := defaults[0] if {
	defaults := [_by_default[step.default_shell] | some step in input.index.steps_by_at[expression.step]]
	count(defaults) > 0
} else := "sh"

_by_default := {"bash": "sh", "powershell": "powershell", "either": "either"}

_by_program := {
	"bash": "sh", "sh": "sh", "dash": "sh", "ash": "sh", "zsh": "sh", "ksh": "sh", "msys2": "sh", "micromamba-shell": "sh", "nix": "sh", "fish": "sh", "nix-shell": "sh",
	"cmd": "cmd",
	"pwsh": "powershell", "powershell": "powershell",
	"python": "python", "python3": "python", "python2": "python",
	"rscript": "r",
	"julia": "julia",
	"node": "javascript", "bun": "javascript",
	"perl": "perl",
	"ruby": "ruby",
}

# `/usr/bin/env bash {0}`, `alpine.sh {0}`, `C:\msys64\usr\bin\bash.exe -l {0}`.
_by_part(shell) := "wsl" if {
	startswith(shell, "wsl")
} else := "sh" if {
	_is_posix(shell)
} else := "powershell" if {
	contains(shell, "pwsh")
} else := "powershell" if {
	contains(shell, "powershell")
} else := "python" if {
	contains(shell, "python")
} else := "sh" if {
	contains(shell, "${{")
} else := "other"

_is_posix(shell) if {
	some part in ["bash", ".sh", "/sh ", "zsh", "busybox"]
	contains(shell, part)
}

# `env.NAME` is a variable already, `env` may hold the expression, and the runner sets some by itself.
_is_set(expression, context) if _is_set_by_env(expression, context)

_is_set(expression, context) if _is_set_by_runner(expression, context)

_is_set_by_env(_, context) if startswith(context, "env.")

_is_set_by_env(expression, _) if expression.is_in_env

_is_set_by_runner(expression, context) if {
	expression.place == "run"
	expression.shape == "context"
	context in {"github.ref", "github.ref_name", "github.base_ref", "github.head_ref"}
}

_name(expression, context) := concat("", ["GITHUB_", upper(trim_prefix(context, "github."))]) if {
	_is_set_by_runner(expression, context)
	not expression.is_in_env
} else := object.get(expression.variables, context, "VALUE")

# METADATA
# title: Development server in production
# description: |
#   A development server reloads code, shows error details to every client and handles few requests at a time. Its documentation says not to use it in
#   production.
# custom:
#   severity: info
#   confidence: medium
#   category: reliability
#   message: "`{text}` starts a development server"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Start Flask and Django with a WSGI or ASGI server such as Gunicorn, `uvicorn` without `--reload`, and Node.js programs with `node` instead of
#     `nodemon`. Serve PHP with php-fpm or an Apache image. For `npm run dev` and `ng serve`, build in an earlier stage, and serve or start the result.
package rules.dockerfile["development-server"]

import data.lib.stages

deny contains {"at": command.at, "field": "program", "text": _shown(command, text), "advice": _advice(text)} if {
	some command in input.commands
	command.program in {"flask", "npm", "yarn", "pnpm", "python", "python3", "rails", "php", "nodemon", "ng", "uvicorn", "django-admin"}
	command.instruction
	command.source in {"cmd", "entrypoint"}
	text := _development(command)
	some stage in input.index.stages_by_at[command.stage]
	stage.is_final
	not stages.is_for_development(stage)
}

# As the file has it: `yarn dev`, `app.py runserver`.
_shown(command, _) := concat(" ", array.concat([command.program], command.args)) if {
	command.program in {"npm", "yarn", "pnpm", "python", "python3", "django-admin"}
	count(command.args) < 5
} else := text if {
	text := _development(command)
}

_development(command) := "flask run" if {
	command.program == "flask"
	"run" in command.args
}

_development(command) := sprintf("%s run dev", [command.program]) if {
	command.program in {"npm", "yarn", "pnpm"}
	[word | some word in command.args; word != "run"][0] in {"dev", "develop"}
}

_development(command) := "manage.py runserver" if {
	command.program in {"python", "python3", "django-admin"}
	"runserver" in command.args
}

_development(command) := "php -S" if {
	command.program == "php"
	command.flags["-S"]
}

_development(command) := "nodemon" if command.program == "nodemon"

_development(command) := "ng serve" if {
	command.program == "ng"
	command.args[0] == "serve"
}

_development(command) := "uvicorn --reload" if {
	command.program == "uvicorn"
	command.flags["--reload"]
}

_advice(text) := "Start it with a WSGI or ASGI server, such as Gunicorn." if text in {"flask run", "manage.py runserver"}

_advice("php -S") := "Serve it with php-fpm behind a web server, or with the image `php:8.4-apache`."

_advice("uvicorn --reload") := "Remove `--reload`."

_advice("nodemon") := "Start the program with `node`."

_advice("ng serve") := "Build with `ng build`, and serve the files with a web server."

_advice(text) := "Build in a stage before this one, and serve or start what it made." if endswith(text, " run dev")

# METADATA
# title: Development setting in the image
# description: |
#   Debuggers and development modes reveal source code and variables to anyone who can cause an error. Files and stages that are named for development
#   are left out.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{name}={value}` is a development setting, and every container gets it"
#   remediation: Set it only where the image is run for development.
package rules.dockerfile["development-setting"]

import data.lib.stages

deny contains {"at": instruction.at, "field": pair.field, "name": pair.name, "value": pair.value} if {
	some instruction in input.instructions
	instruction.keyword == "ENV"
	some pair in instruction.pairs
	pair.name in {"FLASK_DEBUG", "FLASK_ENV", "DJANGO_DEBUG", "NODE_ENV", "RAILS_ENV", "RACK_ENV", "APP_DEBUG", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "PYTHONASYNCIODEBUG"}
	pair.is_known
	lower(pair.value) in _settings[pair.name]
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_final
	not stages.is_for_development(stage)
}

_settings := {
	"FLASK_DEBUG": {"1", "true"},
	"FLASK_ENV": {"development"},
	"DJANGO_DEBUG": {"1", "true"},
	"NODE_ENV": {"development"},
	"RAILS_ENV": {"development"},
	"RACK_ENV": {"development"},
	"APP_DEBUG": {"1", "true"},
	"ASPNETCORE_ENVIRONMENT": {"development"},
	"DOTNET_ENVIRONMENT": {"development"},
	"PYTHONASYNCIODEBUG": {"1"},
}

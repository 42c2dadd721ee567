//! `hullmark schema`: the JSON Schema of the configuration, by which editors complete and check it.

use serde_json::{Map, Value, json};

use crate::config::Resolved;
use crate::rules::setting::{Kind, Setting};

/// Which schema of schemas it is in.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema, with the settings of the rules that are known, the user's own among them.
pub(super) fn text(resolved: &Resolved) -> String {
    let selector = json!({"$ref": "#/definitions/selectors"});
    let severity = json!({
        "type": "object",
        "description": "Severities of findings, by rule, domain or id of another linter.",
        "additionalProperties": {"enum": ["error", "warning", "info", "off"]},
    });
    let schema = json!({
        "$schema": DIALECT,
        "title": "hullmark.yml",
        "description": "The configuration of hullmark.",
        "type": ["object", "null"],
        "additionalProperties": false,
        "definitions": {
            "texts": {
                "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
            },
            "selectors": {
                "description": "Rules, domains, profiles, `default`, `ALL`, or ids of other linters such as `hadolint:DL3007`.",
                "$ref": "#/definitions/texts",
            },
        },
        "properties": {
            "select": described(&selector, "The rules that run; the default ones without it."),
            "ignore": described(&selector, "The rules that do not run."),
            "severity": severity.clone(),
            "exclude": globs("The files that are not checked, as in a .gitignore."),
            "test-data": globs("The folders of test data and others' code, instead of those that are known by name."),
            "overrides": {
                "type": "array",
                "description": "What is different for some paths; the last one that matches has precedence.",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["paths"],
                    "properties": {
                        "paths": globs("The paths."),
                        "select": described(&selector, "Rules that run there besides the others."),
                        "ignore": described(&selector, "Rules that do not run there."),
                        "severity": severity,
                    },
                },
            },
            "policies": globs("Folders with rules of your own."),
            "rules": {
                "type": "object",
                "description": "What some rules let you set: their pages say what.",
                "properties": rules(resolved),
            },
            "fail-on": {
                "enum": ["error", "warning", "info", "never"],
                "description": "The least severity that fails a run.",
            },
            "locked": described(&selector, "Rules that nothing else here, no comment and no baseline takes away."),
            "suppressions": {
                "type": "object",
                "description": "What comments and annotations in files may suppress.",
                "additionalProperties": false,
                "properties": {
                    "inline": {"type": "boolean", "description": "Whether they suppress anything."},
                    "reason": {
                        "enum": ["required", "optional"],
                        "description": "Whether one without a reason after ` -- ` suppresses nothing.",
                    },
                    "expiry": {
                        "type": "string",
                        "pattern": "^[0-9]+d$",
                        "description": "For how many days one may count: without an `until=` within them it suppresses nothing.",
                    },
                    "forbid": described(&selector, "Rules whose findings none suppresses."),
                },
            },
            "kubernetes": {
                "type": ["string", "number"],
                "description": "The release of Kubernetes that manifests are for, such as `1.34`, or a range such as `1.29-1.36`.",
            },
            "schemas": globs("Files, or folders of files, with custom resource definitions or JSON Schemas of your own."),
            "extends": globs("Files of the repository that this configuration is built on, relative to its folder; later ones have precedence."),
            "baseline": {
                "type": "string",
                "description": "The file with known findings, which are not shown; `hullmark baseline` writes it.",
            },
        },
    });
    format!("{schema:#}\n")
}

/// The same with a description beside it.
fn described(schema: &Value, text: &str) -> Value {
    json!({"allOf": [schema], "description": text})
}

fn globs(text: &str) -> Value {
    described(&json!({"$ref": "#/definitions/texts"}), text)
}

/// The settings of each rule that has any.
fn rules(resolved: &Resolved) -> Map<String, Value> {
    let rules = resolved.catalogue.rules.iter();
    let rules = rules.filter(|rule| !rule.settings.is_empty());
    let settings = rules.map(|rule| {
        let settings = rule.settings.iter();
        let settings = settings.map(|setting| (setting.name.to_string(), of(setting)));
        let schema = json!({
            "type": "object",
            "description": rule.title,
            "additionalProperties": false,
            "properties": settings.collect::<Map<String, Value>>(),
        });
        (rule.id.to_string(), schema)
    });
    settings.collect()
}

fn of(setting: &Setting) -> Value {
    let text = if setting.values.is_empty() {
        json!({"type": "string"})
    } else {
        json!({"enum": setting.values})
    };
    let mut schema = match setting.kind {
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Integer => json!({"type": "integer"}),
        Kind::Text => text,
        Kind::List => json!({"type": "array", "items": text}),
        Kind::Map => json!({"type": "object", "additionalProperties": text}),
    };
    schema["description"] = Value::from(setting.description.as_ref());
    schema
}

//! `hullmark check --show-settings`: what is in effect for a run, and where it comes from.

use serde_json::{Map, Value, json};

use crate::cli::CliError;
use crate::cli::scope::Run;
use crate::config::{Level, Override, Resolved, Selector};
use crate::diagnostic::Severity;
use crate::patterns::Patterns;
use crate::report::Format;
use crate::rules::setting::Value as Setting;

/// The settings, as YAML or as JSON.
pub(super) fn show(run: &Run, formats: &[Format], fail_on: &str) -> Result<String, CliError> {
    let mut settings = settings(&run.resolved, run.test_data.globs(), fail_on);
    settings["kubernetes"] = kubernetes(run);
    match formats {
        [] | [Format::Text] => serde_yaml::to_string(&settings)
            .map_err(|error| CliError::Usage(format!("--show-settings: {error}"))),
        [Format::Json] => Ok(format!("{settings}\n")),
        _ => Err(CliError::Usage(
            "--show-settings: goes with --format text or json".to_owned(),
        )),
    }
}

fn settings(resolved: &Resolved, test_data: &[String], fail_on: &str) -> Value {
    let Resolved {
        catalogue,
        config,
        project,
        selection,
        ..
    } = resolved;
    let path = |path: &std::path::Path| Value::from(path.to_string_lossy());
    let rules = selection.active().iter().map(|number| {
        let id = catalogue.rules[*number].id.to_string();
        (id, Value::from(resolved.severity(*number).name()))
    });
    let exclude = config.exclude.as_ref().map(Patterns::texts);
    let policies = config.policies.iter().map(|folder| path(folder));
    let overrides = config.overrides.iter().map(of_override);
    json!({
        "configuration": resolved.trusted.clone().map_or_else(|| project.config.as_deref().map(path).into(), Value::from),
        "root": project.root().map(path),
        "fail-on": fail_on,
        "exclude": exclude.unwrap_or_default(),
        "test-data": test_data,
        "kubernetes": null,
        "schemas": config.schemas.iter().map(|file| path(file)).collect::<Vec<_>>(),
        "policies": policies.collect::<Vec<_>>(),
        "baseline": resolved.baseline.as_ref().map(|stored| stored.shown.as_str()),
        "locked": texts(&config.locked),
        "suppressions": {
            "inline": resolved.reads_suppressions && !config.suppressions.is_refused,
            "reason": if config.suppressions.needs_reason { "required" } else { "optional" },
            "expiry": config.suppressions.expiry.map(|days| format!("{days}d")),
            "forbid": texts(&config.suppressions.forbid),
        },
        "settings": of_rules(resolved),
        "overrides": overrides.collect::<Vec<_>>(),
        "rules": rules.collect::<Map<String, Value>>(),
    })
}

/// The releases of Kubernetes that manifests are for, and the places that say so.
fn kubernetes(run: &Run) -> Value {
    let root = run.root();
    let Some(releases) = run.db.releases(root) else {
        return Value::Null;
    };
    let version = releases.target.to_string();
    if releases.said.is_empty() {
        return Value::from(version);
    }
    let said = releases.said.iter().map(|said| {
        let file = said.file.strip_prefix(root).unwrap_or(&said.file);
        let file = file.to_string_lossy().replace('\\', "/");
        format!("{file}:{}: {}", said.line, said.target)
    });
    json!({
        "releases": version,
        "certain": releases.is_certain,
        "from": said.collect::<Vec<_>>(),
    })
}

fn of_rules(resolved: &Resolved) -> Value {
    let settings = resolved.settings.iter().map(|(rule, settings)| {
        let settings = settings.iter();
        let settings = settings.map(|(name, value)| (name.clone(), of_setting(value)));
        (rule.clone(), Value::from(settings.collect::<Map<_, _>>()))
    });
    Value::from(settings.collect::<Map<_, _>>())
}

fn of_setting(value: &Setting) -> Value {
    match value {
        Setting::Boolean(is) => Value::from(*is),
        Setting::Integer(number) => Value::from(*number),
        Setting::Text(text) => Value::from(text.as_ref()),
        Setting::List(items) => items
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<&str>>()
            .into(),
        Setting::Map(pairs) => {
            let pairs = pairs.iter();
            let pairs =
                pairs.map(|(key, value)| (key.clone().into_owned(), Value::from(value.as_ref())));
            Value::from(pairs.collect::<Map<_, _>>())
        }
    }
}

fn of_override(other: &Override) -> Value {
    let severity = other.severity.iter().map(|(selector, level)| {
        let level = match level {
            Level::At(severity) => Severity::name(*severity),
            Level::Off => "off",
        };
        (selector.text.clone(), Value::from(level))
    });
    json!({
        "paths": other.paths.texts(),
        "select": texts(&other.select),
        "ignore": texts(&other.ignore),
        "severity": severity.collect::<Map<_, _>>(),
    })
}

fn texts(selectors: &[Selector]) -> Vec<&str> {
    selectors.iter().map(|selector| &*selector.text).collect()
}

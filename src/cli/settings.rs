//! `hullmark check --show-settings`: what is in effect for a run, or for one file, and where it comes from.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::cli::CliError;
use crate::cli::arguments::Check;
use crate::cli::scope::Run;
use crate::config::{Level, Override, Resolved, Selector};
use crate::diagnostic::Severity;
use crate::patterns::Patterns;
use crate::report::Format;
use crate::rules::setting::Value as Setting;

/// The settings, as YAML or as JSON.
pub(super) fn show(run: &Run, check: &Check, fail_on: &str) -> Result<String, CliError> {
    let mut settings = settings(run, fail_on);
    settings["from"] = json!(origins(&run.resolved, check));
    settings["kubernetes"] = kubernetes(run);
    match check.format[..] {
        [] | [Format::Text] => serde_yaml::to_string(&settings)
            .map_err(|error| CliError::Usage(format!("--show-settings: {error}"))),
        [Format::Json] => Ok(format!("{settings}\n")),
        _ => Err(CliError::Usage(
            "--show-settings: goes with --format text or json".to_owned(),
        )),
    }
}

/// Where each setting that is not the default is written: places in files, or flags.
fn origins(resolved: &Resolved, check: &Check) -> BTreeMap<&'static str, Vec<String>> {
    let mut origins = resolved.config.origins.clone();
    let choice = &check.choice;
    if !choice.select.is_empty() {
        origins.remove("select");
    }
    if check.fail_on.is_some() {
        origins.remove("fail-on");
    }
    if check.baseline.is_some() || check.no_baseline {
        origins.remove("baseline");
    }
    for (key, flag, is_given) in [
        ("select", "--select", !choice.select.is_empty()),
        ("ignore", "--ignore", !choice.ignore.is_empty()),
        ("exclude", "--exclude", !check.scope.exclude.is_empty()),
        ("policies", "--policy", !choice.policy.is_empty()),
        ("fail-on", "--fail-on", check.fail_on.is_some()),
        ("baseline", "--baseline", check.baseline.is_some()),
        (
            "kubernetes",
            "--kubernetes",
            check.scope.kubernetes.is_some(),
        ),
        ("suppressions", "--no-suppressions", check.no_suppressions),
    ] {
        if is_given {
            origins.entry(key).or_default().push(flag.to_owned());
        }
    }
    origins
}

/// The rules that run with their severities: on some file, or on the only one that is checked if it is named.
fn of_run(run: &Run) -> (Option<&str>, Map<String, Value>) {
    let Resolved {
        catalogue,
        selection,
        ..
    } = &run.resolved;
    let path = run.only_file();
    let rules = selection.active().iter().filter_map(|number| {
        let rule = &catalogue.rules[*number];
        let severity = match path {
            Some(path) => selection.severity_in(*number, rule, path)?,
            None => run.resolved.severity(*number),
        };
        Some((rule.id.to_string(), Value::from(severity.name())))
    });
    (path, rules.collect())
}

fn settings(run: &Run, fail_on: &str) -> Value {
    let resolved = &run.resolved;
    let test_data = run.test_data.globs();
    let (file, rules) = of_run(run);
    let Resolved {
        config, project, ..
    } = resolved;
    let path = |path: &std::path::Path| Value::from(path.to_string_lossy());
    let exclude = config.exclude.iter().flat_map(Patterns::texts);
    let policies = config.policies.iter().map(|folder| path(folder));
    let overrides = config.overrides.iter().map(of_override);
    let mut settings = json!({
        "configuration": resolved.trusted.clone().map_or_else(|| project.config.as_deref().map(path).into(), Value::from),
        "extends": config.bases,
        "root": project.root().map(path),
        "fail-on": fail_on,
        "exclude": exclude.collect::<Vec<_>>(),
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
        "rules": rules,
    });
    if let Some(file) = file {
        settings["file"] = Value::from(file);
    }
    settings
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

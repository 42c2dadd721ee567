//! What a document deploys: the folders of charts and kustomizations, and for charts the release.

use std::path::PathBuf;

use serde_yaml::Value;

use crate::deployed::releases::Release;
use crate::deployed::releases::around::Around;
use crate::regular::normal;
use crate::render::kustomize::released::Deployer;

/// A folder, and the release if it is that of a chart.
type Named = (PathBuf, Option<Release>);

/// Folders that a document deploys.
pub(super) fn read(document: &Value, around: &Around) -> Vec<Named> {
    let kind = document.get("kind").and_then(Value::as_str);
    match kind {
        Some("Application" | "ApplicationSet") => application(document, around),
        Some("Kustomization") => {
            let path = text(document, &["spec", "path"]);
            let path = path.map(|path| (normal(&around.top.join(path)), None));
            path.into_iter().collect()
        }
        Some("HelmRelease") => helm_release(document, around).into_iter().collect(),
        _ if document.get("deploy").is_some() || document.get("manifests").is_some() => {
            skaffold(document, around)
        }
        _ => helmfile(document, around),
    }
}

/// What deploys a kustomization and adds something to it.
pub(super) fn deployers(document: &Value, around: &Around) -> Vec<(PathBuf, Deployer)> {
    const ADDED: &[&str] = &[
        "patches",
        "components",
        "images",
        "replicas",
        "namePrefix",
        "nameSuffix",
        "namespace",
        "targetNamespace",
        "commonLabels",
        "commonAnnotations",
        "commonMetadata",
    ];
    let kind = text(document, &["kind"]).unwrap_or_default();
    let Some(name) = text(document, &["metadata", "name"]) else {
        return Vec::new();
    };
    let spec = document.get("spec");
    let holders: Vec<(&Value, &Value)> = match kind {
        // Artifacts that are made elsewhere have paths of their own.
        "Kustomization" if is_from_git(document) => {
            let spec = spec.filter(|spec| spec.get("path").is_some());
            spec.map(|spec| (spec, spec)).into_iter().collect()
        }
        "Application" => {
            let one = spec.and_then(|spec| spec.get("source"));
            let many = list(spec.and_then(|spec| spec.get("sources")));
            let sources = one.into_iter().chain(many);
            let all = sources.filter_map(|source| Some((source, source.get("kustomize")?)));
            all.collect()
        }
        _ => Vec::new(),
    };
    let adds = |holder: &Value| {
        ADDED.iter().any(|key| holder.get(key).is_some())
            || at(holder, &["postBuild", "substitute"]).is_some()
    };
    let holders = holders.into_iter().filter(|(_, holder)| adds(holder));
    let found = holders.filter_map(|(source, _)| {
        let path = source.get("path")?.as_str()?;
        let deployer = Deployer {
            file: around.file.to_string_lossy().into_owned(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            path: path.to_owned(),
        };
        Some((normal(&around.top.join(path)), deployer))
    });
    found.collect()
}

fn is_from_git(document: &Value) -> bool {
    let kind = text(document, &["spec", "sourceRef", "kind"]);
    kind.is_none_or(|kind| kind == "GitRepository")
}

fn application(document: &Value, around: &Around) -> Vec<Named> {
    let template = at(document, &["spec", "template"]);
    let whole = template.unwrap_or(document);
    let spec = whole.get("spec");
    let one = spec.and_then(|spec| spec.get("source"));
    let many = list(spec.and_then(|spec| spec.get("sources")));
    let mut found = Vec::new();
    for source in one.into_iter().chain(many) {
        let Some(path) = source.get("path").and_then(Value::as_str) else {
            continue;
        };
        let chart = normal(&around.top.join(path));
        let helm = source.get("helm");
        let own = |key: &str| helm.and_then(|helm| helm.get(key));
        let name = own("releaseName").and_then(Value::as_str);
        let name = name.or_else(|| text(whole, &["metadata", "name"]));
        let mut release = Release {
            name: written(name),
            namespace: written(text(whole, &["spec", "destination", "namespace"])),
            // What a template of applications is filled with may be any values.
            is_open: own("fileParameters").is_some() || document.get("spec").is_none(),
            is_lasting: true,
            ..Release::default()
        };
        let is_ignored = own("ignoreMissingValueFiles").and_then(Value::as_bool);
        let was_open = release.is_open;
        for file in list(own("valueFiles")).filter_map(Value::as_str) {
            around.add_file(file, &chart, &mut release);
        }
        if is_ignored == Some(true) && !list(own("valueFiles")).any(is_templated) {
            release.is_open = was_open;
        }
        if let Some(values) = own("values").and_then(Value::as_str) {
            around.add_text(values.to_owned(), &mut release);
        }
        if let Some(values) = own("valuesObject") {
            around.add_written(values, &mut release);
        }
        let parameters = list(own("parameters"));
        let names = parameters.filter_map(|parameter| parameter.get("name")?.as_str());
        around.add_set(names, &mut release);
        found.push((chart, Some(release)));
    }
    found
}

fn helm_release(document: &Value, around: &Around) -> Option<Named> {
    let chart = at(document, &["spec", "chart", "spec"])?;
    let path = chart.get("chart")?.as_str()?;
    // The name of a chart that is published is no path.
    if text(chart, &["sourceRef", "kind"]) == Some("HelmRepository") {
        return None;
    }
    let own = text(document, &["metadata", "name"]);
    let target = text(document, &["spec", "targetNamespace"]);
    let name = match (text(document, &["spec", "releaseName"]), target, own) {
        (Some(name), ..) => Some(name.to_owned()),
        (None, Some(target), Some(own)) => Some(format!("{target}-{own}")),
        (None, None, own) => own.map(str::to_owned),
        (None, Some(_), None) => None,
    };
    let namespace = target.or_else(|| text(document, &["metadata", "namespace"]));
    let mut release = Release {
        name: written(name.as_deref()),
        namespace: written(namespace),
        is_open: list(at(document, &["spec", "valuesFrom"])).next().is_some(),
        is_lasting: true,
        ..Release::default()
    };
    for file in list(chart.get("valuesFiles")).filter_map(Value::as_str) {
        around.add_file(file, &around.top, &mut release);
    }
    if let Some(values) = at(document, &["spec", "values"]) {
        around.add_written(values, &mut release);
    }
    Some((normal(&around.top.join(path)), Some(release)))
}

fn skaffold(document: &Value, around: &Around) -> Vec<Named> {
    let deployers = ["deploy", "manifests"].iter();
    let helm = deployers.filter_map(|deployer| document.get(*deployer)?.get("helm"));
    let releases = helm.flat_map(|helm| list(helm.get("releases")));
    let mut found = Vec::new();
    for one in releases {
        let Some(path) = one.get("chartPath").and_then(Value::as_str) else {
            continue;
        };
        let mut release = Release {
            name: written(text(one, &["name"])),
            namespace: written(text(one, &["namespace"])),
            ..Release::default()
        };
        for file in list(one.get("valuesFiles")).filter_map(Value::as_str) {
            around.add_file(file, &around.own, &mut release);
        }
        if let Some(values) = one.get("overrides") {
            around.add_written(values, &mut release);
        }
        for key in ["setValues", "setValueTemplates", "artifactOverrides"] {
            let map = one.get(key).and_then(Value::as_mapping);
            let names = map.into_iter().flat_map(|map| map.keys());
            around.add_set(names.filter_map(Value::as_str), &mut release);
        }
        // A development loop says nothing of what is deployed in the end.
        release.is_open = false;
        found.push((normal(&around.own.join(path)), Some(release)));
    }
    found
}

fn helmfile(document: &Value, around: &Around) -> Vec<Named> {
    let mut found = Vec::new();
    for one in list(document.get("releases")) {
        let Some(path) = one.get("chart").and_then(Value::as_str) else {
            continue;
        };
        let mut release = Release {
            name: written(text(one, &["name"])),
            namespace: written(text(one, &["namespace"])),
            is_lasting: true,
            ..Release::default()
        };
        // Templates of releases are part of those that inherit them.
        let inherited = list(one.get("inherit")).filter_map(|one| {
            let name = one.get("template")?.as_str()?;
            document.get("templates")?.get(name)
        });
        let parts: Vec<&Value> = inherited.chain([one]).collect();
        for part in parts {
            for value in list(part.get("values")) {
                match value.as_str() {
                    Some(path) => around.add_file(path, &around.own, &mut release),
                    None => around.add_written(value, &mut release),
                }
            }
            for path in list(part.get("secrets")).filter_map(Value::as_str) {
                around.add_secrets(path, &mut release);
            }
            for key in ["set", "setString", "setTemplate"] {
                let names = list(part.get(key)).filter_map(|set| set.get("name")?.as_str());
                around.add_set(names, &mut release);
            }
        }
        found.push((normal(&around.own.join(path)), Some(release)));
    }
    found
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(*key))
}

fn text<'v>(value: &'v Value, path: &[&str]) -> Option<&'v str> {
    at(value, path)?.as_str()
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let items = value.and_then(Value::as_sequence);
    items.into_iter().flatten()
}

fn is_templated(path: &Value) -> bool {
    path.as_str().is_some_and(|path| path.contains(['{', '$']))
}

/// A name, if it is written out.
fn written(name: Option<&str>) -> Option<String> {
    let is_plain = |name: &&str| {
        let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        // Words of nothing else stand in for an action.
        !name.is_empty() && name.bytes().all(is_of_names) && !name.contains("xxxxxx")
    };
    name.filter(is_plain).map(str::to_owned)
}

//! What each of the other linters' configurations may say. A key that is not named here has no counterpart, and that is said.

use crate::cli::migrate::file::File;
use crate::parse::yaml::tree::NodeId;
use crate::span::Span;

/// What a key about output, speed or updates is told.
const RUN: &str = "it is about how the other tool runs, not about what it finds";

pub(super) fn hadolint(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        match key.as_str() {
            "ignored" => file.ignore("hadolint", value),
            "override" => {
                for (level, _, ids) in file.pairs(Some(value)) {
                    let level = match level.as_str() {
                        "error" => "error",
                        "warning" => "warning",
                        _ => "info",
                    };
                    severities(file, "hadolint", ids, level);
                }
            }
            "trustedRegistries" => {
                for (registry, span) in file.texts(value) {
                    file.is_now(span, "rules: image/untrusted-registry: registries");
                    file.wanted.registries.insert(registry);
                }
            }
            "label-schema" => {
                for (label, span, kind) in file.pairs(Some(value)) {
                    let kind = match file.text_of(kind).as_str() {
                        known @ ("email" | "hash" | "rfc3339" | "semver" | "spdx" | "url") => {
                            known.to_owned()
                        }
                        _ => "text".to_owned(),
                    };
                    file.is_now(span, "rules: dockerfile/label-mismatch: labels");
                    file.wanted.labels.insert(label, kind);
                }
            }
            "strict-labels" => {
                file.is_now(span, "rules: dockerfile/label-mismatch: strict");
                file.wanted.has_strict_labels |= file.is_true(value);
            }
            "failure-threshold" => {
                let fail_on = match file.text_of(value).as_str() {
                    "error" => "error",
                    "warning" => "warning",
                    "none" => "never",
                    _ => "info",
                };
                fails_on(file, span, fail_on);
            }
            "no-fail" if file.is_true(value) => fails_on(file, span, "never"),
            "disable-ignore-pragma" if file.is_true(value) => {
                file.is_now(span, "suppressions: {inline: false}");
                file.wanted.refuses_comments = true;
            }
            "format" | "formats" | "no-color" | "verbose" | "no-fail" | "disable-ignore-pragma" => {
                file.nothing(span, RUN);
            }
            _ => file.nothing(span, ""),
        }
    }
}

pub(super) fn kube_linter(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        if key != "checks" {
            file.nothing(
                span,
                "a check of your own is a rule: see docs/writing-rules.md",
            );
            continue;
        }
        for (key, span, value) in file.pairs(Some(value)) {
            match key.as_str() {
                "exclude" => file.ignore("kube-linter", value),
                "include" => select(file, "kube-linter", value),
                "ignorePaths" => file.exclude(value),
                "addAllBuiltIn" if file.is_true(value) => {
                    file.is_now(span, "select: [kube-linter]");
                    file.wanted.select.insert("kube-linter".to_owned());
                }
                "doNotAutoAddDefaults" if file.is_true(value) => {
                    file.nothing(span, "the default rules of hullmark stay on; `select` without `default` leaves them out");
                }
                _ => file.nothing(span, ""),
            }
        }
    }
}

/// An id a line, perhaps with `exp:2027-01-31`.
pub(super) fn trivyignore(file: &mut File<'_>) {
    let text = file.text;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let mut words = line
            .split('#')
            .next()
            .unwrap_or_default()
            .split_whitespace();
        let Some(id) = words.next() else {
            continue;
        };
        trivy_id(
            file,
            id,
            span,
            words.any(|word| word.starts_with("exp:")),
            &[],
        );
    }
}

pub(super) fn trivyignore_yaml(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        if key != "misconfigurations" {
            file.nothing(span, "hullmark looks for no vulnerabilities or licences; secrets are suppressed by a comment");
            continue;
        }
        for item in file.items(value) {
            let Some(id) = file.get(item, "id") else {
                continue;
            };
            let paths = file.get(item, "paths");
            let paths = paths.map_or_else(Vec::new, |paths| file.texts(paths));
            let paths: Vec<String> = paths.into_iter().map(|(path, _)| path).collect();
            let expires = file.get(item, "expired_at").is_some();
            let (text, span) = (file.text_of(id), file.span(id));
            trivy_id(file, &text, span, expires, &paths);
        }
    }
}

fn trivy_id(file: &mut File<'_>, id: &str, span: Span, expires: bool, paths: &[String]) {
    if id.starts_with("CVE-") || id.starts_with("GHSA-") {
        file.nothing(span, "hullmark looks for no vulnerabilities");
        return;
    }
    let Some(selector) = file.selector("trivy", id, span) else {
        return;
    };
    let until = if expires {
        " without its expiry; a comment may have `until=`"
    } else {
        ""
    };
    if paths.is_empty() {
        file.say(span, "is now", &format!("`ignore: [{selector}]`{until}"));
        file.wanted.ignore.insert(selector);
        return;
    }
    let shown = paths.join(", ");
    file.say(span, "is now", &format!("an override for `{shown}`{until}"));
    for path in paths {
        let ignore = file.wanted.overrides.entry(path.clone()).or_default();
        ignore.insert(selector.clone());
    }
}

pub(super) fn trivy(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        match key.as_str() {
            "severity" => {
                let levels = file.texts(value);
                let has = |name: &str| {
                    levels
                        .iter()
                        .any(|(level, _)| level.eq_ignore_ascii_case(name))
                };
                let fail_on = if has("LOW") || has("UNKNOWN") {
                    "info"
                } else if has("MEDIUM") {
                    "warning"
                } else {
                    "error"
                };
                fails_on(file, span, fail_on);
            }
            "scan" => {
                for (key, span, value) in file.pairs(Some(value)) {
                    match key.as_str() {
                        "skip-dirs" | "skip-files" => file.exclude(value),
                        _ => file.nothing(span, RUN),
                    }
                }
            }
            "exit-code" if file.text_of(value) == "0" => fails_on(file, span, "never"),
            _ => file.nothing(span, RUN),
        }
    }
}

pub(super) fn checkov(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        match key.as_str() {
            "skip-check" => file.ignore("checkov", value),
            "check" => {
                for (id, span) in file.texts(value) {
                    if let Some(selector) = file.selector("checkov", &id, span) {
                        file.is_now(span, &format!("select: [{selector}]"));
                        file.wanted.only.insert(selector);
                    }
                }
            }
            "skip-path" => {
                for (pattern, span) in file.texts(value) {
                    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/_-.".contains(c);
                    if pattern.chars().all(is_plain) {
                        file.is_now(span, &format!("exclude: [{pattern}]"));
                        file.wanted.exclude.insert(pattern);
                    } else {
                        file.nothing(
                            span,
                            "it is a regular expression, and `exclude` takes globs",
                        );
                    }
                }
            }
            "soft-fail" if file.is_true(value) => fails_on(file, span, "never"),
            _ => file.nothing(span, RUN),
        }
    }
}

pub(super) fn checkov_baseline(file: &mut File<'_>) {
    let end = file.text.lines().next().unwrap_or_default().len();
    file.nothing(
        Span::new(0, end),
        "`hullmark baseline` writes one of hullmark's own findings",
    );
}

pub(super) fn zizmor(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        if key != "rules" {
            file.nothing(span, "");
            continue;
        }
        for (id, span, value) in file.pairs(Some(value)) {
            for (key, key_span, value) in file.pairs(Some(value)) {
                match key.as_str() {
                    "disable" if file.is_true(value) => {
                        if let Some(selector) = file.selector("zizmor", &id, span) {
                            file.is_now(key_span, &format!("ignore: [{selector}]"));
                            file.wanted.ignore.insert(selector);
                        }
                    }
                    "ignore" => zizmor_places(file, &id, value),
                    _ => file.nothing(key_span, "the settings of a rule, if it has any, are on its page: `hullmark explain`"),
                }
            }
        }
    }
}

/// `ci.yml`, `ci.yml:12` or `ci.yml:12:3`, each a file of `.github/workflows`.
fn zizmor_places(file: &mut File<'_>, id: &str, value: NodeId) {
    for (place, span) in file.texts(value) {
        let Some(selector) = file.selector("zizmor", id, span) else {
            continue;
        };
        let name = place.split(':').next().unwrap_or_default();
        let path = match name {
            "action.yml" | "action.yaml" => name.to_owned(),
            _ => format!(".github/workflows/{name}"),
        };
        let whole = if name.len() < place.len() {
            ", for all of the file: a comment suppresses one line"
        } else {
            ""
        };
        file.say(span, "is now", &format!("an override for `{path}`{whole}"));
        file.wanted
            .overrides
            .entry(path)
            .or_default()
            .insert(selector);
    }
}

pub(super) fn actionlint(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        match key.as_str() {
            "self-hosted-runner" => file.nothing(
                span,
                "labels that no hosted runner has are taken for those of your own runners",
            ),
            "config-variables" => file.nothing(span, "`vars` are not checked"),
            "paths" => {
                for (glob, span, value) in file.pairs(Some(value)) {
                    let ignored = file
                        .get(value, "ignore")
                        .map_or(0, |list| file.texts(list).len());
                    let why = format!(
                        "its {ignored} patterns are of messages: ignore the rules in an override for `{glob}`"
                    );
                    file.nothing(span, &why);
                }
            }
            _ => file.nothing(span, ""),
        }
    }
}

pub(super) fn polaris(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        match key.as_str() {
            "checks" => {
                for (id, span, value) in file.pairs(Some(value)) {
                    let level = match file.text_of(value).as_str() {
                        "danger" => "error",
                        "ignore" => "off",
                        _ => "warning",
                    };
                    if let Some(selector) = file.selector("polaris", &id, span) {
                        if level != "off" {
                            file.wanted.select.insert(selector.clone());
                        }
                        severity(file, span, selector, level);
                    }
                }
            }
            "exemptions" => file.nothing(
                span,
                "its own annotations count; write an override, or a comment in the file",
            ),
            _ => file.nothing(span, ""),
        }
    }
}

pub(super) fn kube_score(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        match key.as_str() {
            "ignore-test" | "ignore-tests" | "ignore" => file.ignore("kube-score", value),
            "enable-optional-test" | "enable-optional-tests" | "optional" => {
                select(file, "kube-score", value);
            }
            _ => file.nothing(span, RUN),
        }
    }
}

pub(super) fn kics(file: &mut File<'_>) {
    for (key, span, value) in file.pairs(file.root()) {
        match key.as_str() {
            "exclude-paths" => file.exclude(value),
            "exclude-queries" => {
                for (_, span) in file.texts(value) {
                    file.nothing(span, "queries are named by numbers there; `hullmark explain` has their names as `kics:…`");
                }
            }
            _ => file.nothing(span, RUN),
        }
    }
}

/// Adds the ids of a list to what runs besides the default rules.
fn select(file: &mut File<'_>, tool: &str, node: NodeId) {
    for (id, span) in file.texts(node) {
        if let Some(selector) = file.selector(tool, &id, span) {
            file.is_now(span, &format!("select: [default, {selector}]"));
            file.wanted.select.insert(selector);
        }
    }
}

fn severities(file: &mut File<'_>, tool: &str, node: NodeId, level: &'static str) {
    for (id, span) in file.texts(node) {
        if let Some(selector) = file.selector(tool, &id, span) {
            severity(file, span, selector, level);
        }
    }
}

fn severity(file: &mut File<'_>, span: Span, selector: String, level: &'static str) {
    file.is_now(span, &format!("severity: {{{selector}: {level}}}"));
    file.wanted.severity.insert(selector, level);
}

fn fails_on(file: &mut File<'_>, span: Span, level: &'static str) {
    file.is_now(span, &format!("fail-on: {level}"));
    file.wanted.fail_on = Some(level);
}

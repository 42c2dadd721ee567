//! What a configuration is to say, and its text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What the configurations of other linters come to.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Rules that run besides the default ones.
    pub(super) select: BTreeSet<String>,
    /// The only rules of a tool that run there.
    pub(super) only: BTreeSet<String>,
    pub(super) ignore: BTreeSet<String>,
    pub(super) severity: BTreeMap<String, &'static str>,
    pub(super) exclude: BTreeSet<String>,
    /// What is ignored in some paths.
    pub(super) overrides: BTreeMap<String, BTreeSet<String>>,
    pub(super) registries: BTreeSet<String>,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) has_strict_labels: bool,
    pub(super) fail_on: Option<&'static str>,
    /// Whether comments suppress nothing.
    pub(super) refuses_comments: bool,
}

impl Wanted {
    /// The configuration.
    pub(super) fn text(&self) -> String {
        let mut text = "# Written by `hullmark migrate`.\n".to_owned();
        let mut select = self.only.clone();
        if !self.select.is_empty() {
            select.extend(self.select.iter().cloned());
            if self.only.is_empty() {
                select.insert("default".to_owned());
            }
        }
        list(&mut text, "select", &select);
        list(&mut text, "ignore", &self.ignore);
        if !self.severity.is_empty() {
            text.push_str("severity:\n");
            for (selector, level) in &self.severity {
                // Writing to a String does not fail.
                let _ = writeln!(text, "  {}: {level}", quoted(selector));
            }
        }
        list(&mut text, "exclude", &self.exclude);
        if !self.overrides.is_empty() {
            text.push_str("overrides:\n");
            for (path, ignore) in &self.overrides {
                let ignore: Vec<String> = ignore.iter().map(|one| quoted(one)).collect();
                let path = quoted(path);
                let _ = writeln!(
                    text,
                    "  - paths: [{path}]\n    ignore: [{}]",
                    ignore.join(", ")
                );
            }
        }
        self.rules(&mut text);
        if let Some(fail_on) = self.fail_on {
            let _ = writeln!(text, "fail-on: {fail_on}");
        }
        if self.refuses_comments {
            text.push_str("suppressions:\n  inline: false\n");
        }
        text
    }

    fn rules(&self, text: &mut String) {
        let has_labels = !self.labels.is_empty() || self.has_strict_labels;
        if self.registries.is_empty() && !has_labels {
            return;
        }
        text.push_str("rules:\n");
        if has_labels {
            text.push_str("  dockerfile/label-mismatch:\n");
            if self.has_strict_labels {
                text.push_str("    strict: true\n");
            }
            if !self.labels.is_empty() {
                text.push_str("    labels:\n");
            }
            for (label, kind) in &self.labels {
                let _ = writeln!(text, "      {}: {}", quoted(label), quoted(kind));
            }
        }
        if !self.registries.is_empty() {
            let registries: Vec<String> = self.registries.iter().map(|one| quoted(one)).collect();
            let _ = writeln!(
                text,
                "  image/untrusted-registry:\n    registries: [{}]",
                registries.join(", ")
            );
        }
    }
}

fn list(text: &mut String, key: &str, items: &BTreeSet<String>) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "{key}:");
    for item in items {
        let _ = writeln!(text, "  - {}", quoted(item));
    }
}

/// A text as YAML: plain if that is beyond doubt, else as in JSON.
fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/_.-".contains(&byte))
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str());
    if is_plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_plain_text_is_quoted() {
        for (text, expected) in [
            ("kubernetes/host-pid", "kubernetes/host-pid"),
            ("hadolint:DL3008", "\"hadolint:DL3008\""),
            ("**/a", "\"**/a\""),
            ("a: b\n# c", "\"a: b\\n# c\""),
            ("on", "\"on\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}

//! Keys that a template both reads in a condition and writes out with the rest of a value.

use crate::deployed::Files;
use crate::diagnostic::Diagnostic;

/// The rule that reports such a key, which no field of the object has.
const UNKNOWN_FIELD: &str = "kubernetes/unknown-field";

/// Moves an unknown field of a value to the action that writes the value out, if its template reads the key itself: to take the key out of the values would
/// change what the template does. `put_in` is what the place of that action is called.
pub(super) fn at_the_action(diagnostic: &mut Diagnostic, put_in: &str, files: &Files) {
    if &*diagnostic.rule != UNKNOWN_FIELD {
        return;
    }
    let at = diagnostic.primary;
    let Some(own) = files.get(at.file).map(|file| at.span.of(&file.text)) else {
        return;
    };
    let key = own.split(':').next().unwrap_or_default().trim().to_owned();
    let found = diagnostic.related.iter().position(|label| {
        let file = files.get(label.at.file);
        label.message == put_in && file.is_some_and(|file| file.path.contains("templates/"))
    });
    let Some(label) = found.and_then(|index| diagnostic.related.get_mut(index)) else {
        return;
    };
    let Some(file) = files.get(label.at.file) else {
        return;
    };
    let Some(path) = dumped(label.at.span.of(&file.text)) else {
        return;
    };
    if key.is_empty() || !reads(&file.text, &format!(".Values.{path}.{key}")) {
        return;
    }
    diagnostic.primary = std::mem::replace(&mut label.at, at);
    "the key is set here, and the template reads it".clone_into(&mut label.message);
    let help = format!("Write `toYaml (omit .Values.{path} \"{key}\")`.");
    diagnostic.help = Some(help.into());
}

/// The path of the value that an action writes out as a whole: `livenessProbe` of `{{- toYaml .Values.livenessProbe | nindent 4 }}`.
fn dumped(action: &str) -> Option<&str> {
    let (_, rest) = action.split_once("toYaml ")?;
    let rest = rest.trim_start().trim_start_matches('$');
    let rest = rest.strip_prefix(".Values.")?;
    let path = rest.split([' ', '|', '}', ')']).next()?;
    (!path.is_empty()).then_some(path)
}

/// Whether a text names a path, and not only a longer one.
fn reads(text: &str, path: &str) -> bool {
    let mut found = text.match_indices(path);
    found.any(|(at, _)| {
        let next = text[at + path.len()..].chars().next();
        next.is_none_or(|sign| !sign.is_alphanumeric() && sign != '_')
    })
}

#[cfg(test)]
mod tests {
    use super::{dumped, reads};

    #[test]
    fn actions_and_conditions_are_told() {
        assert_eq!(
            dumped("{{- toYaml .Values.a.probe | nindent 4 }}"),
            Some("a.probe")
        );
        assert_eq!(dumped("{{ toYaml $.Values.probe}}"), Some("probe"));
        assert_eq!(dumped("{{ toYaml (omit .Values.probe \"x\") }}"), None);
        assert!(reads(
            "{{ if .Values.probe.enabled }}",
            ".Values.probe.enabled"
        ));
        assert!(!reads(
            "{{ .Values.probe.enabledBy }}",
            ".Values.probe.enabled"
        ));
    }
}

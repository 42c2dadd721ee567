//! What the values of a chart leave to whoever installs it.

use crate::deployed::Files;
use crate::deployed::chart::Chart;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Catalogue;
use crate::span::FileSpan;

/// The rule about numbers of replicas.
const SINGLE_REPLICA: &str = "kubernetes/single-replica";

/// The rule about pods that are all stopped before new ones start.
const RECREATE: &str = "kubernetes/recreate-strategy";

/// The family of rules about requests and limits.
const RESOURCES: &str = "kubernetes/missing-resources";

/// The rule about values that must be texts.
const NON_STRING: &str = "kubernetes/non-string-value";

/// Words of a comment that says that a value is another one wherever the chart is installed.
const OVERRIDDEN: &[&str] = &["dummy", "overridden", "overwritten", "placeholder"];

/// How many lines of a mapping are read for such a comment, above and below a value.
const AROUND: usize = 3;

/// Makes less of what the chart's own values say if nothing here installs it: a number of replicas and the resources of a container are for its user, and a
/// password that everybody can read is weak, but nobody's.
pub(super) fn weigh(
    diagnostic: &mut Diagnostic,
    chart: &Chart,
    catalogue: &Catalogue,
    files: &Files,
) {
    at_the_action(diagnostic, files);
    let rule = catalogue.rule(&diagnostic.rule);
    // What an agent takes of its node is asked of whoever installs it; who wrote `Recreate` into a chart meant it.
    let is_of_agent = diagnostic.severity == Severity::Info
        && rule.is_some_and(|rule| rule.is_explained && rule.family.is_empty());
    if !chart.is_released && (is_of_agent || &*diagnostic.rule == RECREATE) {
        diagnostic.is_minor = true;
    }
    let span = diagnostic.primary.span;
    let Some(text) = own_values(diagnostic.primary, chart, files) else {
        return;
    };
    let is_of_resources = rule.is_some_and(|rule| rule.family == RESOURCES);
    let is_image = diagnostic.rule.starts_with("image/");
    if is_image && is_overridden(text, span.start as usize) {
        diagnostic.is_minor = true;
    }
    if chart.is_released {
        return;
    }
    let own = span.of(text).trim_end();
    if &*diagnostic.rule == SINGLE_REPLICA {
        diagnostic.is_minor = true;
    } else if is_of_resources && own.ends_with("{}") {
        diagnostic.severity = Severity::Info;
    } else if is_named_secret(&diagnostic.rule) && !is_drawn(own) {
        diagnostic.severity = diagnostic.severity.min(Severity::Warning);
    }
}

/// The text of the chart's own values, if a place is there.
fn own_values<'f>(at: FileSpan, chart: &Chart, files: &'f Files) -> Option<&'f str> {
    let file = files.get(at.file)?;
    let below = file.path.strip_prefix(chart.path.as_str());
    let below = below.unwrap_or(&file.path).trim_start_matches('/');
    (below == "values.yaml").then_some(&*file.text)
}

/// Whether a rule finds credentials by their names.
fn is_named_secret(rule: &str) -> bool {
    rule.starts_with("kubernetes/secret-in-")
}

/// Whether the value of an entry is long and of letters and digits, as one is that was drawn for an installation.
fn is_drawn(entry: &str) -> bool {
    const SHORTEST: usize = 20;
    let value = entry.split_once(": ").map_or(entry, |(_, value)| value);
    let value = value.trim().trim_matches(['"', '\'']);
    let has = |test: fn(u8) -> bool| value.bytes().any(test);
    value.len() >= SHORTEST
        && has(|byte| byte.is_ascii_digit())
        && has(|byte| byte.is_ascii_alphabetic())
        && !value.contains(' ')
}

/// Whether a comment beside a value, or beside its neighbours of the same mapping, says that the value is another one elsewhere.
fn is_overridden(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let (own, rest) = text[start..].split_once('\n').unwrap_or((after, ""));
    let depth = |line: &str| line.len() - line.trim_start().len();
    let own_depth = depth(own);
    let is_near = |line: &&str| depth(line) == own_depth && !line.trim().is_empty();
    let above = text[..start].lines().rev().take(AROUND).take_while(is_near);
    let below = rest.lines().take(AROUND).take_while(is_near);
    let mut lines = std::iter::once(own).chain(above).chain(below);
    lines.any(|line| {
        let comment = line.split_once('#').map(|(_, comment)| comment);
        comment.is_some_and(|comment| {
            let comment = comment.to_ascii_lowercase();
            OVERRIDDEN.iter().any(|word| comment.contains(word))
        })
    })
}

/// Moves a value that has to be a text, and is one in the values, to the action that writes it without quotes.
fn at_the_action(diagnostic: &mut Diagnostic, files: &Files) {
    if &*diagnostic.rule != NON_STRING {
        return;
    }
    let at = diagnostic.primary;
    let is_quoted = files.get(at.file).is_some_and(|file| {
        let before = at.span.start.checked_sub(1);
        let before = before.and_then(|at| file.text.as_bytes().get(at as usize));
        let own = at.span.of(&file.text).trim_end();
        matches!(before, Some(b'"' | b'\'')) || own.ends_with(['"', '\''])
    });
    let action = diagnostic.related.iter().position(|label| {
        let file = files.get(label.at.file);
        file.is_some_and(|file| label.at.span.of(&file.text).starts_with("{{"))
    });
    let Some(label) = action.and_then(|index| diagnostic.related.get_mut(index)) else {
        return;
    };
    if !is_quoted {
        return;
    }
    let text = files.get(label.at.file).map(|file| &*file.text);
    let action = text.map_or("", |text| label.at.span.of(text));
    let inner = action.trim_start_matches("{{").trim_start_matches('-');
    let inner = inner.trim_end_matches("}}").trim_end_matches('-').trim();
    diagnostic.help = Some(format!("Write `{{{{ {inner} | quote }}}}`.").into());
    diagnostic.primary = std::mem::replace(&mut label.at, at);
    "this value is a text".clone_into(&mut label.message);
}

#[cfg(test)]
mod tests {
    use super::{is_drawn, is_overridden};

    #[test]
    fn what_was_drawn_is_long_and_mixed() {
        assert!(is_drawn("secretKeyBase: \"UpNVntn3cDxHJpq99YMc1T1AQgQp\""));
        assert!(!is_drawn("password: pinacolada") && !is_drawn("token: s3ss10nT0k3n"));
    }

    #[test]
    fn comments_of_the_same_mapping_count() {
        let text = "image:\n  repository: \"\"  # Dummy value, set by Argo CD\n  pullPolicy: Always\n  tag: latest\nport: 3000\n";
        assert!(is_overridden(text, text.find("latest").unwrap()));
        assert!(!is_overridden(text, text.find("3000").unwrap()));
    }
}

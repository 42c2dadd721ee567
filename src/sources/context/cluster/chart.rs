//! The releases of Kubernetes that a chart asks for: `kubeVersion`, if it names the newest.

use std::path::Path;
use std::sync::Arc;

use hullmark_schema::target::Target;
use serde_yaml::Value;

use crate::sources::context::cluster::{Releases, Said, text_of};
use crate::sources::context::documents::documents;
use crate::sources::context::{DirCache, HEIGHT};

/// What the chart around a folder asks for.
pub(super) fn releases(directories: &DirCache, own: &Path, top: &Path) -> Option<Releases> {
    let above = own.ancestors().take(HEIGHT);
    let mut above = above.take_while(|folder| folder.starts_with(top));
    let folder = above.find(|folder| directories.has(folder, "Chart.yaml"))?;
    let file = folder.join("Chart.yaml");
    let text = text_of(directories, &file)?;
    let chart = documents(&text).into_iter().next()?;
    let target = range(chart.get("kubeVersion").and_then(Value::as_str)?)?;
    let mut lines = text.lines();
    let line = lines.position(|line| line.starts_with("kubeVersion"));
    let said = Said {
        file,
        line: line.map_or(1, |line| line + 1),
        target,
        is_trial: false,
    };
    Some(Releases {
        target,
        is_certain: target.oldest == target.newest,
        is_trial: false,
        said: Arc::new([said]),
    })
}

/// The releases between the bounds of a constraint, as `>=1.19.0-0 <1.25.0-0`; `None` without a newest one: a chart does not name the newest that is not there yet.
fn range(constraint: &str) -> Option<Target> {
    if constraint.contains("||") {
        return None;
    }
    if let Some((oldest, newest)) = constraint.split_once(" - ") {
        let oldest = Target::of_version(oldest)?.oldest;
        let newest = Target::of_version(newest)?.newest;
        return (oldest <= newest).then_some(Target { oldest, newest });
    }
    let (mut oldest, mut newest) = (None, None);
    for (operator, version) in parts(constraint) {
        let minor = Target::of_version(version)?.oldest;
        // `<1.25` and `<1.25.0-0` leave 1.25 out.
        let patch = version.splitn(3, '.').nth(2).unwrap_or("0");
        let is_whole = patch.starts_with('0');
        match operator {
            ">=" | ">" | "^" => oldest = Some(minor),
            "<" if is_whole => newest = minor.checked_sub(1),
            "<" | "<=" => newest = Some(minor),
            _ => (oldest, newest) = (Some(minor), Some(minor)),
        }
    }
    let (oldest, newest) = (oldest?, newest?);
    (oldest <= newest).then_some(Target { oldest, newest })
}

/// The parts of a constraint, each an operator and a version: blanks may stand between them, and commas behind them.
fn parts(constraint: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = constraint.trim();
    while !rest.is_empty() {
        let is_operator = |letter: char| "<>=~^!".contains(letter);
        let end = rest
            .find(|letter| !is_operator(letter))
            .unwrap_or(rest.len());
        let (operator, after) = rest.split_at(end);
        let after = after.trim_start();
        let is_end = |letter: char| is_operator(letter) || letter == ',' || letter == ' ';
        let end = after.find(is_end).unwrap_or(after.len());
        let (version, next) = after.split_at(end);
        found.push((operator, version));
        rest = next.trim_start_matches([',', ' ']);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_with_two_bounds_is_a_range() {
        for (text, expected) in [
            (">=1.19.0-0 <1.25.0-0", Some("1.19-1.24")),
            (">= 1.19, <= 1.24", Some("1.19-1.24")),
            (">=1.19.0-0<1.25.3", Some("1.19-1.25")),
            ("1.19 - 1.24.x", Some("1.19-1.24")),
            ("~1.24.0", Some("1.24")),
            ("1.24.x", Some("1.24")),
            (">=1.19.0-0", None),
            ("^1.19.0-0", None),
            (">=1.19 <1.22 || >=1.25 <1.30", None),
            ("*", None),
            ("", None),
            ("<", None),
        ] {
            let found = range(text).map(|target| target.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}

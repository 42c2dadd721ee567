//! The line that counts the findings of a report.

use super::Report;
use crate::diagnostic::Severity;

/// `3 errors, 2 warnings in 5 files (1 suppressed)`.
pub(super) fn summary(report: &Report) -> String {
    let count = |severity| {
        let open = report.diagnostics.iter().filter(|f| f.suppressed.is_none());
        open.filter(|open| open.severity == severity).count()
    };
    let words = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Info), "info"),
    ];
    let counts: Vec<String> = words
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| plural(count, word))
        .collect();
    let found = if counts.is_empty() {
        "no findings".to_owned()
    } else {
        counts.join(", ")
    };
    let files = plural(report.files, "file");
    let suppressed = report.diagnostics.iter().filter(|f| f.suppressed.is_some());
    let aside: Vec<String> = [
        (suppressed.count(), "suppressed"),
        (report.test_data.known, "known before"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect();
    if aside.is_empty() {
        format!("{found} in {files}")
    } else {
        format!("{found} in {files} ({})", aside.join(", "))
    }
}

/// `40 findings in 7 files of test data, examples, vendored code or superseded releases are not shown; --include-tests shows them`, if there are any; those in generated files likewise.
pub(super) fn left_out(report: &Report) -> Option<String> {
    let left_out = report.test_data;
    let findings = plural(left_out.findings, "finding");
    let in_tests = format!(
        "{findings} in {} of test data, examples, vendored code or superseded releases",
        plural(left_out.files, "file")
    );
    let in_generated = |findings: String| format!("{findings} in generated files");
    let what = match (left_out.findings, left_out.generated) {
        (0, 0) => return None,
        (0, generated) => in_generated(plural(generated, "finding")),
        (_, 0) => in_tests,
        (_, generated) => format!("{in_tests} and {}", in_generated(generated.to_string())),
    };
    let (is, them) = match left_out.findings + left_out.generated {
        1 => ("is", "it"),
        _ => ("are", "them"),
    };
    Some(format!(
        "{what} {is} not shown; --include-tests shows {them}"
    ))
}

/// A count of things; `info` has no plural.
pub(super) fn plural(count: usize, word: &str) -> String {
    let ending = if count == 1 || word == "info" {
        ""
    } else {
        "s"
    };
    format!("{count} {word}{ending}")
}

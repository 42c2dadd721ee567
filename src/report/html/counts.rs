//! How many findings there are by severity, rule, folder and owner.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::report::Report;

/// Findings that are counted together.
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    /// What else is said of it; empty if that is nothing.
    pub(super) title: &'a str,
    /// Errors, warnings, infos.
    pub(super) counts: [usize; 3],
}

impl Row<'_> {
    pub(super) fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// All counts, the highest first.
pub(super) struct Counts<'a> {
    pub(super) severities: Vec<Row<'a>>,
    pub(super) rules: Vec<Row<'a>>,
    pub(super) folders: Vec<Row<'a>>,
    pub(super) owners: Vec<Row<'a>>,
}

impl<'a> Counts<'a> {
    pub(super) fn of(report: &Report<'a>) -> Self {
        let (mut severities, mut rules) = (BTreeMap::new(), BTreeMap::new());
        let (mut folders, mut owners) = (BTreeMap::new(), BTreeMap::new());
        for diagnostic in report.listed() {
            let path = report.locate(diagnostic.primary).project_path();
            let rank = rank(diagnostic.severity);
            let add = |counts: &mut BTreeMap<&'a str, [usize; 3]>, name| {
                counts.entry(name).or_default()[rank] += 1;
            };
            add(&mut severities, diagnostic.severity.name());
            add(&mut rules, &diagnostic.rule);
            add(&mut folders, folder(path));
            if let Some(known) = report.owners {
                add(&mut owners, known.of(path));
            }
        }
        let titles = report.rules_by_id();
        let title = |name: &str| titles.get(name).map_or("", |(_, rule)| &*rule.title);
        let mut severities = rows(severities, &|_| "");
        severities.sort_by_key(|row| Reverse(row.counts));
        Self {
            severities,
            rules: rows(rules, &title),
            folders: rows(folders, &|_| ""),
            owners: rows(owners, &|_| ""),
        }
    }
}

/// The folder of a path, or `.`.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

/// 0 of an error, 2 of an info.
pub(super) fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

fn rows<'a>(
    counts: BTreeMap<&'a str, [usize; 3]>,
    title: &dyn Fn(&str) -> &'a str,
) -> Vec<Row<'a>> {
    let rows = counts.into_iter().map(|(name, counts)| Row {
        name,
        title: title(name),
        counts,
    });
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by_key(|row| Reverse(row.total()));
    rows
}

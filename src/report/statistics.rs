//! How many findings there are: by rule, severity, folder or file.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::markdown::text;
use super::summary::summary;
use super::{Format, Report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inert::{Inert, Medium, clean};

/// What findings are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The rule that reports them.
    Rule,
    /// Their severity, as it is configured.
    Severity,
    /// The folder of their file.
    Folder,
    /// Their file.
    File,
}

impl Grouping {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Self; 4] = [Self::Rule, Self::Severity, Self::Folder, Self::File];

    /// The word that names it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Severity => "severity",
            Self::Folder => "folder",
            Self::File => "file",
        }
    }
}

/// Findings that are counted together.
#[derive(Clone, Debug, Default, Serialize)]
struct Count<'a> {
    name: &'a str,
    errors: usize,
    warnings: usize,
    infos: usize,
    total: usize,
}

/// Writes the counts, the highest first, and the totals: as JSON, as lines of JSON, as a table in Markdown, or as one for a person.
///
/// # Errors
///
/// Whatever `out` fails with.
pub fn write(report: &Report, by: Grouping, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let medium = match format {
        Format::Json | Format::JsonLines => Medium::Json,
        _ => Medium::Lines { has_escapes: false },
    };
    let out = &mut Inert::new(out, medium);
    let counts = counts(report, by);
    let mut total = Count {
        name: "total",
        ..Count::default()
    };
    for count in &counts {
        total.errors += count.errors;
        total.warnings += count.warnings;
        total.infos += count.infos;
        total.total += count.total;
    }
    if format == Format::Markdown {
        return markdown(by, counts.iter().chain([&total]), out);
    }
    if format == Format::JsonLines {
        for count in &counts {
            serde_json::to_writer(&mut *out, count)?;
            writeln!(out)?;
        }
        return Ok(());
    }
    if format == Format::Json {
        let document = Document {
            version: 1,
            files: report.files,
            by: by.name(),
            counts: &counts,
            total: &total,
        };
        serde_json::to_writer(io::BufWriter::new(&mut *out), &document)?;
        return writeln!(out);
    }
    let titles = report.rules_by_id();
    writeln!(
        out,
        "{:>7} {:>7} {:>7} {:>7}",
        "total", "error", "warning", "info"
    )?;
    for count in counts.iter().chain([&total]) {
        let Count {
            name,
            errors,
            warnings,
            infos,
            total,
        } = count;
        let title = titles.get(name).filter(|_| by == Grouping::Rule);
        let title = title.map_or("", |(_, rule)| &rule.title);
        let row = format!(
            "{total:>7} {errors:>7} {warnings:>7} {infos:>7}  {:<40}  {title}",
            clean(name)
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    writeln!(out, "{}", summary(report))
}

/// The counts as a table.
fn markdown<'c, 'a: 'c>(
    by: Grouping,
    counts: impl Iterator<Item = &'c Count<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "| {} | Errors | Warnings | Infos | Total |\n|---|--:|--:|--:|--:|",
        by.name()
    )?;
    for count in counts {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            text(count.name),
            count.errors,
            count.warnings,
            count.infos,
            count.total
        )?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    files: usize,
    by: &'static str,
    counts: &'a [Count<'a>],
    total: &'a Count<'a>,
}

fn counts<'a>(report: &Report<'a>, by: Grouping) -> Vec<Count<'a>> {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for finding in report.listed() {
        let name = name(report, finding, by);
        let count = counts.entry(name).or_insert(Count {
            name,
            ..Count::default()
        });
        count.total += 1;
        *match finding.severity {
            Severity::Error => &mut count.errors,
            Severity::Warning => &mut count.warnings,
            Severity::Info => &mut count.infos,
        } += 1;
    }
    let mut counts: Vec<Count> = counts.into_values().collect();
    if by == Grouping::Severity {
        counts.sort_by_key(|count| Reverse((count.errors, count.warnings)));
    } else {
        counts.sort_by_key(|count| (Reverse(count.total), count.name));
    }
    counts
}

/// What a finding is counted under.
fn name<'a>(report: &Report<'a>, finding: &'a Diagnostic, by: Grouping) -> &'a str {
    let path = report.locate(finding.primary).path();
    match by {
        Grouping::Rule => &finding.rule,
        Grouping::Severity => finding.severity.name(),
        Grouping::File => path,
        Grouping::Folder => path.rsplit_once('/').map_or(".", |(folder, _)| folder),
    }
}

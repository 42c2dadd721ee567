//! Diagnostics become terminal text, or what a program reads: JSON, SARIF, annotations, reports of tests and of code quality.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::inert::{Inert, Medium};
use crate::report::location::Location;
use crate::report::owners::Owners;
use crate::rules::Rule;
use crate::sources::Source;
use crate::span::{FileId, FileSpan};

mod azure;
mod checkstyle;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod location;
mod markdown;
pub mod owners;
mod reviewdog;
mod sarif;
mod sonarqube;
pub mod statistics;
mod summary;
mod text;
mod xml;

/// All that a report is made of; it borrows everything and asks nobody else.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// How many files were checked.
    pub files: usize,
    /// Sorted.
    pub diagnostics: &'a [Box<Diagnostic>],
    /// The rules of this run, in the catalogue's order; every format that describes rules describes all of these.
    pub rules: &'a [Rule],
    /// The files that the diagnostics point into; one that could not be read has an empty text.
    pub sources: &'a BTreeMap<FileId, Arc<Source>>,
    /// Whether diagnostics that are suppressed are listed too.
    pub show_suppressed: bool,
    /// What was found in test data and is not among the diagnostics.
    pub test_data: LeftOut,
    /// Who owns the files, if the project says so; [`Format::Html`] counts by them.
    pub owners: Option<&'a Owners>,
}

/// Diagnostics that are left out of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// How many.
    pub findings: usize,
    /// In how many files.
    pub files: usize,
    /// How many more in generated workflows and manifests, which are no test data.
    #[serde(skip)]
    pub generated: usize,
    /// How many that were there before: in a baseline, or on lines that a change leaves alone.
    #[serde(skip)]
    pub known: usize,
}

impl<'a> Report<'a> {
    /// The diagnostics to list, in order.
    fn listed(&self) -> impl Iterator<Item = &'a Diagnostic> + use<'a> {
        let all = self.show_suppressed;
        self.diagnostics
            .iter()
            .map(AsRef::as_ref)
            .filter(move |diagnostic: &&Diagnostic| all || diagnostic.suppressed.is_none())
    }

    /// A place as a person reads it.
    fn locate(&self, at: FileSpan) -> Location<'a> {
        Location::of(self.sources.get(&at.file).map(AsRef::as_ref), at.span)
    }

    /// Each rule with its number in `rules`, by id.
    fn rules_by_id(&self) -> BTreeMap<&'a str, (usize, &'a Rule)> {
        self.rules
            .iter()
            .enumerate()
            .map(|(number, rule)| (rule.id.as_ref(), (number, rule)))
            .collect()
    }
}

/// What a report looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For a person at a terminal.
    Text,
    /// One line a finding, for an editor's problem matcher and for `grep`.
    Concise,
    /// For a program; `docs/reports.md` has the contract.
    Json,
    /// The findings of that, one a line.
    JsonLines,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For a GitHub job's log: workflow commands that become annotations.
    Github,
    /// For GitLab: a Code Quality report.
    Gitlab,
    /// For whatever shows the results of tests: `JUnit`'s XML.
    Junit,
    /// For whatever reads what Checkstyle writes.
    Checkstyle,
    /// For reviewdog: its Diagnostic Format.
    Reviewdog,
    /// The same, one finding a line.
    ReviewdogLines,
    /// For `SonarQube`: generic issues.
    Sonarqube,
    /// For the log of Azure Pipelines: logging commands.
    Azure,
    /// For the summary of a job, or a comment: tables.
    Markdown,
    /// For an audit: one page with charts and a table that is filtered and sorted.
    Html,
}

impl Format {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Self; 15] = [
        Self::Text,
        Self::Concise,
        Self::Json,
        Self::JsonLines,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Checkstyle,
        Self::Reviewdog,
        Self::ReviewdogLines,
        Self::Sonarqube,
        Self::Azure,
        Self::Markdown,
        Self::Html,
    ];

    /// The word that names it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
            Self::Reviewdog => "rdjson",
            Self::ReviewdogLines => "rdjsonl",
            Self::Sonarqube => "sonarqube",
            Self::Azure => "azure",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// Whether [`statistics::write`] has a form for it; counts have no place in what other programs read as findings.
    pub fn has_counts(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Concise | Self::Json | Self::JsonLines | Self::Markdown
        )
    }

    /// What a report in it is to who reads it.
    fn medium(self, style: Style) -> Medium {
        match self {
            Self::Json
            | Self::JsonLines
            | Self::Sarif
            | Self::Gitlab
            | Self::Reviewdog
            | Self::ReviewdogLines
            | Self::Sonarqube => Medium::Json,
            Self::Junit | Self::Checkstyle | Self::Html => Medium::Xml,
            Self::Github => Medium::Commands,
            Self::Azure => Medium::Azure,
            Self::Markdown => Medium::Lines { has_escapes: false },
            Self::Text | Self::Concise => Medium::Lines {
                has_escapes: style.color || style.links,
            },
        }
    }
}

/// What a report for a person may hold besides text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Escape sequences that color.
    pub color: bool,
    /// Escape sequences that make the id of a rule a link to its page.
    pub links: bool,
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format `{0}`: {names}", names = names())]
pub struct UnknownFormat(String);

/// `text, concise, json or github`
fn names() -> String {
    let names = Format::ALL.map(Format::name);
    let (last, others) = names.split_last().expect("there are formats");
    format!("{} or {last}", others.join(", "))
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == word)
            .ok_or_else(|| UnknownFormat(word.to_owned()))
    }
}

/// Writes the report; `style` matters to [`Format::Text`] alone.
///
/// # Errors
///
/// Whatever `out` fails with.
pub fn write(report: &Report, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if format == Format::Html {
        // Its parts are of several media.
        return html::write(report, out);
    }
    let medium = format.medium(style);
    let mut out = io::BufWriter::new(Inert::new(out, medium));
    match format {
        Format::Text => text::write(report, style, &mut out)?,
        Format::Concise => concise::write(report, &mut out)?,
        Format::Json => json::write(report, &mut out)?,
        Format::JsonLines => json::write_lines(report, &mut out)?,
        Format::Sarif => sarif::write(report, &mut out)?,
        Format::Github => github::write(report, &mut out)?,
        Format::Gitlab => gitlab::write(report, &mut out)?,
        Format::Junit => junit::write(report, &mut out)?,
        Format::Checkstyle => checkstyle::write(report, &mut out)?,
        Format::Reviewdog => reviewdog::write(report, &mut out)?,
        Format::ReviewdogLines => reviewdog::write_lines(report, &mut out)?,
        Format::Sonarqube => sonarqube::write(report, &mut out)?,
        Format::Azure => azure::write(report, &mut out)?,
        Format::Markdown => markdown::write(report, &mut out)?,
        Format::Html => {}
    }
    out.flush()
}

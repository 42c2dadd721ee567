//! The report for a person at a terminal: the line, carets under the culprit, and what to do; where to read more, once a rule.

use std::collections::BTreeMap;
use std::io::{self, Write};

use codespan_reporting::diagnostic::{Diagnostic as Drawing, LabelStyle, Severity as Level};
use codespan_reporting::files::Error;
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use codespan_reporting::term::{Config, emit_to_write_style};

use super::excerpt::{Excerpts, Mark, is_clipped};
use super::summary::{left_out, summary};
use super::{Report, Style};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inert::{clean, clean_lines};
use crate::rules::Rule;

/// How many related places of one finding are shown.
const MOST_RELATED: usize = 8;

/// How many findings share an excerpt at most.
const MOST_SHARED: usize = 16;

/// Writes every listed diagnostic, the addresses of their rules, and a line that counts them.
pub(super) fn write(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let rules = report.rules_by_id();
    let rules: BTreeMap<&str, &Rule> = rules
        .into_iter()
        .map(|(id, (_, rule))| (id, rule))
        .collect();
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    for group in groups(report) {
        let page = Page {
            report,
            rules: &rules,
            style,
        };
        page.write(&group, out)?;
        for diagnostic in group {
            let url = rules.get(&*diagnostic.rule).and_then(|rule| rule.url());
            found.extend(url.map(|url| (&*diagnostic.rule, url)));
        }
    }
    if !style.links && !found.is_empty() {
        let widest = found.keys().map(|id| id.chars().count()).max();
        let width = widest.unwrap_or_default();
        writeln!(out, "Rules:")?;
        for (id, url) in &found {
            writeln!(out, "  {:<width$}  {url}", clean(id))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", summary(report))?;
    match left_out(report) {
        Some(line) => writeln!(out, "{line}"),
        None => Ok(()),
    }
}

/// The listed diagnostics, those together that share an excerpt.
fn groups<'a>(report: &Report<'a>) -> Vec<Vec<&'a Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    for diagnostic in report.listed() {
        match groups.last_mut() {
            Some(group)
                if group.len() < MOST_SHARED
                    && group
                        .first()
                        .is_some_and(|first| shares_excerpt(report, first, diagnostic)) =>
            {
                group.push(diagnostic);
            }
            _ => groups.push(vec![diagnostic]),
        }
    }
    groups
}

/// Whether two diagnostics mark one short line, and nothing else.
fn shares_excerpt(report: &Report, first: &Diagnostic, next: &Diagnostic) -> bool {
    let is_alone =
        |diagnostic: &Diagnostic| diagnostic.related.is_empty() && diagnostic.suppressed.is_none();
    if first.primary.file != next.primary.file || !is_alone(first) || !is_alone(next) {
        return false;
    }
    let (a, b) = (report.locate(first.primary), report.locate(next.primary));
    let Some(source) = a.source else {
        return false;
    };
    let lines = [a.start, a.end, b.start, b.end].map(|position| position.line);
    a.span == b.span
        || lines.iter().all(|line| *line == a.start.line) && !is_clipped(source, a.start.line)
}

/// What the drawings of a report have in common.
struct Page<'r, 'a> {
    report: &'r Report<'a>,
    rules: &'r BTreeMap<&'a str, &'a Rule>,
    style: Style,
}

impl Page<'_, '_> {
    /// Writes diagnostics that share an excerpt: their headings, the excerpt, and what to do about each.
    fn write(&self, group: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        let Some((last, others)) = group.split_last() else {
            return Ok(());
        };
        for other in others {
            let heading = self.emit(other, &Excerpts::default(), &heading(other))?;
            out.write_all(heading.trim_ascii_end())?;
            writeln!(out)?;
        }
        let (excerpts, drawing) = self.draw(group, last);
        out.write_all(&self.emit(last, &excerpts, &drawing)?)
    }

    /// What codespan draws, with our word for the severity and, if asked for, a link on the rule's id.
    fn emit(
        &self,
        diagnostic: &Diagnostic,
        excerpts: &Excerpts,
        drawing: &Drawing<usize>,
    ) -> io::Result<Vec<u8>> {
        let config = Config::default();
        let mut drawn = Vec::new();
        let emitted = if self.style.color {
            emit_to_write_style(&mut Ansi::new(&mut drawn), &config, excerpts, drawing)
        } else {
            emit_to_write_style(&mut NoColor::new(&mut drawn), &config, excerpts, drawing)
        };
        emitted.map_err(|error| match error {
            Error::Io(error) => error,
            other => io::Error::other(other),
        })?;
        let id = clean(&diagnostic.rule);
        if diagnostic.severity == Severity::Info {
            replace_first(&mut drawn, "note[", "info[");
        }
        let rule = self.rules.get(&*diagnostic.rule);
        if let Some(url) = rule
            .and_then(|rule| rule.url())
            .filter(|_| self.style.links)
        {
            let link = format!("[\u{1b}]8;;{url}\u{1b}\\{id}\u{1b}]8;;\u{1b}\\]");
            replace_first(&mut drawn, &format!("[{id}]"), &link);
        }
        Ok(drawn)
    }

    /// The excerpt that diagnostics share, under the heading of the last, with the lines that it draws.
    fn draw(&self, group: &[&Diagnostic], last: &Diagnostic) -> (Excerpts, Drawing<usize>) {
        let mut excerpts = Excerpts::default();
        let mut labels = Vec::new();
        let mut notes = Vec::new();
        for marks in self.marks_by_file(group, last) {
            match marks.first().and_then(|mark| mark.location.source) {
                Some(source) => labels.extend(excerpts.add(source, &marks)),
                None => notes.extend(marks.iter().map(without_source)),
            }
        }
        if last.related.len() > MOST_RELATED {
            let more = last.related.len() - MOST_RELATED;
            notes.push(format!("and {more} more related places"));
        }
        if let Some(suppressed) = &last.suppressed {
            let place = self.report.locate(suppressed.at).shown();
            let reason = suppressed.reason.as_deref().map(clean);
            notes.push(match reason {
                Some(reason) => format!("suppressed at {place}: {reason}"),
                None => format!("suppressed at {place}"),
            });
        }
        notes.extend(self.helps(group));
        let drawing = heading(last).with_labels(labels).with_notes(notes);
        (excerpts, drawing)
    }

    /// What to do about each of the diagnostics; of those that share an excerpt, with the name of the rule.
    fn helps(&self, group: &[&Diagnostic]) -> Vec<String> {
        let mut helps: Vec<(Vec<&str>, String)> = Vec::new();
        for diagnostic in group {
            let rule = self.rules.get(&*diagnostic.rule).copied();
            let help = clean_lines(&without_fences(diagnostic.help(rule)));
            if rule.is_none() || help.is_empty() {
                continue;
            }
            match helps.iter_mut().find(|(_, known)| *known == help) {
                Some((rules, _)) if rules.contains(&&*diagnostic.rule) => {}
                Some((rules, _)) => rules.push(&diagnostic.rule),
                None => helps.push((vec![&diagnostic.rule], help)),
            }
        }
        let is_one = helps.len() == 1;
        let helps = helps.into_iter().map(|(rules, help)| {
            if is_one {
                format!("help: {help}")
            } else {
                format!("help[{}]: {help}", clean(&rules.join(", ")))
            }
        });
        helps.collect()
    }

    /// The places of diagnostics that share an excerpt, file by file, their own first. Where these differ, each names its rule.
    fn marks_by_file<'m>(&'m self, group: &[&Diagnostic], last: &Diagnostic) -> Vec<Vec<Mark<'m>>> {
        let mut primary: Vec<Mark> = Vec::new();
        let is_one = group.iter().all(|other| other.primary == last.primary);
        for diagnostic in group {
            let location = self.report.locate(diagnostic.primary);
            let id = if is_one { "" } else { &*diagnostic.rule };
            let known = primary
                .iter_mut()
                .find(|mark| mark.location.span == location.span);
            match known {
                Some(mark) if !is_one => mark.message = format!("{}, {}", mark.message, clean(id)),
                Some(_) => {}
                None => primary.push(Mark {
                    location,
                    style: LabelStyle::Primary,
                    message: clean(id).into_owned(),
                }),
            }
        }
        let mut files = vec![(last.primary.file, primary)];
        for label in last.related.iter().take(MOST_RELATED) {
            let mark = Mark {
                location: self.report.locate(label.at),
                style: LabelStyle::Secondary,
                message: clean(&label.message).into_owned(),
            };
            let file = label.at.file;
            match files.iter_mut().find(|(known, _)| *known == file) {
                Some((_, marks)) => marks.push(mark),
                None => files.push((file, vec![mark])),
            }
        }
        files.into_iter().map(|(_, marks)| marks).collect()
    }
}

/// The first line of a diagnostic.
fn heading(diagnostic: &Diagnostic) -> Drawing<usize> {
    Drawing::new(level(diagnostic.severity))
        .with_code(clean(&diagnostic.rule))
        .with_message(clean(&diagnostic.message))
}

/// A help without the fences of its Markdown code blocks, which a person at a terminal does not need.
fn without_fences(help: &str) -> String {
    let lines = help.lines().filter(|line| !line.starts_with("```"));
    lines.collect::<Vec<_>>().join("\n")
}

fn replace_first(text: &mut Vec<u8>, from: &str, to: &str) {
    let mut windows = text.windows(from.len());
    if let Some(at) = windows.position(|window| window == from.as_bytes()) {
        text.splice(at..at + from.len(), to.bytes());
    }
}

/// A place in a file whose text is not at hand.
fn without_source(mark: &Mark) -> String {
    let place = mark.location.shown();
    if mark.message.is_empty() {
        format!("in {place}")
    } else {
        format!("{place}: {}", mark.message)
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Info => Level::Note,
    }
}

//! The report for the summary of a job, or a comment: how many findings of which rule, in which files, and the first of them. GitHub takes a mebibyte for a
//! summary, so what is listed is bounded.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::Report;
use super::summary::{left_out, summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inert::{clean, clipped};
use crate::rules::Rule;

/// How many findings are listed.
const MOST_FINDINGS: usize = 200;

/// How many rules are.
const MOST_RULES: usize = 100;

/// How many files are.
const MOST_FILES: usize = 20;

/// How many characters of a text are shown.
const LONGEST: usize = 300;

/// Writes headings and tables.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = report.rules_by_id();
    let mut open: Vec<&Diagnostic> = report
        .listed()
        .filter(|one| one.suppressed.is_none())
        .collect();
    writeln!(out, "## hullmark: {}\n", text(&summary(report)))?;
    if !open.is_empty() {
        by_rule(report, &open, out)?;
        by_file(report, &open, out)?;
        // The first of those that matter most.
        open.sort_by_key(|one| Reverse(one.severity));
        writeln!(out, "<details><summary>Findings</summary>\n")?;
        writeln!(
            out,
            "| Severity | Place | Rule | Message |\n|---|---|---|---|"
        )?;
        for diagnostic in open.iter().take(MOST_FINDINGS) {
            let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
            let place = report.locate(diagnostic.primary);
            writeln!(
                out,
                "| {} | {}:{} | {} | {} |",
                diagnostic.severity.name(),
                text(place.project_path()),
                place.start.line,
                linked(&diagnostic.rule, rule),
                text(&diagnostic.message),
            )?;
        }
        more(open.len(), MOST_FINDINGS, "findings", out)?;
        writeln!(out, "\n</details>\n")?;
    }
    match left_out(report) {
        Some(line) => writeln!(out, "{}", text(&line)),
        None => Ok(()),
    }
}

fn by_rule(report: &Report, open: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    let rules = report.rules_by_id();
    let mut counts: BTreeMap<(Reverse<Severity>, &str), usize> = BTreeMap::new();
    for diagnostic in open {
        let key = (Reverse(diagnostic.severity), diagnostic.rule.as_ref());
        *counts.entry(key).or_default() += 1;
    }
    let mut counts: Vec<((Reverse<Severity>, &str), usize)> = counts.into_iter().collect();
    counts.sort_by_key(|((severity, _), count)| (*severity, Reverse(*count)));
    writeln!(out, "| Severity | Rule | | Findings |\n|---|---|---|--:|")?;
    for ((Reverse(severity), id), count) in counts.iter().take(MOST_RULES) {
        let rule = rules.get(id).map(|(_, rule)| *rule);
        let title = rule.map_or("", |rule| &rule.title);
        writeln!(
            out,
            "| {} | {} | {} | {count} |",
            severity.name(),
            linked(id, rule),
            text(title)
        )?;
    }
    more(counts.len(), MOST_RULES, "rules", out)?;
    writeln!(out)
}

fn by_file(report: &Report, open: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for diagnostic in open {
        let path = report.locate(diagnostic.primary).project_path();
        let place = match diagnostic.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        };
        counts.entry(path).or_default()[place] += 1;
    }
    let mut counts: Vec<(&str, [usize; 3])> = counts.into_iter().collect();
    counts.sort_by_key(|(_, counts)| Reverse(*counts));
    writeln!(
        out,
        "| File | Errors | Warnings | Infos |\n|---|--:|--:|--:|"
    )?;
    for (path, [errors, warnings, infos]) in counts.iter().take(MOST_FILES) {
        writeln!(out, "| {} | {errors} | {warnings} | {infos} |", text(path))?;
    }
    more(counts.len(), MOST_FILES, "files", out)?;
    writeln!(out)
}

/// Says how many are not listed.
fn more(all: usize, shown: usize, what: &str, out: &mut dyn Write) -> io::Result<()> {
    match all.saturating_sub(shown) {
        0 => Ok(()),
        more => writeln!(out, "\nand {more} more {what}"),
    }
}

/// The id of a rule, as a link to its page if it has one.
fn linked(id: &str, rule: Option<&Rule>) -> String {
    let is_plain = |url: &str| {
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"/:._-~#%?=&+".contains(&byte);
        url.starts_with("https://") && url.bytes().all(is_safe)
    };
    match rule.and_then(Rule::url).filter(|url| is_plain(url)) {
        Some(url) => format!("[{}]({url})", text(id)),
        None => text(id),
    }
}

/// A text as it is, whatever it holds: what Markdown or HTML would read is written by its number, and what is between backticks is code.
pub(super) fn text(text: &str) -> String {
    let text = clean(text);
    let text = clipped(&text, LONGEST);
    let parts: Vec<&str> = text.split('`').collect();
    let mut shown = String::with_capacity(text.len() + 16);
    for (number, part) in parts.iter().enumerate() {
        let is_code = number % 2 == 1 && number + 1 < parts.len();
        if number > 0 && number % 2 == 1 && !is_code {
            escape('`', &mut shown);
        }
        shown.push_str(if is_code { "<code>" } else { "" });
        part.chars().for_each(|c| escape(c, &mut shown));
        shown.push_str(if is_code { "</code>" } else { "" });
    }
    shown
}

fn escape(c: char, shown: &mut String) {
    if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ':' | '/' | '-' | '(' | ')' | ';')
        || c == '\t'
    {
        // Writing to a String does not fail.
        let _ = write!(shown, "&#{};", u32::from(c));
    } else {
        shown.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_as_it_is() {
        assert_eq!(
            text("a | `b|c` <x> `"),
            "a &#124; <code>b&#124;c</code> &#60;x&#62; &#96;"
        );
        assert_eq!(text("`a`b`c`"), "<code>a</code>b<code>c</code>");
        assert_eq!(text("[x](y) ![z]"), "&#91;x&#93;(y) &#33;&#91;z&#93;");
        assert_eq!(text("https://x.y"), "https://x.y");
    }
}

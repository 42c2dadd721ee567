//! The findings as data of the page: JSON in which no character ends the element that holds it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::inert::{Inert, Medium, clean, clipped};
use crate::report::Report;
use crate::report::html::counts::rank;
use crate::report::location::Location;
use crate::rules::Rule;
use crate::rules::documentation::documentation;

/// How many lines are shown before and after the one at fault.
const AROUND: u32 = 2;

/// How many lines a finding shows at most.
const MOST_LINES: u32 = 8;

/// How many characters of a line, and how many of them before the fault where it is clipped.
const WIDEST: usize = 200;
const LEAD: usize = 60;

/// How many characters of a message or a help.
const LONGEST: usize = 2_000;

/// Writes an object with the names that findings refer to by number, and the findings.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Plain(Inert::new(out, Medium::Json));
    let mut names = Names::default();
    for diagnostic in report.listed() {
        names.rules.add(&diagnostic.rule);
        let path = report.locate(diagnostic.primary).project_path();
        names.files.add(path);
        if let Some(owners) = report.owners {
            names.owners.add(owners.of(path));
        }
    }
    let rules = report.rules_by_id();
    let described = names.rules.texts.iter().map(|id| {
        let rule = rules.get(id).map(|(_, rule)| *rule);
        // What a user's rule refers to may be anything.
        let url = rule.and_then(Rule::url);
        let url = url.filter(|url| url.starts_with("https://"));
        let help = rule.map_or("", |rule| documentation(rule).how_to_fix.trim_end());
        json!({"id": clean(id), "url": url, "help": short(help)})
    });
    write!(out, "{{\"rules\":[")?;
    list(described, &mut out)?;
    write!(out, "],\"files\":[")?;
    list(names.files.listed(), &mut out)?;
    write!(out, "],\"owners\":[")?;
    list(names.owners.listed(), &mut out)?;
    write!(out, "],\"findings\":[")?;
    let found = report
        .listed()
        .map(|diagnostic| finding(report, diagnostic, &names));
    list(found, &mut out)?;
    write!(out, "]}}")?;
    out.flush()
}

fn list(items: impl Iterator<Item = Value>, out: &mut dyn Write) -> io::Result<()> {
    for (number, item) in items.enumerate() {
        if number > 0 {
            writeln!(out, ",")?;
        }
        serde_json::to_writer(&mut *out, &item)?;
    }
    Ok(())
}

/// Texts that findings refer to by their numbers.
#[derive(Default)]
struct Names<'a> {
    rules: Numbers<'a>,
    files: Numbers<'a>,
    owners: Numbers<'a>,
}

#[derive(Default)]
struct Numbers<'a> {
    numbers: BTreeMap<&'a str, usize>,
    texts: Vec<&'a str>,
}

impl<'a> Numbers<'a> {
    fn add(&mut self, text: &'a str) {
        if !self.numbers.contains_key(text) {
            self.numbers.insert(text, self.texts.len());
            self.texts.push(text);
        }
    }

    fn listed(&self) -> impl Iterator<Item = Value> + '_ {
        self.texts.iter().map(|text| Value::from(clean(text)))
    }

    fn of(&self, text: &str) -> Value {
        self.numbers
            .get(text)
            .copied()
            .map_or(Value::from(-1), Value::from)
    }
}

/// `[severity, rule, file, owner, line, column, message, help, resource, excerpt, suppressed]`; 0 is nothing, and help that of the rule.
fn finding(report: &Report, diagnostic: &Diagnostic, names: &Names) -> Value {
    let place = report.locate(diagnostic.primary);
    let path = place.project_path();
    let owner = report.owners.map(|owners| names.owners.of(owners.of(path)));
    let or_none = |text: Option<&str>| text.map_or(Value::from(0), short);
    let suppressed = diagnostic.suppressed.as_ref();
    let suppressed = suppressed.map(|by| by.reason.as_deref().unwrap_or("without a reason"));
    json!([
        rank(diagnostic.severity),
        names.rules.of(&diagnostic.rule),
        names.files.of(path),
        owner.unwrap_or(Value::from(-1)),
        place.start.line,
        place.start.column,
        short(&diagnostic.message),
        or_none(diagnostic.help.as_deref()),
        or_none(diagnostic.resource.as_deref()),
        excerpt(&place),
        or_none(suppressed),
    ])
}

fn short(text: &str) -> Value {
    let lines = text.lines().map(clean);
    let lines: Vec<_> = lines.collect();
    Value::from(clipped(&lines.join("\n"), LONGEST).into_owned())
}

/// `[first, text, marked, start, end]`: the number of the first line, the lines, the line at fault and which of its UTF-16 units are.
fn excerpt(place: &Location) -> Value {
    let Some(source) = place.source.filter(|source| !source.text.is_empty()) else {
        return Value::from(0);
    };
    let own = place.start.line;
    let first = own.saturating_sub(AROUND).max(1);
    let count = u32::try_from(source.lines.count()).unwrap_or(u32::MAX);
    let last = place.end.line.saturating_add(AROUND).min(count);
    let last = last.min(first + MOST_LINES - 1).max(own);
    let text = |line: u32| {
        let span = source.lines.span(&source.text, line);
        span.of(&source.text).trim_end_matches(['\n', '\r'])
    };
    let column = place.start.column as usize - 1;
    let skipped = if column > WIDEST - LEAD {
        column - LEAD
    } else {
        0
    };
    let mut lines = Vec::new();
    for line in first..=last {
        let skipped = if line == own { skipped } else { 0 };
        let start = text(line).char_indices().nth(skipped).map(|(at, _)| at);
        let rest = &text(line)[start.unwrap_or(text(line).len())..];
        let rest = clipped(rest, WIDEST);
        let mark = if skipped > 0 { "…" } else { "" };
        lines.push(format!("{mark}{}", clean(&rest)));
    }
    let shown = &lines[(own - first) as usize];
    let lead = usize::from(skipped > 0);
    let start = column - skipped + lead;
    let end = if place.end.line == own {
        (place.end.column as usize - 1).saturating_sub(skipped) + lead
    } else {
        usize::MAX
    };
    let units = |chars: usize| {
        let before = shown.chars().take(chars);
        before.map(char::len_utf16).sum::<usize>()
    };
    json!([first, lines.join("\n"), own, units(start), units(end)])
}

/// Writes by their numbers what HTML could read in a text of JSON.
struct Plain<W: Write>(W);

impl<W: Write> Write for Plain<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| b"<>&".contains(byte)) {
            self.0.write_all(&rest[..at])?;
            write!(self.0, "\\u{:04x}", rest[at])?;
            rest = &rest[at + 1..];
        }
        self.0.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element_that_holds_it() {
        let mut out = Vec::new();
        let mut plain = Plain(&mut out);
        let value = json!("</script><!-- &amp;");
        serde_json::to_writer(&mut plain, &value).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}

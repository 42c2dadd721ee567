//! The report for an audit: one page that needs no other file and no network, with counts by severity, rule, folder and owner, and a table of all findings
//! that is filtered and sorted where it is read.
//!
//! Findings are data of the page, one array each, so that a hundred thousand are written one at a time; the page's script draws a hundred of them. What comes
//! of files is text there: it is escaped, no markup is made of it, and the page's policy admits no script and no style but its own, and no address.

mod counts;
mod data;

use std::io::{self, Write};

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::Report;
use super::summary::{left_out, summary};
use crate::inert::{Inert, Medium, clean};
use crate::report::html::counts::{Counts, Row};

/// What the page looks like.
const STYLE: &str = include_str!("page.css");

/// What filters, sorts and draws the table.
const SCRIPT: &str = include_str!("page.js");

/// How many rows a chart has.
const MOST_ROWS: usize = 100;

/// Writes the page.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let counts = Counts::of(report);
    let mut page = Inert::new(&mut *out, Medium::Xml);
    head(report, &mut page)?;
    writeln!(page, "<section class=\"charts\" aria-label=\"Counts\">")?;
    chart("By severity", "severity", &counts.severities, &mut page)?;
    chart("By rule", "rule", &counts.rules, &mut page)?;
    chart("By folder", "folder", &counts.folders, &mut page)?;
    if report.owners.is_some() {
        chart("By owner", "owner", &counts.owners, &mut page)?;
    }
    writeln!(page, "</section>")?;
    table(report, &mut page)?;
    write!(page, "<script type=\"application/json\" id=\"data\">")?;
    page.flush()?;
    drop(page);
    data::write(report, out)?;
    let mut page = Inert::new(out, Medium::Xml);
    writeln!(page, "</script>")?;
    // Ours, and known to be harmless: its bytes are those that the policy names.
    write!(page, "<script>")?;
    page.flush()?;
    let out = page.into_inner();
    out.write_all(SCRIPT.as_bytes())?;
    writeln!(out, "</script>\n</body>\n</html>")
}

/// The hash by which a policy admits a script or a style.
fn hash(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    format!("'sha256-{}'", BASE64.encode(&hash))
}

fn head(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let summary = text(&summary(report));
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>hullmark: {summary}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#findings-title\">Skip to the findings</a>\n\
         <header>\n<h1>hullmark</h1>\n<p>{summary}</p>\n\
         <button type=\"button\" class=\"button\" id=\"theme\" data-script hidden>Light or dark</button>\n\
         </header>\n<main>\n"
    )?;
    match left_out(report) {
        Some(line) => writeln!(out, "<p>{}</p>", text(&line)),
        None => Ok(()),
    }
}

/// Bars with their numbers; each is a filter of the table.
fn chart(title: &str, key: &str, rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "<section class=\"chart\" aria-labelledby=\"chart-{key}\">\n<h2 id=\"chart-{key}\">{title}</h2>\n<ol>\n"
    )?;
    let most = rows.iter().map(Row::total).max().unwrap_or(1).max(1);
    for row in rows.iter().take(MOST_ROWS) {
        bar(key, row, most, out)?;
    }
    writeln!(out, "</ol>")?;
    match rows.len().saturating_sub(MOST_ROWS) {
        _ if rows.is_empty() => writeln!(out, "<p>nothing</p>")?,
        0 => {}
        more => writeln!(out, "<p>and {more} more</p>")?,
    }
    writeln!(out, "</section>")
}

fn bar(key: &str, row: &Row, most: usize, out: &mut dyn Write) -> io::Result<()> {
    let name = text(row.name);
    let shown = if row.name.is_empty() {
        "nobody"
    } else {
        name.as_str()
    };
    let title = match row.title {
        "" => shown.to_owned(),
        title => format!("{shown}: {}", text(title)),
    };
    write!(
        out,
        "<li><button type=\"button\" data-key=\"{key}\" data-value=\"{name}\" aria-pressed=\"false\">\
         <span class=\"name\" title=\"{title}\">{shown}</span>\
         <svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    )?;
    let mut before = 0;
    for (count, style) in row.counts.iter().zip(["error", "warning", "info"]) {
        let width = count * 1000 / most;
        if *count > 0 {
            let width = width.max(2);
            write!(
                out,
                "<rect class=\"{style}\" x=\"{before}\" width=\"{width}\" height=\"10\"/>"
            )?;
            before += width;
        }
    }
    writeln!(
        out,
        "</svg><span class=\"number\">{}<span class=\"unseen\"> findings</span></span></button></li>",
        row.total()
    )
}

/// The table without its rows, and what filters it.
fn table(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let has_owners = report.owners.is_some();
    let select = |key: &str, label: &str| {
        format!(
            "<label>{label}<select id=\"by-{key}\"><option value=\"\">all</option></select></label>\n"
        )
    };
    let column = |key: &str, label: &str| {
        format!(
            "<th scope=\"col\" role=\"columnheader\" aria-sort=\"none\"><button type=\"button\" data-sort=\"{key}\">{label}</button></th>"
        )
    };
    let (owner, owner_column) = if has_owners {
        (select("owner", "Owner"), column("owner", "Owner"))
    } else {
        (String::new(), String::new())
    };
    write!(
        out,
        "<section id=\"findings\" aria-labelledby=\"findings-title\">\n\
         <h2 id=\"findings-title\" tabindex=\"-1\">Findings</h2>\n\
         <noscript><p>The table needs JavaScript, which the page brings along; the counts above do not.</p></noscript>\n\
         <form id=\"filter\" role=\"search\" aria-label=\"Filter\" data-script hidden>\n\
         <label>Search<input type=\"search\" id=\"words\" autocomplete=\"off\"></label>\n{}{}{}{owner}\
         <button type=\"reset\" class=\"button\">Show all</button>\n</form>\n\
         <p id=\"count\" role=\"status\"></p>\n\
         <table role=\"table\"><caption class=\"unseen\">Findings; the buttons in the header sort them</caption>\n\
         <thead role=\"rowgroup\"><tr role=\"row\">{}{}{}{}{owner_column}</tr></thead>\n\
         <tbody id=\"rows\" role=\"rowgroup\"></tbody></table>\n\
         <nav aria-label=\"Pages\" data-script hidden>\n\
         <button type=\"button\" class=\"button\" id=\"back\">Back</button>\n\
         <span id=\"page\"></span>\n\
         <button type=\"button\" class=\"button\" id=\"next\">Next</button>\n\
         </nav>\n</section>\n</main>\n",
        select("severity", "Severity"),
        select("rule", "Rule"),
        select("folder", "Folder"),
        column("severity", "Severity"),
        column("place", "Place"),
        column("rule", "Rule"),
        column("message", "Message"),
    )
}

/// A text as it is: what HTML would read is written by its number.
fn text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_markup() {
        assert_eq!(
            text("<b a='x' c=\"y\">&\u{1b}"),
            "&lt;b a=&#39;x&#39; c=&quot;y&quot;&gt;&amp;\u{241b}"
        );
    }

    /// What the policy names is what the page has between its tags; neither can end before its end.
    #[test]
    fn the_page_holds_its_own_script_and_style_unchanged() {
        for (own, end) in [(STYLE, "</style"), (SCRIPT, "</script")] {
            assert!(!own.contains(end) && !own.contains("<!--"));
            let mut shown = Vec::new();
            let mut inert = Inert::new(&mut shown, Medium::Xml);
            inert.write_all(own.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(shown).unwrap(), own);
        }
    }
}

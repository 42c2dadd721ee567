//! Suppressions in templates of charts: `{{/* hullmark: ignore[rule] */}}`. Comments of YAML in them are part of what is rendered.

use crate::evaluate::suppress::comment::native;
use crate::evaluate::suppress::marker::Asked;
use crate::evaluate::suppress::{MOST, Suppression};
use crate::sources::Source;
use crate::span::Span;

/// Finds the comments of a template that suppress something.
pub fn find_in_template(source: &Source) -> Vec<Suppression> {
    let text = source.text.as_str();
    let mut found = Vec::new();
    for (open, _) in text.match_indices("/*").take(MOST) {
        let before = text[..open].trim_end_matches([' ', '\t']);
        let Some(before) = before
            .strip_suffix("{{-")
            .or_else(|| before.strip_suffix("{{"))
        else {
            continue;
        };
        let start = open + 2;
        let end = text[start..]
            .find("*/")
            .map_or(text.len(), |end| start + end);
        let body = &text[start..end];
        let from = start + (body.len() - body.trim_start().len());
        let Some(marker) = native(body.trim(), from) else {
            continue;
        };
        let covers = match marker.asked {
            Asked::File => None,
            _ => Some(covered(source, before, end)),
        };
        found.push(Suppression {
            covers,
            is_near: marker.asked == Asked::Near,
            span: marker.span,
            rules: marker.rules,
            until: marker.until,
            reason: marker.reason,
            is_native: marker.is_native,
            fault: marker.fault,
        });
    }
    found
}

/// The line of a comment, or if it has one of its own the next line and those that are indented below it.
fn covered(source: &Source, before: &str, end: usize) -> Span {
    let text = source.text.as_str();
    let lines = &source.lines;
    let own = lines.line(narrow(before.len()));
    let is_alone = text[lines.span(text, own).range()]
        .trim_start()
        .starts_with("{{")
        && before.trim_end_matches([' ', '\t']).ends_with('\n')
        || before.trim().is_empty();
    if !is_alone {
        return lines.span(text, own);
    }
    let last = u32::try_from(lines.count()).unwrap_or(u32::MAX);
    let line_of = |line: u32| lines.span(text, line);
    let mut rest = lines.line(narrow(end)) + 1..=last;
    let Some(first) = rest.find(|line| !line_of(*line).of(text).trim().is_empty()) else {
        return lines.span(text, own);
    };
    let indent = |line: u32| {
        let text = line_of(line).of(text);
        text.len() - text.trim_start().len()
    };
    let depth = indent(first);
    let mut covered = line_of(first);
    for line in rest {
        let is_blank = line_of(line).of(text).trim().is_empty();
        if !is_blank && indent(line) <= depth {
            break;
        }
        covered = covered.to(line_of(line));
    }
    covered
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Kind;
    use crate::span::FileId;

    #[test]
    fn a_comment_covers_its_line_or_the_block_below() {
        let text = "a: 1\n{{- /* hullmark: ignore[x/y] -- why */}}\nb:\n  c: 1\n\n  d: 2\ne: {{ f }} {{/* hullmark: ignore[x/z] */}}\n{{/* other */}}\n";
        let source = Source::new(FileId::new(1), "t.yaml", Kind::Kubernetes, text);
        let found = find_in_template(&source);
        let covered = |index: usize| found[index].covers.unwrap().of(text);
        assert_eq!(found.len(), 2);
        assert_eq!(covered(0), "b:\n  c: 1\n\n  d: 2\n");
        assert_eq!(found[0].reason.as_deref(), Some("why"));
        assert!(covered(1).starts_with("e: {{ f }}"));
    }
}

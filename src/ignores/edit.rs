//! Comments put into a text.

use std::collections::{BTreeMap, BTreeSet};

use crate::ignores::Terms;
use crate::sources::Source;

/// Where a comment goes; lines count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// On a line of its own above this one, for the whole file.
    File(u32),
    /// On a line of its own above this one.
    Above(u32),
    /// Behind what is on this line.
    Beside(u32),
}

impl Place {
    pub(super) fn is_for_file(self) -> bool {
        matches!(self, Self::File(_))
    }
}

/// How comments are written into a file.
pub(super) struct Edits<'a> {
    pub(super) source: &'a Source,
    pub(super) is_template: bool,
    /// The first line above which a comment may be.
    pub(super) first_line: u32,
}

/// A text with comments.
pub(super) struct Written {
    pub(super) text: String,
    /// The first byte of each in the text without them, and how many bytes it has; ascending.
    inserted: Vec<Inserted>,
}

struct Inserted {
    at: u32,
    text: String,
    /// Whether what was at the byte is behind it.
    is_line: bool,
}

impl Written {
    /// Where what was at a byte is now.
    pub(super) fn moved(&self, at: u32) -> u32 {
        let before = self.inserted.iter();
        let before = before.take_while(|one| one.at < at || one.at == at && one.is_line);
        let length: usize = before.map(|one| one.text.len()).sum();
        at.saturating_add(u32::try_from(length).unwrap_or(u32::MAX))
    }
}

impl Edits<'_> {
    /// The text with a comment at each place that names these rules.
    pub(super) fn write(
        &self,
        comments: &BTreeMap<Place, BTreeSet<&str>>,
        terms: &Terms,
    ) -> Written {
        let inserted = comments.iter().map(|(place, rules)| match place {
            Place::File(line) => self.line(*line, &said("ignore-file", rules, terms), true),
            Place::Above(line) => self.line(*line, &said("ignore", rules, terms), false),
            Place::Beside(line) => self.beside(*line, &said("ignore", rules, terms)),
        });
        let mut inserted: Vec<Inserted> = inserted.collect();
        inserted.sort_by_key(|one| (one.at, !one.is_line));
        let old = self.source.text.as_str();
        let mut text = String::with_capacity(old.len() + 128 * inserted.len());
        let mut done = 0;
        for one in &inserted {
            let at = one.at as usize;
            text.push_str(&old[done..at]);
            text.push_str(&one.text);
            done = at;
        }
        text.push_str(&old[done..]);
        Written { text, inserted }
    }

    /// A line of its own above another one, and above what other programs read of the line that follows it.
    fn line(&self, line: u32, said: &str, is_for_file: bool) -> Inserted {
        let own = self.text(line);
        let indent = &own[..own.len() - own.trim_start().len()];
        let end = self.line_end(line);
        let text = match (self.is_template, is_for_file) {
            // What the mark takes away before the comment is the end of the line above, which the comment's own line gives back.
            (true, false) => format!("{indent}{{{{- /* {said} */}}}}{end}"),
            (true, true) => format!("{{{{/* {said} */ -}}}}{end}"),
            (false, _) => format!("{indent}# {said}{end}"),
        };
        let mut above = line;
        while !self.is_template && above > self.first_line && is_directive(self.text(above - 1)) {
            above -= 1;
        }
        let span = self.source.lines.span(&self.source.text, above);
        Inserted {
            at: span.start,
            text,
            is_line: true,
        }
    }

    /// A comment behind a line's text.
    fn beside(&self, line: u32, said: &str) -> Inserted {
        let span = self.source.lines.span(&self.source.text, line);
        let end = self.text(line).trim_end().len();
        let text = if self.is_template {
            // The mark takes the space before it away.
            format!(" {{{{- /* {said} */}}}}")
        } else {
            format!("  # {said}")
        };
        Inserted {
            at: span.start + u32::try_from(end).unwrap_or(0),
            text,
            is_line: false,
        }
    }

    fn text(&self, line: u32) -> &str {
        let text = &self.source.text;
        let span = self.source.lines.span(text, line);
        span.of(text).trim_end_matches(['\n', '\r'])
    }

    /// How a line ends, or the one above it if it is the last.
    fn line_end(&self, line: u32) -> &str {
        let text = &self.source.text;
        let whole = self.source.lines.span(text, line).of(text);
        let end = &whole[whole.trim_end_matches(['\n', '\r']).len()..];
        match end {
            "" if line > 1 => self.line_end(line - 1),
            "" => "\n",
            end => end,
        }
    }
}

/// Whether a line is a comment that a program reads together with what follows: `# renovate: …`, `# hadolint ignore=…`, `# -- …`.
fn is_directive(line: &str) -> bool {
    let Some(body) = line.trim_start().strip_prefix('#') else {
        return false;
    };
    let body = body.trim_start_matches('#').trim_start();
    let mut words = body.split_whitespace();
    let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else {
        return false;
    };
    let name = first.split([':', '=']).next().unwrap_or_default();
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte)
        });
    let is_asked = |word: &str| {
        ["ignore", "disable", "skip"]
            .iter()
            .any(|asked| word.starts_with(asked))
    };
    first == "--"
        || first.starts_with('@')
        || is_name && (name.len() < first.len() || name.ends_with("-ignore") || is_asked(second))
}

/// `hullmark: ignore[rule, rule] until=2027-01-31 -- reason`
fn said(keyword: &str, rules: &BTreeSet<&str>, terms: &Terms) -> String {
    let rules: Vec<&str> = rules.iter().copied().collect();
    let mut said = format!("hullmark: {keyword}[{}]", rules.join(", "));
    if let Some(until) = terms.until {
        said += &format!(" until={until}");
    }
    if let Some(reason) = &terms.reason {
        said += &format!(" -- {reason}");
    }
    said
}

#[cfg(test)]
mod tests {
    use super::is_directive;

    #[test]
    fn comments_for_programs_are_told_from_those_for_people() {
        for yes in [
            "# renovate: datasource=docker",
            "  # hadolint ignore=DL3008",
            "# shellcheck disable=SC2086",
            "# prettier-ignore",
            "# -- The image.",
            "# @schema",
            "#checkov:skip=CKV_DOCKER_2",
        ] {
            assert!(is_directive(yes), "{yes}");
        }
        for no in [
            "# Install git.",
            "# install git",
            "RUN x",
            "#",
            "# Note: this",
            "# a b: c",
        ] {
            assert!(!is_directive(no), "{no}");
        }
    }
}

//! Comments that set findings aside, ours and the peers', and what becomes of them.

mod annotation;
mod comment;
mod peer;
mod scope;

use std::str::FromStr;

use rustc_hash::FxHashMap;

use crate::evaluate::location;
use crate::evaluate::suppress::scope::Layout;
use crate::finding::{Finding, Suppressed};
use crate::model::Facts;
use crate::model::place::TextPlace;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::parse::Parsed;
use crate::rules::select::names_alias;
use crate::rules::{Catalogue, Rule};
use crate::sources::Source;
use crate::span::Span;

/// How many comments of a file are read. A person writes a few; more are written to make us slow.
const MOST: usize = 4_000;

/// A day, as `until=` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Since year 0.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no day of the form YYYY-MM-DD");
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else {
            return Err(wrong());
        };
        let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (year.len(), month.len(), day.len()) != (4, 2, 2)
            || !parts.iter().all(|part| is_plain(part))
        {
            return Err(wrong());
        }
        let date = Self {
            year: year.parse().map_err(|_| wrong())?,
            month: month.parse().map_err(|_| wrong())?,
            day: day.parse().map_err(|_| wrong())?,
        };
        let fits = (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
        if fits { Ok(date) } else { Err(wrong()) }
    }
}

/// A comment, or an annotation, that sets findings aside.
#[derive(Debug)]
pub struct Suppression {
    /// Its bytes.
    span: Span,
    /// The rules that it names.
    rules: Vec<Named>,
    /// The last day on which it counts, and where that is said.
    until: Option<(Date, Span)>,
    /// What follows ` -- `.
    reason: Option<String>,
    /// Where it counts; the whole file if absent.
    covers: Option<Span>,
    /// Whether it is written our way: a peer's comment answers to the peer for what it does not do.
    is_ours: bool,
    /// What is wrong with how it is written.
    fault: Option<String>,
}

/// A rule as a comment names it.
#[derive(Debug)]
struct Named {
    /// As written, or `peer:ID` where a peer's comment says only the id; `peer:*` stands for all of a peer's.
    text: String,
    /// Its bytes.
    span: Span,
    /// Whether it set anything aside.
    is_used: bool,
}

impl Suppression {
    fn is_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|(until, _)| until < today)
    }

    fn covers(&self, offset: u32) -> bool {
        self.covers.is_none_or(|span| span.holds(offset))
    }
}

/// Finds the comments of a file.
pub fn find(source: &Source, parsed: &Parsed) -> Vec<Suppression> {
    let mut found = Vec::new();
    let mut layout = None;
    for marker in comment::markers(source).take(MOST) {
        let layout = layout.get_or_insert_with(|| Layout::of(source, parsed));
        found.push(Suppression {
            covers: layout.covers(&marker),
            span: marker.span,
            rules: marker.rules,
            until: marker.until,
            reason: marker.reason,
            is_ours: marker.is_ours,
            fault: marker.fault,
        });
    }
    annotation::find(source, parsed, &mut found);
    found
}

/// Marks the findings of a file that its comments set aside, and notes in each comment what it did.
pub fn apply(
    source: &Source,
    suppressions: &mut [Suppression],
    findings: &mut [Finding],
    today: Date,
) {
    if suppressions.is_empty() {
        return;
    }
    let mut by_text: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
    for (number, suppression) in suppressions.iter().enumerate() {
        if suppression.is_expired(today) {
            continue;
        }
        for (index, named) in suppression.rules.iter().enumerate() {
            by_text
                .entry(named.text.clone())
                .or_default()
                .push((number, index));
        }
    }
    for finding in findings {
        let offset = finding.location.span.start;
        for text in answers(finding) {
            let Some(candidates) = by_text.get(&text) else {
                continue;
            };
            for (number, index) in candidates {
                let suppression = &mut suppressions[*number];
                if !suppression.covers(offset) {
                    continue;
                }
                suppression.rules[*index].is_used = true;
                if finding.suppressed.is_none() {
                    finding.suppressed = Some(Suppressed {
                        location: location(source, suppression.span),
                        reason: suppression.reason.clone(),
                    });
                }
            }
        }
    }
}

/// Every text by which a comment may name the finding.
fn answers(finding: &Finding) -> Vec<String> {
    let domain = finding.rule.split('/').next().unwrap_or_default();
    let mut texts = vec![
        finding.rule.to_string(),
        domain.to_owned(),
        format!("{domain}/*"),
        "ALL".to_owned(),
    ];
    for alias in &finding.aliases {
        texts.push(alias.to_string());
        if let Some((peer, id)) = alias.split_once(':') {
            texts.push(id.to_owned());
            texts.push(format!("{peer}:*"));
        }
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The rows of the table `suppressions`; a rule that is not `active` in this run is not called unused.
pub fn rows(
    facts: &mut Facts,
    suppressions: &[Suppression],
    catalogue: &Catalogue,
    active: &[&Rule],
    today: Date,
) {
    for suppression in suppressions
        .iter()
        .filter(|suppression| suppression.is_ours)
    {
        let is_expired = suppression.is_expired(today);
        let names: Vec<&str> = suppression
            .rules
            .iter()
            .map(|named| named.text.as_str())
            .collect();
        let mut place = TextPlace::new(
            suppression.span,
            format!("suppression[{}]", names.join(",")),
        );
        let (mut unused, mut unknown) = (Vec::new(), Vec::new());
        for (index, named) in suppression.rules.iter().enumerate() {
            let field = format!("rules.{index}");
            let row = || {
                let row = Row::default().text("name", &named.text);
                row.text("field", &field).done()
            };
            if !catalogue
                .rules
                .iter()
                .any(|rule| is_named(&named.text, rule))
            {
                unknown.push(row());
            } else if !named.is_used
                && !is_expired
                && active.iter().any(|rule| is_named(&named.text, rule))
            {
                unused.push(row());
            }
            place = place.field(field, named.span);
        }
        let until = suppression
            .until
            .map(|(date, _)| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
        if let Some((_, span)) = suppression.until {
            place = place.field("until", span);
        }
        let at = facts.text(place);
        facts.push(
            Table::Suppressions,
            Row::at(at)
                .texts("rules", names)
                .maybe_text("until", until.as_deref())
                .flag("is_expired", is_expired)
                .flag("is_file", suppression.covers.is_none())
                .maybe_text("reason", suppression.reason.as_deref())
                .list("unused", unused)
                .list("unknown", unknown)
                .maybe_text("fault", suppression.fault.as_deref()),
        );
    }
}

/// Whether a comment's text names the rule: its id, its domain, `ALL` or a peer's id.
fn is_named(text: &str, rule: &Rule) -> bool {
    text == rule.id
        || text == "ALL"
        || text.strip_suffix("/*").unwrap_or(text) == rule.domain()
        || rule.aliases.iter().any(|alias| names_alias(text, alias))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::parse;
    use crate::sources::Kind;
    use crate::span::Lines;
    use std::sync::Arc;

    const TODAY: Date = Date {
        year: 2026,
        month: 11,
        day: 23,
    };

    /// Which of the `<` marks in a text are set aside for a finding of `image/latest-tag` known as `hadolint:DL3007`.
    fn set_aside(kind: Kind, marked: &str) -> Vec<bool> {
        aside(kind, marked, "none")
    }

    /// The same, with `two` standing for `<<`.
    fn aside(kind: Kind, marked: &str, two: &str) -> Vec<bool> {
        let text = marked.replace('<', "").replace(two, "<<");
        let source = Source {
            path: Arc::from("x"),
            kind,
            lines: Lines::of(&text),
            text,
        };
        let mut findings: Vec<Finding> = marked
            .match_indices('<')
            .enumerate()
            .map(|(nth, (at, _))| Finding {
                rule: Arc::from("image/latest-tag"),
                severity: Severity::Error,
                message: String::new(),
                aliases: vec![
                    Arc::from("hadolint:DL3007"),
                    Arc::from("shellcheck:SC2086"),
                    Arc::from("zizmor:x"),
                    Arc::from("checkov:X"),
                ],
                location: location(&source, Span::new(at - nth, at - nth + 1)),
                resource: None,
                place: String::new(),
                related: Vec::new(),
                fix: Vec::new(),
                fingerprint: String::new(),
                suppressed: None,
            })
            .collect();
        let parsed = parse::parse(&source);
        let mut suppressions = find(&source, &parsed);
        apply(&source, &mut suppressions, &mut findings, TODAY);
        findings
            .iter()
            .map(|finding| finding.suppressed.is_some())
            .collect()
    }

    #[test]
    fn in_yaml_a_comment_covers_its_line_or_the_node_below() {
        let yaml = |text: &str| set_aside(Kind::Workflow, text);
        assert_eq!(
            yaml("a: <x # hullmark: ignore[image/latest-tag]\nb: <y\n"),
            [true, false]
        );
        let below = "# hullmark: ignore[image]\n# why\na:\n  b: <x\n  c: <y\nd: <z\n";
        assert_eq!(yaml(below), [true, true, false]);
        let item = "l:\n  # hullmark: ignore[DL3007]\n  - a: <x\n    b: <y\n  - a: <z\n";
        assert_eq!(yaml(item), [true, true, false]);
        assert_eq!(
            yaml("a: <x\n# hullmark: ignore-file[image/*] -- r\nb: <y\n"),
            [true, true]
        );
        assert_eq!(yaml("# hullmark: ignore[shell]\na: <x\n"), [false]);
        assert_eq!(
            yaml("# hullmark: ignore[ALL]\n---\na: <x\nb: <y\n---\na: <z\n"),
            [true, true, false]
        );
        assert_eq!(yaml("a: <x # zizmor: ignore[y, x] why\n"), [true]);
    }

    #[test]
    fn in_a_script_a_comment_covers_the_next_command() {
        let yaml = |text: &str| set_aside(Kind::Workflow, text);
        let script = "run: |\n  <a\n  # hullmark: ignore[image]\n  <b \\\n    <c\n  <d\nx: <e\n";
        assert_eq!(yaml(script), [false, true, true, false, false]);
        let header = "run: | # hullmark: ignore[image]\n  <a\n  <b\nx: <c\n";
        assert_eq!(yaml(header), [true, true, false]);
        let first = "run: |\n  # shellcheck disable=SC2086\n  <a\n  <b\nx: <c\n";
        assert_eq!(yaml(first), [true, true, false]);
        let later = "run: |\n  <a\n  # shellcheck disable=SC2086\n  <b\n  <c\n";
        assert_eq!(yaml(later), [false, true, false]);
    }

    #[test]
    fn in_a_dockerfile_a_comment_covers_the_instruction_below_or_the_next_continued_line() {
        let dockerfile = |text: &str| set_aside(Kind::Dockerfile, text);
        let below = "<FROM a\n# hullmark: ignore[image]\n\nRUN <a \\\n  <b\nRUN <c\n";
        assert_eq!(dockerfile(below), [false, true, true, false]);
        let between = "RUN <a \\\n  # hullmark: ignore[image]\n  <b && \\\n  <c\n";
        assert_eq!(dockerfile(between), [false, true, false]);
        let heredoc = "# hadolint ignore=DL3007\nRUN cat @@EOF\n<a\nEOF\nRUN <c\n";
        assert_eq!(aside(Kind::Dockerfile, heredoc, "@@"), [true, false]);
        assert_eq!(
            dockerfile("<FROM a\n# hadolint global ignore=DL3007\n"),
            [true]
        );
        let stage = "<FROM a\n# hadolint stage ignore=DL3007\nFROM b\nRUN <x\nFROM <c\n";
        assert_eq!(dockerfile(stage), [false, true, false]);
        assert_eq!(dockerfile("RUN <a\n# hullmark: ignore[image]"), [false]);
    }

    #[test]
    fn a_comment_counts_through_its_last_day() {
        let yaml = |text: &str| set_aside(Kind::Workflow, text);
        assert_eq!(
            yaml("a: <x # hullmark: ignore[image] until=2026-11-23 -- r\n"),
            [true]
        );
        assert_eq!(
            yaml("a: <x # hullmark: ignore[image] until=2026-11-22 -- r\n"),
            [false]
        );
    }

    #[test]
    fn annotations_cover_their_object() {
        let object = |annotation: &str| {
            let text =
                format!("metadata:\n  annotations:\n    {annotation}\nspec: <a\n---\nspec: <b\n");
            set_aside(Kind::Kubernetes, &text)
        };
        assert_eq!(object("checkov.io/skip1: X=why"), [true, false]);
        assert_eq!(object("checkov.io/skip1: Y"), [false, false]);
        assert_eq!(object("kube-linter.io/ignore-all: why"), [false, false]);
    }
}

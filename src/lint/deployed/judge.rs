//! Judges rendered texts, and places what is found in the files that they come from.

use std::sync::Arc;

use crate::deployed::blame::{Blame, Pick, blame};
use crate::deployed::{Files, Rendering};
use crate::diagnostic::{Diagnostic, Diagnostics, Holder, Label};
use crate::evaluate::Scope;
use crate::lint::analysis::FileAnalysis;
use crate::lint::batch::{Batch, Member};
use crate::lint::{BATCH, Linter, Pass};
use crate::sources::source_map::{Mark, Origin, SourceMap};
use crate::sources::{Kind, Source};
use crate::span::{FileId, FileSpan, Span};

/// A rendered text that is to be judged.
pub(super) struct Case {
    pub(super) rendering: Rendering,
    /// The chart or kustomization, for messages of rules that fail.
    pub(super) path: Arc<str>,
    /// Whether all that belongs to it is there, so that what is not there is missing.
    pub(super) is_whole: bool,
}

/// What was found in a rendered text.
pub(super) struct Judged {
    pub(super) diagnostics: Diagnostics,
    /// The objects in it, as diagnostics name them.
    pub(super) objects: Vec<Arc<str>>,
}

/// What places are called.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// Where the value was put into.
    pub(super) put_in: &'static str,
    /// Where a template is called.
    pub(super) called: &'static str,
    /// Where something was left out.
    pub(super) left_out: &'static str,
}

impl Linter<'_> {
    /// Judges texts; gives what was found in each, with places in `files`.
    pub(super) fn judge(
        &self,
        pass: &Pass,
        cases: &[Case],
        files: &Files,
        words: Words,
    ) -> Vec<Judged> {
        let mut found = Vec::with_capacity(cases.len());
        let mut rest = cases;
        while !rest.is_empty() {
            let mut bytes = 0;
            let mut count = 0;
            while count < rest.len() && bytes < BATCH {
                bytes += rest[count].rendering.text.len();
                count += 1;
            }
            let (batch, after) = rest.split_at(count);
            found.extend(self.judge_batch(pass, batch));
            rest = after;
        }
        for (case, judged) in cases.iter().zip(&mut found) {
            let raw = std::mem::take(&mut judged.diagnostics).into_iter();
            let placed = raw.filter_map(|found| place(found, case, files, words));
            judged.diagnostics = placed.collect();
        }
        found
    }

    fn judge_batch(&self, pass: &Pass, cases: &[Case]) -> Vec<Judged> {
        let recipe = self.recipe(pass);
        let analyses = (0..).zip(cases).map(|(number, case)| {
            let text = case.rendering.text.as_str();
            // Rules join rows by paths, and renderings of one chart have nothing to do with one another.
            let path = Arc::from(format!("{}#{number}", case.path));
            let source = Source::new(FileId::new(number), path, Kind::Kubernetes, text);
            let source = source.in_project(Some(Arc::clone(&case.path)));
            let origin = Origin::Rendered(Arc::clone(&case.rendering.map));
            FileAnalysis::of(Arc::new(source.with_origin(origin)), None, &recipe)
        });
        let analyses: Vec<FileAnalysis> = analyses.collect();
        let members = analyses
            .iter()
            .map(|analysis| Member::Whole(analysis.document()));
        let batch = Batch::new(self.options.catalogue, members.collect());
        let mut found = batch.run(&self.stages.file, Scope::Files);
        for ((analysis, found), case) in analyses.iter().zip(&mut found).zip(cases) {
            if case.is_whole && analysis.has_rows(self.stages.project.tables) {
                let members = vec![Member::Whole(analysis.document())];
                let alone = Batch::new(self.options.catalogue, members);
                let together = alone.run(&self.stages.project, Scope::Project);
                found.extend(together.into_iter().flatten());
            }
            let mut suppressions = analysis.suppressions.clone();
            let file = analysis.source.id();
            self.suppress(file, &mut suppressions, found);
        }
        let judged = analyses
            .iter()
            .zip(found)
            .map(|(analysis, diagnostics)| Judged {
                diagnostics,
                objects: analysis.objects(),
            });
        judged.collect()
    }
}

/// The same diagnostic at its places in files; `None` if its text comes from none.
fn place(
    mut found: Box<Diagnostic>,
    case: &Case,
    files: &Files,
    words: Words,
) -> Option<Box<Diagnostic>> {
    let map: &SourceMap = &case.rendering.map;
    let text = case.rendering.text.as_str();
    let at =
        |span: Span, holder: Option<&Holder>, pick| blame(map, text, span, holder, pick, files);
    if is_unfinished(&found, map, text, files) {
        return None;
    }
    let pick = if found.rule.starts_with("image/") {
        Pick::Last
    } else {
        Pick::First
    };
    let culprit = {
        let holder = found.holder.as_deref();
        at(culprit_of(&found, text), holder, pick)?
    };
    found.primary = culprit.primary;
    let others = std::mem::take(&mut found.related).into_iter();
    let others = others.filter_map(|label| {
        // More of what is at fault is decided where that is.
        let pick = match label.message.as_str() {
            "and this one" => Pick::First,
            _ => Pick::Text,
        };
        let at = at(label.at.span, None, pick)?.primary;
        let message = label.message;
        Some(Label { at, message })
    });
    let mut related: Vec<Label> = others.collect();
    related.extend(ways(&culprit, words));
    related.retain(|label| label.at != found.primary && label.at != FileSpan::default());
    related.dedup();
    found.related = related;
    if let Some(part) = &mut found.part {
        // It tells containers apart; whose name it is does not matter.
        let subject = at(part.subject.span, None, Pick::Text);
        part.subject = subject.map_or(found.primary, |subject| subject.primary);
    }
    if let Some(suppressed) = &mut found.suppressed {
        let by = at(suppressed.at.span, None, Pick::Text);
        suppressed.at = by.map_or(found.primary, |by| by.primary);
    }
    Some(found)
}

/// The rules about a field that is not one there, whatever its value is.
const OF_KEYS: &[&str] = &["kubernetes/misplaced-field", "kubernetes/unknown-field"];

/// The bytes that are at fault: of a field that is not one there its key, where that has a scalar value.
fn culprit_of(found: &Diagnostic, text: &str) -> Span {
    let span = found.primary.span;
    let own = span.of(text);
    let key = own.split(": ").next().map_or(0, str::len);
    if found.holder.is_some() || !OF_KEYS.contains(&&*found.rule) || key == own.len() {
        return span;
    }
    Span {
        end: span.start + u32::try_from(key).unwrap_or(0),
        ..span
    }
}

/// The rules about a text as a whole, of which nothing may be left out.
const OF_WHOLE: &[&str] = &[
    "image/invalid-reference",
    "kubernetes/empty-image",
    "kubernetes/invalid-label",
    "kubernetes/invalid-name",
];

/// The rule about objects that lack a list which they need.
const SPECIFICATION: &str = "kubernetes/invalid-specification";

/// Whether a part of what is at fault is an empty value or a missing one, which whoever installs the chart sets: a repository, a name, hosts.
fn is_unfinished(found: &Diagnostic, map: &SourceMap, text: &str, files: &Files) -> bool {
    let is_known = |mark: &Mark| mark.is_unknown || mark.value.is_some() || mark.path.is_some();
    if &*found.rule == SPECIFICATION {
        let within = found.holder.as_ref().map(|holder| holder.within);
        let marks = map.marks_in(within.unwrap_or(found.primary.span));
        return marks.iter().any(is_known);
    }
    let is_printed = |mark: &Mark| {
        let text = mark.template.and_then(|at| {
            let file = files.get(at.file)?;
            file.text.get(at.span.range())
        });
        let action = text.and_then(|text| text.strip_prefix("{{"));
        let action = action.map(|action| action.trim_start_matches('-').trim_start());
        let word = action.and_then(|action| action.split_whitespace().next());
        word.is_some_and(|word| !matches!(word, "if" | "with" | "range" | "else" | "end"))
    };
    OF_WHOLE.contains(&&*found.rule) && {
        let span = found.primary.span;
        // The value of `image: ` stands behind the blank.
        let rest = text.get(span.end as usize..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        let end = span.end + u32::try_from(blank).unwrap_or(0);
        let mut marks = map.marks_in(Span { end, ..span }).iter();
        marks.any(|mark| is_known(mark) && is_printed(mark))
    }
}

/// Where a value was put in, and the calls that led there.
fn ways(culprit: &Blame, words: Words) -> impl Iterator<Item = Label> {
    let message = if culprit.is_taken_away {
        words.left_out
    } else {
        words.put_in
    };
    let put_in = culprit.put_in.map(|at| Label {
        at,
        message: message.to_owned(),
    });
    let calls = culprit.calls.iter().map(|at| Label {
        at: *at,
        message: words.called.to_owned(),
    });
    put_in.into_iter().chain(calls)
}

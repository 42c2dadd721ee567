//! A chart: what is found with any of its sets of values.

use std::path::Path;
use std::sync::Arc;

use crate::deployed::chart::{self, Chart};
use crate::deployed::{Files, Variant};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::deployed::Found;
use crate::lint::deployed::judge::{Case, Words};
use crate::lint::deployed::merge::{Merged, merge, names};
use crate::lint::{Linter, Pass};

const WORDS: Words = Words {
    put_in: "put in here",
    called: "included here",
    left_out: "left out here",
};

impl Linter<'_> {
    pub(super) fn check_chart(&self, pass: &Pass, folder: &Path) -> Found {
        let mut chart = chart::render(pass.db, folder);
        let path: Arc<str> = Arc::from(chart.path.as_str());
        let is_whole = !chart.is_incomplete;
        let (variants, cases): (Vec<Variant>, Vec<Case>) = std::mem::take(&mut chart.renderings)
            .into_iter()
            .map(|(variant, rendering)| {
                let path = Arc::clone(&path);
                let case = Case {
                    rendering,
                    path,
                    is_whole,
                };
                (variant, case)
            })
            .unzip();
        let is_rendered = variants.iter().any(|variant| *variant != Variant::AllOn);
        let found = self.judge(pass, &cases, &chart.files, WORDS);
        let merged = merge(found.into_iter().enumerate().collect());
        let kept = merged
            .into_iter()
            .filter_map(|merged| named(merged, &variants, &chart.files));
        Found {
            diagnostics: kept.collect(),
            parts: Vec::new(),
            templates: if is_rendered {
                templates(&chart)
            } else {
                Vec::new()
            },
            is_rendered,
            files: chart.files,
        }
    }
}

fn templates(chart: &Chart) -> Vec<Arc<str>> {
    chart.parts().cloned().collect()
}

/// The finding with the values that it takes, unless the chart's own do; what shows only with all switches on is worth less,
/// and nothing if the switch itself is the fault.
fn named(merged: Merged, variants: &[Variant], files: &Files) -> Option<Box<Diagnostic>> {
    let mut diagnostic = merged.diagnostic;
    let of = merged
        .renderings
        .iter()
        .filter_map(|number| variants.get(*number));
    let of: Vec<&Variant> = of.collect();
    if of.contains(&&Variant::Defaults) {
        return Some(diagnostic);
    }
    let with = of.iter().filter_map(|variant| match variant {
        Variant::Files(files) => files.last(),
        _ => None,
    });
    let with: Vec<String> = with.map(|name| format!("`{name}`")).collect();
    if with.is_empty() {
        let file = files.get(diagnostic.primary.file)?;
        let own = diagnostic.primary.span.of(&file.text);
        if own.trim_end().ends_with("false") {
            return None;
        }
        diagnostic.severity = lower(diagnostic.severity);
        diagnostic
            .message
            .push_str(", with every `false` of the values set to `true`");
    } else {
        let with: Vec<&str> = with.iter().map(String::as_str).collect();
        diagnostic
            .message
            .push_str(&format!(", with {}", names(&with)));
    }
    Some(diagnostic)
}

fn lower(severity: Severity) -> Severity {
    match severity {
        Severity::Error => Severity::Warning,
        _ => Severity::Info,
    }
}

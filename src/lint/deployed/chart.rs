//! A chart: what is found with any of its sets of values.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::deployed::chart::{self, Chart};
use crate::deployed::releases::Releases;
use crate::deployed::{ChartFolder, Files, Rendering, Variant};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::copies::STAND_IN;
use crate::lint::deployed::align::By;
use crate::lint::deployed::conditions;
use crate::lint::deployed::dumped;
use crate::lint::deployed::judge::{Case, Judged, Words};
use crate::lint::deployed::merge::{Merged, add_note, merge, names};
use crate::lint::deployed::open;
use crate::lint::deployed::{DUPLICATE_KEY, Found, is_refused, known_to_win};
use crate::lint::{BATCH, Linter, Pass};
use crate::rules::Catalogue;
use crate::span::FileSpan;

/// The rule about volumes that no container mounts.
const UNUSED_VOLUME: &str = "kubernetes/unused-volume";

/// The rules whose findings a literal text of a template causes, whatever the values are.
const OF_TEXT: &[&str] = &["kubernetes/wrong-type"];

/// What is said at the first of two equal keys.
const FIRST: &str = "first defined here";

const WORDS: Words = Words {
    put_in: "used here",
    called: "included from here",
    left_out: "omitted here",
};

impl Linter<'_> {
    pub(super) fn check_chart(
        &self,
        pass: &Pass,
        folder: &ChartFolder,
        releases: &Releases,
    ) -> Found {
        let ChartFolder { path, is_asked } = folder;
        let none = BTreeSet::new();
        let named = releases.charts.get(path).unwrap_or(&none);
        let shown_path: Arc<str> = Arc::from(pass.db.shown(path).as_str());
        let mut judged: Vec<Judged> = Vec::new();
        let mut waiting: Vec<Case> = Vec::new();
        let mut bytes = 0;
        let mut take = |rendering: Rendering, files: &Files, is_whole| {
            bytes += rendering.text.len();
            waiting.push(Case {
                rendering,
                path: Arc::clone(&shown_path),
                is_whole,
            });
            if bytes >= BATCH {
                judged.extend(self.judge(pass, &waiting, files, WORDS));
                waiting.clear();
                bytes = 0;
            }
        };
        let chart = chart::render(pass.db, path, named, &mut take);
        judged.extend(self.judge(pass, &waiting, &chart.files, WORDS));
        let status = chart.status();
        let is_rendered = chart.is_rendered();
        let shown = Shown::of(self.options.catalogue, &chart, &judged);
        let found = judged.into_iter().map(|judged| judged.diagnostics);
        let merged = merge(found.enumerate().collect());
        let kept = merged.into_iter().filter_map(|merged| {
            let renderings = merged.renderings.clone();
            let mut diagnostic = shown.named(merged, &chart.files)?;
            // What shows with the chart's own values is one, whatever others make of it.
            let ending = diagnostic.part.as_ref().map(|part| &part.note);
            let is_plain = ending.is_none_or(|ending| ending.is_empty());
            let renderings = if is_plain {
                BTreeSet::new()
            } else {
                renderings
            };
            leave_out_packed(&mut diagnostic, &chart.files).then_some((diagnostic, renderings))
        });
        let mut diagnostics = self.align(kept.collect(), &chart.files, By::Key);
        diagnostics.extend(self.report(&chart.faults, &chart.files).1);
        let (diagnostics, only_in_run) = if *is_asked {
            (diagnostics, Vec::new())
        } else {
            (Vec::new(), diagnostics)
        };
        Found {
            diagnostics,
            only_in_run,
            is_asked: *is_asked,
            parts: Vec::new(),
            templates: if is_rendered {
                templates(&chart)
            } else {
                Vec::new()
            },
            is_rendered,
            refused: Some(status).filter(is_refused).into_iter().collect(),
            files: chart.files,
        }
    }
}

/// Leaves out places in archives: what others have packed is not written here, only the values that it is given.
/// Whether the diagnostic is here itself.
fn leave_out_packed(diagnostic: &mut Diagnostic, files: &Files) -> bool {
    let is_here = |at: FileSpan| files.get(at.file).is_none_or(|file| !file.is_packed());
    diagnostic.related.retain(|label| is_here(label.at));
    is_here(diagnostic.primary)
}

fn templates(chart: &Chart) -> Vec<Arc<str>> {
    chart.parts().cloned().collect()
}

/// What shows with which values.
struct Shown<'a> {
    catalogue: &'a Catalogue,
    chart: &'a Chart,
    /// How many sets of values there are that somebody uses.
    used: usize,
    /// The objects of each rendering.
    objects_of: Vec<FxHashSet<Arc<str>>>,
    /// The objects that the chart has with one of these.
    objects: FxHashSet<Arc<str>>,
    /// Those that it has with its own values.
    by_default: FxHashSet<Arc<str>>,
}

impl<'a> Shown<'a> {
    fn of(catalogue: &'a Catalogue, chart: &'a Chart, judged: &[Judged]) -> Self {
        let used = chart.rendered.iter().zip(judged);
        let used = used.filter(|(variant, _)| **variant != Variant::AllOn);
        Self {
            catalogue,
            chart,
            objects_of: judged
                .iter()
                .map(|judged| judged.objects.iter().cloned().collect())
                .collect(),
            by_default: used
                .clone()
                .filter(|(variant, _)| **variant == Variant::Defaults)
                .flat_map(|(_, judged)| judged.objects.iter().cloned())
                .collect(),
            used: used.clone().count(),
            objects: used
                .flat_map(|(_, judged)| judged.objects.iter().cloned())
                .collect(),
        }
    }

    /// The value that has to be `true` for what a diagnostic is about to be rendered, as the conditions around it in its template say.
    fn switch_of(&self, diagnostic: &Diagnostic, files: &Files) -> Option<String> {
        let labels = diagnostic.related.iter();
        let (used, others): (Vec<_>, Vec<_>) =
            labels.partition(|label| label.message == WORDS.put_in);
        let used = used.into_iter().map(|label| label.at);
        let others = others.into_iter().map(|label| label.at);
        let mut places = used.chain([diagnostic.primary]).chain(others);
        places.find_map(|at| {
            let file = files.get(at.file)?;
            let is_template = file.path.contains("templates/");
            let text = is_template.then_some(&file.text)?;
            let read = conditions::read_around(text, at.span.start as usize);
            read.iter().rev().find_map(|path| self.switch(path))
        })
    }

    /// The switch that a condition reads: the one of that path, else one of a dependency whose values have it.
    fn switch(&self, path: &str) -> Option<String> {
        let switches = &self.chart.switches;
        let is_inner = |switch: &&String| {
            let above = switch.strip_suffix(path);
            above.is_some_and(|above| above.ends_with('.'))
        };
        let exact = switches.iter().find(|switch| *switch == path);
        exact.or_else(|| switches.iter().find(is_inner)).cloned()
    }

    /// Whether a diagnostic of a rendering with every switch on is no fault with the values that somebody would set.
    fn is_invented(&self, diagnostic: &Diagnostic, files: &Files) -> bool {
        let rule = self.catalogue.rule(&diagnostic.rule);
        rule.is_some_and(|rule| rule.is_of_values) && !is_of_text(diagnostic, files)
    }

    /// Whether a volume that one rendering does not use is mounted with other values, or would be as the template reads.
    fn is_mounted_elsewhere(&self, merged: &Merged, files: &Files) -> bool {
        let diagnostic = &merged.diagnostic;
        if &*diagnostic.rule != UNUSED_VOLUME {
            return false;
        }
        let Some(object) = &diagnostic.resource else {
            return false;
        };
        let mut others = (0..).zip(&self.objects_of);
        let is_used = others.any(|(number, objects)| {
            objects.contains(object) && !merged.renderings.contains(&number)
        });
        let name = diagnostic.message.split('`').nth(1).unwrap_or_default();
        let entry = format!("name: {name}\n");
        let quoted = format!("\"{name}\"");
        // `{{ ternary "config" "secret" .Values.isPlain }}` names it where it is mounted.
        let is_chosen = |text: &str| {
            let mut found = text.match_indices(&quoted);
            found.any(|(at, _)| !text[..at].trim_end().ends_with("name:"))
        };
        let labels = diagnostic.related.iter().map(|label| label.at);
        let mut places = labels.chain([diagnostic.primary]);
        is_used
            || places.any(|at| {
                files.get(at.file).is_some_and(|file| {
                    file.path.contains("templates/")
                        && (file.text.matches(&entry).count() > 1 || is_chosen(&file.text))
                })
            })
    }

    /// Whether a value of the chart's own is at fault that no release of it here is known to have.
    fn is_overridden(&self, diagnostic: &Diagnostic, of: &[&Variant], files: &Files) -> bool {
        let deployed = &self.chart.deployed;
        if deployed.get(&Variant::Defaults) == Some(&true)
            || of
                .iter()
                .any(|variant| deployed.get(variant) == Some(&true))
        {
            return false;
        }
        let file = files.get(diagnostic.primary.file);
        let is_own = file.is_some_and(|file| {
            let below = file.path.strip_prefix(self.chart.path.as_str());
            let below = below.unwrap_or(&file.path);
            below.trim_start_matches('/') == "values.yaml"
        });
        // What is secret and written here is known to all who read it.
        is_own && !diagnostic.rule.contains("secret")
    }

    /// The finding with the values that it takes, unless the chart's own do. What shows only with all switches on is worth less; it is worth nothing if the
    /// switch itself is the fault, or took away what is missed.
    fn named(&self, merged: Merged, files: &Files) -> Option<Box<Diagnostic>> {
        if self.is_mounted_elsewhere(&merged, files) {
            return None;
        }
        let mut diagnostic = merged.diagnostic;
        let of = merged
            .renderings
            .iter()
            .filter_map(|number| self.chart.rendered.get(*number));
        let of: Vec<&Variant> = of.collect();
        if self.is_overridden(&diagnostic, &of, files) || is_long_by_stand_in(&diagnostic) {
            return None;
        }
        let is_with = |variant: &&&Variant| !matches!(variant, Variant::Defaults | Variant::AllOn);
        let count = of.iter().filter(is_with).count();
        let with = of.iter().filter_map(|variant| match variant {
            Variant::Files(files) | Variant::Release(files) => files.last(),
            _ => None,
        });
        let with: BTreeSet<String> = with.map(|name| format!("`{name}`")).collect();
        let mut deployed = self.chart.deployed.keys();
        // What the chart's own values leave out altogether is usual if most of the others have it.
        let is_default = diagnostic
            .resource
            .as_ref()
            .is_none_or(|name| self.by_default.contains(name));
        let is_usual = !is_default && 4 * count >= 3 * self.used;
        let is_plain = of.contains(&&Variant::Defaults)
            || count > 0 && (count == self.used || is_usual)
            || deployed.all(|variant| of.contains(&variant));
        let is_of_ci = |variant: &&&Variant| matches!(variant, Variant::Files(files) if files.last().is_some_and(|file| is_tried(file)));
        let used = || of.iter().filter(|variant| ***variant != Variant::AllOn);
        if used().next().is_some()
            && used().all(|variant| is_of_ci(&variant))
            && is_of_credential(&diagnostic)
        {
            // What is installed for a moment in a pipeline has no secrets.
            diagnostic.severity = Severity::Info;
        }
        known_to_win(&mut diagnostic);
        up_to_the_call(&mut diagnostic, files);
        dumped::at_the_action(&mut diagnostic, WORDS.put_in, files);
        open::weigh(&mut diagnostic, self.chart, self.catalogue, files);
        if !is_plain && !with.is_empty() {
            let with: Vec<&str> = with.iter().map(String::as_str).collect();
            add_note(&mut diagnostic, &format!(", with {}", names(&with)));
        } else if !is_plain {
            let file = files.get(diagnostic.primary.file)?;
            let own = diagnostic.primary.span.of(&file.text);
            let is_absent = diagnostic
                .holder
                .as_ref()
                .is_some_and(|holder| !holder.absent.is_empty());
            let is_known = diagnostic
                .resource
                .as_ref()
                .is_some_and(|name| self.objects.contains(name));
            if own.trim_end().ends_with("false")
                || is_absent && is_known
                || self.is_invented(&diagnostic, files)
            {
                return None;
            }
            diagnostic.severity = lower(diagnostic.severity);
            let note = match self.switch_of(&diagnostic, files) {
                Some(switch) => format!(", with `{switch}: true`"),
                None => "; not rendered with the default values".to_owned(),
            };
            add_note(&mut diagnostic, &note);
        }
        diagnostic.holder = None;
        Some(diagnostic)
    }
}

/// Moves a key that a named template repeats to where that is included: the template is right for all others that include it.
fn up_to_the_call(diagnostic: &mut Diagnostic, files: &Files) {
    let at = diagnostic.primary;
    let is_helper = |at: FileSpan| {
        let file = files.get(at.file);
        file.is_some_and(|file| file.path.ends_with(".tpl"))
    };
    let is_beside = diagnostic
        .related
        .iter()
        .any(|label| label.message == FIRST && label.at.file == at.file);
    if &*diagnostic.rule != DUPLICATE_KEY || !is_helper(at) || is_beside {
        return;
    }
    let call = diagnostic
        .related
        .iter()
        .position(|label| label.message == WORDS.called && !is_helper(label.at));
    if let Some(call) = call {
        let label = &mut diagnostic.related[call];
        diagnostic.primary = std::mem::replace(&mut label.at, at);
        "this template writes it".clone_into(&mut label.message);
    }
}

/// Whether the text of a template is at fault, and no value.
fn is_of_text(diagnostic: &Diagnostic, files: &Files) -> bool {
    let file = files.get(diagnostic.primary.file);
    OF_TEXT.contains(&&*diagnostic.rule)
        && file.is_some_and(|file| {
            let text = diagnostic.primary.span.of(&file.text);
            file.path.contains("templates/") && !text.contains("{{")
        })
        && diagnostic
            .related
            .iter()
            .all(|label| label.message != WORDS.put_in)
}

/// Whether a name is too long with the name that stands in for the release, which nobody has chosen.
fn is_long_by_stand_in(diagnostic: &Diagnostic) -> bool {
    &*diagnostic.rule == "kubernetes/invalid-name"
        && diagnostic.message.contains(STAND_IN)
        && diagnostic.message.contains("is longer than")
}

/// Whether a file of values is there to try the chart out: in a pipeline, for `helm lint`, in tests.
fn is_tried(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let mut words = name.split(['.', '-', '_']);
    file.starts_with("ci/") || words.any(|word| matches!(word, "lint" | "ci" | "test" | "tests"))
}

/// Whether a diagnostic is about a value that has to be secret.
fn is_of_credential(diagnostic: &Diagnostic) -> bool {
    let name = diagnostic.rule.rsplit('/').next().unwrap_or_default();
    [
        "secret-in-",
        "secret-from-",
        "weak-credential",
        "demo-credential",
        "known-token",
        "credential-in-",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}

fn lower(severity: Severity) -> Severity {
    match severity {
        Severity::Error => Severity::Warning,
        _ => Severity::Info,
    }
}

//! A chart with each set of values that its repository has for it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::deployed::mapped::{Numbering, rendering};
use crate::deployed::releases::{LARGEST_VALUES, Release};
use crate::deployed::served::served;
use crate::deployed::variant::{Variant, values_files};
use crate::deployed::{Fault, Files, Rendering, chart_faults};
use crate::regular;
use crate::render::helm::chart::files::ChartFiles;
use crate::render::helm::chart::folder::Folder;
use crate::render::helm::render::{
    Document, Known, Options, Refusal, Session, ValuesFile, with_chart,
};
use crate::sources::SourceDb;
use crate::span::FileSpan;
use hullmark_tables::faults;

/// What a chart comes to.
#[derive(Debug, Default)]
pub struct Chart {
    /// The chart's folder, as paths are shown.
    pub path: String,
    /// The files that take part.
    pub files: Files,
    /// With which values it renders, in the order in which it was done: those of the chart first.
    pub rendered: Vec<Variant>,
    /// With which values it does not render, and why.
    pub refused: Vec<(Variant, Refused)>,
    /// What is wrong with the chart's own files.
    pub faults: Vec<Fault>,
    /// The charts that it builds on and that are missing, so that objects may be missing.
    pub missing: Vec<String>,
    /// The charts that those lack which it builds on, and whose they are.
    pub missing_below: Vec<(String, String)>,
    /// Whether it only lends its templates to others.
    pub is_library: bool,
    /// With which values the repository deploys it, and whether all of these are known; its own if it has no release here.
    pub deployed: BTreeMap<Variant, bool>,
    /// Whether something in the repository installs it and goes on using it.
    pub is_released: bool,
    /// The paths of its values that are `false`.
    pub switches: Vec<String>,
}

/// Why a chart does not render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// One line.
    pub message: String,
    /// Where, if that is known.
    pub at: Option<FileSpan>,
    /// Whether a template cannot be parsed.
    pub is_syntax: bool,
}

/// Takes a rendering of a chart, with the files that its places are in, and whether all that belongs to it is there.
pub type Take<'t> = dyn FnMut(Rendering, &Files, bool) + Send + 't;

/// Renders the chart in an absolute folder, also with the values of each of its `releases`.
/// Each rendering goes to `take`, in the order of [`Chart::rendered`], and is not kept: a chart may have many, and large ones.
pub fn render(
    db: &SourceDb,
    folder: &Path,
    releases: &BTreeSet<Release>,
    take: &mut Take<'_>,
) -> Chart {
    let path = db.shown(folder);
    let mut chart = Chart {
        path: path.clone(),
        ..Chart::default()
    };
    let files = match Folder::new(folder) {
        Ok(files) => files.in_project(&db.repository(folder), &db.texts()),
        Err(message) => {
            chart.refuse(Variant::Defaults, message, None);
            return chart;
        }
    };
    let paths = files.list().unwrap_or_default();
    let beside = values_files(&paths);
    let named = elsewhere(db, folder, releases, &beside);
    chart.deployed = deployed(db, folder, releases, &beside);
    chart.is_released = releases.iter().any(|release| release.is_lasting);
    let usual = usual(releases);
    let mut numbering = Numbering::new(&path, &db.shown_base());
    let done = with_chart(&files, true, |session| match session {
        Ok(session) => all(
            session,
            &files,
            (&beside, named),
            &usual,
            &mut numbering,
            (&mut chart, take),
        ),
        Err(refusal) => chart.refused_with(Variant::Defaults, &refusal, &mut numbering),
    });
    if let Err(message) = done {
        chart.refuse(Variant::Defaults, message, None);
    }
    chart.files = numbering.files;
    chart
}

/// Renders with the defaults, with each file of values, and with all switches on.
fn all(
    session: &mut Session,
    files: &Folder,
    (values, named): (&[&str], Vec<Named>),
    usual: &Options,
    numbering: &mut Numbering,
    (chart, take): (&mut Chart, &mut Take<'_>),
) {
    chart.is_library = session.is_library();
    if chart.is_library {
        return;
    }
    let missing = session.missing().iter();
    chart.missing = missing.map(|(name, _)| name.clone()).collect();
    // The files that are judged have their numbers, whether anything is found in them or not.
    let origins = session.origins().clone();
    let judged = origins.files().iter().skip(1);
    for file in judged.filter(|file| is_judged_file(&file.name)) {
        numbering.name(&file.name);
    }
    chart_faults::find(session, files, values, numbering, &mut chart.faults);
    chart.switches = session.switch_paths();
    let switches = chart.switches.len();
    chart.missing_below = session.missing_below();
    let is_whole = chart.missing.is_empty();
    let mut one = |variant: Variant, options: Options| match session.render(&options) {
        Ok(rendered) => {
            let kept: Vec<Document> = rendered.documents.into_iter().filter(is_judged).collect();
            let made = rendering(&kept, &rendered.origins, numbering);
            take(made, &numbering.files, is_whole);
            chart.rendered.push(variant);
            true
        }
        Err(refusal) => {
            chart.refused_with(variant, &refusal, numbering);
            false
        }
    };
    let mut one_is_rendered = one(Variant::Defaults, usual.clone());
    for name in values {
        let Ok(bytes) = files.read(name) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let options = Options {
            values: vec![ValuesFile::plain((*name).to_owned(), text)],
            ..usual.clone()
        };
        one_is_rendered |= one(Variant::Files(vec![(*name).to_owned()]), options);
    }
    for named in named {
        let options = Options {
            values: named.values,
            release: named.release,
            namespace: named.namespace,
            ..usual.clone()
        };
        one_is_rendered |= one(named.variant, options);
    }
    // What does not render as it is does not render with more of it.
    let switches = if one_is_rendered { switches } else { 0 };
    switch_on(switches, &mut |switched_on| {
        let options = Options {
            switched_on,
            ..usual.clone()
        };
        one(Variant::AllOn, options)
    });
}

/// How often a chart is rendered with some of its switches on.
const MOST_SWITCHED: usize = 7;

/// Renders with all switches on; where that fails with halves of them, and halves of the halves that fail.
fn switch_on(switches: usize, render: &mut dyn FnMut(Range<usize>) -> bool) {
    let mut waiting = VecDeque::new();
    waiting.push_back(0..switches);
    for _ in 0..MOST_SWITCHED {
        let Some(range) = waiting.pop_front().filter(|range| !range.is_empty()) else {
            return;
        };
        if !render(range.clone()) && range.len() > 1 {
            let middle = range.start + range.len() / 2;
            waiting.extend([range.start..middle, middle..range.end]);
        }
    }
}

/// The values that a release gives a chart, and what it is called.
struct Named {
    variant: Variant,
    values: Vec<ValuesFile>,
    release: String,
    namespace: String,
}

/// How many releases of a chart are tried.
const MOST_NAMED: usize = 24;

/// How the chart's own values, or those and a file beside them, are named if a release gives nothing else.
fn usual_variant(folder: &Path, release: &Release, beside: &[&str]) -> Option<Variant> {
    match release.values.as_slice() {
        [] => Some(Variant::Defaults),
        [one] if one.known == Known::All && one.text.is_none() => {
            if *one.file == folder.join("values.yaml") {
                return Some(Variant::Defaults);
            }
            let name = beside.iter().find(|name| folder.join(name) == *one.file)?;
            Some(Variant::Files(vec![(*name).to_owned()]))
        }
        _ => None,
    }
}

/// What a release gives a chart.
fn variant(db: &SourceDb, folder: &Path, release: &Release, beside: &[&str]) -> Variant {
    usual_variant(folder, release, beside).unwrap_or_else(|| {
        let files = release.values.iter();
        Variant::Release(files.map(|given| db.shown(&given.file)).collect())
    })
}

/// With which values the chart is deployed, and whether these are known.
fn deployed(
    db: &SourceDb,
    folder: &Path,
    releases: &BTreeSet<Release>,
    beside: &[&str],
) -> BTreeMap<Variant, bool> {
    let mut found = BTreeMap::new();
    for release in releases.iter().filter(|release| release.is_lasting) {
        let known = found
            .entry(variant(db, folder, release, beside))
            .or_default();
        *known |= !release.is_open;
    }
    if found.is_empty() {
        found.insert(Variant::Defaults, true);
    }
    found
}

/// The releases that give a chart other values than a file beside it.
fn elsewhere(
    db: &SourceDb,
    folder: &Path,
    releases: &BTreeSet<Release>,
    beside: &[&str],
) -> Vec<Named> {
    let is_known = |release: &&Release| usual_variant(folder, release, beside).is_some();
    let new = releases.iter().filter(|release| !is_known(release));
    let read = new.take(MOST_NAMED).map(|release| {
        let values = release.values.iter().filter_map(|given| {
            let text = match &given.text {
                Some(text) => text.clone(),
                None => regular::read_text(&given.file, LARGEST_VALUES).ok()?,
            };
            // What a file writes out that is no file of values has no places here.
            let name = match given.text {
                Some(_) => String::new(),
                None => given.file.to_string_lossy().into_owned(),
            };
            let known = given.known;
            Some(ValuesFile { name, text, known })
        });
        Named {
            variant: variant(db, folder, release, beside),
            values: values.collect(),
            release: release.name.clone().unwrap_or_default(),
            namespace: release.namespace.clone().unwrap_or_default(),
        }
    });
    read.collect()
}

/// What a chart is rendered with whatever its values are; it is called as the first release that has a name.
fn usual(releases: &BTreeSet<Release>) -> Options {
    let lasting = releases.iter().filter(|release| release.is_lasting);
    let named = lasting
        .chain(releases)
        .find(|release| release.name.is_some());
    let (release, namespace) = named
        .map(|release| (release.name.clone(), release.namespace.clone()))
        .unwrap_or_default();
    Options {
        is_lenient: true,
        api_versions: served(),
        release: release.unwrap_or_default(),
        namespace: namespace.unwrap_or_default(),
        ..Options::default()
    }
}

impl Chart {
    fn refuse(&mut self, variant: Variant, message: String, at: Option<FileSpan>) {
        let is_syntax = false;
        let refused = Refused {
            message,
            at,
            is_syntax,
        };
        self.refused.push((variant, refused));
    }

    fn refused_with(&mut self, variant: Variant, refusal: &Refusal, numbering: &mut Numbering) {
        let at = numbering.span(&refusal.origins, refusal.fault.place);
        let message = refusal.fault.message.clone();
        let is_syntax = refusal.fault.is_syntax;
        if let Some(at) = at.filter(|_| is_syntax && variant == Variant::Defaults) {
            self.faults.push(Fault {
                rule: faults::TEMPLATE_SYNTAX_ERROR.rule,
                at,
                message: message.clone(),
                name: "syntax".to_owned(),
                is_asked: false,
                severity: None,
                help: None,
            });
        }
        let undefined = refusal.fault.undefined.as_deref();
        let is_whole = self.missing.is_empty() && self.missing_below.is_empty();
        let undefined = undefined.filter(|_| is_whole && variant == Variant::Defaults);
        if let Some((at, name)) = at.zip(undefined) {
            self.faults.push(undefined_template(at, name));
        }
        let refused = Refused {
            message,
            at,
            is_syntax,
        };
        self.refused.push((variant, refused));
    }

    /// Whether it renders with its own values.
    pub fn is_rendered(&self) -> bool {
        let mut variants = self.rendered.iter();
        variants.any(|variant| *variant != Variant::AllOn)
    }

    /// The names of the files below the chart's folder that became part of a rendering, as paths are shown.
    pub fn parts(&self) -> impl Iterator<Item = &Arc<str>> {
        let files = self.files.all().iter().map(|file| &file.path);
        files.filter(|path| path.contains("/templates/") || path.starts_with("templates/"))
    }
}

/// A call of a template that neither the chart nor what it builds on defines.
fn undefined_template(at: FileSpan, name: &str) -> Fault {
    let name = name.escape_debug();
    Fault {
        rule: faults::UNDEFINED_TEMPLATE.rule,
        at,
        message: format!("no template of the chart is called `{name}`, so it does not render"),
        name: name.to_string(),
        is_asked: false,
        severity: None,
        help: Some(
            format!("Correct the name, or define it: `{{{{ define \"{name}\" }}}}` … `{{{{ end }}}}` in a file of `templates/`.")
                .into(),
        ),
    }
}

/// Whether a file of a chart counts as judged by its name: templates, values and data, not what is there to be read.
pub fn is_judged_file(path: &str) -> bool {
    let mut endings = [".yaml", ".yml", ".json", ".tpl"].iter();
    endings.any(|ending| path.ends_with(ending))
}

/// Whether a document is deployed: pods of `helm test` are not, and definitions of resources have nothing to judge.
fn is_judged(document: &Document) -> bool {
    let text = document.text.to_str();
    let is_test = |line: &str| {
        let event = line.trim_start().strip_prefix("helm.sh/hook:");
        let event = event.or_else(|| line.trim_start().strip_prefix("\"helm.sh/hook\":"));
        event.is_some_and(|event| event.contains("test"))
    };
    let is_definition = document.kind == "CustomResourceDefinition" && !text.contains("v1beta1");
    !(is_definition || document.is_hook && text.lines().any(is_test))
}

//! One rendering: chart, values and options become documents.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::render::helm::chart::capabilities::capabilities;
use crate::render::helm::chart::coalesce::coalesce;
use crate::render::helm::chart::files::ChartFiles;
use crate::render::helm::chart::unknown::{self, Which};
use crate::render::helm::chart::{
    Chart, File, dependencies, load, masked, misspelt, schema, set, values,
};
use crate::render::helm::eval::Engine;
use crate::render::helm::fault::{Fallible, Fault, fault, fault_at};
use crate::render::helm::functions::constraints::Constraints;
use crate::render::helm::limits;
pub use crate::render::helm::output::documents::Document;
use crate::render::helm::output::{documents, order};
use crate::render::helm::scope::{Planned, Shared, plan};
use crate::render::helm::semver::Version;
use crate::render::helm::switches;
use crate::render::helm::template::tree::Template;
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::print::without_no_value;
use crate::render::helm::value::{Val, Value};
use crate::render::place::{Origins, Place};
use crate::render::text::Text;
use crate::span::Span;

/// What a chart is rendered with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The name of the release; `release-name` if empty.
    pub release: String,
    /// The namespace; `default` if empty.
    pub namespace: String,
    /// Values files in order.
    pub values: Vec<ValuesFile>,
    /// Assignments of the command line in order.
    pub set: Vec<(set::Kind, String)>,
    /// The version of Kubernetes.
    pub kube_version: Option<String>,
    /// API versions that the cluster has beside the usual ones.
    pub api_versions: Vec<String>,
    /// Whether `crds/` is part of the output.
    pub include_crds: bool,
    /// Whether the release is an upgrade.
    pub is_upgrade: bool,
    /// Whether `required`, `fail` and missing dependencies are noted rather than refused, and dependencies are looked for
    /// beside the chart, too: what a linter wants of a chart in a repository.
    pub is_lenient: bool,
    /// Which of the chart's values that are `false` are `true`, by their numbers in [`Session::switch_paths`]: what is switched
    /// off by default shows too.
    pub switched_on: Range<usize>,
}

/// A file of values that is given for a rendering.
#[derive(Clone, Debug, Default)]
pub struct ValuesFile {
    /// Its path; none if it is no file.
    pub name: String,
    /// What it says.
    pub text: String,
    /// How much of that is known.
    pub known: Known,
}

/// How much is known of what a file of values says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// All of it.
    #[default]
    All,
    /// What no action of a template writes.
    Template,
    /// The keys.
    Keys,
}

impl ValuesFile {
    /// A file that says what it says.
    pub fn plain(name: String, text: String) -> Self {
        let known = Known::All;
        Self { name, text, known }
    }
}

/// What a chart renders to.
#[derive(Debug, Default)]
pub struct Rendering {
    /// The documents in the order of installation, hooks after all others.
    pub documents: Vec<Document>,
    /// The text of the chart's NOTES.txt.
    pub notes: Text,
    /// What the places of the texts refer to.
    pub origins: Origins,
    /// The dependencies that are not there, and where they are wanted.
    pub missing: Vec<(String, Place)>,
    /// What `required` and `fail` said where they were passed over.
    pub passed_over: Vec<Fault>,
}

/// Why a chart does not render.
#[derive(Debug)]
pub struct Refusal {
    /// The failure and its place.
    pub fault: Fault,
    /// What the place refers to.
    pub origins: Origins,
}

/// A chart that was read once and may be rendered with several sets of values.
pub struct Session {
    chart: Chart,
    /// The dependencies that are not there, and where they are wanted.
    missing: Vec<(String, Place)>,
    /// The files of the chart.
    origins: Origins,
    /// The templates of files by their numbers and the paths that they go by.
    parsed: FxHashMap<(u32, String), Vec<Rc<Template>>>,
    is_lenient: bool,
}

/// A chart that another one builds on, as that says.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Its name.
    pub name: &'a str,
    /// The versions that will do.
    pub version: &'a str,
    /// Where it is published.
    pub repository: &'a str,
    /// Where that is said.
    pub place: Place,
    /// Whether it is not in the repository.
    pub is_missing: bool,
}

/// Renders a chart. It runs on a stack of its own, so that no chart can exhaust the caller's.
///
/// # Errors
///
/// Why the chart does not render, with the place of the fault.
pub fn render(files: &dyn ChartFiles, options: &Options) -> Result<Rendering, Box<Refusal>> {
    with_chart(files, options.is_lenient, |session| {
        session?.render(options)
    })
    .unwrap_or_else(|message| Err(refused(&message)))
}

/// Reads a chart and hands it to `run`, which may render it any number of times, on a stack of its own.
///
/// # Errors
///
/// If there is no such stack, or `run` panics.
pub fn with_chart<T: Send>(
    files: &dyn ChartFiles,
    is_lenient: bool,
    run: impl FnOnce(Result<&mut Session, Box<Refusal>>) -> T + Send,
) -> Result<T, String> {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(limits::STACK_BYTES);
        let spawned = builder.spawn_scoped(scope, || match Session::open(files, is_lenient) {
            Ok(mut session) => run(Ok(&mut session)),
            Err(refusal) => run(Err(refusal)),
        });
        let thread = spawned.map_err(|error| format!("no thread to render on: {error}"))?;
        thread.join().map_err(|_| "rendering failed".to_owned())
    })
}

fn refused(message: &str) -> Box<Refusal> {
    Box::new(Refusal {
        fault: Fault {
            message: message.to_owned(),
            ..Fault::default()
        },
        origins: Origins::default(),
    })
}

impl Session {
    fn open(files: &dyn ChartFiles, is_lenient: bool) -> Result<Self, Box<Refusal>> {
        let mut origins = Origins::default();
        let mut load = || -> Fallible<Chart> {
            let mut chart = load::load(files, &mut origins)?;
            load::add_beside(&mut chart, files, &mut origins, 0)?;
            if is_lenient {
                unknown::forget_stamped(&chart);
            }
            Ok(chart)
        };
        match load() {
            Ok(chart) => Ok(Self {
                missing: dependencies::missing(&chart)
                    .iter()
                    .map(|wanted| (wanted.name.clone(), wanted.place))
                    .collect(),
                chart,
                origins,
                parsed: FxHashMap::default(),
                is_lenient,
            }),
            Err(fault) => {
                let fault = *fault;
                Err(Box::new(Refusal { fault, origins }))
            }
        }
    }

    /// Whether the chart only lends its templates to others.
    pub fn is_library(&self) -> bool {
        self.chart.is_library()
    }

    /// The files of the chart.
    pub fn origins(&self) -> &Origins {
        &self.origins
    }

    /// The dependencies that are not there, and where they are wanted.
    pub fn missing(&self) -> &[(String, Place)] {
        &self.missing
    }

    /// The dependencies that charts which it builds on lack, and whose they are.
    pub fn missing_below(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Chart> = self.chart.dependencies.iter().collect();
        while let Some(inner) = waiting.pop() {
            let missing = dependencies::missing(inner);
            let named = missing
                .iter()
                .map(|wanted| (wanted.name.clone(), inner.name().to_owned()));
            found.extend(named);
            waiting.extend(&inner.dependencies);
        }
        found.sort();
        found
    }

    /// What the chart says that it builds on.
    pub fn wanted(&self) -> impl Iterator<Item = Wanted<'_>> {
        let all = self.chart.metadata.dependencies.iter();
        all.map(|wanted| Wanted {
            name: &wanted.name,
            version: &wanted.version,
            repository: &wanted.repository,
            place: wanted.place,
            is_missing: self.missing.iter().any(|(name, _)| *name == wanted.name),
        })
    }

    /// The paths of the chart's values that are `false` and may be `true`: those that enable missing dependencies are left alone.
    pub fn switch_paths(&self) -> Vec<String> {
        let without = switches::of_missing(&self.chart, &self.missing);
        switches::paths(&self.chart.values, &without)
    }

    /// The format of the chart's metadata as it names it, and where.
    pub fn api_version(&self) -> Option<(String, Place)> {
        let fields = self.chart.metadata.fields.as_map()?;
        let version = fields.get("apiVersion")?;
        let text = version.as_text()?.to_str().into_owned();
        Some((text, version.at))
    }

    /// The keys that a file of values sets and that neither the chart's values have nor its templates name, but that look like one
    /// the chart's values have: the place of each key in the file, the key, and the one that may be meant.
    pub fn misspelt(&self, text: &str) -> Vec<(Span, String, String)> {
        misspelt::keys(&self.chart, text)
    }

    /// Renders the chart.
    ///
    /// # Errors
    ///
    /// Why the chart does not render, with the place of the fault.
    pub fn render(&mut self, options: &Options) -> Result<Rendering, Box<Refusal>> {
        let mut engine = Engine::new(self.is_lenient);
        engine.state.origins = self.origins.clone();
        match self.rendered(options, &mut engine) {
            Ok(mut rendering) => {
                rendering.passed_over = std::mem::take(&mut engine.state.passed_over);
                rendering.origins = std::mem::take(&mut engine.state.origins);
                Ok(rendering)
            }
            Err(fault) => Err(Box::new(Refusal {
                fault: *fault,
                origins: std::mem::take(&mut engine.state.origins),
            })),
        }
    }

    fn rendered(&mut self, options: &Options, engine: &mut Engine) -> Fallible<Rendering> {
        let given = given(options, &mut engine.state.origins)?;
        if let Some((_, place)) = self.missing.first().filter(|_| !self.is_lenient) {
            let names: Vec<&str> = self.missing.iter().map(|(name, _)| name.as_str()).collect();
            let names = names.join(", ");
            let message = format!("found in Chart.yaml, but missing in charts/ directory: {names}");
            return fault_at(message, *place);
        }
        let mut chart = self.chart.clone();
        if !options.switched_on.is_empty() {
            chart.values = values::copied(&chart.values)?;
            let without = switches::of_missing(&chart, &self.missing);
            switches::set(&chart.values, options.switched_on.clone(), &without);
        }
        dependencies::process(&mut chart, &given)?;
        if chart.is_library() {
            return fault("library charts are not installable");
        }
        let capabilities =
            capabilities(options.kube_version.as_deref(), &options.api_versions).or_else(fault)?;
        check_kube_version(&chart, &capabilities.version.version)?;
        let values = Val::from(Value::Map(coalesce(&chart, &given, false)?)).at(chart.values_place);
        let is_known = |values: &ValuesFile| values.known == Known::All;
        if options.values.iter().all(is_known) {
            schema::check(&chart, &values)?;
        }
        let default = |text: &str, default: &str| {
            if text.is_empty() {
                default.to_owned()
            } else {
                text.to_owned()
            }
        };
        let name = default(&options.release, "release-name");
        let namespace = default(&options.namespace, "default");
        let shared = Shared::new(&name, &namespace, options.is_upgrade, capabilities);
        let mut planned = Vec::new();
        plan(&chart, &values, &shared, chart.name(), true, &mut planned);
        let texts = self.run(engine, &mut planned)?;
        let mut rendering = Rendering {
            missing: self.missing.clone(),
            ..Rendering::default()
        };
        if options.include_crds {
            documents::crds(&chart, chart.name(), &mut rendering.documents);
        }
        let notes = documents::split(&chart, texts, &mut rendering.documents)?;
        rendering.notes = notes;
        Ok(rendering)
    }

    /// Parses all templates, those that were parsed before aside, and runs those that are no partials; gives texts by path.
    fn run(
        &mut self,
        engine: &mut Engine,
        planned: &mut [Planned],
    ) -> Fallible<BTreeMap<String, Text>> {
        planned.sort_by(|one, other| order::of_templates(&one.path, &other.path));
        for template in planned.iter() {
            let file = &template.file;
            let key = (file.number, template.path.clone());
            let parsed = match self.parsed.entry(key) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let parsed = Engine::parse(&template.path, &file.text, file.number);
                    new.insert(parsed.map_err(|mut fault| {
                        fault.is_syntax = true;
                        fault
                    })?)
                }
            };
            engine.add_all(parsed);
        }
        let mut texts = BTreeMap::new();
        for template in planned
            .iter()
            .filter(|template| !template.name().starts_with('_'))
        {
            let dot = template.dot();
            let text = engine.run(&template.path, &dot)?;
            texts.insert(template.path.clone(), without_no_value(&text));
        }
        Ok(texts)
    }
}

/// The values that are given beside the chart's own.
fn given(options: &Options, origins: &mut Origins) -> Fallible<Map> {
    let given = Map::default();
    for values in &options.values {
        values::overlay(&given, &read(values, origins)?, 0);
    }
    let order = [set::Kind::Json, set::Kind::Typed, set::Kind::Text];
    for kind in order {
        for (_, text) in options.set.iter().filter(|(one, _)| *one == kind) {
            if let Err(message) = set::apply(&given, text, kind) {
                return fault(format!("failed parsing --set data: {message}"));
            }
        }
    }
    Ok(given)
}

/// What a file of values says.
fn read(values: &ValuesFile, origins: &mut Origins) -> Fallible<Map> {
    let text = values.text.strip_prefix('\u{feff}').unwrap_or(&values.text);
    let is_made = values.name.is_empty();
    let number = origins.add_file(&values.name, Text::plain(text), is_made);
    let masked = (values.known == Known::Template).then(|| masked::mask(text));
    let text = masked.as_ref().map_or(text, |masked| masked.text.as_str());
    let file = File {
        name: values.name.clone(),
        text: Text::plain(text),
        number,
    };
    let (found, _) = values::of_file(&file)?;
    match (&masked, values.known) {
        (Some(masked), _) => unknown::mark(&found, Which::At(&masked.unknown), 0),
        (None, Known::Keys) => unknown::mark(&found, Which::All, 0),
        (None, _) => {}
    }
    Ok(found)
}

fn check_kube_version(chart: &Chart, version: &str) -> Fallible<()> {
    let wanted = &chart.metadata.kube_version;
    if wanted.is_empty() {
        return Ok(());
    }
    let (constraints, parsed) = (Constraints::parse(wanted), Version::parse(version));
    if constraints
        .zip(parsed)
        .is_some_and(|(wanted, version)| wanted.allow(&version))
    {
        return Ok(());
    }
    let fields = chart.metadata.fields.as_map();
    let place = fields
        .and_then(|fields| fields.get("kubeVersion"))
        .map_or(Place::NONE, |val| val.at);
    let message = format!(
        "chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {version}"
    );
    fault_at(message, place)
}

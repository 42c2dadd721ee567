//! One rendering: chart, values and options become documents.

use std::collections::BTreeMap;

use crate::render::helm::chart::capabilities::capabilities;
use crate::render::helm::chart::coalesce::coalesce;
use crate::render::helm::chart::files::ChartFiles;
use crate::render::helm::chart::{Chart, File, dependencies, load, schema, set, values};
use crate::render::helm::eval::Engine;
use crate::render::helm::fault::{Fallible, Fault, fault, fault_at};
use crate::render::helm::functions::constraints::Constraints;
use crate::render::helm::limits;
use crate::render::helm::output::head::{Role, head};
use crate::render::helm::output::{order, split};
use crate::render::helm::scope::{Planned, Shared, plan};
use crate::render::helm::semver::Version;
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::print::without_no_value;
use crate::render::helm::value::{Val, Value};
use crate::render::place::{Origins, Place};
use crate::render::text::Text;

/// What a chart is rendered with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The name of the release; `release-name` if empty.
    pub release: String,
    /// The namespace; `default` if empty.
    pub namespace: String,
    /// Values files in order: the path and the text.
    pub values: Vec<(String, String)>,
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
}

/// A document of the output.
#[derive(Clone, Debug)]
pub struct Document {
    /// The template that it comes from, such as `chart/templates/x.yaml`.
    pub template: String,
    /// Its text, with origins.
    pub text: Text,
    /// Its kind; empty if it has none.
    pub kind: String,
    /// Whether it is a hook.
    pub is_hook: bool,
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

/// Renders a chart. It runs on a stack of its own, so that no chart can exhaust the caller's.
///
/// # Errors
///
/// Why the chart does not render, with the place of the fault.
pub fn render(files: &dyn ChartFiles, options: &Options) -> Result<Rendering, Box<Refusal>> {
    let refused = |message: &str| {
        Box::new(Refusal {
            fault: Fault {
                message: message.to_owned(),
                ..Fault::default()
            },
            origins: Origins::default(),
        })
    };
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(limits::STACK_BYTES);
        let spawned = builder.spawn_scoped(scope, || {
            let mut engine = Engine::new(options.is_lenient);
            match rendered(files, options, &mut engine) {
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
        });
        let thread =
            spawned.map_err(|error| refused(&format!("no thread to render on: {error}")))?;
        thread
            .join()
            .unwrap_or_else(|_| Err(refused("rendering failed")))
    })
}

fn rendered(files: &dyn ChartFiles, options: &Options, engine: &mut Engine) -> Fallible<Rendering> {
    let mut chart = load::load(files, &mut engine.state.origins)?;
    if options.is_lenient {
        load::add_beside(&mut chart, files, &mut engine.state.origins, 0)?;
    }
    let given = given(options, &mut engine.state.origins)?;
    let missing: Vec<(String, Place)> = dependencies::missing(&chart)
        .iter()
        .map(|wanted| (wanted.name.clone(), wanted.place))
        .collect();
    if let Some((_, place)) = missing.first().filter(|_| !options.is_lenient) {
        let names: Vec<&str> = missing.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(", ");
        let message = format!("found in Chart.yaml, but missing in charts/ directory: {names}");
        return fault_at(message, *place);
    }
    dependencies::process(&mut chart, &given)?;
    if chart.is_library() {
        return fault("library charts are not installable");
    }
    let capabilities =
        capabilities(options.kube_version.as_deref(), &options.api_versions).or_else(fault)?;
    check_kube_version(&chart, &capabilities.version.version)?;
    let values = Val::from(Value::Map(coalesce(&chart, &given, false)?)).at(chart.values_place);
    schema::check(&chart, &values)?;
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
    let texts = run(engine, &mut planned)?;
    let mut rendering = Rendering {
        missing,
        ..Rendering::default()
    };
    if options.include_crds {
        crds(&chart, chart.name(), &mut rendering.documents);
    }
    collect(&chart, texts, &mut rendering)?;
    Ok(rendering)
}

/// The values that are given beside the chart's own.
fn given(options: &Options, origins: &mut Origins) -> Fallible<Map> {
    let given = Map::default();
    for (name, text) in &options.values {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let number = origins.add_file(name, Text::plain(text), false);
        let file = File {
            name: name.clone(),
            text: Text::plain(text),
            number,
        };
        values::overlay(&given, &values::of_file(&file)?.0, 0);
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

/// Parses all templates and runs those that are no partials; gives texts by path.
fn run(engine: &mut Engine, planned: &mut [Planned]) -> Fallible<BTreeMap<String, Text>> {
    planned.sort_by(|one, other| order::of_templates(&one.path, &other.path));
    for template in planned.iter() {
        let file = &template.file;
        engine.add_file(&template.path, &file.text, file.number)?;
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

fn crds(chart: &Chart, path: &str, documents: &mut Vec<Document>) {
    for file in &chart.files {
        let lower = file.name.to_ascii_lowercase();
        let is_manifest = [".yaml", ".yml", ".json"]
            .iter()
            .any(|end| lower.ends_with(end));
        if file.name.starts_with("crds/") && is_manifest {
            documents.push(Document {
                template: format!("{path}/{}", file.name),
                text: crate::render::text::Text::with_piece(
                    &file.text.to_str(),
                    crate::render::text::Piece::of_template(
                        Place::new(file.number, 0, file.text.len()),
                        true,
                        0,
                    ),
                ),
                kind: "CustomResourceDefinition".to_owned(),
                is_hook: false,
            });
        }
    }
    for inner in &chart.dependencies {
        crds(inner, &format!("{path}/charts/{}", inner.name()), documents);
    }
}

/// Splits texts into documents, and puts them in order.
fn collect(
    chart: &Chart,
    texts: BTreeMap<String, Text>,
    rendering: &mut Rendering,
) -> Fallible<()> {
    let notes = format!("{}/templates/NOTES.txt", chart.name());
    let mut found = Vec::new();
    for (path, text) in texts {
        if path.ends_with("NOTES.txt") {
            if path == notes {
                rendering.notes = text;
            }
            continue;
        }
        for range in split::documents(text.bytes()) {
            let document = text.cut(range);
            let head = match head(&document) {
                Ok(head) => head,
                Err(broken) => {
                    let at = u32::try_from(broken.at).unwrap_or(u32::MAX);
                    let origin =
                        document.origin_at(at.min(u32::try_from(document.len()).unwrap_or(0)));
                    let place = origin.map_or(Place::NONE, |(piece, before)| {
                        let mut piece = *piece;
                        piece.value = Place::NONE;
                        piece.place_of(before, 1)
                    });
                    return fault_at(
                        format!("YAML parse error on {path}: {}", broken.message),
                        place,
                    );
                }
            };
            if head.role != Role::Dropped {
                found.push(Document {
                    template: path.clone(),
                    text: document,
                    kind: head.kind,
                    is_hook: head.role == Role::Hook,
                });
            }
        }
    }
    found.sort_by(|one, other| {
        let by_role = one.is_hook.cmp(&other.is_hook);
        by_role.then_with(|| order::of_kinds(&one.kind, &other.kind))
    });
    rendering.documents.append(&mut found);
    Ok(())
}

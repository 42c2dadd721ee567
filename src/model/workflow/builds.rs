//! The images that a workflow builds from Dockerfiles of its repository: by Docker's action, or by `docker build` in a script.

use hullmark_tables::{BuildArgument, Builds, build_argument, builds};

use crate::model::path::joined;
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::model::workflow::{Places, StepPlace, WorkflowFile, value};
use crate::model::{FileTables, reference};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::Source;

/// Flags of `docker build` that take no value.
const SWITCHES: &[&str] = &[
    "--check",
    "--debug",
    "--disable-content-trust",
    "--force-rm",
    "--load",
    "--no-cache",
    "--pull",
    "--push",
    "--quiet",
    "--rm",
    "--squash",
    "-D",
    "-q",
];

/// A build, with paths that count from the repository.
struct Build<'t> {
    context: String,
    dockerfile: String,
    image: Option<&'t str>,
    target: Option<&'t str>,
    is_script: bool,
    /// The names of the arguments that it gives.
    arguments: Vec<&'t str>,
}

pub(super) fn build_rows(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    places: &Places,
    source: &Source,
) {
    if !tables.wants(Table::Builds) {
        return;
    }
    // The repository is the folder that holds `.github`; who checks it out elsewhere names other paths.
    let Some((repository, _)) = source.path.split_once(".github/") else {
        return;
    };
    for step in &places.steps {
        let found: Vec<Build> = match file.tree.text_at(step.node, "uses") {
            Some(text) if is_builder(text) => {
                let build = by_action(file.tree, step.node, repository);
                build.into_iter().collect()
            }
            Some(_) => Vec::new(),
            None => by_script(file, step, repository),
        };
        for build in found {
            tables.add_row(row(step.at, file.at, &build));
        }
    }
}

fn is_builder(uses: &str) -> bool {
    let name = uses.split('@').next().unwrap_or_default();
    name.trim().eq_ignore_ascii_case("docker/build-push-action")
}

fn row(at: RowRef, document: RowRef, build: &Build) -> RowBuilder<Builds> {
    RowBuilder::at(at)
        .set(builds::document, document)
        .text(builds::source, "workflow")
        .maybe_text(builds::image, build.image)
        .maybe_text(
            builds::repository,
            build
                .image
                .and_then(|image| reference::parse(image).repository),
        )
        .text(builds::context, &build.context)
        .text(builds::dockerfile, &build.dockerfile)
        .maybe_text(builds::target, build.target)
        .set(builds::arguments, arguments(build))
}

fn arguments(build: &Build) -> Vec<RowBuilder<BuildArgument>> {
    let field = if build.is_script {
        "run"
    } else {
        "with.build-args"
    };
    let names = build.arguments.iter().filter(|name| is_plain(name));
    let rows = names.map(|name| {
        RowBuilder::new()
            .text(build_argument::name, name)
            .text(build_argument::field, field)
    });
    rows.collect()
}

/// What a step of `docker/build-push-action` builds; `None` if an expression says what.
fn by_action<'t>(tree: &'t Tree, step: NodeId, repository: &str) -> Option<Build<'t>> {
    let with = |name: &str| Some(tree.get(step, "with")?).and_then(|with| tree.get(with, name));
    let given = |name: &str, default: &'t str| match with(name) {
        Some(node) if value::is_null(tree, node) => Some(default),
        Some(node) => tree.text(node).filter(|text| !value::is_dynamic(text)),
        None => Some(default),
    };
    // The default context is the repository as git has it, and so is `{{defaultContext}}`, below which a folder may be named.
    let context = given("context", ".")?.trim();
    let context = match context.strip_prefix("{{defaultContext}}") {
        Some(rest) => rest.trim_start_matches(':'),
        None => context,
    };
    let context = joined(repository, context)?;
    let dockerfile = match given("file", "")?.trim() {
        "" => joined(&context, "Dockerfile"),
        file => joined(repository, file),
    };
    let tags = with("tags").and_then(|tags| tree.text(tags));
    let mut tags = tags.unwrap_or_default().split([',', '\n']).map(str::trim);
    Some(Build {
        context,
        dockerfile: dockerfile?,
        image: tags.find(|tag| is_plain(tag)),
        target: given("target", "").filter(|target| !target.is_empty()),
        is_script: false,
        arguments: with("build-args")
            .and_then(|list| tree.text(list))
            .unwrap_or_default()
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(name, _)| name.trim())
            .collect(),
    })
}

/// What `docker build` builds in a script whose folder is known.
fn by_script<'t>(file: WorkflowFile<'t>, step: &StepPlace, repository: &str) -> Vec<Build<'t>> {
    let tree = file.tree;
    let Some(script) = tree.text_at(step.node, "run") else {
        return Vec::new();
    };
    let is_moved = |line: &str| {
        line.split([' ', '\t', ';', '&', '('])
            .any(|word| word == "cd" || word == "pushd")
    };
    if !script.contains("docker") || script.lines().any(is_moved) {
        return Vec::new();
    }
    let holders = [Some(file.root), step.job.map(|(job, _)| job)];
    let mut defaults = holders
        .into_iter()
        .flatten()
        .filter_map(|holder| tree.at(holder, &["defaults", "run", "working-directory"]));
    let own = tree.get(step.node, "working-directory");
    let folder = own.or_else(|| defaults.next_back());
    let folder = match folder {
        Some(folder) => {
            value::known_text(tree, folder).and_then(|folder| joined(repository, folder))
        }
        None => Some(repository.to_owned()),
    };
    let Some(folder) = folder else {
        return Vec::new();
    };
    let mut builds = Vec::new();
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        while words.last() == Some(&"\\") {
            words.pop();
            words.extend(lines.next().unwrap_or_default().split_whitespace());
        }
        if let ["docker", "build", rest @ ..] | ["docker", "buildx" | "image", "build", rest @ ..] =
            words.as_slice()
        {
            builds.extend(by_command(rest, &folder));
        }
    }
    builds
}

/// What the arguments of `docker build` say.
fn by_command<'t>(words: &[&'t str], folder: &str) -> Option<Build<'t>> {
    let (mut context, mut file, mut image, mut target) = (None, None, None, None);
    let mut arguments = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if matches!(*word, "&&" | "||" | ";" | "|" | "&" | ">" | "<") {
            break;
        }
        let (name, value) = match word.split_once('=') {
            Some((name, value)) if word.starts_with('-') => (name, Some(value)),
            _ => (*word, None),
        };
        if !name.starts_with('-') || name == "-" {
            // Two contexts are none: something was not understood.
            if context.replace(*word).is_some() {
                return None;
            }
            continue;
        }
        if SWITCHES.contains(&name) {
            continue;
        }
        let value = value.or_else(|| words.next().copied());
        match name {
            "-f" | "--file" => file = value,
            "-t" | "--tag" => image = image.or(value),
            "--target" => target = value,
            "--build-arg" => arguments.extend(value.and_then(|pair| pair.split('=').next())),
            _ => {}
        }
    }
    let known = |text: &'t str| is_plain(text).then_some(text);
    let context = joined(folder, known(context?)?)?;
    let dockerfile = match file {
        Some(file) => joined(folder, known(file)?)?,
        None => joined(&context, "Dockerfile")?,
    };
    Some(Build {
        context,
        dockerfile,
        image: image.and_then(known),
        target: target.and_then(known),
        is_script: true,
        arguments,
    })
}

/// Whether neither the shell nor an expression changes a word.
fn is_plain(text: &str) -> bool {
    let changes = ['$', '\'', '"', '`', '(', '{', '*', '\\', '<', '>', ';', ' '];
    !text.is_empty() && text != "-" && !text.contains(changes)
}

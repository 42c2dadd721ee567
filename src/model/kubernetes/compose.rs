//! Compose: services as containers, and the images that they build.

use hullmark_tables::{BuildArgument, Builds, build_argument, builds, containers, images};

use crate::model::FileTables;
use crate::model::kubernetes::value;
use crate::model::path::joined;
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::{image, reference};
use crate::parse::dockerfile::Variables;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::Source;

pub(super) fn build_rows(
    tables: &mut FileTables,
    source: &Source,
    tree: &Tree,
    root: NodeId,
    document: RowRef,
) {
    let services = tree.get(root, "services");
    let built = built_images(tree, root);
    for (key, service) in services
        .map(|services| tree.pairs(services))
        .unwrap_or_default()
    {
        let Some(name) = tree.text(key).filter(|_| tree.is_mapping(service)) else {
            continue;
        };
        let at = tables.node(service);
        let image = value::child(tree, service, "image").and_then(|image| tree.text(image));
        let row = RowBuilder::at(at)
            .set(containers::document, document)
            .text(containers::kind, "compose")
            .text(containers::role, "compose")
            .text(containers::name, name)
            .maybe_text(containers::image, image)
            .set(
                containers::privileged,
                value::is_true(tree, service, "privileged"),
            );
        tables.add_row(row);
        if let Some(image) = image.filter(|image| !image.is_empty()) {
            // `${TAG:-1.2}`: Compose fills it in, and a Dockerfile's syntax of variables is the same.
            let expanded = Variables::default().expand(image).text;
            let row = image::row_as(at, document, "compose", image, &expanded, "image");
            let is_built = tree.get(service, "build").is_some() || built.contains(&image);
            tables.add_row(row.set(images::is_built, is_built));
        }
        if let Some(build) = value::child(tree, service, "build") {
            let at = tables.node(build);
            tables.add_row(build_row(tree, build, at, document, image, source));
        }
    }
}

/// The images that services of the file build.
fn built_images(tree: &Tree, root: NodeId) -> Vec<&str> {
    let services = tree.get(root, "services");
    let services = services.map(|services| tree.pairs(services));
    let services = services.into_iter().flatten();
    let built = services.filter_map(|(_, service)| {
        value::child(tree, service, "build")?;
        tree.text(value::child(tree, service, "image")?)
    });
    built.take(MOST_BUILT).collect()
}

/// How many images of a file are remembered: each service is compared with them.
const MOST_BUILT: usize = 64;

/// `build: .`, or `build:` with context, dockerfile and target; paths count from the Compose file's folder.
fn build_row(
    tree: &Tree,
    build: NodeId,
    at: RowRef,
    document: RowRef,
    image: Option<&str>,
    source: &Source,
) -> RowBuilder<Builds> {
    let text = |name| value::known_text(tree, tree.get(build, name)?);
    let context = match tree.scalar(build) {
        Some(_) => value::known_text(tree, build),
        None => Some(text("context").unwrap_or(".")),
    };
    let folder = source
        .path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let context = context.and_then(|context| joined(folder, context));
    let dockerfile = context.as_deref().and_then(|context| {
        if tree.get(build, "dockerfile_inline").is_some() {
            return None;
        }
        joined(context, text("dockerfile").unwrap_or("Dockerfile"))
    });
    let image = image.filter(|image| !value::is_templated(image));
    RowBuilder::at(at)
        .set(builds::document, document)
        .text(builds::source, "compose")
        .maybe_text(builds::image, image)
        .maybe_text(
            builds::repository,
            image.and_then(|image| reference::parse(image).repository),
        )
        .maybe_text(builds::context, context.as_deref())
        .maybe_text(builds::dockerfile, dockerfile.as_deref())
        .maybe_text(builds::target, text("target"))
        .set(builds::arguments, arguments(tree, build))
}

/// The names of the arguments that a build gives: a mapping, or a list of `NAME=value`.
fn arguments(tree: &Tree, build: NodeId) -> Vec<RowBuilder<BuildArgument>> {
    let Some(args) = tree.get(build, "args") else {
        return Vec::new();
    };
    let pairs = tree.pairs(args).into_iter();
    let named = pairs.filter_map(|(key, _)| {
        let name = tree.text(key)?;
        Some((name, format!("args.{name}")))
    });
    let items = tree.items(args).iter().enumerate();
    let listed = items.filter_map(|(number, item)| {
        let name = tree.text(*item)?.split('=').next()?;
        Some((name, format!("args.{number}")))
    });
    let known =
        |(name, _): &(&str, String)| !value::is_templated(name) && !name.contains(['$', '.']);
    let rows = named.chain(listed).filter(known);
    let rows = rows.map(|(name, field)| {
        RowBuilder::new()
            .text(build_argument::name, name)
            .text(build_argument::field, &field)
    });
    rows.collect()
}

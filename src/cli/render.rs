//! `hullmark render`: the manifests of a chart, and where each of their lines comes from.

use std::io::{self, Write};
use std::path::Path;

use crate::cli::arguments::Render;
use crate::cli::render_kustomize;
use crate::cli::{CliError, ExitStatus, print, print_text, say};
use crate::deployed::releases::LARGEST_VALUES;
use crate::regular;
use crate::render::helm::chart::folder::Folder;
use crate::render::helm::chart::set::Kind;
use crate::render::helm::render as helm;
use crate::render::helm::render::{Document, Options, Refusal, Rendering, ValuesFile};
use crate::render::place::{Origins, Place};
use crate::render::text::Piece;

/// How many call sites are shown beside a line.
const SITES: usize = 3;
/// The column from which origins are shown, if the line is short enough.
const COLUMN: usize = 60;

/// Prints what a folder comes to: a chart if it has a `Chart.yaml`, else a kustomization.
pub(super) fn render(arguments: &Render, working: &Path) -> Result<ExitStatus, CliError> {
    if arguments.folder.join("Chart.yaml").is_file() {
        return render_chart(arguments);
    }
    render_kustomize::render(&arguments.folder, working, arguments.origins)
}

/// Renders a chart; a chart that is refused ends with exit status 1.
fn render_chart(arguments: &Render) -> Result<ExitStatus, CliError> {
    let folder = Folder::new(&arguments.folder).map_err(CliError::Usage)?;
    let options = options(arguments)?;
    match helm::render(&folder, &options) {
        Ok(rendering) if arguments.notes => {
            let notes = rendering.notes.to_str();
            print_text(&format!("{}\n", notes.trim_end_matches('\n')), false)
        }
        Ok(rendering) => print(&mut |out| {
            for document in &rendering.documents {
                write_document(document, &rendering, arguments.origins, out)?;
            }
            Ok(())
        }),
        Err(refusal) => {
            say(&refused(&refusal, &arguments.folder));
            Ok(ExitStatus::Found)
        }
    }
}

fn options(arguments: &Render) -> Result<Options, CliError> {
    let mut values = Vec::new();
    for path in &arguments.values {
        let shown = path.display();
        let text = regular::read_text(path, LARGEST_VALUES)
            .map_err(|error| CliError::Usage(format!("{shown}: {error}")))?;
        values.push(ValuesFile::plain(shown.to_string(), text));
    }
    let kinds = [
        (Kind::Typed, &arguments.set),
        (Kind::Text, &arguments.set_string),
        (Kind::Json, &arguments.set_json),
    ];
    let set = kinds
        .iter()
        .flat_map(|(kind, texts)| texts.iter().map(|text| (*kind, text.clone())));
    Ok(Options {
        release: arguments.release.clone(),
        namespace: arguments.namespace.clone(),
        values,
        set: set.collect(),
        kube_version: arguments.kube_version.clone(),
        api_versions: arguments.api_versions.clone(),
        include_crds: arguments.include_crds,
        is_upgrade: arguments.is_upgrade,
        is_lenient: false,
        switched_on: 0..0,
    })
}

/// The failure, where it is, and the calls that led there.
fn refused(refusal: &Refusal, folder: &Path) -> String {
    let origins = &refusal.origins;
    let shown = |place: Place| {
        let found = origins.position(origins.resolve(place));
        found.map(|(name, line, column)| format!("{}/{name}:{line}:{column}", folder.display()))
    };
    let mut text = match shown(refusal.fault.place) {
        Some(place) => format!("{place}: {}", refusal.fault.message),
        None => format!("{}: {}", folder.display(), refusal.fault.message),
    };
    for site in origins.sites(refusal.fault.via, SITES) {
        if let Some(place) = shown(site) {
            text.push_str(&format!("\n  called at {place}"));
        }
    }
    text
}

fn write_document(
    document: &Document,
    rendering: &Rendering,
    origins: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "---\n# Source: {}", document.template)?;
    let text = document.text.to_str();
    if !origins {
        return writeln!(out, "{}", text.trim_end_matches('\n'));
    }
    let is_valid = text.len() == document.text.len();
    for range in document.text.lines() {
        let bytes = &document.text.bytes()[range.clone()];
        let line = String::from_utf8_lossy(bytes);
        let pieces = if is_valid {
            document.text.pieces_in(range)
        } else {
            &[]
        };
        let shown = origin(pieces, &rendering.origins);
        let line = line.trim_end();
        let gap = COLUMN.saturating_sub(line.chars().count());
        writeln!(out, "{line}{}  # {shown}", " ".repeat(gap))?;
    }
    Ok(())
}

/// The template's line with its call sites, and the value's line, of the pieces of a line.
fn origin(pieces: &[Piece], origins: &Origins) -> String {
    let line = |place: Place| {
        let found = origins.line(origins.resolve(place));
        found.map(|(name, line)| format!("{name}:{line}"))
    };
    let is_mark = |piece: &&Piece| {
        pieces
            .iter()
            .any(|other| other.at == piece.at && !std::ptr::eq(*piece, other))
    };
    let valued = pieces
        .iter()
        .find(|piece| piece.value.is_some() && !is_mark(piece));
    let written = valued.or_else(|| pieces.iter().find(|piece| piece.template.is_some()));
    let mut shown = Vec::new();
    if let Some(piece) = written {
        let sites = origins.sites(piece.via, SITES);
        let places = [piece.template].into_iter().chain(sites);
        shown.push(places.filter_map(line).collect::<Vec<_>>().join(" <- "));
    }
    if let Some(value) = valued.and_then(|piece| line(piece.value)) {
        shown.push(format!("value {value}"));
    }
    let hole = pieces.iter().find_map(|piece| origins.hole(piece.hole));
    if let Some(hole) = hole {
        let map = line(hole.map).unwrap_or_default();
        shown.push(match &*hole.path {
            "" => format!("default for {map}"),
            path => format!("default for `{path}` below {map}"),
        });
    }
    if pieces.iter().any(|piece| piece.unknown) {
        shown.push("unknown".to_owned());
    }
    shown.join(", ")
}

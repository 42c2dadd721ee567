//! `hullmark render` of a kustomization: the objects that it builds, as YAML.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::{CliError, ExitStatus, print, say};
use crate::deployed::LocalCharts;
use crate::render::kustomize::build::Build;
use crate::render::kustomize::charts::Charts;
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::files::Disk;
use crate::render::kustomize::loader::Loader;
use crate::render::kustomize::tree::Place;
use crate::render::kustomize::write::{self, Line};
use crate::span::Lines;

/// How wide a line is before the column of its origins.
const COLUMN: usize = 60;

/// Prints what the kustomization in `target` builds; what is left out is told, and makes it fail.
pub(super) fn render(
    target: &Path,
    folder: &Path,
    with_origins: bool,
) -> Result<ExitStatus, CliError> {
    let shown = target.display();
    let absolute = folder
        .join(target)
        .canonicalize()
        .map_err(|error| CliError::Usage(format!("{shown}: {error}")))?;
    let absolute = match absolute.parent() {
        Some(parent) if absolute.is_file() => parent.to_owned(),
        _ => absolute,
    };
    let (root, is_repository) = repository(&absolute);
    let disk = Disk::new(&root).ok_or_else(|| CliError::Usage(format!("{shown}: is no folder")))?;
    let inside = absolute.strip_prefix(disk.root()).unwrap_or(&absolute);
    let inside = inside.to_string_lossy().replace('\\', "/");
    // Only in a repository is it known which charts are meant.
    let charts = is_repository.then(|| LocalCharts::of(disk.root()));
    let charts = charts.as_ref().map(|charts| charts as &dyn Charts);
    let mut engine = Engine::new(&disk, charts);
    let outcome = engine.build(&inside);
    let places = Places {
        loader: engine.loader(),
        root: disk.root(),
        folder,
    };
    let build = match outcome {
        Ok(build) => build,
        Err(refusal) => {
            let place = places.show(refusal.at).unwrap_or_else(|| shown.to_string());
            say(&format!("{place}: {refusal}"));
            return Ok(ExitStatus::Found);
        }
    };
    print(&mut |out| documents(&build, with_origins.then_some(&places), out))?;
    for missing in &build.missing {
        let place = places.show(missing.at).unwrap_or_default();
        say(&format!("{place}: {}", missing.reason));
    }
    Ok(if build.missing.is_empty() {
        ExitStatus::Clean
    } else {
        ExitStatus::Found
    })
}

/// The nearest folder above that is a repository, or the root of the file system, and whether it is the former.
fn repository(folder: &Path) -> (PathBuf, bool) {
    let above = folder.ancestors().find(|above| above.join(".git").exists());
    let last = || folder.ancestors().last().unwrap_or(folder);
    (above.unwrap_or_else(last).to_owned(), above.is_some())
}

fn documents(build: &Build, places: Option<&Places<'_>>, out: &mut dyn Write) -> io::Result<()> {
    for (number, object) in build.objects.iter().enumerate() {
        if number > 0 {
            writeln!(out, "---")?;
        }
        for line in write::document(&object.root) {
            match places {
                Some(places) => writeln!(out, "{:COLUMN$} # {}", line.text, places.origin(&line))?,
                None => writeln!(out, "{}", line.text)?,
            }
        }
    }
    Ok(())
}

/// Shows places as a person names them.
struct Places<'p> {
    loader: &'p Loader<'p>,
    root: &'p Path,
    folder: &'p Path,
}

impl Places<'_> {
    /// Where a line's value was written, what stood there before, and its key if that was elsewhere.
    fn origin(&self, line: &Line) -> String {
        let of = |at: Place| self.show(at);
        let mut text = of(line.value).unwrap_or_else(|| "made".to_owned());
        if let Some(before) = of(line.was).filter(|before| *before != text) {
            text = format!("{text}, before {before}");
        } else if let Some(key) = of(line.key).filter(|key| *key != text) {
            text = format!("{text}, key {key}");
        }
        text
    }

    /// A place as `path:line`, the path as seen from the working folder.
    fn show(&self, at: Place) -> Option<String> {
        let source = self.loader.source(at.file)?;
        let line = Lines::of(&source.text).line(at.span.start);
        let path = self.root.join(&*source.path);
        let path = path.strip_prefix(self.folder).unwrap_or(&path);
        Some(format!("{}:{line}", path.display()))
    }
}

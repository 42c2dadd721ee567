//! `hullmark render` of a kustomization: the objects that it builds, as YAML.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::{Ending, Trouble, print, say};
use crate::render::kustomize::engine::{Build, Engine};
use crate::render::kustomize::files::Disk;
use crate::render::kustomize::loader::Loader;
use crate::render::kustomize::tree::Place;
use crate::render::kustomize::write::{self, Line};
use crate::span::Lines;

/// How wide a line is before the column of its origins.
const COLUMN: usize = 60;

/// Prints what the kustomization in `target` builds; what is left out is told, and makes it fail.
pub(super) fn render(target: &Path, folder: &Path, with_origins: bool) -> Result<Ending, Trouble> {
    let absolute = folder.join(target);
    let shown = target.display();
    let absolute = absolute
        .canonicalize()
        .map_err(|error| Trouble(format!("{shown}: {error}")))?;
    let root = repository(&absolute);
    let disk = Disk::new(&root).ok_or_else(|| Trouble(format!("{shown}: is no folder")))?;
    let inside = absolute.strip_prefix(disk.root()).unwrap_or(&absolute);
    let inside = inside.to_string_lossy().replace('\\', "/");
    let mut engine = Engine::new(&disk, None);
    let build = match engine.build(&inside) {
        Ok(build) => build,
        Err(refusal) => {
            let place = place(engine.loader(), refusal.at);
            let place = place.unwrap_or_else(|| shown.to_string());
            say(&format!("{place}: {refusal}"));
            return Ok(Ending::Found);
        }
    };
    print(&mut |out| documents(&build, engine.loader(), with_origins, out))?;
    for missing in &build.missing {
        let place = place(engine.loader(), missing.at).unwrap_or_default();
        say(&format!("{place}: {}", missing.reason));
    }
    Ok(if build.missing.is_empty() {
        Ending::Clean
    } else {
        Ending::Found
    })
}

/// The nearest folder above that is a repository, or the root of the file system.
fn repository(folder: &Path) -> PathBuf {
    let above = folder.ancestors().find(|above| above.join(".git").exists());
    let last = || folder.ancestors().last().unwrap_or(folder);
    above.unwrap_or_else(last).to_owned()
}

fn documents(
    build: &Build,
    loader: &Loader<'_>,
    with_origins: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (number, object) in build.objects.iter().enumerate() {
        if number > 0 {
            writeln!(out, "---")?;
        }
        for line in write::document(&object.root) {
            if with_origins {
                writeln!(out, "{:COLUMN$} # {}", line.text, origin(loader, &line))?;
            } else {
                writeln!(out, "{}", line.text)?;
            }
        }
    }
    Ok(())
}

/// Where a line's value was written, and its key if that was elsewhere.
fn origin(loader: &Loader<'_>, line: &Line) -> String {
    let of = |at: Place| place(loader, at).unwrap_or_else(|| "made".to_owned());
    let value = of(line.value);
    if line.key.is_some() && of(line.key) != value {
        return format!("{value}, key {}", of(line.key));
    }
    value
}

/// A place as `path:line`.
fn place(loader: &Loader<'_>, at: Place) -> Option<String> {
    let source = loader.source(at.file)?;
    let line = Lines::of(&source.text).line(at.span.start);
    Some(format!("{}:{line}", source.path))
}

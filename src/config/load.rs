//! Reads the configuration that holds for a run, with the policies that it names, and resolves it.

use std::io;
use std::path::{Path, PathBuf};

use crate::config::baseline::Stored;
use crate::config::error::{Error, Mistake};
use crate::config::extends::{self, Place};
use crate::config::project::{self, Project};
use crate::config::selection::{Selection, Selectors};
use crate::config::trusted::Trusted;
use crate::config::{
    Config, Flags, Resolved, Selector, baseline, reader, rule_settings, trusted, weakened,
};
use crate::regular;
use crate::rules::{self, Catalogue, user};

/// A configuration as it was read.
#[derive(Default)]
struct Read {
    config: Config,
    mistakes: Vec<Mistake>,
    /// Where the policies that it names are read, in their order.
    policies: Vec<PathBuf>,
    /// How its place is shown, if that is no file of the checkout.
    shown: Option<String>,
    /// The baseline that it names.
    baseline: Option<Stored>,
}

/// Reads the configuration for the absolute folder `working` and the user's policies, and resolves which rules run.
///
/// # Errors
/// Those of [`load_for`].
pub fn load(flags: &Flags, working: &Path) -> Result<Resolved, Error> {
    load_for(flags, working, &[])
}

/// The same for files and folders, named from `working`, whose nearest configuration counts.
///
/// # Errors
/// If a file cannot be read, policies cannot be used, or the configuration has mistakes: all of them.
pub fn load_for(flags: &Flags, working: &Path, paths: &[PathBuf]) -> Result<Resolved, Error> {
    let found = project::find(working, paths);
    // What a trusted configuration names is taken from where it is.
    let trusted = flags.config_from.as_deref();
    let trusted = trusted
        .map(|from| Trusted::open(from, working, found.repository.as_deref()))
        .transpose()?;
    let own = || own(flags, found.clone(), working);
    let (read, project) = match &trusted {
        Some(trusted) => (
            of_trusted(trusted, &found)?,
            found.clone().with_config(None),
        ),
        None => own()?,
    };
    let mut resolved = resolve(read, flags, working, project)?;
    if trusted.is_some()
        && let Ok((read, project)) = own()
    {
        resolved.weakened = weakened::by(&read.config, &resolved, &project);
    }
    Ok(resolved)
}

/// The configuration of the checkout.
fn own(flags: &Flags, found: Project, working: &Path) -> Result<(Read, Project), Error> {
    let is_named = flags.config.is_some();
    let project = if flags.isolated || is_named {
        let file = flags.config.as_ref().map(|file| working.join(file));
        found.with_config(file)
    } else {
        bound(found, working)
    };
    let Some(file) = &project.config else {
        return Ok((Read::default(), project));
    };
    if !is_named {
        check_inside(file, &project, working, "pass it with --config")?;
    }
    let (config, mistakes) = read_whole(file, &project, working)?;
    for policies in config.policies.iter().filter(|_| !is_named) {
        check_inside(policies, &project, working, "pass it with --policy")?;
    }
    let baseline = config.baseline.as_deref();
    if let Some(baseline) = baseline.filter(|_| !is_named) {
        check_inside(baseline, &project, working, "pass it with --baseline")?;
    }
    let baseline = baseline
        .map(|file| Stored::read(file, working))
        .transpose()?;
    let read = Read {
        policies: config.policies.clone(),
        config,
        mistakes,
        shown: None,
        baseline,
    };
    Ok((read, project))
}

/// A configuration of the checkout with all that it extends: files of the repository that it is in, or else of its folder.
fn read_whole(
    file: &Path,
    project: &Project,
    working: &Path,
) -> Result<(Config, Vec<Mistake>), Error> {
    let read = reader::read(file, working)?;
    let of_project = project.repository.as_deref();
    let of_project = of_project.filter(|root| file.starts_with(root));
    let is_repository = |folder: &&Path| folder.join(".git").exists();
    let root = of_project.or_else(|| file.ancestors().skip(1).find(is_repository));
    let root = root.unwrap_or_else(|| project::folder(file));
    extends::resolve(read, file, Place::Disk { root, working })
}

/// The configuration of a trusted revision or folder that holds where the files are: the nearest one, or one that is binding.
fn of_trusted(trusted: &Trusted, project: &Project) -> Result<Read, Error> {
    let root = project.repository.as_ref().unwrap_or(&project.folder);
    let below = project.folder.strip_prefix(root).unwrap_or(Path::new(""));
    let candidates = below.ancestors().flat_map(|folder| {
        let names = project::NAMES.iter();
        names.map(|name| folder.join(name))
    });
    trusted.take(&candidates.collect::<Vec<PathBuf>>(), trusted::LARGEST)?;
    let mut chosen: Option<(Config, Vec<Mistake>, String)> = None;
    for folder in below.ancestors() {
        let mut is_first = true;
        for name in project::NAMES {
            let path = folder.join(name);
            let Some(text) = trusted.text(&path, trusted::LARGEST)? else {
                continue;
            };
            let shown = trusted.shown(&path);
            let file = root.join(&path);
            let read = reader::read_text(&text, &shown, project::folder(&file));
            let place = Place::Trusted {
                root,
                held: trusted,
            };
            let read = read.and_then(|read| extends::resolve(read, &file, place));
            let is_binding = |read: &(Config, Vec<Mistake>)| read.0.is_binding();
            let is_nearest = chosen.is_none() && is_first;
            is_first = false;
            if is_nearest || read.as_ref().is_ok_and(is_binding) {
                let (config, mistakes) = read?;
                chosen = Some((config, mistakes, shown));
            }
        }
    }
    let Some((config, mistakes, shown)) = chosen else {
        return Ok(Read {
            shown: Some(trusted.shown(Path::new(project::NAMES[0]))),
            ..Read::default()
        });
    };
    let below = |path: &Path, flag: &str| {
        let below = path.strip_prefix(root).map(Path::to_owned);
        below.map_err(|_| Error::Unreadable {
            path: path.to_string_lossy().into_owned(),
            source: io::Error::other(format!("lies outside the repository; pass it with {flag}")),
        })
    };
    let policies = config.policies.iter();
    let policies = policies.map(|folder| trusted.folder(&below(folder, "--policy")?));
    let policies = policies.collect::<Result<_, _>>()?;
    let baseline = config.baseline.as_ref().map(|file| {
        let below = below(file, "--baseline")?;
        trusted.take(std::slice::from_ref(&below), baseline::LARGEST)?;
        Ok::<Stored, Error>(Stored {
            path: file.clone(),
            shown: trusted.shown(&below),
            text: trusted.text(&below, baseline::LARGEST)?,
        })
    });
    Ok(Read {
        policies,
        baseline: baseline.transpose()?,
        config,
        mistakes,
        shown: Some(shown),
    })
}

/// What runs by a configuration and the flags.
fn resolve(read: Read, flags: &Flags, working: &Path, project: Project) -> Result<Resolved, Error> {
    let Read {
        config,
        mut mistakes,
        policies,
        shown,
        baseline,
    } = read;
    let catalogue = match catalogue(&policies, flags, working) {
        Ok(catalogue) => catalogue,
        Err(mut refused) => {
            // Without their rules, names of them would seem unknown.
            if !mistakes.is_empty() {
                refused.insert(0, Error::Invalid(mistakes));
            }
            return Err(Error::Several(refused));
        }
    };
    let settings = rule_settings::resolve(&catalogue, &config.rules, &mut mistakes);
    let selectors = Selectors {
        select: of_flag("--select", &flags.select),
        ignore: of_flag("--ignore", &flags.ignore),
    };
    let selection = Selection::resolve(&catalogue, &config, &selectors, working, &mut mistakes);
    if !mistakes.is_empty() {
        mistakes.sort_by_key(Mistake::line);
        return Err(Error::Invalid(mistakes));
    }
    Ok(Resolved {
        catalogue,
        config,
        project,
        settings,
        selection,
        reads_suppressions: !flags.without_suppressions,
        baseline,
        trusted: shown,
        weakened: Vec::new(),
    })
}

/// The built-in rules and the user's.
fn catalogue(policies: &[PathBuf], flags: &Flags, working: &Path) -> Result<Catalogue, Vec<Error>> {
    let mut catalogue = rules::catalogue();
    let mut refused = Vec::new();
    for policies in policies.iter().chain(&flags.policy) {
        let shown = policies.strip_prefix(working).unwrap_or(policies);
        let extended = user::extend(&mut catalogue, shown);
        refused.extend(extended.err().map(Error::from));
    }
    if refused.is_empty() {
        Ok(catalogue)
    } else {
        Err(refused)
    }
}

/// The project with the configuration that is binding, if one above the nearest is, or one beside it: nobody sets it aside with a file of their own.
fn bound(project: Project, working: &Path) -> Project {
    let Some(config) = &project.config else {
        return project;
    };
    let all = project::all_above(config, project.repository.as_deref());
    if all.len() == 1 {
        return project;
    }
    let mut above = all.into_iter();
    let is_binding = |file: &PathBuf| {
        check_inside(file, &project, working, "").is_ok()
            && read_whole(file, &project, working).is_ok_and(|(config, _)| config.is_binding())
    };
    match above.find(is_binding) {
        Some(binding) => project.bound_by(binding),
        None => project,
    }
}

/// Refuses a file or folder that a configuration in the repository leads to, by a link or by its path, and that is none of the repository's.
fn check_inside(
    path: &Path,
    project: &Project,
    working: &Path,
    instead: &str,
) -> Result<(), Error> {
    let of_config = || project.config.as_deref().map(project::folder);
    let root = project.repository.as_deref().or_else(of_config);
    if !path.exists() || root.is_some_and(|root| regular::is_inside(path, root)) {
        return Ok(());
    }
    let path = path.strip_prefix(working).unwrap_or(path);
    Err(Error::Unreadable {
        path: path.to_string_lossy().into_owned(),
        source: io::Error::other(format!(
            "lies outside the repository; {instead} if it is meant"
        )),
    })
}

/// The selectors of a flag.
fn of_flag(flag: &str, texts: &[String]) -> Vec<Selector> {
    let selectors = texts.iter().map(|text| Selector {
        text: text.trim().to_owned(),
        place: flag.to_owned(),
    });
    selectors.collect()
}

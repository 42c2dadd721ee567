//! `extends`: the files that a configuration is built on. Each is read with its own folder for its paths; what is said later has precedence, and what a file
//! demands of suppressions only adds up.

use std::path::{Path, PathBuf};

use crate::config::error::{Error, Mistake, MistakeKind};
use crate::config::project::folder;
use crate::config::trusted::{LARGEST, Trusted};
use crate::config::{Config, Suppressions, reader};
use crate::regular;

/// How many files a configuration may be built on, those of its bases among them.
const MOST: usize = 32;

/// A configuration as it was read, and its mistakes.
pub(super) type Read = (Config, Vec<Mistake>);

/// Where the files are.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// On the disk, below `root`; paths are shown from `working`.
    Disk { root: &'a Path, working: &'a Path },
    /// In a trusted revision or folder that stands for `root`.
    Trusted { root: &'a Path, held: &'a Trusted },
}

/// The configuration with all that it extends; `file` is its absolute path.
///
/// # Errors
/// If a file that it extends cannot be read, is no YAML, lies elsewhere, or extends this one in turn: all of these.
pub(super) fn resolve(read: Read, file: &Path, place: Place) -> Result<Read, Error> {
    if read.0.extends.is_empty() {
        return Ok(read);
    }
    let mut bases = Bases {
        place,
        chain: vec![file.to_owned()],
        shown: Vec::new(),
        mistakes: Vec::new(),
        broken: Vec::new(),
    };
    let mut config = bases.built(read);
    config.bases = bases.shown;
    if bases.broken.is_empty() {
        return Ok((config, bases.mistakes));
    }
    bases.broken.sort_by_key(Mistake::line);
    Err(Error::Invalid(bases.broken))
}

/// The files that were read.
struct Bases<'a> {
    place: Place<'a>,
    /// From the configuration to the file that is being read.
    chain: Vec<PathBuf>,
    /// How the files are shown, in their order.
    shown: Vec<String>,
    mistakes: Vec<Mistake>,
    /// Mistakes without which nothing can be said of the rest.
    broken: Vec<Mistake>,
}

impl Bases<'_> {
    /// A configuration on top of its bases.
    fn built(&mut self, (mut own, mistakes): Read) -> Config {
        self.mistakes.extend(mistakes);
        let mut config = Config::default();
        for base in std::mem::take(&mut own.extends) {
            let file = self.chain.last().map_or(Path::new(""), PathBuf::as_path);
            let path = regular::normal(&folder(file).join(&base.text));
            match self.read(&base.text, &path) {
                Ok(read) => {
                    self.chain.push(path);
                    let base = self.built(read);
                    self.chain.pop();
                    config = over(config, base);
                }
                Err(Problem::Reason(reason)) => self.broken.push(Mistake {
                    place: base.place,
                    kind: MistakeKind::Extends {
                        path: base.text,
                        reason,
                    },
                }),
                Err(Problem::Mistakes(mistakes)) => self.broken.extend(mistakes),
            }
        }
        over(config, own)
    }

    fn read(&mut self, named: &str, path: &Path) -> Result<Read, Problem> {
        let reason = |reason: String| Err(Problem::Reason(reason));
        if named.contains("://") {
            return reason("is no file of the repository: check it in to extend it".to_owned());
        }
        if let Some(at) = self.chain.iter().position(|file| file == path) {
            let chain = self.chain[at..].iter().map(PathBuf::as_path).chain([path]);
            let chain: Vec<String> = chain.map(|file| self.place.shown(file)).collect();
            return reason(format!("extends this file in turn: {}", chain.join(" -> ")));
        }
        if self.shown.len() >= MOST {
            return reason(format!("is one of more than {MOST} files: extend fewer"));
        }
        let text = self.place.text(path).map_err(Problem::Reason)?;
        let shown = self.place.shown(path);
        self.shown.push(shown.clone());
        match reader::read_text(&text, &shown, folder(path)) {
            Ok(read) => Ok(read),
            Err(Error::Invalid(mistakes)) => Err(Problem::Mistakes(mistakes)),
            Err(error) => reason(error.to_string()),
        }
    }
}

/// Why a file cannot be extended.
enum Problem {
    /// To be said where it is named.
    Reason(String),
    /// In the file.
    Mistakes(Vec<Mistake>),
}

impl Place<'_> {
    /// The text of a file; the reason why there is none.
    fn text(self, path: &Path) -> Result<String, String> {
        let outside = || Err("lies outside the repository: copy it into it".to_owned());
        let missing = || Err("does not exist".to_owned());
        match self {
            Self::Disk { root, .. } if !path.starts_with(root) => outside(),
            Self::Disk { .. } if path.symlink_metadata().is_err() => missing(),
            Self::Disk { root, .. } if !regular::is_inside(path, root) => outside(),
            Self::Disk { .. } => {
                regular::read_text(path, LARGEST).map_err(|error| error.to_string())
            }
            Self::Trusted { root, held } => {
                let Ok(below) = path.strip_prefix(root) else {
                    return outside();
                };
                let taken = held.take(&[below.to_owned()], LARGEST);
                let text = taken.and_then(|()| held.text(below, LARGEST));
                match text {
                    Ok(Some(text)) => Ok(text),
                    Ok(None) => missing(),
                    Err(error) => Err(error.to_string()),
                }
            }
        }
    }

    fn shown(self, path: &Path) -> String {
        let (from, held) = match self {
            Self::Disk { working, .. } => (working, None),
            Self::Trusted { root, held } => (root, Some(held)),
        };
        let below = path.strip_prefix(from).unwrap_or(path);
        match held {
            Some(held) => held.shown(below),
            None => below.to_string_lossy().replace('\\', "/"),
        }
    }
}

/// What a configuration and one that extends it say together.
fn over(base: Config, own: Config) -> Config {
    let mut origins = base.origins;
    for (key, places) in own.origins {
        let known = origins.entry(key).or_default();
        if REPLACED.contains(&key) {
            known.clear();
        }
        known.extend(places);
    }
    Config {
        select: own.select.or(base.select),
        ignore: joined(base.ignore, own.ignore),
        severity: joined(base.severity, own.severity),
        exclude: joined(base.exclude, own.exclude),
        test_data: own.test_data.or(base.test_data),
        kubernetes: own.kubernetes.or(base.kubernetes),
        schemas: joined(base.schemas, own.schemas),
        overrides: joined(base.overrides, own.overrides),
        policies: joined(base.policies, own.policies),
        rules: joined(base.rules, own.rules),
        fail_on: own.fail_on.or(base.fail_on),
        locked: joined(base.locked, own.locked),
        suppressions: stricter(base.suppressions, own.suppressions),
        baseline: own.baseline.or(base.baseline),
        extends: Vec::new(),
        bases: Vec::new(),
        origins,
    }
}

/// The keys whose value takes the place of that of a base; others are added to it.
const REPLACED: &[&str] = &["select", "test-data", "kubernetes", "fail-on", "baseline"];

fn joined<T>(mut base: Vec<T>, own: Vec<T>) -> Vec<T> {
    base.extend(own);
    base
}

/// What both demand: a base that is binding stays so.
fn stricter(base: Suppressions, own: Suppressions) -> Suppressions {
    Suppressions {
        is_refused: base.is_refused || own.is_refused,
        needs_reason: base.needs_reason || own.needs_reason,
        expiry: match (base.expiry, own.expiry) {
            (Some(base), Some(own)) => Some(base.min(own)),
            (base, own) => base.or(own),
        },
        forbid: joined(base.forbid, own.forbid),
    }
}

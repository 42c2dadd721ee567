//! The kustomizations of a repository: those that are deployed, built, and the files that they reach.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hullmark_tables::faults;

use crate::deployed::chart::Refused;
use crate::deployed::find::Group;
use crate::deployed::helm_charts::LocalCharts;
use crate::deployed::releases::Releases;
use crate::deployed::{Fault, Files, Rendering, made, unlisted, written};
use crate::diagnostic::Severity;
use crate::render::kustomize::build::{Build, Unmatched};
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::files::Disk;
use crate::render::kustomize::loader::SourceFile;
use crate::render::kustomize::refusal::{Cause, Refusal};
use crate::render::kustomize::released::Deployer;
use crate::render::kustomize::tree::Place;
use crate::sources::SourceDb;
use crate::span::{FileId, FileSpan};

/// The kustomizations of a repository.
#[derive(Debug, Default)]
pub struct Kustomizations {
    /// The files that take part.
    pub files: Files,
    /// Those that no other one builds on, in the order of their folders.
    pub roots: Vec<Root>,
    /// The folders of those that kustomize refuses, and why.
    pub refused: Vec<(String, Refused)>,
    /// What is wrong with kustomizations themselves.
    pub faults: Vec<Fault>,
}

/// A kustomization that no other one builds on.
#[derive(Debug)]
pub struct Root {
    /// Its folder, as paths are shown.
    pub path: String,
    /// Its folder as messages name it: relative to the repository.
    pub name: String,
    /// Whether it is checked, not only files that are part of it.
    pub is_asked: bool,
    /// Whether something is missing that lies elsewhere, so that objects may be missing.
    pub is_incomplete: bool,
    /// The files that it is made of.
    pub files: BTreeSet<FileId>,
    build: Build,
}

impl Root {
    /// Why something is left out that lies elsewhere, if that is so.
    pub fn left_out(&self) -> Option<&str> {
        self.build
            .missing
            .first()
            .map(|missing| missing.reason.as_str())
    }

    /// Its objects as a text.
    pub fn rendering(&self, files: &Files) -> Rendering {
        written::write(&self.build, files)
    }
}

/// With how many deployers a kustomization is built.
const DEPLOYERS: usize = 8;

/// Builds the roots among the kustomizations of a repository: those that no other one builds on, and those in the folders that
/// are deployed as they are, each with what its deployer adds. Manifests that none of them builds are looked for if that `is_wanted`.
pub fn build(db: &SourceDb, group: &Group, releases: &Releases, is_wanted: bool) -> Kustomizations {
    let mut found = Kustomizations::default();
    let Some(disk) = Disk::new(&group.repository) else {
        return found;
    };
    let disk = disk.with_texts(db.texts());
    let makers = made::Makers::of(disk.root());
    let below = |folder: &Path| {
        let real = folder.canonicalize().ok()?;
        let below = real.strip_prefix(disk.root()).ok()?;
        Some(below.to_string_lossy().replace('\\', "/"))
    };
    let folders: Vec<String> = group
        .folders
        .iter()
        .filter_map(|folder| below(folder))
        .collect();
    let charts = LocalCharts {
        repository: disk.root().to_owned(),
        texts: db.texts(),
    };
    let mut engine = Engine::unrestricted(&disk, Some(&charts));
    let shown = |path: &str| db.shown(&group.repository.join(path));
    let mut refused = Vec::new();
    let mut faults_found: Vec<Fault> = Vec::new();
    let set = |folders: &BTreeSet<PathBuf>| -> BTreeSet<String> {
        folders.iter().filter_map(|folder| below(folder)).collect()
    };
    let (asked, mut wanted) = (set(&group.asked), set(&group.around));
    wanted.extend(asked.iter().cloned());
    let graph = engine.graph(&folders);
    let mut roots: BTreeSet<String> = graph.roots().into_iter().collect();
    let named = group.folders.intersection(&releases.folders);
    roots.extend(named.filter_map(|folder| below(folder)));
    roots.retain(|root| graph.reaches(root, &wanted));
    for folder in roots {
        let is_asked = asked.contains(&folder);
        let root = |build: Build| Root {
            path: shown(&folder),
            name: if folder.is_empty() {
                ".".to_owned()
            } else {
                folder.clone()
            },
            is_asked,
            is_incomplete: !build.missing.is_empty(),
            files: build.files.iter().map(|file| FileId::new(*file)).collect(),
            build,
        };
        let deployers = releases.deployers.get(&group.repository.join(&folder));
        let deployers = deployers.into_iter().flatten();
        match builds(&mut engine, &folder, deployers, &below) {
            Ok(builds) => found.roots.extend(builds.into_iter().map(root)),
            Err(refusal) => {
                let mut all = engine.absent(&folder);
                all.push(refusal.clone());
                let sources = engine.loader().sources();
                let all = meant(all, &makers, sources, (&folders, &folder));
                faults_found.extend(faults_of(all, sources, disk.root(), is_asked));
                let at = refusal.at.is_some().then(|| span(refusal.at));
                let message = refusal.message;
                let is_syntax = false;
                let refusal = Refused {
                    message,
                    at,
                    is_syntax,
                };
                refused.push((shown(&folder), refusal));
            }
        }
    }
    found.refused = refused;
    let old = folders.iter().filter_map(|folder| {
        let is_asked = asked.contains(folder);
        old_fields(&engine.deprecated(folder), is_asked)
    });
    faults_found.extend(old);
    // A file that something else fills in later, as `flux bootstrap` does, may hold the target.
    let mut sources = engine.loader().sources().iter();
    let has_empty = sources.any(|source| is_empty_yaml(&source.text));
    if !has_empty {
        faults_found.extend(unmatched(&found.roots));
    }
    if is_wanted && found.refused.is_empty() {
        let sources = engine.loader().sources().iter();
        let built = sources.map(|source| Arc::clone(&source.path)).collect();
        faults_found.extend(unlisted::find(disk.root(), &asked, &built, &mut engine));
    }
    faults_found.sort_by(|a, b| (a.at, a.rule).cmp(&(b.at, b.rule)));
    faults_found.dedup();
    found.faults = faults_found;
    // Numbers of the engine begin at 1.
    found.files.add("", "");
    for source in engine.loader().sources() {
        found.files.add(&shown(&source.path), &source.text);
    }
    found
}

/// What a kustomization builds with each of its deployers, or by itself.
fn builds<'d>(
    engine: &mut Engine,
    folder: &str,
    deployers: impl Iterator<Item = &'d Deployer>,
    below: &dyn Fn(&Path) -> Option<String>,
) -> Result<Vec<Build>, Refusal> {
    let mut builds = Vec::new();
    for deployer in deployers.take(DEPLOYERS) {
        let file = below(Path::new(&deployer.file));
        let deployer = file.map(|file| Deployer {
            file,
            ..deployer.clone()
        });
        let built = deployer.map(|deployer| engine.build_as(folder, Some(&deployer)));
        builds.extend(built.and_then(Result::ok));
    }
    if builds.is_empty() {
        builds.push(engine.build(folder)?);
    }
    Ok(builds)
}

/// The deprecated fields of one kustomization, as one fault at the first.
fn old_fields(fields: &[(Arc<str>, Place)], is_asked: bool) -> Option<Fault> {
    let (first, at) = fields.first()?;
    let old: Vec<&str> = fields.iter().map(|(field, _)| &**field).collect();
    Some(Fault {
        rule: faults::KUSTOMIZE_FIELD.rule,
        at: span(*at),
        message: deprecated(&old),
        name: first.to_string(),
        is_asked,
        severity: None,
        help: None,
    })
}

fn span(at: Place) -> FileSpan {
    FileSpan::new(FileId::new(at.file), at.span)
}

/// The finding that a refusal is, if the fault is certain.
fn fault(refusal: &Refusal, severity: Severity, is_asked: bool) -> Option<Fault> {
    let rule = match refusal.cause {
        Cause::MissingFile => faults::KUSTOMIZE_FILE.rule,
        Cause::NoTarget => faults::UNMATCHED_PATCH.rule,
        Cause::WrongField => faults::KUSTOMIZE_TYPE.rule,
        // A name that is filled in before the build may be another one then.
        Cause::Refused | Cause::NoObject if refusal.message.contains(['$', '{', '%']) => {
            return None;
        }
        Cause::Refused | Cause::NoObject => faults::KUSTOMIZE_BUILD.rule,
        Cause::Other => return None,
    };
    let message = match refusal.cause {
        Cause::Refused | Cause::NoObject => format!("{}, so the build fails", refusal.message),
        _ => refusal.message.clone(),
    };
    refusal.at.is_some().then(|| Fault {
        rule,
        at: span(refusal.at),
        message,
        name: refusal.message.clone(),
        is_asked,
        severity: Some(severity),
        help: path_of_patch(refusal).or_else(|| meant_name(refusal)),
    })
}

/// What to write for a field that is misspelt.
fn meant_name(refusal: &Refusal) -> Option<Cow<'static, str>> {
    let (_, meant) = refusal.message.split_once("(did you mean `")?;
    let (meant, _) = meant.split_once('`')?;
    (refusal.cause == Cause::Refused).then(|| format!("Write `{meant}`.").into())
}

/// What to write for the path of a patch that stands by itself among `patches`, as `patchesStrategicMerge` takes it.
fn path_of_patch(refusal: &Refusal) -> Option<Cow<'static, str>> {
    let path = refusal
        .message
        .strip_prefix("expected a mapping, found `")?
        .strip_suffix('`')?;
    let is_file = [".yaml", ".yml", ".json"]
        .iter()
        .any(|end| path.ends_with(end));
    (refusal.cause == Cause::WrongField && is_file)
        .then(|| format!("Write `- path: {path}`.").into())
}

/// The refusals of the build of one of `folders` that are faults: not what something makes before it, nor what a kustomization lacks that is switched off.
fn meant(
    mut all: Vec<Refusal>,
    makers: &made::Makers<'_>,
    sources: &[SourceFile],
    (folders, folder): (&[String], &str),
) -> Vec<Refusal> {
    let mut causes = all.iter().map(|refusal| refusal.cause);
    if causes.any(|cause| cause == Cause::MissingFile) && makers.switch_off(folders, folder) {
        all.clear();
    }
    all.retain(|refusal| {
        let is_outer = matches!(refusal.cause, Cause::NoTarget | Cause::NoObject)
            && made::builds_nothing(sources, folder);
        !is_outer && !makers.make(sources, refusal) && !is_filled_in(sources, refusal)
    });
    all
}

/// Whether a refusal is about a file that is another text when it is built: a template, one that is encrypted, or kept elsewhere.
fn is_filled_in(sources: &[SourceFile], refusal: &Refusal) -> bool {
    let number = (refusal.at.file as usize).checked_sub(1);
    let source = number.and_then(|number| sources.get(number));
    let is_named = |source: &&SourceFile| !super::names_kustomization(&source.path);
    let text = source.filter(is_named).map(|source| &*source.text);
    let text = text.unwrap_or_default();
    refusal.cause == Cause::Refused
        && (["{{", "{%", "${", "<%", "\0"]
            .iter()
            .any(|sign| text.contains(sign))
            || text.starts_with("version https://git-lfs"))
}

/// From how many files on that a kustomization lacks they are one fault.
const MANY: usize = 2;

/// The findings that refusals are. What one kustomization lacks is one, at the first, if it is much.
fn faults_of(
    refusals: Vec<Refusal>,
    sources: &[SourceFile],
    root: &Path,
    is_asked: bool,
) -> Vec<Fault> {
    let mut lacking: BTreeMap<u32, Vec<Refusal>> = BTreeMap::new();
    let mut others = Vec::new();
    for refusal in refusals {
        if refusal.cause == Cause::MissingFile && refusal.at.is_some() {
            let of_file = lacking.entry(refusal.at.file).or_default();
            if of_file.iter().all(|known| known.at != refusal.at) {
                of_file.push(refusal);
            }
        } else {
            others.push(refusal);
        }
    }
    for (file, all) in lacking {
        if all.len() < MANY {
            others.extend(all);
            continue;
        }
        let source = sources.get((file as usize).saturating_sub(1));
        let text = source.map(|source| &*source.text).unwrap_or_default();
        let paths = all.iter().map(|refusal| refusal.at.span.of(text).trim());
        let shown: Vec<String> = paths.take(3).map(|path| format!("`{path}`")).collect();
        let more = match all.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "{} files that it lists do not exist: {}{more}",
            all.len(),
            shown.join(", ")
        );
        let first = all.into_iter().min_by_key(|refusal| refusal.at);
        others.extend(first.map(|first| Refusal { message, ..first }));
    }
    let faults = others.into_iter().filter_map(move |refusal| {
        // Where the whole folder is missing, something may bring it before the build.
        let severity = if made::lacks_folder(root, sources, &refusal) {
            Severity::Warning
        } else {
            Severity::Error
        };
        fault(&refusal, severity, is_asked)
    });
    faults.collect()
}

/// What to write instead of deprecated fields of a kustomization: `` `bases` is deprecated; the field is `resources` ``.
fn deprecated(fields: &[&str]) -> String {
    let instead = fields.iter().map(|field| match *field {
        "bases" => "resources",
        "commonLabels" => "labels",
        "imageTags" => "images",
        "patchesJson6902" | "patchesStrategicMerge" => "patches",
        "vars" => "replacements",
        _ => "helmCharts",
    });
    let mut instead: Vec<&str> = instead.collect();
    instead.dedup();
    let list = |names: &[&str]| match names {
        [first @ .., last] if !first.is_empty() => {
            format!("`{}` and `{last}`", first.join("`, `"))
        }
        names => format!("`{}`", names.join("`, `")),
    };
    let are = |names: &[&str], one, many| if names.len() == 1 { one } else { many };
    format!(
        "{} {} deprecated; the {} {}",
        list(fields),
        are(fields, "is", "are"),
        are(&instead, "field is", "fields are"),
        list(&instead)
    )
}

/// Whether a text has nothing but comments and marks of documents.
fn is_empty_yaml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#') || line.starts_with("---"))
}

/// Entries of `patches` that match nothing in any build that they are part of.
fn unmatched(roots: &[Root]) -> Vec<Fault> {
    let roots: Vec<&Root> = roots
        .iter()
        .filter(|root| !root.build.objects.is_empty())
        .collect();
    let places: BTreeMap<Place, &Unmatched> = roots
        .iter()
        .flat_map(|root| {
            let unmatched = root.build.unmatched.iter();
            unmatched.map(|(at, target)| (*at, target))
        })
        .collect();
    let is_useless = |(at, unmatched): &(Place, &Unmatched)| {
        let file = FileId::new(at.file);
        let mut around = roots.iter().filter(|root| root.files.contains(&file));
        !unmatched.is_general
            && around.all(|root| !root.is_incomplete && root.build.unmatched.contains_key(at))
    };
    let useless = places.into_iter().filter(is_useless);
    let faults = useless.map(|(at, Unmatched { target, .. })| Fault {
        rule: faults::UNMATCHED_PATCH.rule,
        at: FileSpan::new(FileId::new(at.file), at.span),
        message: format!(
            "the build has no {target}, which this patch targets, so the patch is skipped"
        ),
        name: "patches".to_owned(),
        is_asked: roots
            .iter()
            .any(|root| root.is_asked && root.build.unmatched.contains_key(&at)),
        severity: None,
        help: None,
    });
    faults.collect()
}

impl Kustomizations {
    /// The files that the roots are made of, other than kustomizations: they are judged as what is built of them.
    pub fn parts(&self) -> impl Iterator<Item = &Arc<str>> {
        let reached: BTreeSet<FileId> = self
            .roots
            .iter()
            .flat_map(|root| root.files.iter().copied())
            .collect();
        let files = reached.into_iter().filter_map(|file| self.files.get(file));
        let paths = files.map(|file| &file.path);
        paths.filter(|path| {
            let name = path.rsplit('/').next().unwrap_or_default();
            !name.eq_ignore_ascii_case("kustomization.yaml")
                && !name.eq_ignore_ascii_case("kustomization.yml")
                && name != "Kustomization"
        })
    }
}

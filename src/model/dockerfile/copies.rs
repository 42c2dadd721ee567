//! What COPY and ADD take from the build context, held against the context where it is there to see.

use std::collections::BTreeSet;

use hullmark_tables::{Copies, Credential, copies, credential};

use crate::model::FileTables;
use crate::model::dockerfile::{Context, credential as credential_file};
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::parse::dockerfile::{Instruction, Word};
use crate::sources::context::{self, Exclusions, SensitiveFile, Steps};

/// How many sources of a file are looked up.
const SOURCES: usize = 200;

/// How many credential files a row tells of.
const SHOWN: usize = 5;

/// Folders, and names of files less their last part, that a build makes.
const MADE: &[&str] = &[
    "dist",
    "build",
    "out",
    "output",
    "target",
    "bin",
    "release",
    "releases",
    "artifact",
    "artifacts",
    "publish",
    "node_modules",
    "vendor",
    ".next",
    ".output",
    "_build",
    "_output",
    "obj",
    "tmp",
    "generated",
    "gen",
    "pkg",
    "public",
    "staging",
    "deploy",
    "lib",
    "rootfs",
];

/// Endings of files that a build makes or that someone fetches before it.
const PACKED: &[&str] = &[
    "jar", "war", "ear", "whl", "deb", "rpm", "apk", "tgz", "tar", "gz", "xz", "bz2", "zst", "zip",
    "7z", "exe", "so", "dll", "bin", "img", "iso", "run", "msi", "crt", "pem", "key", "cer", "p12",
    "jks", "phar", "nupkg", "gem", "o", "a", "wasm", "min.js", "tfstate", "dat", "db", "onnx",
    "pt",
];

/// Names without an ending that people write by hand; others are as likely to be programs that a build makes.
const WRITTEN: &[&str] = &[
    "makefile",
    "gemfile",
    "procfile",
    "pipfile",
    "rakefile",
    "dockerfile",
    "license",
    "cmakelists",
    "vagrantfile",
    "brewfile",
    "cargo",
    "gulpfile",
    "gruntfile",
    "jenkinsfile",
    "caddyfile",
];

/// A COPY or ADD of local files.
#[derive(Debug)]
pub(super) struct Copy {
    at: RowRef,
    stage: Option<RowRef>,
    keyword: String,
    sources: Vec<Local>,
    excluded: Exclusions,
}

/// A source of the context.
#[derive(Debug)]
struct Local {
    number: usize,
    /// As written, variables filled in.
    text: String,
    /// Below the context.
    path: String,
    is_known: bool,
    is_pattern: bool,
}

/// Remembers what an instruction takes from the context.
pub(super) fn note(
    tables: &FileTables,
    context: &mut Context,
    at: RowRef,
    instruction: &Instruction,
) {
    if !(tables.wants(Table::Copies) || tables.wants(Table::Stages))
        || !matches!(instruction.keyword.as_str(), "COPY" | "ADD")
        || instruction.flags.iter().any(|flag| flag.name == "from")
    {
        return;
    }
    let Some((_, words)) = instruction.words.split_last() else {
        return;
    };
    let sources = words.iter().enumerate().filter_map(|(number, word)| {
        let expanded = context.variables().expand(&word.text);
        // What an ARG says may be said otherwise by each build.
        let is_known = expanded.is_known && !word.text.contains('$');
        let plain = Word {
            text: expanded.text,
            span: word.span,
        };
        local(number, &plain, is_known)
    });
    let sources: Vec<Local> = sources.collect();
    if sources.is_empty() {
        return;
    }
    let excluded = instruction
        .flags
        .iter()
        .filter(|flag| flag.name == "exclude");
    let excluded: Vec<&str> = excluded.filter_map(|flag| flag.value.as_deref()).collect();
    context.copies.push(Copy {
        at,
        stage: context.stages.last().map(|stage| stage.at),
        keyword: instruction.keyword.clone(),
        sources,
        excluded: Exclusions::read(&excluded.join("\n")),
    });
}

fn local(number: usize, word: &Word, is_known: bool) -> Option<Local> {
    let is_remote =
        |text: &str| text.contains("://") || text.starts_with("git@") || text.contains(".git#");
    let text = word.unquoted();
    if word.text.starts_with("<<") || is_remote(&text) {
        return None;
    }
    // A template's text, or a path of Windows.
    let is_open = ["{{", "{%", "<", "@@", "\\", "%", "\n"]
        .iter()
        .any(|sign| word.text.contains(sign) || text.contains(sign));
    Some(Local {
        number,
        path: context::clean(&text),
        is_known: is_known && !is_open && !text.is_empty(),
        is_pattern: text.contains(['*', '?', '[']),
        text,
    })
}

/// Adds the rows, asking about the context only if there is something to ask.
pub(super) fn push(tables: &mut FileTables, context: &Context) {
    if context.copies.is_empty() || !tables.wants(Table::Copies) {
        return;
    }
    let asked = asked(context);
    let seen = context.contexts.context(context.source, &asked);
    let seen = seen.map(|seen| Seen::new(seen, &asked));
    let mut has_whole = false;
    let mut told = Told::new();
    for copy in &context.copies {
        for source in &copy.sources {
            let is_whole = source.is_known && source.path.is_empty();
            let mut row = RowBuilder::at(copy.at)
                .set(copies::document, context.document)
                .maybe(copies::stage, copy.stage)
                .text(copies::keyword, &copy.keyword)
                .text(copies::field, &format!("arguments.{}", source.number))
                .text(copies::source, &source.text)
                .set(copies::is_known, source.is_known)
                .set(copies::is_pattern, source.is_pattern)
                .set(copies::is_whole_context, is_whole)
                .set(copies::is_first_whole, is_whole && !has_whole);
            has_whole |= is_whole;
            if let Some(seen) = &seen {
                row = seen.fields(row, copy, source, &mut told);
            }
            tables.add_row(row);
        }
        if seen.as_ref().is_some_and(|seen| seen.steps.are_over()) {
            let message = "patterns of files to leave out are more than can be matched; what is copied from here on counts as not left out";
            tables.unjudged(copy.at, message);
        }
    }
}

/// The files and folders of the context that are copied under names that are known, by name.
pub(super) fn asked(context: &Context) -> Vec<String> {
    let sources = context.copies.iter().flat_map(|copy| &copy.sources);
    let literal =
        sources.filter(|source| source.is_known && !source.is_pattern && !source.path.is_empty());
    let asked: BTreeSet<String> = literal
        .take(SOURCES)
        .map(|source| source.path.clone())
        .collect();
    asked.into_iter().collect()
}

/// Whether the whole context is copied, or what patterns at its top find.
pub(super) fn has_whole(context: &Context) -> bool {
    let mut sources = context.copies.iter().flat_map(|copy| &copy.sources);
    sources.any(|source| {
        source.is_known
            && (source.path.is_empty() || (source.is_pattern && !source.path.contains('/')))
    })
}

/// What lies at the top of many a context and belongs into no image.
const UNWANTED: &[&str] = &[
    ".git",
    ".env",
    ".env.local",
    ".env.production",
    ".npmrc",
    ".netrc",
    ".aws",
    ".ssh",
    ".terraform",
    "terraform.tfstate",
    "node_modules",
    ".venv",
    "venv",
    "__pycache__",
];

/// The stages and the files with credentials that were told of in them.
type Told = BTreeSet<(Option<RowRef>, String)>;

/// The context, and what of the sources is surely not in it.
struct Seen {
    context: context::Context,
    asked: BTreeSet<String>,
    missing: BTreeSet<String>,
    made: BTreeSet<String>,
    steps: Steps,
}

impl Seen {
    fn new(context: context::Context, asked: &[String]) -> Self {
        let absent = context.missing().iter().cloned();
        let (made, missing): (BTreeSet<String>, BTreeSet<String>) = absent.partition(|path| {
            (is_made(path) && context.similar(path).is_none()) || context.is_made(path)
        });
        let found = asked.len() - context.missing().len();
        let slips = missing
            .iter()
            .filter(|path| context.similar(path).is_some());
        let certain = found + slips.count() + usize::from(context.is_marked());
        // Where most is missing, the files are put together elsewhere before the build.
        let is_elsewhere = missing.len() > certain;
        Self {
            missing: if is_elsewhere {
                BTreeSet::new()
            } else {
                missing.clone()
            },
            made: if is_elsewhere { &made | &missing } else { made },
            asked: asked.iter().cloned().collect(),
            context,
            steps: Steps::default(),
        }
    }

    fn fields(
        &self,
        row: RowBuilder<Copies>,
        copy: &Copy,
        source: &Local,
        told: &mut Told,
    ) -> RowBuilder<Copies> {
        let row = row
            .text(copies::context, &self.context.name())
            .set(
                copies::has_dockerignore,
                self.context.ignore_file().is_some() || self.context.may_have_ignore_file(),
            )
            .maybe_text(copies::dockerignore, self.context.ignore_file().as_deref());
        if !source.is_known || source.is_pattern {
            return row
                .set(copies::is_ignored, false)
                .set(copies::takes_git, false)
                .set(copies::credentials, Vec::new());
        }
        let is_there = |name: &&&str| {
            source.path.is_empty()
                && self.context.has(name)
                && (!name.starts_with(".env") || self.is_private(name))
                && (***name != *".npmrc" || self.logs_in(name))
                && copy.excluded.leave_out(name, &self.steps).is_none()
        };
        let unwanted: Vec<&&str> = UNWANTED.iter().filter(is_there).collect();
        let row = row.texts(copies::unwanted, unwanted);
        let is_missing = self.missing.contains(&source.path);
        let exists = if is_missing {
            Some(false)
        } else {
            let is_there = source.path.is_empty()
                || (self.asked.contains(&source.path) && !self.made.contains(&source.path));
            is_there.then_some(true)
        };
        let similar = is_missing
            .then(|| self.context.similar(&source.path))
            .flatten();
        let exclusions = self.context.exclusions();
        let pattern = exclusions.and_then(|exclusions| self.ignored(exclusions, &source.path));
        let taken = self.taken(copy, source);
        row.maybe(copies::exists, exists)
            .maybe_text(copies::similar, similar.as_deref())
            .set(copies::is_ignored, pattern.is_some())
            .maybe_text(
                copies::ignored_by,
                pattern.as_ref().map(|(text, _)| text.as_str()),
            )
            .maybe(copies::ignored_line, pattern.map(|(_, line)| line))
            .set(copies::takes_git, taken.iter().any(SensitiveFile::is_git))
            .set(copies::credentials, credentials(&taken, copy.stage, told))
    }

    /// Whether the settings of npm hold a login, and not only how packages are installed.
    fn logs_in(&self, name: &str) -> bool {
        let files = self.context.sensitive_files();
        let file = files.iter().find(|file| file.path == name);
        let signs = ["_authToken", "_auth=", "_auth =", "_password"];
        file.is_some_and(|file| signs.iter().any(|sign| file.head.contains(sign)))
    }

    /// Whether a file of variables is there that sets a password.
    fn is_private(&self, name: &str) -> bool {
        let files = self.context.sensitive_files();
        let file = files.iter().find(|file| file.path == name);
        file.is_some_and(|file| credential_file::sets_password(&file.head))
    }

    /// The pattern that leaves all of a source out, and its line.
    fn ignored(&self, exclusions: &Exclusions, path: &str) -> Option<(String, usize)> {
        let pattern = exclusions.leave_out(path, &self.steps)?;
        let is_file = self.context.has(path) && !self.context.is_folder(path);
        let is_all = is_file || !exclusions.may_bring_back_below(path, &self.steps);
        is_all.then(|| (pattern.text.clone(), pattern.line))
    }

    /// What a source brings along that no image should hold.
    fn taken(&self, copy: &Copy, source: &Local) -> Vec<SensitiveFile> {
        let is_folder = source.path.is_empty() || self.context.is_folder(&source.path);
        if !is_folder && !self.context.has(&source.path) {
            return Vec::new();
        }
        let is_left_out = |file: &SensitiveFile, below: &str| {
            let path = &file.path;
            let by_copy = [below, path]
                .iter()
                .any(|path| copy.excluded.leave_out(path, &self.steps).is_some());
            let exclusions = self.context.exclusions();
            by_copy
                || exclusions
                    .is_some_and(|exclusions| exclusions.leave_out(path, &self.steps).is_some())
        };
        let listing = self.context.sensitive_files();
        let taken = listing.iter().filter(|file| {
            let below = file.path.strip_prefix(&source.path).unwrap_or("?");
            let is_in = below.is_empty()
                || (is_folder && (source.path.is_empty() || below.starts_with('/')));
            is_in && !is_left_out(file, below.trim_start_matches('/'))
        });
        taken.cloned().collect()
    }
}

/// The rows of the files with credentials, less those that the stage has from another source already.
fn credentials(
    taken: &[SensitiveFile],
    stage: Option<RowRef>,
    told: &mut Told,
) -> Vec<RowBuilder<Credential>> {
    let held = taken.iter().filter_map(|file| {
        let held = credential_file::held(&file.path, &file.head)?;
        told.insert((stage, file.path.clone())).then(|| {
            RowBuilder::new()
                .text(credential::path, &file.path)
                .word(credential::what, held.what)
                .maybe_text(credential::name, held.name)
        })
    });
    held.take(SHOWN).collect()
}

/// Whether a path that is not there looks like what a build makes.
fn is_made(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut folders = path.split('/');
    if folders.any(|part| MADE.contains(&part.to_ascii_lowercase().as_str())) {
        return true;
    }
    match name.rsplit_once('.') {
        // Beside the private key, which is kept out of the repository.
        Some((key, "pub")) => key.starts_with("id_"),
        Some((_, ending)) => PACKED.contains(&ending) || name.starts_with('.'),
        None => !WRITTEN.contains(&name.as_str()),
    }
}

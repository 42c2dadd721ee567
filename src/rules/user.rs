//! A user's own rules: the same form and the same rights as ours, with messages that say where and what to write.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hullmark_policy::bundle::{self, Added, Compiler};
use hullmark_policy::schema::Schema;

use crate::regular;
use crate::rules::{Body, Catalogue, builtin, metadata};

/// How many bytes a policy has at most.
const LARGEST: u64 = 256 << 10;

/// How many policies a folder has at most.
const MOST: usize = 1_000;

/// A policy that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A folder or file cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// Why it was not.
        source: std::io::Error,
    },
    /// A folder that holds no policy.
    #[error("{}: holds no policy: a rule is a file `<domain>/<rule>.rego`", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// A fault in a policy.
    #[error("{path}:{place}: {message}")]
    Faulty {
        /// The file.
        path: String,
        /// The line, and the column if it is known.
        place: String,
        /// What is wrong and what to write.
        message: String,
    },
    /// What the engine says without a place.
    #[error("{0}")]
    Engine(String),
}

/// Adds the rules of a folder to the catalogue.
///
/// # Errors
/// The first fault found: an unreadable file, a METADATA that lacks something, an id that exists already, what the engine refuses.
pub fn extend(catalogue: &mut Catalogue, folder: &Path) -> Result<(), Error> {
    let mut compiler = Compiler::new(Schema::of_model());
    for (path, text) in builtin::LIBRARIES {
        compiler.add_checked(path, text)?;
    }
    let mut has_rules = false;
    let mut policies = Vec::new();
    files(folder, folder, &mut policies)?;
    policies.sort();
    for file in policies {
        let text = regular::read_text(&file, LARGEST).map_err(|source| Error::Unreadable {
            path: file.clone(),
            source,
        })?;
        let path = file.to_string_lossy().replace('\\', "/");
        if let Added::Rule(id) = compiler.add(&path, &text)? {
            has_rules = true;
            check_path(&file, path, &id, &text)?;
        }
    }
    if !has_rules {
        return Err(Error::Empty {
            path: folder.to_path_buf(),
        });
    }
    let bundle = compiler.compile(&|id| catalogue.rule(id))?;
    let first = catalogue.programs.len();
    catalogue.programs.extend(bundle.programs);
    catalogue
        .rules
        .to_mut()
        .extend(bundle.rules.into_iter().map(|mut rule| {
            if let Body::Rego { program, .. } = &mut rule.body {
                *program += first;
            }
            rule.is_of_user = true;
            rule
        }));
    Ok(())
}

impl From<bundle::Error> for Error {
    fn from(error: bundle::Error) -> Self {
        match error {
            bundle::Error::Faulty { path, fault } => Self::Faulty {
                path,
                place: fault.place(),
                message: fault.message,
            },
            bundle::Error::Engine(message) => Self::Engine(message),
        }
    }
}

/// Refuses a rule whose path says another id than its package.
fn check_path(file: &Path, path: String, id: &str, text: &str) -> Result<(), Error> {
    let whole = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    let domain = whole.parent().and_then(Path::file_name);
    let expected = format!(
        "{}/{}",
        domain.unwrap_or_default().to_string_lossy(),
        stem(file)
    );
    if expected == id {
        return Ok(());
    }
    let mut lines = text.lines();
    let line = lines.position(|line| line.trim_start().starts_with("package"));
    let package = metadata::package_of(&expected);
    let message = format!(
        "the package says `{id}`, the path `{expected}`: write `package {package}`, or move the file to `{id}.rego`"
    );
    Err(Error::Faulty {
        path,
        place: (line.unwrap_or_default() + 1).to_string(),
        message,
    })
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Adds the policies below a folder; a file stands for itself. Tests of the policies (`*_test.rego`) are left out. A link out of the folder
/// `top` is refused.
fn files(folder: &Path, top: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let unreadable = |source| Error::Unreadable {
        path: folder.to_path_buf(),
        source,
    };
    if folder.is_file() {
        found.push(folder.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let path = entry.path();
        let refused = |reason: String| Error::Unreadable {
            path: path.clone(),
            source: io::Error::other(reason),
        };
        if kind.is_dir() {
            files(&path, top, found)?;
        } else if path.extension().is_some_and(|end| end == "rego")
            && !stem(&path).ends_with("_test")
        {
            if kind.is_symlink() && !regular::is_inside(&path, top) {
                return Err(refused(
                    "is a link out of the folder of policies".to_owned(),
                ));
            }
            if found.len() == MOST {
                return Err(refused(format!("is one policy too many: {MOST} are read")));
            }
            found.push(path);
        }
    }
    Ok(())
}

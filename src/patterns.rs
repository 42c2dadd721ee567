//! Globs over paths, in the manner of `.gitignore`: without a slash at any depth, with one from their folder; a folder covers what is in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::inert::clipped;

/// The longest glob, in bytes: its alternatives nest, and the engine recurses into them.
const LONGEST: usize = 1_024;

/// Globs and the folder from which they count.
#[derive(Clone, Debug)]
pub struct Patterns {
    folder: PathBuf,
    globs: Gitignore,
    /// Those that are written as absolute paths or begin with `../`, from the root of the file system.
    absolute: Option<Gitignore>,
    texts: Vec<String>,
    /// Whether any path was meant so far.
    are_used: Arc<AtomicBool>,
}

/// A glob that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("`{glob}` is no glob: {reason}")]
pub struct BadGlob {
    /// As written.
    pub glob: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Patterns {
    /// Globs that count from the absolute `folder`.
    ///
    /// # Errors
    /// The first glob that cannot be read.
    pub fn new<G: AsRef<str>>(
        folder: &Path,
        globs: impl IntoIterator<Item = G>,
    ) -> Result<Self, BadGlob> {
        let mut builder = GitignoreBuilder::new(folder);
        let mut absolute = GitignoreBuilder::new("");
        let mut texts = Vec::new();
        for glob in globs {
            let glob = glob.as_ref();
            if glob.len() > LONGEST {
                return Err(BadGlob {
                    glob: clipped(glob, 40).into_owned(),
                    reason: format!("it has more than {LONGEST} bytes"),
                });
            }
            texts.push(glob.to_owned());
            // To a .gitignore, a leading `#` is a comment and `./` matches nothing; neither is meant here.
            let pattern = glob.strip_prefix("./").map_or_else(
                || glob.to_owned(),
                |rest| format!("/{}", rest.trim_start_matches('/')),
            );
            let pattern = match pattern.strip_prefix('#') {
                Some(rest) => format!("\\#{rest}"),
                None => pattern,
            };
            let bad = |error: ignore::Error| BadGlob {
                glob: glob.to_owned(),
                reason: reason(&error),
            };
            match from_root(folder, &pattern) {
                Some(full) => absolute.add_line(None, &full).map_err(bad)?,
                None => builder.add_line(None, &pattern).map_err(bad)?,
            };
        }
        let bad = |error: ignore::Error| BadGlob {
            glob: String::new(),
            reason: reason(&error),
        };
        let absolute = absolute.build().map_err(bad)?;
        Ok(Self {
            folder: folder.to_owned(),
            globs: builder.build().map_err(bad)?,
            absolute: (!absolute.is_empty()).then_some(absolute),
            texts,
            are_used: Arc::default(),
        })
    }

    /// As written.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Whether any path that was asked about is meant, here or in a clone.
    pub fn are_used(&self) -> bool {
        self.are_used.load(Ordering::Relaxed)
    }

    /// The same without the globs that mean the absolute folder `root`: who names a folder that is excluded wants it looked at all the same.
    #[must_use]
    pub fn sparing(&self, root: &Path) -> Self {
        if !self.hold(root, true) {
            return self.clone();
        }
        let alone = |glob: &&String| {
            Self::new(&self.folder, [glob]).is_ok_and(|glob| !glob.hold(root, true))
        };
        let kept = self.texts.iter().filter(alone);
        let kept = Self::new(&self.folder, kept).map(|kept| Self {
            are_used: Arc::clone(&self.are_used),
            ..kept
        });
        kept.unwrap_or_else(|_| self.clone())
    }

    /// Whether the absolute path, or a folder above it, is meant.
    pub fn hold(&self, path: &Path, is_folder: bool) -> bool {
        let are_meant = |globs: &Gitignore, path: &Path| {
            let is_below = !path.as_os_str().is_empty() && !path.has_root();
            is_below
                && globs
                    .matched_path_or_any_parents(path, is_folder)
                    .is_ignore()
        };
        let below = path.strip_prefix(&self.folder).ok();
        let is_meant = below.is_some_and(|below| are_meant(&self.globs, below))
            || self.absolute.as_ref().is_some_and(|globs| {
                path.strip_prefix("/")
                    .is_ok_and(|path| are_meant(globs, path))
            });
        if is_meant {
            self.are_used.store(true, Ordering::Relaxed);
        }
        is_meant
    }
}

/// A glob that counts from the root of the file system, if it is written so: it goes up from the folder, or begins as the folder's own
/// path does. All other globs count from the folder.
fn from_root(folder: &Path, glob: &str) -> Option<String> {
    let first = |path: &str| {
        path.trim_start_matches('/')
            .split('/')
            .next()
            .map(str::to_owned)
    };
    let text = folder.to_str()?;
    if glob.starts_with('/') && glob[1..].contains('/') {
        return (first(glob) == first(text)).then(|| glob.to_owned());
    }
    let (mut folder, mut rest) = (folder, glob);
    while let Some(above) = rest.strip_prefix("../") {
        folder = folder.parent()?;
        rest = above;
    }
    let is_above = rest.len() < glob.len();
    is_above.then(|| format!("{}/{rest}", folder.to_string_lossy().trim_end_matches('/')))
}

/// The engine's own words, without the glob that the message names already.
fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hold(glob: &str, path: &str) -> bool {
        let patterns = Patterns::new(Path::new("/repo"), [glob]).unwrap();
        patterns.hold(&Path::new("/repo").join(path), false)
    }

    #[test]
    fn globs_read_like_gitignore_lines() {
        assert!(hold("*.yaml", "a/b/c.yaml"));
        assert!(hold("vendor", "a/vendor/Dockerfile"));
        assert!(hold("a/vendor/", "a/vendor/Dockerfile"));
        assert!(!hold("a/vendor", "b/a/vendor/Dockerfile"));
        assert!(hold("**/vendor/**", "b/a/vendor/Dockerfile"));
        assert!(hold("./a", "a/x"));
        assert!(!hold("./a", "b/a/x"));
        assert!(hold("/repo/a/*.yaml", "a/x.yaml"));
        assert!(hold("/a/", "a/x.yaml"));
        let above = Patterns::new(Path::new("/repo/a"), ["../vendor", "../../x/*.tmp"]).unwrap();
        assert!(!above.are_used());
        assert!(above.hold(Path::new("/repo/vendor/b/c.yaml"), false));
        assert!(above.hold(Path::new("/x/b.tmp"), false));
        assert!(!above.hold(Path::new("/repo/a/vendor/c.yaml"), false));
        assert!(above.are_used());
        let outside = Patterns::new(Path::new("/repo"), ["*"]).unwrap();
        assert!(!outside.hold(Path::new("/other/x"), false));
    }

    #[test]
    fn a_named_folder_is_spared() {
        let patterns = Patterns::new(Path::new("/repo"), ["fixtures", "*.tmp"]).unwrap();
        let patterns = patterns.sparing(Path::new("/repo/fixtures/showcase"));
        assert!(!patterns.hold(Path::new("/repo/fixtures/showcase/Dockerfile"), false));
        assert!(patterns.hold(Path::new("/repo/fixtures/showcase/a.tmp"), false));
    }

    #[test]
    fn a_broken_glob_is_named() {
        let error = Patterns::new(Path::new("/repo"), ["[b-a]", "b"]).unwrap_err();
        assert_eq!(error.glob, "[b-a]");
        let nested = format!("{}b{}", "{a,".repeat(64_000), "}".repeat(64_000));
        let error = Patterns::new(Path::new("/repo"), [nested]).unwrap_err();
        assert!(error.to_string().len() < 100, "{error}");
    }
}

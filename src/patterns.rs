//! Globs over paths, in the manner of `.gitignore`: without a slash at any depth, with one from their folder; a folder covers what is in it.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Globs and the folder from which they count.
#[derive(Clone, Debug)]
pub struct Patterns {
    folder: PathBuf,
    globs: Gitignore,
    texts: Vec<String>,
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
        let mut texts = Vec::new();
        for glob in globs {
            let glob = glob.as_ref();
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
            builder.add_line(None, &pattern).map_err(bad)?;
        }
        let bad = |error: ignore::Error| BadGlob {
            glob: String::new(),
            reason: reason(&error),
        };
        Ok(Self {
            folder: folder.to_owned(),
            globs: builder.build().map_err(bad)?,
            texts,
        })
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
        Self::new(&self.folder, kept).unwrap_or_else(|_| self.clone())
    }

    /// Whether the absolute path, or a folder above it, is meant.
    pub fn hold(&self, path: &Path, is_folder: bool) -> bool {
        let Ok(path) = path.strip_prefix(&self.folder) else {
            return false;
        };
        !path.as_os_str().is_empty()
            && self
                .globs
                .matched_path_or_any_parents(path, is_folder)
                .is_ignore()
    }
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
    }
}

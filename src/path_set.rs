//! A set of paths that is asked which of them are above a path: a hook names thousands of files, and each file of a run asks.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Absolute paths of files and folders.
#[derive(Clone, Debug, Default)]
pub struct PathSet {
    paths: Vec<PathBuf>,
    /// The same as texts: to hash a path takes it apart.
    texts: HashSet<OsString>,
}

impl PathSet {
    /// Paths without `.`, `..` and repeated separators.
    pub fn of(paths: Vec<PathBuf>) -> Self {
        let texts = paths.iter().map(|path| path.as_os_str().to_owned());
        Self {
            texts: texts.collect(),
            paths,
        }
    }

    /// As they were given, in that order.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Whether the path itself is in the set.
    pub fn holds(&self, path: &Path) -> bool {
        self.texts.contains(path.as_os_str())
    }

    /// The paths of the set that `path` is or is below, the longest first. Takes as long as `path` has parts.
    pub fn above<'p>(&self, path: &'p Path) -> impl Iterator<Item = &'p Path> {
        path.ancestors().filter(|above| self.holds(above))
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::PathSet;

    #[test]
    fn what_is_above_a_path_is_the_path_and_its_folders() {
        let paths = ["/a", "/a/b/c.yaml", "/a/bb"].map(PathBuf::from);
        let set = PathSet::of(paths.to_vec());
        let above = |path| set.above(Path::new(path)).collect::<Vec<_>>();
        assert_eq!(above("/a/b/c.yaml"), ["/a/b/c.yaml", "/a"].map(Path::new));
        assert_eq!(above("/a/bbb"), ["/a"].map(Path::new));
        assert!(above("/aa").is_empty());
        assert!(set.holds(Path::new("/a/bb")) && !set.holds(Path::new("/a/b")));
    }
}

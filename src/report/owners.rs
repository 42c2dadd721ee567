//! Who owns which file, by a CODEOWNERS: of the lines that match a path the last one counts.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;

use crate::patterns::Patterns;

/// A folder that stands for the root of the repository.
const ROOT: &str = "/.repository";

/// How many lines of it are read.
const MOST: usize = 5_000;

/// The owners of files.
#[derive(Debug, Default)]
pub struct Owners {
    lines: Vec<Line>,
    /// The numbers of the lines of paths that were asked for.
    known: Mutex<HashMap<Box<str>, Option<usize>>>,
}

#[derive(Debug)]
struct Line {
    pattern: Patterns,
    /// Whether it covers what is in a folder, and not what is in folders of that.
    is_flat: bool,
    /// Joined by spaces; empty if it says that nobody is.
    owners: String,
}

impl Owners {
    /// Reads a CODEOWNERS as GitHub and GitLab do; what is no pattern is passed over.
    pub fn read(text: &str) -> Self {
        let mut of_section = String::new();
        let mut lines = Vec::new();
        for line in text.lines().take(MOST).map(str::trim) {
            let line = line.split(" #").next().unwrap_or_default();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let section = line.strip_prefix('^').unwrap_or(line);
            if let Some((_, rest)) = section
                .strip_prefix('[')
                .and_then(|own| own.split_once(']'))
            {
                let owners = rest.split_whitespace();
                let owners: Vec<&str> = owners.filter(|word| !word.starts_with('[')).collect();
                of_section = owners.join(" ");
                continue;
            }
            let mut words = line.split_whitespace();
            let glob = words.next().unwrap_or_default();
            let owners: Vec<&str> = words.collect();
            // Neither knows exceptions.
            let pattern = Patterns::new(Path::new(ROOT), [glob]).ok();
            if let Some(pattern) = pattern.filter(|_| !glob.starts_with('!')) {
                lines.push(Line {
                    pattern,
                    is_flat: glob.ends_with("/*"),
                    owners: match &owners[..] {
                        [] => of_section.clone(),
                        owners => owners.join(" "),
                    },
                });
            }
        }
        Self {
            lines,
            known: Mutex::default(),
        }
    }

    /// The owners of the file of that path, from the root of its repository; empty if it has none.
    pub fn of(&self, path: &str) -> &str {
        let known = self.known.lock().ok();
        let known = known.and_then(|known| known.get(path).copied());
        let number = known.unwrap_or_else(|| {
            let number = self.lines.iter().rposition(|line| line.holds(path));
            if let Ok(mut known) = self.known.lock() {
                known.insert(path.into(), number);
            }
            number
        });
        number.map_or("", |number| &self.lines[number].owners)
    }
}

impl Line {
    fn holds(&self, path: &str) -> bool {
        let full = Path::new(ROOT).join(path);
        if !self.pattern.hold(&full, false) {
            return false;
        }
        let parent = full.parent().filter(|_| self.is_flat);
        parent.is_none_or(|parent| !self.pattern.hold(parent, true))
    }
}

#[cfg(test)]
mod tests {
    use super::Owners;

    #[test]
    fn the_last_line_that_matches_counts() {
        let owners = Owners::read(
            "# all\n* @all # comment\n/docs/ @docs @more\n*.yml @yaml\n/build/* @build\n/docs/free\n[Section] @section\nsrc/\n",
        );
        for (path, expected) in [
            ("Dockerfile", "@all"),
            ("docs/a/Dockerfile", "@docs @more"),
            ("docs/a.yml", "@yaml"),
            ("build/Dockerfile", "@build"),
            ("build/a/Dockerfile", "@all"),
            ("docs/free", ""),
            ("src/a", "@section"),
        ] {
            assert_eq!(owners.of(path), expected, "{path}");
            assert_eq!(owners.of(path), expected, "{path} again");
        }
    }
}

//! `.helmignore`: which files do not belong to a chart.

/// A line of the file.
#[derive(Debug)]
struct Rule {
    pattern: Vec<char>,
    negates: bool,
    wants_folder: bool,
    whole_path: bool,
}

/// The rules of a chart.
#[derive(Debug)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// Reads the file; hidden files in `templates/` are always ignored.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rules = Vec::new();
        for line in text
            .trim_start_matches('\u{feff}')
            .lines()
            .chain(["templates/.?*"])
        {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.contains("**") {
                return Err("double-star (**) syntax is not supported".to_owned());
            }
            let (negates, line) = match line.strip_prefix('!') {
                Some(line) => (true, line),
                None => (false, line),
            };
            let (wants_folder, line) = match line.strip_suffix('/') {
                Some(line) => (true, line),
                None => (false, line),
            };
            rules.push(Rule {
                pattern: line.strip_prefix('/').unwrap_or(line).chars().collect(),
                negates,
                wants_folder,
                whole_path: line.contains('/'),
            });
        }
        Ok(Self(rules))
    }

    /// Whether a file is ignored, itself or with a folder that it is in.
    pub fn ignore(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let mut folders = folders.filter(|folder| !folder.is_empty());
        folders.any(|folder| self.matches(folder, true)) || self.matches(path, false)
    }

    fn matches(&self, path: &str, is_folder: bool) -> bool {
        let base = path.rsplit('/').next().unwrap_or_default();
        for rule in &self.0 {
            let text: Vec<char> = if rule.whole_path { path } else { base }.chars().collect();
            let fits = glob(&rule.pattern, &text);
            if rule.negates {
                // A line with `!` ignores all that it does not match.
                if (rule.wants_folder && !is_folder) || !fits {
                    return true;
                }
            } else if fits && (is_folder || !rule.wants_folder) {
                return true;
            }
        }
        false
    }
}

/// Whether a pattern of `*`, `?` and `[a-z]` fits a text; none of them takes a `/`.
fn glob(pattern: &[char], text: &[char]) -> bool {
    let (mut at, mut in_text) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while in_text < text.len() || at < pattern.len() {
        let step = match pattern.get(at) {
            Some('*') => {
                retry = Some((at, in_text));
                at += 1;
                continue;
            }
            Some('?') => text.get(in_text).is_some_and(|c| *c != '/').then_some(1),
            Some('[') => text.get(in_text).and_then(|c| class(&pattern[at..], *c)),
            Some('\\') => (pattern.get(at + 1) == text.get(in_text)).then_some(2),
            Some(c) => (text.get(in_text) == Some(c)).then_some(1),
            None => None,
        };
        match (step, retry) {
            (Some(width), _) if in_text < text.len() => {
                at += width;
                in_text += 1;
            }
            (_, Some((star, from))) if text.get(from).is_some_and(|c| *c != '/') => {
                retry = Some((star, from + 1));
                at = star + 1;
                in_text = from + 1;
            }
            _ => return false,
        }
    }
    true
}

/// The width of a bracket expression if it takes the character.
fn class(pattern: &[char], c: char) -> Option<usize> {
    let mut at = 1;
    let negated = pattern.get(at) == Some(&'^');
    at += usize::from(negated);
    let first = at;
    let mut found = false;
    loop {
        let low = *pattern.get(at)?;
        if low == ']' && at > first {
            break;
        }
        let high = match (pattern.get(at + 1), pattern.get(at + 2)) {
            (Some('-'), Some(high)) if *high != ']' => {
                at += 2;
                *high
            }
            _ => low,
        };
        found |= low <= c && c <= high;
        at += 1;
    }
    (found != negated && c != '/').then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_ignore_what_helm_ignores() {
        for (rules, path, ignored) in [
            ("*.bak", "templates/x.bak", true),
            ("/root.txt", "root.txt", true),
            ("/root.txt", "a/root.txt", false),
            ("dir/", "dir/x.yaml", true),
            ("dir/", "dir", false),
            ("a/*.txt", "a/b.txt", true),
            ("a/*.txt", "a/b/c.txt", false),
            ("!templates/t.yaml", "Chart.yaml", true),
            ("", "templates/.hidden", true),
            ("# c\n[a-c].md", "b.md", true),
            ("ab?", "abc", true),
            ("ab?", "ab", false),
        ] {
            assert_eq!(
                Rules::parse(rules).unwrap().ignore(path),
                ignored,
                "{rules} {path}"
            );
        }
        assert!(Rules::parse("a/**").is_err());
    }
}

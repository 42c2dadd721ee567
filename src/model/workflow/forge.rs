//! The servers that run workflows: GitHub, and Forgejo and Gitea, which read a dialect of its syntax.

use crate::model::workflow::actions::rows;
use crate::sources::Source;

/// What the dialects take beyond GitHub's syntax, as written.
const SYNTAX_TABLE: &str = include_str!("../../../data/forge-syntax.tsv");

/// Who runs the workflows of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forge {
    /// GitHub, whose schema is known in full.
    GitHub,
    /// Forgejo, whose runner checks a schema of its own.
    Forgejo,
    /// Gitea, or a server that is known only not to be GitHub: nothing checks a schema there.
    Gitea,
}

impl Forge {
    /// Who runs a file: its folder says so, or an action that it names by its address.
    pub(super) fn of(source: &Source) -> Self {
        for folder in source.path.split('/') {
            match folder {
                ".forgejo" => return Self::Forgejo,
                ".gitea" => return Self::Gitea,
                _ => {}
            }
        }
        let names_address = |line: &str| {
            let rest = line.trim_start().trim_start_matches("- ").trim_start();
            let value = rest.strip_prefix("uses:").unwrap_or_default().trim_start();
            let value = value.trim_start_matches(['"', '\'']);
            value.starts_with("https://") || value.starts_with("http://")
        };
        let is_elsewhere = source.text.contains("://") && source.text.lines().any(names_address);
        if is_elsewhere {
            Self::Gitea
        } else {
            Self::GitHub
        }
    }

    /// Whether it reads a dialect of GitHub's syntax.
    pub(super) fn is_dialect(self) -> bool {
        self != Self::GitHub
    }

    /// Whether it takes a key in a section, as messages call it, that GitHub does not.
    pub(super) fn takes_key(self, section: &str, key: &str) -> bool {
        self.has("key", |place| place == section, key)
    }

    /// Whether it fills a context at a key, dotted, where GitHub does not; Gitea has every context that there is everywhere.
    pub(super) fn fills_context(self, key: &str, context: &str) -> bool {
        let first = key.split('.').next().unwrap_or_default();
        self.has("context", |place| place == "*" || place == first, context)
    }

    fn has(self, what: &str, is_place: impl Fn(&str) -> bool, name: &str) -> bool {
        if self == Self::GitHub {
            return false;
        }
        rows(SYNTAX_TABLE).any(|cells| match cells.as_slice() {
            [forge, kind, place, known] => {
                let is_of = *forge == "any" || self == Self::Forgejo;
                is_of && *kind == what && *known == name && is_place(place)
            }
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_take_more_than_github() {
        assert!(Forge::Forgejo.takes_key("the workflow", "enable-email-notifications"));
        assert!(Forge::Forgejo.fills_context("if", "secrets"));
        assert!(Forge::Forgejo.fills_context("strategy.max-parallel", "matrix"));
        assert!(Forge::Gitea.fills_context("run", "gitea"));
        assert!(!Forge::Forgejo.takes_key("the job", "enable-email-notifications"));
        assert!(!Forge::Forgejo.fills_context("runs-on", "secrets"));
        assert!(!Forge::GitHub.fills_context("if", "secrets"));
    }
}

//! `uses:`: the action or workflow it names, and how firmly.

use hullmark_tables::{Action, action};

use crate::model::row::RowBuilder;
use crate::model::workflow::value;

/// What `uses` says, taken apart.
pub(super) struct Uses<'t> {
    owner: &'t str,
    repo: &'t str,
    path: &'t str,
    reference: Option<&'t str>,
    pub(super) kind: RefKind,
}

/// How firmly a reference names one state of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefKind {
    /// A full commit hash.
    Sha,
    /// Part of a hash, which GitHub does not take.
    ShortSha,
    /// Reads as a version.
    Tag,
    /// Anything else that is a name.
    Branch,
    /// `./path`: the repository itself.
    Local,
    /// `docker://image`.
    Docker,
    /// No reference where one must stand.
    None,
}

impl RefKind {
    fn name(self) -> &'static str {
        match self {
            Self::Sha => "sha",
            Self::ShortSha => "short-sha",
            Self::Tag => "tag",
            Self::Branch => "branch",
            Self::Local => "local",
            Self::Docker => "docker",
            Self::None => "none",
        }
    }
}

/// Takes `uses` apart.
pub(super) fn read(text: &str) -> Uses<'_> {
    let text = text.trim();
    let whole = |kind| Uses {
        owner: "",
        repo: "",
        path: "",
        reference: None,
        kind,
    };
    if text.starts_with("docker://") {
        return whole(RefKind::Docker);
    }
    if text.starts_with("./") || text.starts_with(".\\") || text.starts_with("$/") {
        return whole(RefKind::Local);
    }
    let (name, reference) = match text.split_once('@') {
        Some((name, reference)) => (name, Some(reference).filter(|text| !text.is_empty())),
        None => (text, None),
    };
    let mut parts = name.splitn(3, '/');
    let mut part = || parts.next().unwrap_or_default();
    let (owner, repo, path) = (part(), part(), part());
    let kind = reference.map_or(RefKind::None, ref_kind);
    Uses {
        owner,
        repo,
        path,
        reference,
        kind,
    }
}

fn ref_kind(text: &str) -> RefKind {
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex && matches!(text.len(), 40 | 64) {
        return RefKind::Sha;
    }
    let has_both = text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic());
    if is_hex && (7..40).contains(&text.len()) && has_both {
        return RefKind::ShortSha;
    }
    if is_version(text) {
        RefKind::Tag
    } else {
        RefKind::Branch
    }
}

/// `v4`, `1.2.3`, `codeql-bundle-v2.1`, `action@v1`: its last part begins with a number, perhaps after a `v`.
fn is_version(text: &str) -> bool {
    if text.contains('/') && !text.contains('@') {
        // `release/v1` and `releases/v2` are branches that move with every release.
        return text.starts_with("refs/tags/");
    }
    let parts = text.split(['-', '@', '_']);
    let mut versions = parts.map(|part| part.strip_prefix(['v', 'V']).unwrap_or(part));
    versions.any(|part| part.starts_with(|first: char| first.is_ascii_digit()))
}

/// What `uses` names, as rules see it.
pub(super) fn row(text: &str) -> RowBuilder<Action> {
    let uses = read(text);
    let is_known = !value::is_dynamic(text);
    let slug = match uses.owner {
        "" => String::new(),
        owner => [owner, "/", uses.repo].concat().to_ascii_lowercase(),
    };
    let full = match uses.path {
        "" => slug.clone(),
        path => format!("{slug}/{}", path.to_ascii_lowercase()),
    };
    RowBuilder::new()
        .text(action::owner, uses.owner)
        .text(action::repo, uses.repo)
        .text(action::path, uses.path)
        .text(action::slug, &slug)
        .text(action::full, &full)
        .maybe_text(action::r#ref, uses.reference)
        .text(action::ref_kind, uses.kind.name())
        .set(action::is_known, is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_as_firm_as_they_read() {
        let kind = |text| read(text).kind;
        assert_eq!(kind("actions/checkout@v4"), RefKind::Tag);
        assert_eq!(kind("a/b@master"), RefKind::Branch);
        assert_eq!(
            kind("pypa/gh-action-pypi-publish@release/v1"),
            RefKind::Branch
        );
        assert_eq!(kind("a/b/c@de0fac2"), RefKind::ShortSha);
        assert_eq!(
            kind("a/b@de0fac2e4500dabe0009e67214ff5f5447ce83dd"),
            RefKind::Sha
        );
        assert_eq!(kind("./local"), RefKind::Local);
        assert_eq!(kind("docker://alpine"), RefKind::Docker);
        assert_eq!(kind("a/b"), RefKind::None);
    }
}

//! `uses:`: the action or workflow it names, and how firmly.

use hullmark_tables::{Action, action};

use crate::model::row::RowBuilder;
use crate::model::workflow::{WorkflowFile, actions, advisories, value};
use crate::parse::yaml::tree::NodeId;

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
    // Forgejo and Gitea take the address of a repository of any server.
    let text = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))
        .and_then(|address| address.split_once('/'))
        .map_or(text, |(_, path)| path);
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

/// What the comment behind a commit hash says the release is: `# v4.2.1`, `# tag=v4`, `# pin@v4`, `# actions/checkout@v4 - why`.
fn commented_version(comment: &str) -> Option<&str> {
    let first = comment.trim_start_matches(['#', ' ', '\t']);
    let first = first.split([' ', '\t', ',', ';', '(']).next()?;
    let first = first.rsplit(['=', '@', ':']).next()?;
    let number = first.strip_prefix(['v', 'V']).unwrap_or(first);
    number
        .starts_with(|letter: char| letter.is_ascii_digit())
        .then_some(first)
}

/// The same, unless the commit is known to be none of that release.
fn named_version<'c>(uses: &Uses<'_>, comment: &'c str) -> Option<&'c str> {
    let slug = || [uses.owner, "/", uses.repo].concat().to_ascii_lowercase();
    let commit = uses.reference.unwrap_or_default();
    commented_version(comment).filter(|version| actions::may_be(&slug(), version, commit))
}

/// The action in lower case and the major version of the release that a `uses` names, by its tag or the comment behind a hash.
pub(super) fn release(file: WorkflowFile<'_>, node: NodeId) -> Option<(String, u32)> {
    let text = file.tree.text(node)?;
    let uses = read(text);
    let version = match uses.kind {
        RefKind::Tag => uses.reference?,
        RefKind::Sha => named_version(&uses, comment(file, node))?,
        _ => return None,
    };
    let name = text.trim().split('@').next()?;
    Some((name.to_ascii_lowercase(), major(version)?))
}

/// The major version of `v4` or `4.2.1`.
pub(super) fn major(version: &str) -> Option<u32> {
    let number = version.strip_prefix(['v', 'V']).unwrap_or(version);
    number.split('.').next()?.parse().ok()
}

/// What follows a scalar on its line.
fn comment(file: WorkflowFile<'_>, node: NodeId) -> &str {
    let span = file.tree.node(file.tree.resolve(node)).span;
    let rest = file.text.get(span.end as usize..).unwrap_or_default();
    let rest = rest.lines().next().unwrap_or_default();
    rest.trim_start_matches(['"', '\'', ' ', '\t'])
}

/// What `uses` names, as rules see it; `node` is the scalar of `text`. What is known of releases holds on GitHub, not for mirrors elsewhere.
pub(super) fn row(file: WorkflowFile<'_>, node: NodeId, text: &str) -> RowBuilder<Action> {
    let uses = read(text);
    let comment = comment(file, node);
    let is_known = !value::is_dynamic(text);
    let slug = match uses.owner {
        "" => String::new(),
        owner => [owner, "/", uses.repo].concat().to_ascii_lowercase(),
    };
    let full = match uses.path {
        "" => slug.clone(),
        path => format!("{slug}/{}", path.to_ascii_lowercase()),
    };
    let version = match uses.kind {
        RefKind::Tag => uses.reference,
        RefKind::Sha => commented_version(comment),
        _ => None,
    };
    let claimed = version;
    let version = claimed.filter(|version| {
        uses.kind != RefKind::Sha || named_version(&uses, comment) == Some(version)
    });
    let reference = uses.reference.unwrap_or_default();
    let written: Vec<&str> = [uses.owner, uses.repo, uses.path]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let is_of_github = !file.is_dialect;
    let advisory = version
        .filter(|_| is_of_github)
        .and_then(|version| advisories::advisory(&full, version));
    let is_first_party = matches!(uses.owner, "" | "actions" | "github");
    let is_loose = matches!(uses.kind, RefKind::Tag | RefKind::Branch | RefKind::None);
    let is_workflow = uses.path.starts_with(".github/workflows/");
    parts(&uses)
        .maybe_text(action::version, claimed)
        .maybe_text(action::advisory, advisory.map(|advisory| advisory.id))
        .maybe_text(
            action::vulnerability,
            advisory.map(|advisory| advisory.what),
        )
        .maybe_text(
            action::safe_release,
            advisory.map(advisories::Advisory::remedy).as_deref(),
        )
        .maybe_text(
            action::resembles,
            Some(slug.as_str())
                .filter(|_| is_of_github)
                .and_then(advisories::resembles),
        )
        .set(action::needs_tag, actions::needs_tag(&full))
        .set(
            action::is_toolchain,
            uses.kind == RefKind::Branch && slug == "dtolnay/rust-toolchain",
        )
        .set(
            action::is_own,
            !is_first_party && (file.is_own)(uses.repo, uses.path),
        )
        .set(
            action::is_of_owner,
            !is_first_party && (is_loose || is_workflow) && (file.is_of_owner)(uses.owner),
        )
        .text(action::name, &written.join("/"))
        .maybe_text(action::next_major, actions::next_major(&full).as_deref())
        .maybe_text(
            action::node,
            uses.reference
                .into_iter()
                .chain(version)
                .filter(|_| is_of_github)
                .find_map(|release| actions::node(&full, release)),
        )
        .set(
            action::is_archived,
            is_of_github && actions::is_archived(&slug),
        )
        .set(
            action::is_outdated,
            is_of_github
                && uses
                    .reference
                    .into_iter()
                    .chain(version)
                    .any(|release| actions::is_outdated(&full, release)),
        )
        .maybe_text(
            action::retired,
            version
                .filter(|_| is_of_github)
                .and_then(|version| actions::retired(&full, version)),
        )
        .set(
            action::refuses_forks,
            is_of_github && actions::refuses_forks(&slug, reference, version),
        )
        .text(action::slug, &slug)
        .text(action::full, &full)
        .set(action::is_known, is_known)
}

/// The parts of the text as they are written.
fn parts(uses: &Uses<'_>) -> RowBuilder<Action> {
    RowBuilder::new()
        .text(action::owner, uses.owner)
        .text(action::repo, uses.repo)
        .text(action::path, uses.path)
        .maybe_text(action::r#ref, uses.reference)
        .text(action::ref_kind, uses.kind.name())
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
        assert_eq!(
            kind("https://code.forgejo.org/actions/checkout@v4"),
            RefKind::Tag
        );
        assert_eq!(
            read("https://code.forgejo.org/actions/checkout@v4").owner,
            "actions"
        );
    }

    #[test]
    fn a_comment_names_the_release() {
        assert_eq!(commented_version("# v4.2.1"), Some("v4.2.1"));
        assert_eq!(commented_version("# tag=v4"), Some("v4"));
        assert_eq!(commented_version("#pin@v4 zizmor: ignore"), Some("v4"));
        assert_eq!(commented_version("# 1.8"), Some("1.8"));
        assert_eq!(commented_version("# master"), None);
        assert_eq!(commented_version(""), None);
    }
}

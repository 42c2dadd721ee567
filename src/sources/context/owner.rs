//! The account that owns a repository on GitHub, as its own files say.

use std::path::Path;

use crate::sources::FileSystem;
use crate::sources::context::head;

/// What is before the owner in an address of a repository.
const HOSTS: &[&str] = &["github.com/", "github.com:"];

/// Files at the top of a repository that name its address, each with what is before that on its line or a little above it.
const FILES: &[(&str, &str)] = &[
    ("go.mod", "module "),
    ("Cargo.toml", "repository"),
    ("package.json", "\"repository\""),
    ("pyproject.toml", "epository"),
    ("composer.json", "\"support\""),
];

/// How far behind such a word an address is looked for.
const REACH: usize = 200;

/// The owner that the address of `origin` names, or else a file at the top: a manifest of a package, a badge of a workflow. `names` are those of
/// the folder's entries.
pub(super) fn read(files: &dyn FileSystem, names: &[String], folder: &Path) -> Option<String> {
    let has = |name: &str| names.iter().any(|entry| entry == name);
    let of_origin = || origin(&head(files, &folder.join(".git/config")));
    let of_file = |(name, word): &(&str, &str)| {
        let is_there = has(name);
        is_there.then(|| behind(&head(files, &folder.join(name)), word))?
    };
    let of_badge = || badge(&head(files, &folder.join("README.md")));
    (has(".git").then(of_origin).flatten())
        .or_else(|| FILES.iter().find_map(of_file))
        .or_else(|| has("README.md").then(of_badge).flatten())
}

/// What accounts on GitHub have behind their names where a registry has the name alone.
const ENDINGS: &[&str] = &["io", "hq", "org", "inc", "dev", "oss", "project"];

/// Whether an account on GitHub and one of a registry are most likely the same: Docker Hub has no hyphens, and `kelp-io` there is mostly `kelp`.
pub(super) fn is_same(account: &str, owner: &str) -> bool {
    let plain = |name: &str| name.to_ascii_lowercase().replace(['-', '_'], "");
    let stem = |name: &str| {
        let name = plain(name);
        let short = ENDINGS.iter().find_map(|end| name.strip_suffix(end));
        short
            .filter(|short| short.len() > 3)
            .map_or(name.clone(), str::to_owned)
    };
    !owner.is_empty() && (plain(account) == plain(owner) || stem(account) == stem(owner))
}

/// The owner in the address of the remote `origin`.
fn origin(config: &str) -> Option<String> {
    let mut lines = config
        .lines()
        .skip_while(|line| line.trim() != "[remote \"origin\"]");
    lines.next()?;
    let mut own = lines.take_while(|line| !line.trim_start().starts_with('['));
    let address = own.find(|line| line.trim_start().starts_with("url"))?;
    owner_in(address)
}

/// The owner in the first address behind a word.
fn behind(text: &str, word: &str) -> Option<String> {
    let at = text.find(word)?;
    let rest = text.get(at..)?;
    let mut end = rest.len().min(REACH);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    owner_in(&rest[..end])
}

/// The owner in the address of a workflow's badge.
fn badge(text: &str) -> Option<String> {
    let mut lines = text.lines().filter(|line| line.contains("badge.svg"));
    lines.find_map(|line| {
        let at = line.find("/workflows/")?;
        let before = line.get(..at)?;
        let start = HOSTS.iter().find_map(|host| before.rfind(host))?;
        owner_in(&before[start..])
    })
}

/// The owner in the first address of a text.
fn owner_in(text: &str) -> Option<String> {
    let rest = HOSTS.iter().find_map(|host| text.split_once(host))?.1;
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let end = rest.find(|letter| !is_of_name(letter))?;
    let (owner, after) = rest.split_at(end);
    (!owner.is_empty() && after.starts_with('/')).then(|| owner.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_of_a_registry_have_no_hyphens() {
        for (account, owner) in [
            ("acme", "Acme"),
            ("kelp-iii", "kelpiii"),
            ("gitkelp-io", "gitkelp"),
            ("KelpHQ", "kelp"),
        ] {
            assert!(is_same(account, owner), "{account} {owner}");
        }
        for (account, owner) in [("acme", "kelp"), ("acme", ""), ("radio", "rad")] {
            assert!(!is_same(account, owner), "{account} {owner}");
        }
    }

    #[test]
    fn files_name_the_owner() {
        let config =
            "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@github.com:acme/app.git\n";
        assert_eq!(origin(config).as_deref(), Some("acme"));
        assert_eq!(
            origin("[remote \"fork\"]\n\turl = https://github.com/a/b\n"),
            None
        );
        let module = "module github.com/acme/app/v2\n\ngo 1.24\n";
        assert_eq!(behind(module, "module ").as_deref(), Some("acme"));
        let package = "{\"repository\": {\"url\": \"git+https://github.com/acme/app.git\"}}";
        assert_eq!(behind(package, "\"repository\"").as_deref(), Some("acme"));
        let readme =
            "# App\n[![CI](https://github.com/acme/app/actions/workflows/ci.yml/badge.svg)](x)\n";
        assert_eq!(badge(readme).as_deref(), Some("acme"));
        assert_eq!(badge("see https://github.com/other/tool"), None);
    }
}

//! The reference of all rules as one page: by domain, by profile, and by the ids of other tools. It is printed on demand and not kept in the repository.

use crate::rules::{Rule, compatibility, page, profiles};

/// The page, in Markdown; `rules` are in the order of their ids.
pub fn page(rules: &[&Rule]) -> String {
    format!(
        "# Rules\n{}\n## Profiles\n{}\n## Ids of other tools\n{}",
        page::index(rules),
        profiles::page(rules),
        compatibility::page(rules)
    )
}

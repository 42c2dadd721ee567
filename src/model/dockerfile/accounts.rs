//! The users that the variables of a Dockerfile name, of whose names passwords may be made.

use crate::model::secret;
use crate::parse::dockerfile::{Dockerfile, Word};

/// How many users of a file are held against its passwords.
const USERS: usize = 20;

/// The variables that name a user, each with its value.
#[derive(Debug, Default)]
pub(super) struct Accounts<'a> {
    users: Vec<(&'a str, String)>,
}

impl<'a> Accounts<'a> {
    pub(super) fn of(tree: &'a Dockerfile) -> Self {
        let setters = tree.instructions.iter();
        let setters = setters.filter(|one| matches!(one.keyword.as_str(), "ENV" | "ARG"));
        let pairs = setters.flat_map(|one| &one.pairs);
        let named = pairs.filter(|pair| {
            secret::is_user_name(&pair.name) && !secret::looks_secret(&pair.name, None)
        });
        let users = named.filter_map(|pair| {
            let written = pair.value.as_deref().filter(|value| !value.contains('$'))?;
            let word = Word {
                text: written.to_owned(),
                span: pair.value_span,
            };
            let user = word.unquoted();
            (!user.is_empty()).then_some((pair.name.as_str(), user))
        });
        let users = users.take(USERS).collect();
        Self { users }
    }

    /// The variable with the user's name that the value of a variable for a password is made of. What everybody tries first needs no user.
    pub(super) fn maker(&self, name: &str, value: &str) -> Option<&'a str> {
        if !secret::looks_secret(name, Some(value)) || secret::is_well_known("", value) {
            return None;
        }
        let mut users = self.users.iter();
        let user = users.find(|(_, user)| secret::is_well_known(user, value));
        user.map(|(name, _)| *name)
    }
}

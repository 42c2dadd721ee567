//! The catalogue: every rule with its metadata, its aliases and its page.

mod builtin;
pub mod compatibility;
pub mod documentation;
pub mod page;
pub mod plan;
pub mod profiles;
pub mod reference;
pub mod select;
pub mod user;

use std::borrow::Cow;

pub use hullmark_policy::bundle::{Code, Program};
pub use hullmark_policy::limits as restrictions;
pub use hullmark_policy::rule::{
    Body, Confidence, Documentation, Examples, Lookup, Rule, Settings, Severity, Texts,
};
pub use hullmark_policy::{alias, family, filter, metadata, setting, template, yields};

/// All rules of a run, in the order of their ids.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The rules.
    pub rules: Cow<'static, [Rule]>,
    /// Their programs.
    pub programs: Vec<Program>,
}

/// The rules that are compiled in.
pub fn catalogue() -> Catalogue {
    Catalogue {
        rules: Cow::Borrowed(builtin::RULES),
        programs: builtin::PROGRAMS
            .iter()
            .map(|bytes| Program {
                code: Code::Packed(bytes),
                modules: Vec::new(),
            })
            .collect(),
    }
}

impl Catalogue {
    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        // Ours are first, in order.
        let own = self.rules.get(..builtin::RULES.len()).unwrap_or_default();
        match own.binary_search_by(|rule| rule.id.as_ref().cmp(id)) {
            Ok(at) => own.get(at),
            Err(_) => self.rules.iter().find(|rule| rule.id == id),
        }
    }
}

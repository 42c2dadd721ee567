//! What the pages of rules say. That of the rules that are compiled in is packed, and unpacked when somebody asks for it.

use std::sync::OnceLock;

use flate2::read::DeflateDecoder;

use crate::rules::{Documentation, Rule, builtin};

/// In the order of the rules that are compiled in: JSON, deflated.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/documentation.json.deflated"));

/// The documentation of a rule; empty for a rule that has none of its own and is not compiled in.
pub fn documentation(rule: &Rule) -> &Documentation {
    static EMPTY: Documentation = Documentation::new();
    if let Some(own) = &rule.documentation {
        return own;
    }
    let at = builtin::RULES.binary_search_by(|other| other.id.cmp(&rule.id));
    at.ok().and_then(|at| unpacked().get(at)).unwrap_or(&EMPTY)
}

/// That of all rules that are compiled in. A test asks for each of them: what `build.rs` packed can be read.
fn unpacked() -> &'static [Documentation] {
    static UNPACKED: OnceLock<Vec<Documentation>> = OnceLock::new();
    UNPACKED
        .get_or_init(|| serde_json::from_reader(DeflateDecoder::new(PACKED)).unwrap_or_default())
}

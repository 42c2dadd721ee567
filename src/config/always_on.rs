//! Rules that say what could not be judged: no selection leaves them out, only their own ids do.

use crate::config::bit_set::BitSet;
use crate::config::selector::RuleSelector;
use crate::config::{Level, Selector};
use crate::rules::Catalogue;
use crate::rules::select::ALWAYS_ON;

/// The numbers of the rules that run whatever is selected.
pub(super) fn all(catalogue: &Catalogue) -> BitSet {
    let numbers = ALWAYS_ON.iter().filter_map(|id| catalogue.number(id));
    numbers.collect()
}

/// The rules that are ignored, or switched off, each by its own id.
pub(super) fn refused(
    catalogue: &Catalogue,
    ignored: &[RuleSelector],
    levels: &[(Selector, Level)],
) -> BitSet {
    let ignored = ignored.iter().filter_map(|selector| match selector {
        RuleSelector::Rule(number) => Some(*number),
        _ => None,
    });
    let off = levels.iter().filter(|(_, level)| *level == Level::Off);
    let off = off.filter_map(|(selector, _)| catalogue.number(&selector.text));
    ignored.chain(off).collect()
}

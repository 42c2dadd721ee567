//! What may follow the rules in a suppression of ours: `until=2027-01-31`, and a reason behind ` -- `.

use crate::evaluate::suppress::Date;

/// A fault in how a suppression is written: what it is, and where.
pub(super) type Fault<'a> = (String, &'a str);

/// The terms of a suppression; what is malformed is left out.
#[derive(Debug, Default)]
pub(super) struct Terms<'a> {
    /// The last day, and the option that says so.
    pub(super) until: Option<(Date, &'a str)>,
    pub(super) reason: Option<&'a str>,
    pub(super) fault: Option<Fault<'a>>,
}

/// Reads the options and the reason. Parts of `text` are given back, so that their places can be told.
pub(super) fn read(text: &str) -> Terms<'_> {
    let mut terms = Terms::default();
    let (options, reason) = split(text);
    for option in options.split_whitespace() {
        match option.strip_prefix("until=").map(str::parse) {
            Some(Ok(date)) => terms.until = Some((date, option)),
            Some(Err(fault)) => terms.fault = Some((fault, option)),
            None => {
                let fault = format!("`{option}` is unknown: a reason follows ` -- `");
                terms.fault = Some((fault, option));
                break;
            }
        }
    }
    terms.reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let words = terms.reason.into_iter().flat_map(str::split_whitespace);
    for word in words.filter(|word| word.starts_with("until=")) {
        let fault =
            format!("`{word}` is part of the reason and has no effect: write it before ` -- `");
        terms.fault.get_or_insert((fault, word));
    }
    terms
}

/// What comes before ` -- `, and the reason behind it.
pub(super) fn split(text: &str) -> (&str, Option<&str>) {
    match text.split_once("--") {
        Some((before, reason)) => (before, Some(reason)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_malformed_is_named() {
        let terms = read(" until=2027-01-31 -- as said\t");
        assert_eq!(terms.until.unwrap().1, "until=2027-01-31");
        assert_eq!((terms.reason, terms.fault), (Some("as said"), None));
        for (text, at) in [
            ("until=2027-02-31", "until=2027-02-31"),
            (" soon", "soon"),
            ("-- until=2026-01-01", "until=2026-01-01"),
        ] {
            let terms = read(text);
            assert!(terms.until.is_none(), "{text}");
            assert_eq!(terms.fault.unwrap().1, at);
        }
    }
}

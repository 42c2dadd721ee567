//! Families: rules about the same subject whose findings become one finding, of the family's own rule.
//!
//! A member names its family in METADATA (`custom.family`), with what it adds to the message (`part`) and to the YAML that
//! the help shows (`block`). The rule of a family is METADATA alone; its message shows `{parts}`.
//!
//! Rules that say the same fault at the same place, from different sides, name each other in `custom.implied_by`.

use crate::metadata::{Custom, Fault, Metadata, line_of_key};
use crate::rule::Rule;
use crate::template::{self, Part};

/// The placeholder for what the members add to the message.
pub const PARTS: &str = "parts";

/// The placeholder for the YAML of all members.
pub const BLOCK: &str = "block";

/// The placeholder for the subject's name, which each finding of a member brings.
pub const NAME: &str = "name";

/// The name under which a finding brings the row that it is about, if that is not the row of its place.
pub const ABOUT: &str = "about";

/// The name under which a finding says that it is true and expected where it is: it is reported only where its rule is selected by
/// its id, by another tool's, or by `ALL`.
pub const MINOR: &str = "minor";

/// Whether METADATA is that of a family's rule.
pub(crate) fn is_family(metadata: &Metadata) -> bool {
    shows(&metadata.custom.message, PARTS)
}

fn shows(template: &str, wanted: &str) -> bool {
    template::parts(template)
        .any(|part| matches!(part, Part::Placeholder { name, .. } if name == wanted))
}

/// The first fault in the METADATA of a family's rule, whose file is `text`.
pub(crate) fn check_family(text: &str, metadata: &Metadata) -> Option<Fault> {
    let Custom {
        message,
        remediation,
        aliases,
        ..
    } = &metadata.custom;
    if !aliases.is_empty() {
        let message = "METADATA: a family has the aliases of its members, and none of its own";
        return Some(Fault::new(line_of_key(text, "aliases", ""), message));
    }
    for (key, template) in [("message", message), ("remediation", remediation)] {
        let unknown = template::parts(template).find_map(|part| match part {
            Part::Placeholder { name, .. } if ![NAME, PARTS, BLOCK].contains(&name) => Some(name),
            _ => None,
        });
        if let Some(name) = unknown {
            let line = line_of_key(text, key, &format!("{{{name}}}"));
            let message = format!(
                "METADATA: `{key}` of a family shows `{{{name}}}`, not `{{{NAME}}}`, `{{{PARTS}}}` or `{{{BLOCK}}}`"
            );
            return Some(Fault::new(line, message));
        }
    }
    membership(text, metadata, &|_| None, &|_| false)
}

/// The first fault in what METADATA in `text` says about a family: one that is not known, or is itself a member, a part
/// without a family, or findings that do not bring the name of their subject.
pub(crate) fn membership<'r>(
    text: &str,
    metadata: &Metadata,
    known: &dyn Fn(&str) -> Option<&'r Rule>,
    brings: &dyn Fn(&str) -> bool,
) -> Option<Fault> {
    let custom = &metadata.custom;
    let fault = |key: &str, message: String| {
        let line = line_of_key(text, key, "");
        Some(Fault::new(line, format!("METADATA: {message}")))
    };
    if custom.once && !custom.family.is_empty() {
        let message =
            "`once` and `family` exclude each other: a family's finding is one for each subject";
        return fault("once", message.to_owned());
    }
    if custom.family.is_empty() {
        let parts = [("part", &custom.part), ("block", &custom.block)];
        let alone = parts.iter().find(|(_, text)| !text.is_empty());
        return alone.and_then(|(key, _)| fault(key, format!("`{key}` needs a `family`")));
    }
    let family = &custom.family;
    if is_family(metadata) {
        return fault("family", "a family is no member of another".to_owned());
    }
    match known(family) {
        None => return fault("family", format!("there is no rule `{family}`")),
        Some(rule) if !rule.is_family() => {
            let message = format!(
                "`{family}` is no family: the message of a family's rule shows `{{{PARTS}}}`"
            );
            return fault("family", message);
        }
        Some(_) => {}
    }
    if !brings(NAME) {
        let message = format!(
            "findings of a family's member bring `{NAME}`, the name of what they are about"
        );
        return fault("family", message);
    }
    None
}

/// The first rule that METADATA in `text` names as implying it and that is not there, or is the rule itself.
pub(crate) fn implied(
    text: &str,
    id: &str,
    metadata: &Metadata,
    is_known: &dyn Fn(&str) -> bool,
) -> Option<Fault> {
    let mut named = metadata.custom.implied_by.iter();
    let wrong = named.find(|other| *other == id || !is_known(other))?;
    let message = if wrong == id {
        "METADATA: a rule is not implied by itself".to_owned()
    } else {
        format!("METADATA: `implied_by`: there is no rule `{wrong}`")
    };
    Some(Fault::new(line_of_key(text, "implied_by", wrong), message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata;
    use crate::rule::Body;

    const FAMILY: &str = "title: A\ndescription: A.\ncustom:\n  severity: info\n  confidence: high\n  category: style\n  message: \"`{name}` has no {parts}\"\n  remediation: Add {block}.\n";

    fn rules() -> [Rule; 2] {
        let rule = |id: &'static str, body| Rule {
            id: id.into(),
            body,
            ..Rule::default()
        };
        [rule("a/family", Body::Family), rule("a/rule", Body::Native)]
    }

    fn of_member(lines: &str, brings: bool) -> Option<(usize, String)> {
        let text = FAMILY.replace("{parts}", "x").replace("{block}", "x") + lines;
        let rules = rules();
        let known = |id: &str| rules.iter().find(|rule| rule.id == id);
        let metadata = metadata::read_native(&text).unwrap();
        let fault = membership(&text, &metadata, &known, &|_| brings);
        fault.map(|fault| (fault.line, fault.message))
    }

    #[test]
    fn a_family_shows_what_members_bring() {
        let fault = |from: &str, to: &str| {
            let text = FAMILY.replace(from, to);
            let metadata = metadata::read_native(&text).unwrap();
            assert!(is_family(&metadata));
            check_family(&text, &metadata).map(|fault| (fault.line, fault.message))
        };
        assert_eq!(fault("", ""), None);
        for (from, to, line, message) in [
            ("{block}", "{blok}", 8, "shows `{blok}`, not"),
            ("{name}", "{nam}", 7, "shows `{nam}`, not"),
            (
                "  remediation",
                "  family: a/family\n  remediation",
                8,
                "no member of another",
            ),
            (
                "  remediation",
                "  aliases: [a:1]\n  remediation",
                8,
                "none of its own",
            ),
        ] {
            let (at, found) = fault(from, to).unwrap();
            assert_eq!(at, line, "{to}: {found}");
            assert!(found.contains(message), "{to}: {found}");
        }
    }

    #[test]
    fn a_member_names_a_family_that_exists() {
        assert_eq!(of_member("", false), None);
        assert_eq!(of_member("  family: a/family\n  part: x\n", true), None);
        for (lines, brings, message) in [
            ("  family: a/famly\n", true, "there is no rule `a/famly`"),
            ("  family: a/rule\n", true, "`a/rule` is no family"),
            ("  part: x\n", true, "`part` needs a `family`"),
            ("  block: x\n", true, "`block` needs a `family`"),
            ("  family: a/family\n", false, "bring `name`"),
            (
                "  once: true\n  family: a/family\n",
                true,
                "exclude each other",
            ),
        ] {
            let (line, found) = of_member(lines, brings).unwrap();
            assert_eq!(line, 9, "{lines}");
            assert!(found.contains(message), "{lines}: {found}");
        }
    }

    #[test]
    fn what_implies_a_rule_is_another_rule() {
        let text = FAMILY.to_owned() + "  implied_by: [a/b, a/c]\n";
        let metadata = metadata::read_native(&text).unwrap();
        let fault = |id: &str, known: &[&str]| {
            let fault = implied(&text, id, &metadata, &|id| known.contains(&id));
            fault.map(|fault| (fault.line, fault.message))
        };
        assert_eq!(fault("a/a", &["a/b", "a/c"]), None);
        let (line, message) = fault("a/a", &["a/b"]).unwrap();
        assert_eq!(line, 9);
        assert!(message.contains("there is no rule `a/c`"), "{message}");
        assert!(
            fault("a/b", &["a/b", "a/c"])
                .unwrap()
                .1
                .contains("by itself")
        );
    }
}

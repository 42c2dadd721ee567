//! Whether what METADATA asks of findings is what they say: the facts in conditions of aliases, and names that nothing uses.

use crate::alias::AllOf;
use crate::family;
use crate::metadata::{Custom, Fault, Metadata, line_of, line_of_key};
use crate::rule::Rule;
use crate::syntax::Syntax;
use crate::template::{self, Part};
use crate::yields::{READ, REFUSED, Yields, yields};

/// The name under which each finding of a native rule brings its message.
const NATIVE_MESSAGE: &str = "problem";

/// The first fault in what a policy's findings bring: a family that does not fit, a name that is refused, one that a condition asks for and no finding brings,
/// a text that the policy never says, or a name that nothing uses. `code` is the text of the libraries that the policy may call, `known` gives the rules that there are.
pub(crate) fn check<'r>(
    syntax: &Syntax,
    metadata: &Metadata,
    libraries: &[&str],
    known: &dyn Fn(&str) -> Option<&'r Rule>,
) -> Option<Fault> {
    let policy = syntax.text.as_str();
    let yields = yields(&syntax.module);
    let Yields {
        names, is_known, ..
    } = &yields;
    let is_known = *is_known;
    let brings = |name: &str| yields.is_everywhere(name);
    if let Some(fault) = family::membership(policy, metadata, known, &brings) {
        return Some(fault);
    }
    for (name, reason) in REFUSED {
        if let Some(found) = names.get(*name) {
            return Some(Fault::new(found.line, *reason));
        }
    }
    let aliases = metadata.custom.aliases().ok()?;
    let code = policy
        .split_once("\npackage ")
        .map_or(policy, |(_, code)| code);
    for fact in aliases.facts() {
        let fault = |text: &str, message: String| {
            Some(Fault::new(
                line_of(policy, text),
                format!("METADATA: {message}"),
            ))
        };
        let Some(name) = names.get(fact.name.as_ref()) else {
            let message = if is_known {
                let near = nearest(&fact.name, names.keys().map(String::as_str));
                format!("no finding of the rule says `{}`{near}", fact.name)
            } else {
                "aliases have conditions, so each finding must be an object that is written out: `deny contains {\"at\": …} if`".to_owned()
            };
            return fault(&fact.name, message);
        };
        let says = |text: &str| {
            let literal = format!("\"{text}\"");
            code.contains(&literal) || libraries.iter().any(|library| library.contains(&literal))
        };
        let missing = fact
            .texts
            .iter()
            .find(|text| name.is_written && !says(text));
        if let Some(text) = missing {
            let message = format!("no finding of the rule says `{text}` under `{}`", fact.name);
            return fault(text, message);
        }
    }
    if is_known && let Some(fault) = unfilled(policy, metadata, &brings) {
        return Some(fault);
    }
    let Custom {
        message,
        remediation,
        part,
        block,
        ..
    } = &metadata.custom;
    let is_used = |name: &str| {
        let mut templates = [message, remediation, part, block].into_iter();
        READ.contains(&name)
            || (name == family::NAME && !metadata.custom.family.is_empty())
            || templates.any(|template| placeholders(template).any(|(used, _)| used == name))
            || aliases.facts().any(|fact| fact.name == name)
    };
    let unused = names.iter().find(|(name, _)| !is_used(name));
    unused.map(|(name, found)| {
        let message = format!(
            "findings bring `{name}`, which neither message, remediation nor a condition of an alias uses"
        );
        Fault::new(found.line, message)
    })
}

/// A placeholder of message or remediation that not every finding fills; `brings` says which names all findings have.
fn unfilled(policy: &str, metadata: &Metadata, brings: &dyn Fn(&str) -> bool) -> Option<Fault> {
    let custom = &metadata.custom;
    for (key, template) in [
        ("message", &custom.message),
        ("remediation", &custom.remediation),
        ("part", &custom.part),
        ("block", &custom.block),
    ] {
        // `${name}` may be the shell's.
        let mut unknown = placeholders(template)
            .filter(|(name, follows_dollar)| !follows_dollar && !brings(name));
        if let Some((name, _)) = unknown.next() {
            let line = line_of_key(policy, key, &format!("{{{name}}}"));
            let message = format!(
                "METADATA: `{key}` shows `{{{name}}}`, which not every finding brings; text in braces is written `\\{{{name}}}`"
            );
            return Some(Fault::new(line, message));
        }
    }
    None
}

/// The placeholders of a template: their names, and whether a dollar sign precedes them.
fn placeholders(template: &str) -> impl Iterator<Item = (&str, bool)> {
    template::parts(template).filter_map(|part| match part {
        Part::Text(_) => None,
        Part::Placeholder {
            name,
            follows_dollar,
        } => Some((name, follows_dollar)),
    })
}

/// The first fault in the conditions of a native rule: a fact that no finding says. `kinds` are those of its faults, `facts` what
/// findings of every native rule may say, with the texts of each.
pub fn check_native(
    text: &str,
    metadata: &Metadata,
    kinds: &[&str],
    facts: &[(&str, &[&str])],
) -> Option<Fault> {
    if let Some(fault) = family::membership(text, metadata, &|_| None, &|_| false)
        .or_else(|| unfilled(text, metadata, &|name| name == NATIVE_MESSAGE))
    {
        return Some(fault);
    }
    let aliases = metadata.custom.aliases().ok()?;
    let fault = |near: &str, message: String| {
        Some(Fault::new(
            line_of(text, near),
            format!("METADATA: {message}"),
        ))
    };
    for fact in aliases.facts() {
        let known = facts.iter().find(|(name, _)| *name == fact.name);
        let texts = match known {
            _ if fact.name == "kind" => kinds,
            Some((_, texts)) => texts,
            None => {
                let names = facts.iter().map(|(name, _)| *name).chain(["kind"]);
                let near = nearest(&fact.name, names);
                return fault(
                    &fact.name,
                    format!("no finding of the rule says `{}`{near}", fact.name),
                );
            }
        };
        let unknown = fact
            .texts
            .iter()
            .find(|text| !texts.contains(&text.as_ref()));
        if let Some(text) = unknown {
            let near = nearest(text, texts.iter().copied());
            return fault(
                text,
                format!(
                    "no finding of the rule says `{text}` under `{}`{near}",
                    fact.name
                ),
            );
        }
        if fact.texts.is_empty() != texts.is_empty() {
            return fault(
                &fact.name,
                format!("`{}` is no fact without a text", fact.name),
            );
        }
    }
    let is_any_kind = |facts: &AllOf| match &**facts {
        [fact] if fact.name == "kind" => kinds
            .iter()
            .all(|kind| fact.texts.iter().any(|text| text == kind)),
        _ => false,
    };
    let mut conditions = aliases.conditions.iter();
    let idle = conditions
        .find(|condition| condition.unless.is_empty() && condition.when.iter().any(is_any_kind))?;
    let id = &aliases.ids[idle.first];
    fault(
        id,
        format!("the condition of `{id}` holds for each finding: write the id alone"),
    )
}

/// `; did you mean …?` with the name that differs least, if one is near.
fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let near = known
        .filter(|known| !READ.contains(known))
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((near, known)) if near >= 0.8 => format!("; did you mean `{known}`?"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata;

    const POLICY: &str = "# METADATA
# title: A title
# description: A description.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: \"`{name}` is odd\"
#   remediation: Fix it.
#   aliases:
#     - a:1
#     - {id: b:2, when: drops_none}
#     - {id: c:3, unless: {kind: [plain, odd]}}
package rules.image[\"x\"]

deny contains {\"at\": row.at, \"name\": row.name, \"drops_none\": _drops_none(row), \"kind\": _kind(row)} if {
	some row in input.images
}

_kind(row) := \"odd\" if row.odd

_kind(row) := \"plain\" if not row.odd
";

    fn checked(from: &str, to: &str) -> Option<(usize, String)> {
        let policy = POLICY.replace(from, to);
        let metadata = metadata::read(&policy).unwrap();
        check(
            &Syntax::parse("x.rego", &policy).unwrap(),
            &metadata,
            &[],
            &|_| None,
        )
        .map(|fault| (fault.line, fault.message))
    }

    #[test]
    fn what_conditions_and_messages_use_is_fine() {
        assert_eq!(checked("", ""), None);
        // A text that comes from a row may be anything.
        assert_eq!(checked("_kind(row)}", "row.kind}"), None);
        let through_a_function = "deny contains _finding(row) if some row in input.images\n\n_finding(row) := finding if {\n\tfinding := {\"at\": row.at, \"name\": row.name, \"drops_none\": true, \"kind\": _kind(row)}\n}\n\n_x if {";
        let head = "deny contains {\"at\": row.at, \"name\": row.name, \"drops_none\": _drops_none(row), \"kind\": _kind(row)} if {";
        assert_eq!(checked(head, through_a_function), None);
    }

    #[test]
    fn what_texts_show_is_brought_by_each_finding() {
        let message = "`remediation` shows `{nam}`, which not every finding brings";
        let fault = checked("Fix it.", "Fix {name}, {nam}.").unwrap();
        assert_eq!(fault.0, 9);
        assert!(fault.1.contains(message), "{}", fault.1);
        let another =
            "deny contains {\"at\": row.at} if some row in input.images\n\n_kind(row) := \"odd\"";
        let fault = checked("_kind(row) := \"odd\"", another).unwrap();
        assert_eq!(fault.0, 8);
        assert!(fault.1.contains("`message` shows `{name}`"), "{}", fault.1);
        for text in ["${nam}", "\\{nam}", "${{ nam }}", "{0}", "{}"] {
            assert_eq!(checked("Fix it.", &format!("Fix {text}.")), None, "{text}");
        }
    }

    #[test]
    fn a_native_rule_shows_its_problem_alone() {
        let native = "title: A\ndescription: A.\ncustom:\n  severity: info\n  confidence: high\n  category: style\n  message: \"{problem}\"\n  remediation: Add `{flag}`.\n";
        let metadata = metadata::read_native(native).unwrap();
        let fault = check_native(native, &metadata, &[""], &[]).unwrap();
        assert_eq!(fault.line, 8);
        assert!(fault.message.contains("`{flag}`"), "{}", fault.message);
    }

    #[test]
    fn what_no_finding_says_or_nothing_uses_is_refused() {
        for (from, to, line, message) in [
            (
                "when: drops_none",
                "when: drop_none",
                12,
                "no finding of the rule says `drop_none`; did you mean `drops_none`?",
            ),
            (
                "[plain, odd]",
                "[plane, odd]",
                13,
                "says `plane` under `kind`",
            ),
            (
                "\"name\": row.name",
                "\"name\": row.name, \"nmae\": 1",
                16,
                "findings bring `nmae`",
            ),
            (
                "\"name\": row.name",
                "\"name\": row.name, \"fix\": []",
                16,
                "a finding brings no `fix`",
            ),
            (
                "\"name\": row.name",
                "\"name\": row.name, \"aliases\": []",
                16,
                "a finding brings no `aliases`",
            ),
            (
                "deny contains {",
                "deny contains object.union({}, {",
                12,
                "an object that is written out",
            ),
        ] {
            let policy = POLICY.replace(from, to);
            let policy = if to.contains("union") {
                policy.replace("_kind(row)} if", "_kind(row)}) if")
            } else {
                policy
            };
            let metadata = metadata::read(&policy).unwrap();
            let fault = check(
                &Syntax::parse("x.rego", &policy).unwrap(),
                &metadata,
                &[],
                &|_| None,
            )
            .unwrap();
            assert_eq!(fault.line, line, "{to}: {}", fault.message);
            assert!(fault.message.contains(message), "{to}: {}", fault.message);
        }
    }
}

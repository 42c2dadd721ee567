//! The shape of findings: `deny` is a set of objects, each with the `at` of a row. What has another shape would be no finding, and
//! nobody would hear of it.

use regorus::unstable::{Expr, Ref, Rule, RuleHead, Span};

use crate::metadata::Fault;
use crate::schema::suggested;
use crate::syntax::{Syntax, text};
use crate::yields::{Queries, assigned, each_finding};

/// How a rule begins.
const FORM: &str = "`deny contains {\"at\": row.at} if`";

/// Names under which other linters collect findings.
const OTHERS: &[&str] = &["violation", "violations", "warn", "deny_all", "allow"];

/// The severities that a finding may have.
const SEVERITIES: &[&str] = &["error", "warning", "info"];

/// What a related place may say.
const RELATED: &[&str] = &["at", "field", "message"];

/// How related places are written.
const PLACES: &str = "`[{\"at\": row.at, \"message\": \"…\"}]`";

/// The first thing about the findings of a policy that has not the shape that it must have.
pub(crate) fn fault(syntax: &Syntax) -> Option<Fault> {
    if let Some(fault) = head(syntax) {
        return Some(fault);
    }
    let mut found = None;
    each_finding(&syntax.module, &mut |value, queries| {
        let fault = || match value {
            Expr::Object { fields, .. } => object(value, fields, queries),
            _ => kind(value).map(|kind| {
                let message =
                    format!("a finding is an object with the `at` of a row, not {kind}: {FORM}");
                Fault::new(line(value), message)
            }),
        };
        if found.is_none() {
            found = fault();
        }
    });
    found
}

/// What is wrong with how `deny` is defined.
fn head(syntax: &Syntax) -> Option<Fault> {
    let mut is_defined = false;
    let mut other = None;
    for definition in syntax.definitions() {
        let is_set = matches!(
            definition.rule,
            Rule::Spec {
                head: RuleHead::Set { .. },
                ..
            }
        );
        let name = definition.name();
        if name == "deny" {
            is_defined = true;
            if !is_set && !is_whole_set(definition.rule) {
                let message = format!("`deny` must be a set of findings: {FORM}");
                return Some(Fault::new(definition.line(), message));
            }
        } else if is_set && OTHERS.contains(&name) {
            other.get_or_insert((definition.line(), name));
        }
    }
    match (is_defined, other) {
        (_, Some((line, name))) => {
            let message = format!(
                "`{name}` is not evaluated: findings are what `deny` contains; the severity is that of METADATA, or a finding's `severity`"
            );
            Some(Fault::new(line, message))
        }
        (false, None) => {
            let line = syntax.module.package.span.line as usize;
            Some(Fault::new(line, format!("has no `deny`: a rule is {FORM}")))
        }
        (true, None) => None,
    }
}

/// Whether a definition gives a value that may be a set.
fn is_whole_set(rule: &Rule) -> bool {
    match rule {
        Rule::Spec {
            head:
                RuleHead::Compr {
                    assign: Some(assign),
                    ..
                },
            ..
        } => {
            matches!(
                assign.value.as_ref(),
                Expr::Set { .. } | Expr::SetCompr { .. }
            ) || kind(&assign.value).is_none()
                && !matches!(assign.value.as_ref(), Expr::Object { .. })
        }
        _ => false,
    }
}

/// The fields of an object, as the engine has them.
type Fields = [(Span, Ref<Expr>, Ref<Expr>)];

/// What is wrong with a finding.
fn object<'m>(value: &'m Expr, fields: &'m Fields, queries: &Queries<'m>) -> Option<Fault> {
    if is_missing(fields, "at") {
        let message = "the finding has no `at`: hand back the `at` of the row that it is about";
        return Some(Fault::new(line(value), message));
    }
    fields.iter().find_map(|(_, key, value)| {
        let message = match text(key)? {
            "at" => at(value)?,
            "field" => {
                let kind = kind(value).filter(|kind| !["a text", "a list"].contains(kind))?;
                format!("`field` is a path such as \"ports.0.name\" or a list of keys, not {kind}")
            }
            "severity" => {
                let word = text(value).filter(|word| !SEVERITIES.contains(word))?;
                let hint = suggested(word, SEVERITIES);
                format!("`severity` is error, warning or info, not `{word}`{hint}")
            }
            "related" => return related(value, queries),
            _ => return None,
        };
        Some(Fault::new(line(value), message))
    })
}

/// Why a value is no place.
fn at(value: &Expr) -> Option<String> {
    let is_object = matches!(value, Expr::Object { .. });
    let kind = kind(value).or(is_object.then_some("an object"))?;
    Some(format!(
        "`at` is the `at` of a row, such as `container.at`, not {kind}"
    ))
}

/// What is wrong with the related places of a finding.
fn related<'m>(value: &'m Ref<Expr>, queries: &Queries<'m>) -> Option<Fault> {
    let items: Vec<&Ref<Expr>> = match value.as_ref() {
        Expr::Array { items, .. } => items.iter().collect(),
        Expr::ArrayCompr { term, .. } => vec![term],
        Expr::Var { span, .. } => {
            let assigned = assigned(queries, span.text());
            let mut assigned = assigned
                .into_iter()
                .filter(|value| !matches!(value.as_ref(), Expr::Var { .. }));
            return assigned.find_map(|value| related(value, queries));
        }
        Expr::Object { .. } => {
            let message = format!("`related` is a list, not an object: {PLACES}");
            return Some(Fault::new(line(value), message));
        }
        _ => {
            let message = format!(
                "`related` is a list of places, not {}: {PLACES}",
                kind(value)?
            );
            return Some(Fault::new(line(value), message));
        }
    };
    items.into_iter().find_map(|item| {
        let message = match item.as_ref() {
            Expr::Object { fields, .. } => place(fields)?,
            _ => format!(
                "a related place is an object, not {}: {PLACES}",
                kind(item)?
            ),
        };
        Some(Fault::new(line(item), message))
    })
}

/// What is wrong with a related place.
fn place(fields: &Fields) -> Option<String> {
    let mut names = fields.iter().filter_map(|(_, key, _)| text(key));
    if let Some(name) = names.find(|name| !RELATED.contains(name)) {
        return Some(format!(
            "a related place has `at`, `field` and `message`, but no `{name}`"
        ));
    }
    for name in ["at", "message"] {
        if is_missing(fields, name) {
            return Some(format!("the related place has no `{name}`: {PLACES}"));
        }
    }
    let mut places = fields.iter().filter(|(_, key, _)| text(key) == Some("at"));
    places.find_map(|(_, _, value)| at(value))
}

/// Whether an object lacks a name: all of its names are written out, and this is none of them.
fn is_missing(fields: &Fields, name: &str) -> bool {
    fields
        .iter()
        .all(|(_, key, _)| text(key).is_some_and(|key| key != name))
}

/// What a value that is written out is, if it is no object.
fn kind(value: &Expr) -> Option<&'static str> {
    match value {
        Expr::String { .. } | Expr::RawString { .. } => Some("a text"),
        Expr::Number { .. } => Some("a number"),
        Expr::Bool { .. } => Some("true or false"),
        Expr::Null { .. } => Some("null"),
        Expr::Array { .. } | Expr::ArrayCompr { .. } => Some("a list"),
        Expr::Set { .. } | Expr::SetCompr { .. } => Some("a set"),
        _ => None,
    }
}

fn line(value: &Expr) -> usize {
    value.span().line as usize
}

//! Patterns of regular expressions that are written out in a policy: a broken one matches nothing, and the engine says nothing.

use regex::Regex;
use regorus::unstable::{Expr, Literal, LiteralStmt, Rule, RuleHead};

use crate::metadata::Fault;
use crate::syntax::{Chain, Definition, Step, Syntax, text, variable};
use crate::walk::{each_expr, each_statement};

/// The functions that take a pattern, each with the number of the parameter that is one.
const FUNCTIONS: &[(&str, usize)] = &[
    ("match", 0),
    ("split", 0),
    ("find_n", 0),
    ("find_all_string_submatch_n", 0),
    ("replace", 1),
];

/// The first pattern that is broken.
pub(crate) fn fault(syntax: &Syntax) -> Option<Fault> {
    let mut found: Option<Fault> = None;
    for definition in syntax.definitions() {
        each_expr(&definition, &mut |expr| {
            if let Some(pattern) = pattern(expr)
                && found.is_none()
            {
                let mut values = values(syntax, &definition, pattern).into_iter();
                found = values.find_map(broken);
            }
        });
    }
    found
}

/// The parameter of a call that is a pattern.
fn pattern(expr: &Expr) -> Option<&Expr> {
    let Expr::Call { fcn, params, .. } = expr else {
        return None;
    };
    let chain = Chain::of(fcn);
    let [Step::Name(function)] = chain.steps[..] else {
        return None;
    };
    let known = FUNCTIONS.iter().find(|(name, _)| *name == function);
    let (_, number) = known.filter(|_| chain.root_name() == Some("regex"))?;
    params.get(*number).map(|param| &**param)
}

/// The texts that a pattern may be, as far as they are written out: itself, what a name is assigned, or the items of what a loop goes over.
fn values<'a>(syntax: &'a Syntax, definition: &Definition<'a>, pattern: &'a Expr) -> Vec<&'a Expr> {
    let Some(name) = variable(pattern) else {
        return vec![pattern];
    };
    let mut values = Vec::new();
    each_statement(definition, &mut |statement| {
        values.extend(bound(syntax, statement, name));
    });
    if values.is_empty() {
        values.extend(constant(syntax, name));
    }
    values
}

/// What a statement binds to a name.
fn bound<'a>(syntax: &'a Syntax, statement: &'a LiteralStmt, name: &str) -> Vec<&'a Expr> {
    match &statement.literal {
        Literal::Expr { expr, .. } => match expr.as_ref() {
            Expr::AssignExpr { lhs, rhs, .. } if variable(lhs) == Some(name) => vec![rhs],
            _ => Vec::new(),
        },
        Literal::SomeIn {
            value, collection, ..
        } if variable(value) == Some(name) => {
            let collection = variable(collection)
                .and_then(|collection| constant(syntax, collection))
                .unwrap_or(collection);
            match collection {
                Expr::Array { items, .. } | Expr::Set { items, .. } => {
                    items.iter().map(|item| &**item).collect()
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// What the policy gives a name outside of its rules.
fn constant<'a>(syntax: &'a Syntax, name: &str) -> Option<&'a Expr> {
    let mut definitions = syntax.definitions().filter(|found| found.name() == name);
    let only = definitions
        .next()
        .filter(|_| definitions.next().is_none())?;
    match only.rule {
        Rule::Spec {
            head:
                RuleHead::Compr {
                    assign: Some(assign),
                    ..
                },
            ..
        } => Some(&assign.value),
        _ => None,
    }
}

/// Why a text is no pattern.
fn broken(pattern: &Expr) -> Option<Fault> {
    let text = text(pattern)?;
    let error = Regex::new(text).err()?.to_string();
    // Its other lines draw the pattern and the place.
    let reason = error.lines().last().unwrap_or_default();
    let reason = reason.strip_prefix("error: ").unwrap_or(reason);
    let message = format!("the pattern `{text}` is no regular expression: {reason}");
    Some(Fault::new(pattern.span().line as usize, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_patterns_are_found_where_they_are_written() {
        let policy = "package a\n\n_all := {\"^a$\", `b[`}\n\n_one := \"c(\"\n\nx if {\n\tregex.match(\"^(a|b$\", input.x)\n}\n\ny if regex.split(_one, input.x)\n\nz if {\n\tsome p in _all\n\tregex.replace(input.x, p, \"\")\n}\n\nw if {\n\tp := \"d*+?{\"\n\tregex.find_n(p, \"\", 1)\n}\n";
        let lines =
            |policy: &str| fault(&Syntax::parse("a.rego", policy).unwrap()).map(|fault| fault.line);
        assert_eq!(lines(policy), Some(8));
        let policy = policy.replace("^(a|b$", "^(a|b)$");
        assert_eq!(lines(&policy), Some(5));
        let policy = policy.replace("c(", "c");
        assert_eq!(lines(&policy), Some(3));
        let policy = policy.replace("b[", "b");
        assert_eq!(lines(&policy), Some(19));
        assert_eq!(lines(&policy.replace("d*+?{", "\\\\d+")), None);
    }
}

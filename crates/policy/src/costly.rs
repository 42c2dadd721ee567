//! Calls of built-in functions that no limit of the engine stops: one call may take all memory, or take for ever.

use regorus::unstable::Expr;

use crate::metadata::Fault;
use crate::syntax::{Chain, Step, Syntax, text};
use crate::walk::{each_expr, each_statement};

/// Functions whose result may be exponential in what they are given, or another one in each run, and what to write instead.
const REFUSED: &[(&str, &str)] = &[
    ("net.cidr_expand", "compare with `net.cidr_contains`"),
    ("graph.reachable_paths", "ask `graph.reachable`"),
    ("rand.intn", "it gives another answer in each run"),
    ("time.now_ns", "it gives another answer in each run"),
    ("http.send", "policies have no network"),
];

/// Functions whose result is as large as their arguments say: they must be written out.
const BOUNDED: &[&str] = &["numbers.range", "numbers.range_step", "sprintf", "bits.lsh"];

/// How many numbers a range may have.
const LONGEST_RANGE: f64 = 10_000.0;

/// How many digits a width or a precision may have.
const DIGITS: usize = 3;

/// The faults of one policy or library.
pub(crate) fn of_module(syntax: &Syntax) -> Vec<Fault> {
    let mut faults = Vec::new();
    for definition in syntax.definitions() {
        each_expr(&definition, &mut |expr| {
            let fault = name(expr).as_deref().and_then(refused);
            let fault = fault.or_else(|| unbounded(expr));
            faults.extend(fault.map(|message| Fault::new(expr.span().line as usize, message)));
        });
        // What stands in for another function is called with arguments that are not seen here.
        each_statement(&definition, &mut |statement| {
            for modifier in &statement.with_mods {
                let name = name(&modifier.r#as);
                if let Some(name) = name.filter(|name| BOUNDED.contains(&name.as_str())) {
                    let message = format!("`with … as {name}` is not allowed; call it directly");
                    faults.push(Fault::new(modifier.span.line as usize, message));
                }
            }
        });
    }
    faults
}

fn refused(name: &str) -> Option<String> {
    if name.starts_with("time.") && name != "time.now_ns" {
        return Some(format!(
            "`{name}` is not built in: dates written as `2026-01-31` compare as texts"
        ));
    }
    let (name, advice) = REFUSED.iter().find(|(refused, _)| *refused == name)?;
    Some(format!("`{name}` is not allowed: {advice}"))
}

/// `numbers.range` and its like, if `expr` names one.
fn name(expr: &Expr) -> Option<String> {
    let chain = Chain::of(expr);
    let mut name = chain.root_name()?.to_owned();
    for step in &chain.steps {
        let Step::Name(step) = step else {
            return None;
        };
        name = [&name, ".", step].concat();
    }
    Some(name)
}

/// What is wrong with a call whose arguments may ask for anything.
fn unbounded(expr: &Expr) -> Option<String> {
    let Expr::Call { fcn, params, .. } = expr else {
        return None;
    };
    let number = |at: usize| number(params.get(at)?);
    match name(fcn)?.as_str() {
        name @ ("numbers.range" | "numbers.range_step") => {
            let length = number(0).zip(number(1)).map(|(from, to)| (to - from).abs());
            let is_short = length.is_some_and(|length| length <= LONGEST_RANGE);
            (!is_short).then(|| {
                format!(
                    "`{name}` needs two numbers that are written out, at most {LONGEST_RANGE} apart"
                )
            })
        }
        "bits.lsh" => {
            let is_short = number(1).is_some_and(|count| count <= 1000.0);
            let message = "`bits.lsh` needs a shift that is written out, of at most 1000";
            (!is_short).then(|| message.to_owned())
        }
        "sprintf" => {
            let format = params.first().and_then(|format| text(format));
            (!format.is_some_and(is_narrow)).then(|| {
                format!("`sprintf` needs a format that is written out, with widths of at most {DIGITS} digits")
            })
        }
        _ => None,
    }
}

fn number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Number { value, .. } => value.as_f64().ok(),
        Expr::UnaryExpr { expr, .. } => Some(-number(expr)?),
        _ => None,
    }
}

/// Whether no verb of a format asks for a width or precision of more digits than [`DIGITS`], or takes one from an argument.
fn is_narrow(format: &str) -> bool {
    let mut verbs = format.split('%');
    verbs.next();
    verbs.all(|verb| {
        let end = verb.find(|c: char| !(c.is_ascii_digit() || "+-# .[]*".contains(c)));
        let flags = &verb[..end.unwrap_or(verb.len())];
        let mut numbers = flags.split(|c: char| !c.is_ascii_digit());
        !flags.contains('*') && numbers.all(|digits| digits.len() <= DIGITS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(body: &str) -> usize {
        let policy = format!("package rules.a[\"b\"]\n\nx if {{\n\t{body}\n}}\n");
        let syntax = Syntax::parse("policy", &policy);
        of_module(syntax.as_ref().unwrap_or_else(|_| panic!("{policy}"))).len()
    }

    #[test]
    fn calls_that_no_limit_stops_are_refused() {
        for body in [
            "net.cidr_expand(\"0.0.0.0/0\")",
            "numbers.range(1, 1000000000)",
            "some i in input.a; count(numbers.range(1, i)) > 1",
            "sprintf(\"%2000000000d\", [1]) == \"\"",
            "sprintf(\"%*d\", [2000000000, 1]) == \"\"",
            "some f in input.a; sprintf(f, [1]) == \"\"",
            "count(graph.reachable_paths({}, [])) > 0",
            "count([1, 2]) == 3 with count as numbers.range",
            "bits.lsh(1, 10000000000) > 1",
        ] {
            assert!(faults(body) > 0, "{body}");
        }
        for body in [
            "some i in numbers.range(1, 3000); i > 1",
            "some i in numbers.range(-5, 5); i > 1",
            "sprintf(\"%s: %5d, %.2f and 100 000%%\", [\"a\", 1, 2]) == \"\"",
            "net.cidr_contains(\"10.0.0.0/8\", \"10.1.1.1\")",
        ] {
            assert_eq!(faults(body), 0, "{body}");
        }
    }
}

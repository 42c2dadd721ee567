//! What a policy may not hold: what would hang or abort the engine, and what its two modes understand differently.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Literal, LiteralStmt, Rule};

use crate::costly;
use crate::metadata::Fault;
use crate::names::{Locals, Names};
use crate::rewrite::undefined_parts;
use crate::syntax::{self, Chain, Definition, Step, Syntax, bytes, variable};
use crate::walk::{each_expr, each_statement};

/// The deepest nesting of brackets; the engine's parser is exponential in nested literals.
const NESTING: usize = 12;
/// The largest policy, in bytes.
const SIZE: usize = 256 * 1024;
/// The most definitions in one file; long chains of rules overflow the engine's stack.
const DEFINITIONS: usize = 500;
/// The most operators in one file; the tree of a long sum is as deep as the sum is long.
const OPERATORS: usize = 1000;

/// What would hang or abort the engine's parser. It needs no parser itself.
///
/// # Errors
/// The first such thing.
pub fn scan(policy: &str) -> Result<(), Fault> {
    if policy.len() > SIZE {
        let message = format!("is larger than {} KiB; split it", SIZE / 1024);
        return Err(Fault::new(1, message));
    }
    let (mut depth, mut operators) = (0usize, 0usize);
    for (number, line) in code_lines(policy) {
        let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let chained = words.filter(|word| *word == "in").count();
        let declared = line.matches("some ").count();
        operators += chained.saturating_sub(declared);
        for byte in line.bytes() {
            match byte {
                b'{' | b'[' | b'(' => depth += 1,
                b'}' | b']' | b')' => depth = depth.saturating_sub(1),
                b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' => operators += 1,
                _ => {}
            }
            if depth > NESTING {
                let message = format!(
                    "brackets nest deeper than {NESTING}; name the inner part in a rule of its own"
                );
                return Err(Fault::new(number, message));
            }
            if operators > OPERATORS {
                let message = format!("holds more than {OPERATORS} operators; split it");
                return Err(Fault::new(number, message));
            }
        }
    }
    Ok(())
}

/// What would hang or abort the engine: it must never be handed over. A text that cannot be parsed is the engine's to complain of.
pub fn dangers(policy: &str) -> Vec<Fault> {
    if let Err(fault) = scan(policy) {
        return vec![fault];
    }
    match Syntax::parse("policy", policy) {
        Ok(syntax) => {
            let faults = of_modules(&[&syntax]).into_iter();
            faults.map(|(_, fault)| fault).collect()
        }
        Err(_) => Vec::new(),
    }
}

/// What the engine does not survive in modules that are compiled together: too many definitions, and those that need themselves.
pub(crate) fn of_modules(modules: &[&Syntax]) -> Vec<(String, Fault)> {
    for syntax in modules {
        if syntax.module.policy.len() > DEFINITIONS {
            let message = format!("holds more than {DEFINITIONS} definitions; split it");
            return vec![(syntax.path.clone(), Fault::new(1, message))];
        }
    }
    let mut mentions: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    for syntax in modules {
        let (package, names) = (syntax.package().join("."), Names::of(syntax));
        for definition in syntax.definitions() {
            let found = mentioned(&definition, &package, &names);
            let name = (package.clone(), definition.name().to_owned());
            mentions.entry(name).or_default().extend(found);
        }
    }
    let mut faults = Vec::new();
    for syntax in modules {
        let costly = costly::of_module(syntax).into_iter();
        faults.extend(costly.map(|fault| (syntax.path.clone(), fault)));
        let package = syntax.package().join(".");
        for definition in syntax.definitions() {
            let name = (package.clone(), definition.name().to_owned());
            if reaches(&mentions, &name) {
                let message = format!(
                    "`{}` calls itself; Rego has no recursion: iterate with `some` instead",
                    definition.name()
                );
                let fault = Fault::new(definition.line(), message);
                faults.push((syntax.path.clone(), fault));
            }
        }
    }
    faults
}

/// A package and the name of a definition in it.
type Name = (String, String);

/// The definitions that one may need. A variable named like one counts too: better one refused than the stack overflown.
fn mentioned(definition: &Definition<'_>, package: &str, names: &Names<'_>) -> BTreeSet<Name> {
    let mut found = BTreeSet::new();
    each_expr(definition, &mut |expr| {
        let chain = Chain::of(expr);
        let Some(root) = chain.root_name() else {
            return;
        };
        if names.count(root) > 0 {
            found.insert((package.to_owned(), root.to_owned()));
        }
        let Some(path) = names.path(expr, &Locals::default()) else {
            return;
        };
        if path.root == "data" {
            let steps: Vec<&str> = path.steps.iter().map_while(Step::name).collect();
            for end in 1..steps.len() {
                found.insert((steps[..end].join("."), steps[end].to_owned()));
            }
        }
    });
    found
}

/// Whether a definition needs itself, directly or through others.
fn reaches(mentions: &BTreeMap<Name, BTreeSet<Name>>, name: &Name) -> bool {
    let mut open = vec![name];
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        for mentioned in mentions.get(next).into_iter().flatten() {
            if mentioned == name {
                return true;
            }
            if seen.insert(mentioned) {
                open.push(mentioned);
            }
        }
    }
    false
}

/// What the register machine lacks or understands differently from the interpreter: refused in our own policies, while a user's runs
/// on the interpreter.
pub fn deviations(policy: &str) -> Vec<Fault> {
    if let Err(fault) = scan(policy) {
        return vec![fault];
    }
    match Syntax::parse("policy", policy) {
        Ok(syntax) => of_module(&syntax),
        Err(fault) => vec![fault],
    }
}

/// As [`deviations`], of a policy that is parsed.
pub(crate) fn of_module(syntax: &Syntax) -> Vec<Fault> {
    let names = Names::of(syntax);
    let mut faults = Vec::new();
    for definition in syntax.definitions() {
        let mut found = Deviations {
            text: &syntax.text,
            names: &names,
            locals: Locals::of(&definition, &names),
            faults: &mut faults,
        };
        found.head(&definition);
        each_statement(&definition, &mut |statement| found.statement(statement));
        each_expr(&definition, &mut |expr| found.expr(expr));
    }
    faults.sort_by_key(|fault| fault.line);
    faults.dedup();
    faults
}

struct Deviations<'a, 'f> {
    text: &'a str,
    names: &'f Names<'a>,
    locals: Locals<'a>,
    faults: &'f mut Vec<Fault>,
}

impl<'a> Deviations<'a, '_> {
    fn add(&mut self, line: u32, message: &str) {
        self.faults.push(Fault::new(line as usize, message));
    }

    /// Whether some term may have no value and cannot be asked for it: see `rewrite::undefined_parts`.
    fn is_unstoppable(&self, comprehension: &'a Expr) -> bool {
        let parts = undefined_parts(comprehension, &self.locals);
        parts.into_iter().any(|part| {
            let mut open = vec![part];
            while let Some(expr) = open.pop() {
                if syntax::query(expr).is_some() {
                    return true;
                }
                open.extend(syntax::children(expr));
            }
            let text = self.text.get(bytes(part));
            text.is_none_or(|text| text.contains('\n') && text.contains(['#', '`']))
        })
    }

    fn head(&mut self, definition: &Definition<'a>) {
        let line = definition.rule.span().line;
        if matches!(definition.rule, Rule::Default { args, .. } if !args.is_empty()) {
            self.add(
                line,
                "`default` of a function is silently undefined; write the other case as a definition",
            );
        }
        if let Rule::Spec { bodies, .. } = definition.rule
            && let Some((_, before)) = bodies.split_last()
        {
            let loops = |literal: &Literal| {
                matches!(literal, Literal::SomeIn { .. } | Literal::SomeVars { .. })
            };
            let mut statements = before.iter().flat_map(|body| &body.query.stmts);
            if statements.any(|statement| loops(&statement.literal)) {
                self.add(
                    line,
                    "`else` behind a loop that finds nothing is silently undefined; put the loop into a rule of its own",
                );
            }
        }
        if variable(definition.refr).is_none() {
            self.add(
                line,
                "a nested head is silently wrong; build the object in a comprehension",
            );
        }
    }

    fn statement(&mut self, statement: &'a LiteralStmt) {
        if let Some(modifier) = statement.with_mods.first() {
            self.add(
                modifier.span.line,
                "`with` is not understood; pass the value to a function",
            );
        }
        let domain = match &statement.literal {
            Literal::SomeIn { collection, .. } => collection,
            Literal::Every { domain, .. } => domain,
            _ => return,
        };
        let path = self.names.path(domain, &self.locals);
        // A package is no object for the machine, only what a library defines.
        if path.is_some_and(|path| path.root == "data")
            && Chain::of(domain).root_name() == Some("data")
        {
            self.add(
                domain.span().line,
                "iterating `data` is silently empty; write a function",
            );
        }
    }

    fn expr(&mut self, expr: &'a Expr) {
        let line = expr.span().line;
        if syntax::query(expr).is_some() && self.is_unstoppable(expr) {
            self.add(
                line,
                "a comprehension's term that may have no value holds another comprehension; give that a name first",
            );
        }
        if let Expr::Call { fcn, .. } = expr {
            match variable(fcn) {
                Some("print") => self.add(line, "`print` is not understood; take it out"),
                Some("walk") => {
                    self.add(line, "`walk` is not understood; ask the model for a field");
                }
                _ => {}
            }
        }
        let chain = Chain::of(expr);
        let path = self.names.path(expr, &self.locals);
        if let Some(path) = path.filter(|path| path.root == "data") {
            let names = path.steps.iter().map_while(Step::name).count();
            if names < 3 {
                self.add(line, "a bare `data[…]` is not understood; name the package");
            }
        }
        let indices = chain.steps.iter().filter_map(Step::expr);
        for index in indices {
            let is_free = variable(index).is_some_and(|name| {
                name == "_" || self.locals.is_free(name) && !self.names.has(name) && name != "input"
            });
            if is_free {
                self.add(line, "write `some x in xs` instead of `[_]`");
            }
        }
    }
}

/// Lines without comments and with empty strings, numbered from 1.
fn code_lines(policy: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut raw = false;
    for (number, line) in policy.lines().enumerate() {
        let mut code = String::with_capacity(line.len());
        let mut quoted = false;
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '`' if !quoted => raw = !raw,
                _ if raw => {}
                '"' => {
                    quoted = !quoted;
                    code.push('"');
                }
                '\\' if quoted => {
                    letters.next();
                }
                _ if quoted => {}
                '#' => break,
                _ => code.push(letter),
            }
        }
        lines.push((number + 1, code));
    }
    lines
}
#[cfg(test)]
mod tests {
    use super::*;

    fn messages(faults: &[Fault]) -> String {
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| format!("{}: {}", fault.line, fault.message))
            .collect();
        lines.join("\n")
    }

    #[test]
    fn recursion_is_found_through_others() {
        let faults = dangers("package rules.a[\"b\"]\nf(x) := g(x)\ng(x) := f(x)\nh(x) := x\n");
        assert_eq!(faults.len(), 2, "{}", messages(&faults));
    }

    #[test]
    fn deep_nesting_is_found_and_strings_do_not_count() {
        assert_eq!(dangers(&format!("x := {}", "[".repeat(40))).len(), 1);
        assert!(dangers("x := \"[[[[[[[[[[[[[[[[[[[[[[[\" # [[[[[[[[[[[[[[[[[[").is_empty());
    }

    #[test]
    fn constructs_of_one_mode_are_found() {
        let policy = "package a\n\ndeny contains 1 if {\n\twalk(input, [p, v])\n}\n\ny.a[k] := 1 if some k in [1]\n\ndefault f(_) := 1\n\nok if { x with input as 1 }\n\nz if input.a[_] == 1\n\nz if input.a[i] == 1\n\nz if {\n\tsome i\n\tinput.a[i] == 1\n}\n\nz if some a, b in data.c\n\nz if count([f([1 | a]) | some a in [1]]) == 1\n\ng(x) := 1 if { some y in x; y == 1 } else := 2\n\nh(x) := 1 if x == 1 else := 2\n\nsome_are_fine if {\n\tsome k in [1]\n\tinput.a[k]\n\tx := [1 | k]\n\ty := [a.b | some a in x]\n}\n";
        let lines: BTreeSet<usize> = deviations(policy).iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [4, 7, 9, 11, 13, 15, 19, 22, 24, 26].into());
    }
}

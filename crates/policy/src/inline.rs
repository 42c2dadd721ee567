//! Calls of small functions become what the functions say.
//!
//! A call costs the register machine as much as a dozen comparisons, and a filter looks through more of what is in the rule
//! itself. What is rewritten stays on its line, so that the engine's messages still name the right one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regorus::unstable::{Expr, Literal, LiteralStmt, Query, Rule, RuleHead};

use crate::edit::Edit;
use crate::names::{Locals, Names};
use crate::syntax::{self, Chain, Definition, Node, Step, Syntax, bytes, range, text, variable};

/// A function of one definition that binds no variable of its own.
#[derive(Debug)]
struct Function<'a> {
    parameters: Vec<&'a str>,
    body: Body<'a>,
    /// Names in the body that are no parameters.
    free: BTreeSet<&'a str>,
    /// Whether it is of the module that calls it, where its names mean the same.
    is_own: bool,
}

#[derive(Debug)]
enum Body<'a> {
    /// It answers yes if all of these hold.
    Statements(Vec<Template<'a>>),
    /// It is another way to write this.
    Value(Template<'a>, bool),
}

/// A text, and the places of parameters in it: bytes of the text, number of the parameter, whether something hangs below.
#[derive(Debug)]
struct Template<'a> {
    text: &'a str,
    holes: Vec<(Range<usize>, usize, bool)>,
    is_negated: bool,
}

/// The functions whose calls can be replaced, by the name that a module calls them by.
#[derive(Debug, Default)]
pub(crate) struct Inlinable<'a>(BTreeMap<String, Function<'a>>);

impl<'a> Inlinable<'a> {
    pub(crate) fn of(syntax: &'a Syntax, library: &dyn Fn(&str) -> Option<&'a Syntax>) -> Self {
        let mut functions = BTreeMap::new();
        for (name, function) in of_module(syntax, true) {
            functions.insert(name.to_owned(), function);
        }
        for import in &syntax.module.imports {
            let chain = Chain::of(&import.refr);
            let steps: Vec<&str> = chain.steps.iter().filter_map(Step::name).collect();
            let (Some("data"), ["lib", name]) = (chain.root_name(), steps.as_slice()) else {
                continue;
            };
            let alias = import.r#as.as_ref().map_or(*name, |alias| alias.text());
            for (name, function) in library(name)
                .map(|of| of_module(of, false))
                .into_iter()
                .flatten()
            {
                functions.insert(format!("{alias}.{name}"), function);
            }
        }
        Self(functions)
    }

    /// The edits that replace the calls of a module, outermost first; none of them lies in another.
    pub(crate) fn edits(&self, syntax: &'a Syntax) -> Vec<Edit> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let names = Names::of(syntax);
        let mut edits = Vec::new();
        for definition in syntax.definitions() {
            let locals = Locals::of(&definition, &names);
            let mut caller = Caller {
                text: &syntax.text,
                functions: self,
                names: &names,
                locals: &locals,
                edits: &mut edits,
            };
            for value in definition.values() {
                caller.expr(value);
            }
            for query in definition.queries() {
                caller.query(query);
            }
        }
        edits
    }
}

fn of_module(syntax: &Syntax, is_own: bool) -> Vec<(&str, Function<'_>)> {
    let names = Names::of(syntax);
    let functions = syntax.definitions().filter_map(|definition| {
        let name = definition.name();
        let mut function = Function::read(&definition, &syntax.text)?;
        function.is_own = is_own;
        let is_foreign = !is_own && function.free.iter().any(|name| names.has(name));
        (names.count(name) == 1 && !is_foreign).then_some((name, function))
    });
    functions.collect()
}

impl<'a> Function<'a> {
    /// The function of a definition; `None` if it says more than statements or a value.
    fn read(definition: &Definition<'a>, text: &'a str) -> Option<Self> {
        let Rule::Spec {
            head: RuleHead::Func {
                refr, args, assign, ..
            },
            bodies,
            ..
        } = definition.rule
        else {
            return None;
        };
        variable(refr)?;
        let parameters: Option<Vec<&str>> = args.iter().map(|arg| variable(arg)).collect();
        let parameters = parameters?;
        let distinct: BTreeSet<&&str> = parameters.iter().collect();
        if distinct.len() != parameters.len() || distinct.contains(&"_") {
            return None;
        }
        let mut free = BTreeSet::new();
        let mut template = |expr: &'a Expr, span: Range<usize>| {
            Template::read(expr, span, text, &parameters, &mut free)
        };
        let body = match (assign, bodies.as_slice()) {
            (Some(assign), []) => {
                let value = &*assign.value;
                let is_one = matches!(
                    value,
                    Expr::Var { .. }
                        | Expr::RefDot { .. }
                        | Expr::RefBrack { .. }
                        | Expr::Call { .. }
                        | Expr::String { .. }
                        | Expr::Number { .. }
                        | Expr::Bool { .. }
                        | Expr::Array { .. }
                        | Expr::Object { .. }
                        | Expr::Set { .. }
                );
                Body::Value(template(value, bytes(value))?, is_one)
            }
            (None, [body]) => {
                let statements = body.query.stmts.iter().map(|statement| {
                    let (expr, is_negated) = match &statement.literal {
                        Literal::Expr { expr, .. } => (expr, false),
                        Literal::NotExpr { expr, .. } => (expr, true),
                        _ => return None,
                    };
                    let is_plain = statement.with_mods.is_empty();
                    let found = template(expr, range(&statement.span)).filter(|_| is_plain)?;
                    Some(Template {
                        is_negated,
                        ..found
                    })
                });
                Body::Statements(statements.collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        };
        Some(Self {
            parameters,
            body,
            free,
            is_own: true,
        })
    }
}

impl<'a> Template<'a> {
    /// The text of an expression that means the same elsewhere: it is on one line and binds nothing.
    fn read(
        expr: &'a Expr,
        span: Range<usize>,
        text: &'a str,
        parameters: &[&str],
        free: &mut BTreeSet<&'a str>,
    ) -> Option<Self> {
        let whole = text.get(span.clone())?;
        if whole.contains(['\n', '\r', '#']) {
            return None;
        }
        let mut holes = Vec::new();
        let mut open = vec![(expr, false)];
        while let Some((expr, has_below)) = open.pop() {
            match expr {
                Expr::AssignExpr { .. } => return None,
                _ if syntax::query(expr).is_some() => return None,
                Expr::Var { .. } => {
                    let name = variable(expr)?;
                    match parameters.iter().position(|parameter| *parameter == name) {
                        Some(number) => {
                            let at = bytes(expr);
                            let start = at.start.checked_sub(span.start)?;
                            holes.push((start..start + at.len(), number, has_below));
                        }
                        None if name == "_" => return None,
                        None => _ = free.insert(name),
                    }
                }
                Expr::RefDot { refr, .. } => open.push((refr, true)),
                Expr::RefBrack { refr, index, .. } => {
                    open.push((refr, true));
                    open.push((index, false));
                }
                Expr::Call { fcn, params, .. } => {
                    // Who is called is no value.
                    open.push((fcn, true));
                    open.extend(params.iter().map(|param| (&**param, false)));
                }
                _ => open.extend(
                    syntax::children(expr)
                        .into_iter()
                        .map(|child| (child, false)),
                ),
            }
        }
        holes.sort_by_key(|(at, ..)| at.start);
        Some(Self {
            text: whole,
            holes,
            is_negated: false,
        })
    }

    /// The text with the arguments for the parameters.
    fn filled(&self, arguments: &[Argument<'_>]) -> Option<String> {
        let mut filled = String::with_capacity(self.text.len());
        let mut done = 0;
        for (at, number, has_below) in &self.holes {
            let argument = arguments.get(*number)?;
            // Nothing hangs below what is no variable.
            if *has_below && !argument.is_variable {
                return None;
            }
            filled.push_str(self.text.get(done..at.start)?);
            filled.push_str(argument.text);
            done = at.end;
        }
        filled.push_str(self.text.get(done..)?);
        Some(filled)
    }
}

/// What a call hands over: a variable or a text.
struct Argument<'a> {
    text: &'a str,
    is_variable: bool,
}

/// A definition that calls.
struct Caller<'a, 'c> {
    /// The module's text.
    text: &'a str,
    functions: &'c Inlinable<'a>,
    names: &'c Names<'a>,
    locals: &'c Locals<'a>,
    edits: &'c mut Vec<Edit>,
}

impl<'a> Caller<'a, '_> {
    fn query(&mut self, query: &'a Query) {
        // A body without braces is one statement.
        let is_open = query
            .stmts
            .first()
            .is_some_and(|first| range(&first.span).start > range(&query.span).start);
        for statement in &query.stmts {
            self.statement(statement, is_open || query.stmts.len() > 1);
        }
    }

    fn statement(&mut self, statement: &'a LiteralStmt, may_be_several: bool) {
        for modifier in &statement.with_mods {
            self.expr(&modifier.r#as);
        }
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { collection, .. } => self.expr(collection),
            Literal::Every { domain, query, .. } => {
                self.expr(domain);
                self.query(query);
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => {
                let is_negated = matches!(statement.literal, Literal::NotExpr { .. });
                // Parentheses hold one statement.
                let is_bare = bytes(expr) == range(&statement.span);
                let may_be_several = may_be_several && is_bare;
                let replaced = statement
                    .with_mods
                    .is_empty()
                    .then(|| self.asked(expr, is_negated, may_be_several))
                    .flatten();
                match replaced {
                    Some(text) => self.edits.push(Edit::new(bytes(expr), text)),
                    None => self.expr(expr),
                }
            }
        }
    }

    /// What a call says that is a statement of its own.
    fn asked(&self, expr: &'a Expr, is_negated: bool, may_be_several: bool) -> Option<String> {
        let (function, arguments) = self.call(expr)?;
        let Body::Statements(statements) = &function.body else {
            return None;
        };
        let fits = match statements.as_slice() {
            // Refused twice is something else than asked for.
            [only] => !(is_negated && only.is_negated),
            _ => may_be_several && !is_negated,
        };
        let filled: Option<Vec<String>> = statements
            .iter()
            .filter(|_| fits)
            .map(|statement| statement.filled(&arguments))
            .collect();
        filled
            .filter(|texts| !texts.is_empty())
            .map(|texts| texts.join("; "))
    }

    fn expr(&mut self, expr: &'a Expr) {
        if let Some((function, arguments)) = self.call(expr)
            && let Body::Value(value, is_one) = &function.body
            && let Some(text) = value.filled(&arguments)
        {
            let text = if *is_one { text } else { format!("({text})") };
            self.edits.push(Edit::new(bytes(expr), text));
            return;
        }
        for child in syntax::children(expr) {
            self.expr(child);
        }
        if let Some(query) = syntax::query(expr) {
            self.query(query);
        }
    }

    /// The function that is called, if the call can be replaced, and what is handed over.
    fn call(&self, expr: &'a Expr) -> Option<(&Function<'a>, Vec<Argument<'a>>)> {
        let Expr::Call { fcn, params, .. } = expr else {
            return None;
        };
        // What is on several lines stays there.
        if self.text.get(bytes(expr))?.contains('\n') {
            return None;
        }
        let chain = Chain::of(fcn);
        let root = chain.root_name().filter(|name| !self.locals.has(name))?;
        let name = match chain.steps.as_slice() {
            [] => root.to_owned(),
            [step] => format!("{root}.{}", step.name()?),
            _ => return None,
        };
        let function = self.functions.0.get(&name)?;
        // Where it is called, its names must mean what they mean where it is.
        let mut free = function.free.iter();
        let is_hidden =
            free.any(|name| self.locals.has(name) || !function.is_own && self.names.has(name));
        let arguments: Option<Vec<Argument>> =
            params.iter().map(|param| self.argument(param)).collect();
        let arguments = arguments?;
        (!is_hidden && arguments.len() == function.parameters.len())
            .then_some((function, arguments))
    }

    fn argument(&self, param: &'a Node) -> Option<Argument<'a>> {
        if let Some(name) = variable(param) {
            // A variable is there where it is used; a definition may not be.
            let is_there = self.locals.has(name) && name != "_" || name == "input";
            return is_there.then_some(Argument {
                text: name,
                is_variable: true,
            });
        }
        let is_plain = text(param).is_some_and(|text| {
            text.bytes()
                .all(|byte| !br#""(),\`"#.contains(&byte) && byte >= b' ')
        });
        let text = match &**param {
            Expr::String { .. } if is_plain => self.text.get(bytes(param))?,
            _ => return None,
        };
        Some(Argument {
            text,
            is_variable: false,
        })
    }
}

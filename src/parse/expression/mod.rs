//! GitHub's `${{ }}` expressions: where they are, what they read and call, and what is wrong with them.

mod admission;
mod compare;
mod demand;
mod guard;
mod operands;
mod scan;
mod slips;
mod walk;

use github_actions_expressions::{Error, Expr, call};

use crate::span::{LocatedText, Span};

pub use admission::{admits, fills, fixes_ref, is_of_some_events, rests_on_output};
pub use compare::{Comparison, Operand};
pub use demand::{Demand, demands};
pub use guard::{Asked, Check, holds_for_outsiders, keeps_outsiders_out};
pub use operands::{Taker, Typed, TypedValue};

/// GitHub refuses longer ones; so does this, before any work is done.
const MAX_LENGTH: usize = 21_000;
/// A chain of operators makes a tree as deep as it is long.
const MAX_OPERATORS: usize = 1_000;

/// One expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// From `${{` to `}}`, or the whole text of a bare condition.
    pub span: Span,
    /// The same as a range of the text it was found in.
    pub range: std::ops::Range<usize>,
    /// What is inside the braces, trimmed.
    pub text: String,
    /// Where that stands.
    pub inner: Span,
    /// What it reads, in the order written.
    pub contexts: Vec<Context>,
    /// What it calls, in the order written.
    pub functions: Vec<Function>,
    /// The literals in it, in the order written.
    pub literals: Vec<Literal>,
    /// Contexts that are compared with a literal.
    pub comparisons: Vec<Comparison>,
    /// Contexts that are asked whether they are true, as operands of `&&`, `||` and `!`, or alone.
    pub asked: Vec<(String, Span)>,
    /// Values that no run gives: `condition && '' || other`.
    pub lost: Vec<Lost>,
    /// Calls that look for a context in a literal text.
    pub swapped: Vec<Swapped>,
    /// Contexts with `|| true` behind them.
    pub overruled: Vec<Overruled>,
    /// Literals before `||`, which gives them in every run.
    pub firsts: Vec<First>,
    /// Contexts that `startsWith` compares with a literal.
    pub begins: Vec<Comparison>,
    /// Contexts and literals whose type matters.
    pub typed: Vec<Typed>,
    /// Whether some part of it has one value in every run, and is not written as that.
    pub is_reducible: bool,
    /// Whether an index in it is computed.
    pub has_computed_index: bool,
    /// The first thing wrong with its syntax.
    pub error: Option<SyntaxError>,
    /// Its outermost shape.
    pub shape: Shape,
}

/// What is wrong with the syntax of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// `syntax`, `empty`, `unknown-function` or `argument-count`.
    pub kind: &'static str,
    /// What to say about it.
    pub message: String,
}

impl SyntaxError {
    /// An error of the grammar.
    fn new(span: Span, message: &str) -> Self {
        Self {
            span,
            kind: SYNTAX,
            message: message.to_owned(),
        }
    }
}

/// The kind of errors of the grammar.
const SYNTAX: &str = "syntax";

/// What an expression is at its outermost, as far as its type goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A context, and nothing around it.
    Context,
    /// A function's result.
    Call,
    /// A literal.
    Literal,
    /// A comparison or a negation, which is true or false.
    Boolean,
    /// `&&` or `||`.
    Logical,
    /// It could not be read.
    #[default]
    Unknown,
}

/// A context that an expression reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Dotted and lower case, `*` for an index that is not a literal: `github.event.issue.title`.
    pub path: String,
    /// Where it stands.
    pub span: Span,
    /// Whether its value can become (part of) the expression's value; the operand of a comparison cannot.
    pub flows: bool,
    /// Whether another value is in where it has none: it is the left side of `||`.
    pub has_default: bool,
}

/// A function that an expression calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Lower case.
    pub name: String,
    /// The whole call.
    pub span: Span,
    /// How many arguments it is given.
    pub arguments: usize,
}

/// A literal that is false, where `&&` and `||` are to choose between two values: the other one is always chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// From the condition to the other value.
    pub span: Span,
    /// The condition, as written.
    pub condition: String,
    /// Whether the condition is one comparison, so that it can be turned round.
    pub is_comparison: bool,
    /// The literal, as written.
    pub literal: String,
    /// The other value, as written.
    pub other: String,
}

/// `startsWith` or `endsWith` of a literal and a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swapped {
    /// The whole call.
    pub span: Span,
    /// The function as it is written in documentation.
    pub function: &'static str,
    /// The literal, as written.
    pub literal: String,
    /// The context, as written.
    pub context: String,
}

/// A context with `|| true` behind it: where it is a boolean, the whole is true in every run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overruled {
    /// From the context to the literal.
    pub span: Span,
    /// The context, dotted and in lower case.
    pub path: String,
    /// The context, as written.
    pub context: String,
}

/// A text before `||`: what is behind it is never given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// From the text to the other value.
    pub span: Span,
    /// The text, as written.
    pub literal: String,
    /// The other value, as written.
    pub other: String,
    /// What the whole is compared with, as written, and the operator.
    pub compared: Option<(String, &'static str)>,
}

/// A literal in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Its value as text, without quotes.
    pub text: String,
    /// Whether it is a string.
    pub is_string: bool,
    /// Whether the expression asks that something is not this: `!=`, or below `!`.
    pub is_refused: bool,
    /// Where it stands.
    pub span: Span,
}

/// The expressions in a text, each in `${{ }}`.
pub fn find(text: &LocatedText) -> Vec<Expression> {
    scan::braces(&text.text)
        .map(|braces| {
            if let Some(inner) = braces.inner {
                read(text, braces.range, inner)
            } else {
                let span = text.span(braces.range.start..braces.range.start + 3);
                let mut broken = read_nothing(text, braces.range);
                broken.error = Some(SyntaxError::new(span, "`${{` is never closed"));
                broken
            }
        })
        .collect()
}

/// A text that is an expression without braces, such as a bare `if:`.
pub fn bare(text: &LocatedText) -> Expression {
    let whole = 0..text.text.len();
    read(text, whole.clone(), whole)
}

/// The longest condition that is written anew.
const MAX_REWRITTEN: usize = 120;

/// A condition with text outside its braces as the one expression that was meant, if that is one: without braces, texts in single quotes.
pub fn without_braces(text: &str) -> Option<String> {
    let code = text
        .trim()
        .replace("${{", "")
        .replace("}}", "")
        .replace('"', "'");
    let words: Vec<&str> = code.split_whitespace().collect();
    let code = words.join(" ");
    let is_short = !code.is_empty() && code.len() <= MAX_REWRITTEN;
    // YAML reads what begins with these as a tag or as a text that ends at the next quote.
    let is_plain = !code.starts_with(['!', '\'']);
    (is_short && is_plain && Expr::parse(&code).is_ok()).then_some(code)
}

fn read_nothing(text: &LocatedText, range: std::ops::Range<usize>) -> Expression {
    Expression {
        span: text.span(range.clone()),
        inner: text.span(range.clone()),
        range,
        text: String::new(),
        contexts: Vec::new(),
        functions: Vec::new(),
        literals: Vec::new(),
        comparisons: Vec::new(),
        asked: Vec::new(),
        lost: Vec::new(),
        overruled: Vec::new(),
        firsts: Vec::new(),
        begins: Vec::new(),
        swapped: Vec::new(),
        typed: Vec::new(),
        is_reducible: false,
        has_computed_index: false,
        error: None,
        shape: Shape::Unknown,
    }
}

fn read(
    text: &LocatedText,
    range: std::ops::Range<usize>,
    inner: std::ops::Range<usize>,
) -> Expression {
    let whole = text.text.get(inner.clone()).unwrap_or_default();
    let start = inner.start + (whole.len() - whole.trim_start().len());
    let code = whole.trim();
    let place = |range: std::ops::Range<usize>| text.span(start + range.start..start + range.end);
    let mut expression = read_nothing(text, range);
    code.clone_into(&mut expression.text);
    expression.inner = place(0..code.len());
    let operators = code
        .bytes()
        .filter(|byte| matches!(byte, b'&' | b'|' | b'=' | b'<' | b'>'))
        .count();
    if code.len() > MAX_LENGTH || operators > MAX_OPERATORS {
        let what = "the expression is too long to be read";
        expression.error = Some(SyntaxError::new(expression.inner, what));
        return expression;
    }
    match Expr::parse(code) {
        Ok(tree) => {
            walk::walk(&tree, &place, &mut expression);
            compare::walk(&tree, &place, &mut expression);
            slips::walk(&tree, &place, &mut expression);
            operands::walk(&tree, &place, &mut expression);
        }
        Err(error) => {
            let (range, kind, message) = explain(code, &error);
            expression.error = Some(SyntaxError {
                span: place(range),
                kind,
                message,
            });
            for (path, range) in scan::contexts(code) {
                expression.contexts.push(Context {
                    path,
                    span: place(range),
                    flows: true,
                    has_default: false,
                });
            }
        }
    }
    expression
}

/// Where in the code an error stands, of which kind it is, and how we say it.
fn explain(code: &str, error: &Error) -> (std::ops::Range<usize>, &'static str, String) {
    match error {
        Error::Syntax(error) if code.is_empty() => {
            let message = format!("the expression is empty ({})", error.message);
            (0..0, "empty", message)
        }
        Error::Syntax(error) => {
            let range = scan::token(code, error.offset);
            let found = code.get(range.clone()).unwrap_or_default();
            if found.is_empty() {
                (last(code), SYNTAX, format!("{} at the end", error.message))
            } else {
                let message = format!("{}, found `{found}`", error.message);
                (range, SYNTAX, message)
            }
        }
        Error::Depth => (
            0..code.len(),
            SYNTAX,
            "the expression is nested too deep".to_owned(),
        ),
        Error::Call(call::Error::UnknownFunction(name)) => {
            let message = format!("unknown function `{name}`");
            (scan::call(code, name), "unknown-function", message)
        }
        Error::Call(call::Error::Arity(function, expected)) => {
            let name = walk::name(*function);
            let range = scan::call(code, name);
            let written = code.get(range.clone()).unwrap_or(name);
            let message = format!("`{written}` takes {expected}");
            (range, "argument-count", message)
        }
    }
}

/// The last character, for what is missing at the end.
fn last(code: &str) -> std::ops::Range<usize> {
    let start = code.char_indices().next_back().map_or(0, |(at, _)| at);
    start..code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Expression {
        find(&LocatedText::verbatim(text, 10)).remove(0)
    }

    #[test]
    fn an_expression_says_what_it_reads_and_where() {
        let found = one("echo ${{ github.event.issue['TITLE'] == 'a}}b' && env[matrix.X] }}");
        let paths: Vec<_> = found
            .contexts
            .iter()
            .map(|c| (c.path.as_str(), c.flows))
            .collect();
        assert_eq!(
            paths,
            [
                ("github.event.issue.title", false),
                ("env.*", true),
                ("matrix.x", false)
            ]
        );
        assert_eq!(found.contexts[0].span, Span { start: 19, end: 46 });
        assert_eq!(found.span.start, 15);
        assert_eq!(found.error, None);
        assert_eq!(found.shape, Shape::Logical);
    }

    #[test]
    fn what_is_broken_is_placed_and_still_read() {
        let found = one("${{ github.actor = 'x' }}");
        assert_eq!(
            found.error.as_ref().unwrap().span,
            Span { start: 27, end: 28 }
        );
        assert_eq!(found.contexts[0].path, "github.actor");
        assert!(
            one("${{ foo(1) }}")
                .error
                .unwrap()
                .message
                .contains("unknown function `foo`")
        );
        assert!(
            one("${{ contains('a') }}")
                .error
                .unwrap()
                .message
                .contains("`contains` takes")
        );
        assert!(
            one("a ${{ github.actor")
                .error
                .unwrap()
                .message
                .contains("never closed")
        );
        assert!(one("${{ }}").error.is_some());
        assert!(one("${{ a && }}").error.is_some());
    }

    #[test]
    fn a_condition_is_written_without_braces() {
        assert_eq!(
            without_braces("${{ github.event.client_payload.id }} != \"\"").as_deref(),
            Some("github.event.client_payload.id != ''")
        );
        assert_eq!(
            without_braces("${{ a.b }} &&\n  ${{ c.d }}").as_deref(),
            Some("a.b && c.d")
        );
        assert_eq!(without_braces("! ${{ a.b }}"), None);
        assert_eq!(without_braces("${{ a.b }} and c"), None);
        assert_eq!(without_braces("${{ a.b }}-x ("), None);
    }

    #[test]
    fn hostile_expressions_are_refused() {
        for text in [
            format!("${{{{ {} }}}}", "(".repeat(20_000)),
            format!("${{{{ {} a }}}}", "a||".repeat(6_000)),
            format!("${{{{ {} }}}}", "!".repeat(20_000)),
            "${{".repeat(50_000),
            "${{ '".repeat(50_000),
        ] {
            assert!(
                find(&LocatedText::verbatim(&text, 0))
                    .iter()
                    .all(|e| e.error.is_some())
            );
        }
    }

    #[test]
    fn a_bare_condition_is_one_expression() {
        let found = bare(&LocatedText::verbatim(
            "always() && github.ref == 'refs/heads/main'",
            0,
        ));
        assert_eq!(found.functions[0].name, "always");
        assert_eq!(found.literals[0].text, "refs/heads/main");
        assert_eq!(found.error, None);
    }
}

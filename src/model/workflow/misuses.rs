//! Values of types that what takes them cannot use: properties of texts, arguments, sides of comparisons, indices, sections.

use hullmark_tables::faults::{self, FaultKind};

use crate::model::workflow::declared;
use crate::model::workflow::expression_scope::{ExpressionScope, Fault};
use crate::model::workflow::types::{Type, as_written, type_of};
use crate::parse::expression::{Context, Expression, Shape, Taker, Typed, TypedValue};
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::Content;

/// What the type of a context is called.
fn described(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "a boolean",
        Type::Number => "a number",
        Type::Text => "a string",
        Type::Object => "a mapping",
        Type::List => "a list",
    }
}

/// Contexts that are mappings as a whole.
const OBJECTS: &[&str] = &[
    "github", "env", "vars", "job", "jobs", "steps", "runner", "secrets", "strategy", "matrix",
    "needs", "inputs",
];

/// The type of a context, those of whole contexts and of matrix axes with it.
fn wide_type_of(scope: ExpressionScope<'_>, path: &str) -> Option<Type> {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        [name] => OBJECTS.contains(name).then_some(Type::Object),
        ["github", "event"] | ["steps" | "needs", _] | ["steps" | "needs", _, "outputs"] => {
            Some(Type::Object)
        }
        ["github", name] if is_of_github(name) => Some(Type::Text),
        ["matrix", axis] => type_of_axis(scope, axis),
        _ if parts.contains(&"*") => None,
        _ => type_of(scope, path),
    }
}

fn is_of_github(name: &str) -> bool {
    name != "event" && name != "*" && declared::GITHUB.contains(&name)
}

/// The type that all values of a matrix axis have.
fn type_of_axis(scope: ExpressionScope<'_>, name: &str) -> Option<Type> {
    let tree = scope.tree;
    let matrix = tree.at(scope.job?, &["strategy", "matrix"])?;
    if !tree.is_mapping(matrix) || tree.get(matrix, "include").is_some() {
        return None;
    }
    let axis = declared::get(tree, matrix, name)?;
    let mut types = tree
        .items(axis)
        .iter()
        .map(|item| match tree.content(*item) {
            Content::Mapping(_) => Some(Type::Object),
            Content::Sequence(_) => Some(Type::List),
            Content::Scalar(scalar) if scalar.text.text.contains("${{") => None,
            Content::Scalar(scalar) => match scalar::github(scalar) {
                Reading::Bool(_) => Some(Type::Bool),
                Reading::Int(_) | Reading::Float(_) => Some(Type::Number),
                Reading::Null => None,
                Reading::Text => Some(Type::Text),
            },
            Content::Alias(_) => None,
        });
    let first = types.next()??;
    types.all(|other| other == Some(first)).then_some(first)
}

/// A property of what has none: of a text, a number, a boolean.
pub(super) fn dereferences(
    scope: ExpressionScope<'_>,
    expression: &Expression,
    context: &Context,
    found: &mut Vec<Fault>,
) {
    let parts: Vec<&str> = context.path.split('.').collect();
    let length = match parts.as_slice() {
        ["github", name, _, ..] if is_of_github(name) => 2,
        [
            "runner" | "env" | "vars" | "secrets" | "strategy",
            name,
            _,
            ..,
        ] if *name != "*" => 2,
        ["inputs", name, _, ..]
            if *name != "*"
                && (scope.is_action || type_of(scope, &parts[..2].join(".")).is_some()) =>
        {
            2
        }
        ["steps", id, "outcome" | "conclusion", _, ..] if *id != "*" => 3,
        ["needs", id, "result", _, ..] if *id != "*" => 3,
        ["steps" | "needs", id, "outputs", name, _, ..] if *id != "*" && *name != "*" => 4,
        _ => return,
    };
    // An index with a dot in it is no path.
    let whole = as_written(expression, &context.path);
    let has_index = expression.text.contains("['");
    if has_index && !expression.text.to_ascii_lowercase().contains(&context.path) {
        return;
    }
    let mut written = whole.splitn(length + 1, '.');
    let holder: Vec<&str> = written.by_ref().take(length).collect();
    let (holder, rest) = (holder.join("."), written.next().unwrap_or_default());
    let is_json =
        holder.contains("outputs") || holder.starts_with("inputs") || holder.starts_with("env");
    let help = if is_json {
        format!("If it holds JSON, write `fromJSON({holder}).{rest}`.")
    } else {
        format!("Write `{holder}`, or remove the reference.")
    };
    found.push(Fault {
        help: Some(help),
        kind: faults::DEREF_NOT_OBJECT,
        span: context.span,
        message: format!("`{holder}` is a string and has no `{rest}`, so this is empty"),
    });
}

/// Arguments, sides of comparisons and indices of types that these cannot use.
pub(super) fn arguments(
    scope: ExpressionScope<'_>,
    expression: &Expression,
    found: &mut Vec<Fault>,
) {
    for typed in &expression.typed {
        let kind = match &typed.value {
            TypedValue::Path(path) => wide_type_of(scope, path),
            TypedValue::Text(_) => Some(Type::Text),
            TypedValue::Number => Some(Type::Number),
            TypedValue::Bool => Some(Type::Bool),
            TypedValue::Null => None,
        };
        if let Taker::Argument("fromjson", 0) = typed.taken_by
            && let TypedValue::Text(text) = &typed.value
            && let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text)
            && error.is_eof()
        {
            found.push(Fault {
                help: Some(
                    "Close what is open in the string, or write the value that is meant."
                        .to_owned(),
                ),
                kind: faults::INVALID_JSON,
                span: typed.span,
                message: format!("`{text}` ends too early to be JSON, so `fromJSON` fails"),
            });
        }
        let is_null = typed.value == TypedValue::Null && typed.taken_by == Taker::Order;
        if let Some((fault, takes)) = taken(scope, typed, kind, is_null) {
            let written = match &typed.value {
                TypedValue::Path(path) => as_written(expression, path),
                TypedValue::Bool => "true` or `false",
                _ => "null",
            };
            let what = kind.map_or("nothing", described);
            found.push(Fault {
                help: None,
                kind: fault,
                span: typed.span,
                message: format!("`{written}` is {what}, but {takes}"),
            });
        }
    }
}

/// What takes a value that it cannot use: the fault, and what it takes.
fn taken(
    scope: ExpressionScope<'_>,
    typed: &Typed,
    kind: Option<Type>,
    is_null: bool,
) -> Option<(FaultKind, String)> {
    let is_collection = matches!(kind, Some(Type::Object | Type::List));
    match &typed.taken_by {
        Taker::Argument(function, number) => {
            let takes = match (*function, number) {
                ("startswith", _) => "`startsWith` takes strings",
                ("endswith", _) => "`endsWith` takes strings",
                ("contains", 0) if kind == Some(Type::Object) => {
                    "`contains` looks into a string or a list"
                }
                ("fromjson", 0) => "`fromJSON` takes a string",
                ("format", 0) => "`format` takes a string first",
                ("hashfiles", _) => "`hashFiles` takes patterns",
                ("join", 0) if kind == Some(Type::Object) => "`join` takes a list or a string",
                ("join", 1) => "`join` takes a string second",
                _ => return None,
            };
            is_collection.then(|| (faults::ARGUMENT_TYPE, takes.to_owned()))
        }
        Taker::Order => {
            let is_wrong = is_null || is_collection || kind == Some(Type::Bool);
            let takes = "`<` and `>` compare numbers and strings".to_owned();
            is_wrong.then_some((faults::COMPARISON_TYPE, takes))
        }
        Taker::Equality => {
            let takes = "it is compared with a string, a number or a boolean".to_owned();
            is_collection.then_some((faults::COMPARISON_TYPE, takes))
        }
        Taker::Index(base) => {
            let is_object = wide_type_of(scope, base) == Some(Type::Object);
            let is_wrong = matches!(
                kind,
                Some(Type::Bool | Type::Number | Type::Object | Type::List)
            );
            let takes = format!("a property of `{base}` is named by a string");
            (is_object && is_wrong).then_some((faults::INDEX_TYPE, takes))
        }
    }
}

/// Sections of the file that an expression fills with what they cannot be.
pub(super) fn sections(
    scope: ExpressionScope<'_>,
    expression: &Expression,
    found: &mut Vec<Fault>,
) {
    if scope.is_embedded || !scope.is_only || scope.is_bare || scope.is_action {
        return;
    }
    let [context] = expression.contexts.as_slice() else {
        return;
    };
    if expression.shape != Shape::Context {
        return;
    }
    let Some(kind) = wide_type_of(scope, &context.path) else {
        return;
    };
    let is_scalar = matches!(kind, Type::Bool | Type::Number | Type::Text);
    let key = scope.key;
    let (fault, takes) = match key {
        "env" | "strategy" | "strategy.matrix" | "services" | "container.env" if is_scalar => {
            (faults::SECTION_TYPE, "takes a mapping")
        }
        "runs-on"
            if kind == Type::Object && scope.job.is_some() && !is_runner(scope, &context.path) =>
        {
            (faults::RUNS_ON_TYPE, "takes a label or a list of labels")
        }
        "timeout-minutes" | "strategy.max-parallel"
            if matches!(kind, Type::Object | Type::List | Type::Bool) =>
        {
            (faults::SECTION_TYPE, "takes a number")
        }
        _ => return,
    };
    found.push(Fault {
        help: None,
        kind: fault,
        span: context.span,
        message: format!(
            "`{}` is {}, but `{key}` {takes}",
            expression.text,
            described(kind)
        ),
    });
}

/// Whether the values of a matrix axis are mappings that name a group or labels of runners.
fn is_runner(scope: ExpressionScope<'_>, path: &str) -> bool {
    let Some(axis) = path.strip_prefix("matrix.") else {
        return false;
    };
    let tree = scope.tree;
    let matrix = scope
        .job
        .and_then(|job| tree.at(job, &["strategy", "matrix"]));
    let axis = matrix.and_then(|matrix| declared::get(tree, matrix, axis));
    let items = axis.map_or(&[][..], |axis| tree.items(axis));
    items
        .iter()
        .any(|item| tree.get(*item, "group").is_some() || tree.get(*item, "labels").is_some())
}

//! Values of another type than their field takes.

use hullmark_schema::Shape;
use hullmark_schema::definition::Scalar;

use crate::model::kubernetes::validation::{Field, Violation, strings};
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{Content, Style};

/// Anything but a text where a text must be.
pub(super) fn text(field: Field<'_>) -> Option<Violation> {
    // What a template leaves of a name without its parts is `-0.`.
    let is_rest = field
        .tree
        .text(field.node)
        .is_some_and(|text| text.ends_with('.'));
    if is_rest { None } else { strings::text(field) }
}

/// Anything but a number, a boolean or what stands for one.
pub(super) fn number(field: Field<'_>, wanted: Scalar) -> Option<Violation> {
    let Content::Scalar(scalar) = field.tree.content(field.node) else {
        return Some(wrong(
            field,
            scalar_name(wanted),
            "Write a single value".to_owned(),
        ));
    };
    let reading = scalar::kubernetes(scalar);
    let text = scalar.text.text.trim();
    let is_right = match (wanted, &reading) {
        (_, Reading::Null)
        | (Scalar::Bool, Reading::Bool(_))
        | (Scalar::Int32 | Scalar::Int64 | Scalar::IntOrText, Reading::Int(_))
        | (Scalar::Number, Reading::Int(_) | Reading::Float(_))
        | (Scalar::IntOrText, Reading::Text)
        | (Scalar::Quantity, Reading::Int(_) | Reading::Float(_) | Reading::Text) => true,
        (Scalar::Int32 | Scalar::Int64, Reading::Float(number)) => number.fract() == 0.0,
        _ => false,
    };
    if is_right {
        return None;
    }
    let is_quoted = scalar.style != Style::Plain;
    let help = match wanted {
        Scalar::Bool if is_quoted && matches!(text, "true" | "false") => {
            format!("Write `{text}` without quotes")
        }
        Scalar::Bool => "Write `true` or `false`".to_owned(),
        Scalar::IntOrText | Scalar::Quantity => format!("Write `\"{text}\"`, in quotes"),
        _ if is_quoted && text.parse::<i64>().is_ok() => format!("Write `{text}` without quotes"),
        Scalar::Number => "Write a number".to_owned(),
        _ => "Write a whole number".to_owned(),
    };
    Some(wrong(field, scalar_name(wanted), help))
}

/// A list, a mapping or a scalar where another of them must be.
pub(super) fn wrong_collection(field: Field<'_>, shape: Shape<'_>) -> Violation {
    let is_list = matches!(field.tree.content(field.node), Content::Sequence(_));
    let (wanted, help) = match shape {
        Shape::List(_) => (
            "a list",
            match field.tree.text(field.node) {
                Some(text) if text.len() <= 40 => {
                    format!("Write `[{text}]`, or each item after `- `")
                }
                _ => "Write each item after `- `".to_owned(),
            },
        ),
        _ if is_list => (
            "a mapping",
            "Write its fields without `- ` before them".to_owned(),
        ),
        _ => ("a mapping", "Write its fields below it".to_owned()),
    };
    wrong(field, wanted, help)
}

fn wrong(field: Field<'_>, wanted: &str, help: String) -> Violation {
    let found = found(field);
    Violation::new("type", format!("is {found}, but must be {wanted}"), help)
}

/// What a value is.
fn found(field: Field<'_>) -> String {
    match field.tree.content(field.node) {
        Content::Mapping(_) => "a mapping".to_owned(),
        Content::Sequence(_) => "a list".to_owned(),
        Content::Alias(_) => "an alias".to_owned(),
        Content::Scalar(scalar) => {
            let text = &scalar.text.text;
            let name = match scalar::kubernetes(scalar) {
                Reading::Null => "empty",
                Reading::Bool(_) => "the boolean",
                Reading::Int(_) | Reading::Float(_) => "the number",
                Reading::Text if text.len() > 40 || text.contains('\n') => {
                    return "a string".to_owned();
                }
                Reading::Text => return format!("the string `\"{text}\"`"),
            };
            format!("{name} `{text}`")
        }
    }
}

fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "a boolean",
        Scalar::Int32 | Scalar::Int64 => "a whole number",
        Scalar::Number => "a number",
        Scalar::IntOrText => "a whole number or a string",
        Scalar::Quantity => "a quantity",
        _ => "a string",
    }
}

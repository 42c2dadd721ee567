//! Fields that take text: any, one of a few words, or labels.

use crate::model::kubernetes::validation::{Field, Violation, forms, is_placeholder};
use crate::model::kubernetes::value;
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::Content;

/// What is where a string must, as `kubectl` reads it.
pub(super) fn text(field: Field<'_>) -> Option<Violation> {
    let tree = field.tree;
    let found = match tree.content(field.node) {
        Content::Mapping(pairs) if pairs.is_empty() => "an empty mapping",
        Content::Mapping(_) => "a mapping",
        Content::Sequence(_) => "a list",
        Content::Alias(_) => return None,
        Content::Scalar(scalar) => match scalar::kubernetes(scalar) {
            Reading::Null | Reading::Text => return None,
            Reading::Bool(_) => "the boolean",
            Reading::Int(_) => "the number",
            // Too large for a number, as `12e4567` of a commit is, it is text.
            Reading::Float(number) if number.is_infinite() && !scalar.text.text.contains("inf") => {
                return None;
            }
            Reading::Float(_) => "the number",
        },
    };
    let converted = tree.scalar(field.node).and_then(scalar::converted);
    Some(match (tree.text(field.node), converted) {
        (Some(text), Some(other)) => Violation::new(
            "not-text",
            format!("{found} `{other}`, as YAML reads `{text}`"),
            format!("`\"{text}\"`, in quotes"),
        ),
        (Some(text), None) => Violation::new(
            "not-text",
            format!("{found} `{text}`"),
            format!("`\"{text}\"`, in quotes"),
        ),
        (None, _) if field.name == "matchLabels" && tree.is_mapping(field.node) => Violation::new(
            "not-text",
            found,
            "what is below `matchLabels` one level up, without it: the labels are the selector itself",
        ),
        (None, _) => Violation::new(
            "not-text",
            found,
            "a string, in quotes or as a block with `|`",
        ),
    })
}

/// The values of labels, and their form.
pub(super) fn label_map<'t>(field: Field<'t>, found: &mut dyn FnMut(Field<'t>, Violation)) {
    for (key, node) in field.tree.pairs(field.node) {
        let Some(name) = field.tree.text(key) else {
            continue;
        };
        if value::is_templated(name) || value::is_unknown(field.tree, node) {
            continue;
        }
        let value = Field {
            node,
            name,
            ..field
        };
        if matches!(name, "annotations" | "labels") && field.tree.is_mapping(node) {
            found(value, forms::indented(name));
            continue;
        }
        if let Some(violation) = text(value).or_else(|| forms::label_value(value)) {
            found(value, violation);
        }
        if let Some(violation) = forms::label_key(name) {
            found(
                Field {
                    node: key,
                    name,
                    ..field
                },
                violation,
            );
        }
    }
}

/// The values of annotations.
pub(super) fn annotation_map<'t>(field: Field<'t>, found: &mut dyn FnMut(Field<'t>, Violation)) {
    for (key, node) in field.tree.pairs(field.node) {
        let Some(name) = field.tree.text(key) else {
            continue;
        };
        if value::is_templated(name) || value::is_unknown(field.tree, node) {
            continue;
        }
        let value = Field {
            node,
            name,
            ..field
        };
        if let Some(violation) = text(value) {
            found(value, violation);
        }
    }
}

/// One of a few words, in this case of letters; a word that ends in `*` stands for all that begin so.
pub(super) fn word(field: Field<'_>, words: &str) -> Option<Violation> {
    let text = field.tree.text(field.node)?;
    let words = || {
        words
            .split(' ')
            .map(|word| if word == "\"\"" { "" } else { word })
    };
    let is_word = words().any(|word| match word.strip_suffix('*') {
        Some(start) => text.starts_with(start),
        None => word == text,
    });
    if is_word {
        return None;
    }
    let words: Vec<&str> = words().collect();
    none_of(field, &words)
}

/// The text of a field that is none of these words.
pub(super) fn none_of(field: Field<'_>, words: &[&str]) -> Option<Violation> {
    let text = field.tree.text(field.node)?;
    let words = || words.iter().copied();
    let bare = |text: &str| text.replace(['-', '_', ' '], "").to_ascii_lowercase();
    let near = words().find(|word| !word.is_empty() && bare(word) == bare(text.trim()));
    if near.is_none() && is_placeholder(text) {
        return None;
    }
    let expected = if let Some(word) = near {
        format!("`{word}`")
    } else {
        let known: Vec<String> = words()
            .filter(|word| !word.is_empty())
            .map(|word| format!("`{word}`"))
            .collect();
        match known.as_slice() {
            [only] => only.clone(),
            known => format!("one of {}", known.join(", ")),
        }
    };
    Some(Violation::new("enum", "is not supported", expected))
}

/// An image that is there and empty.
pub(super) fn image(field: Field<'_>) -> Option<Violation> {
    let scalar = field.tree.scalar(field.node)?;
    let is_empty = value::is_null(field.tree, field.node) || scalar.text.text.trim().is_empty();
    (is_empty && !field.fills_images)
        .then(|| Violation::new("empty-image", "names no image", "`registry/name:tag`"))
}

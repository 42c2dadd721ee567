//! Names and labels: their letters and their length.

use crate::model::kubernetes::validation::{Field, Violation, is_placeholder, numbers};
use crate::parse::yaml::scalar::{self, Reading};

/// The longest DNS label, label value and name of a label key.
const LABEL: usize = 63;
/// The longest DNS subdomain.
const SUBDOMAIN: usize = 253;
/// The longest name of a port.
const PORT_NAME: usize = 15;
/// The longest name of a `CronJob`: its jobs add eleven letters.
const CRON_JOB: usize = 52;

/// Fields of an object's metadata that hold a text.
const METADATA_FIELDS: [&str; 3] = ["generateName", "name", "namespace"];

/// A DNS-1123 label.
pub(super) fn label(field: Field<'_>) -> Option<Violation> {
    let text = name_of(field)?;
    let fault = letters(text, false).or_else(|| too_long(text, LABEL));
    fault.map(|fault| invalid(text, fault))
}

/// A DNS-1123 subdomain.
pub(super) fn subdomain(field: Field<'_>) -> Option<Violation> {
    let text = name_of(field)?;
    let longest = if field.kind == "CronJob" {
        CRON_JOB
    } else {
        SUBDOMAIN
    };
    let fault = letters(text, true).or_else(|| too_long(text, longest))?;
    let mut violation = invalid(text, fault);
    if field.kind == "CustomResourceDefinition" {
        // No shorter name is one of a definition.
        let plural = text.split('.').next().unwrap_or_default();
        violation.expected = format!("the plural name and `spec.group`, as `{plural}.example.com`");
    }
    Some(violation)
}

/// The name of a Service, which begins with a letter in releases before 1.36.
pub(super) fn service_name(field: Field<'_>) -> Option<Violation> {
    let text = name_of(field)?;
    let begins_with_digit = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit());
    let fault = letters(text, false)
        .or_else(|| too_long(text, LABEL))
        .or_else(|| begins_with_digit.then(|| "begins with a digit".to_owned()));
    fault.map(|fault| invalid(text, fault))
}

/// A name that is a segment of a path.
pub(super) fn segment(field: Field<'_>) -> Option<Violation> {
    let text = name_of(field)?;
    let is_wrong = text.contains(['/', '%']) || matches!(text, "." | "..");
    is_wrong.then(|| invalid(text, "contains `/` or `%`".to_owned()))
}

/// The name of a port.
pub(super) fn port_name(field: Field<'_>) -> Option<Violation> {
    let text = name_of(field)?;
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let fault = letters(text, false)
        .or_else(|| {
            text.contains("--")
                .then(|| "has two dashes in a row".to_owned())
        })
        .or_else(|| (!has_letter).then(|| "has no letter".to_owned()));
    // `invalid-port` speaks of the length of a container's port names.
    let fault = fault.or_else(|| {
        (field.name == "targetPort")
            .then(|| too_long(text, PORT_NAME))
            .flatten()
    });
    fault.map(|fault| invalid(text, fault))
}

/// A port as a number or a name.
pub(super) fn port(field: Field<'_>) -> Option<Violation> {
    let scalar = field.tree.scalar(field.node)?;
    match scalar::kubernetes(scalar) {
        // A Service has its own port in its place.
        Reading::Int(0) if field.name == "targetPort" => None,
        Reading::Int(_) => numbers::range(field, "1-65535"),
        Reading::Text => port_name(field),
        _ => None,
    }
}

/// The value of a label.
pub(super) fn label_value(field: Field<'_>) -> Option<Violation> {
    let text = field.text()?;
    if text.is_empty() || is_placeholder(text) && !text.contains(['@', '/', ' ']) {
        return None;
    }
    if text.contains(['<', '{', '$', '%']) {
        return None;
    }
    let fault = qualified(text).or_else(|| too_long(text, LABEL))?;
    // One level too deep, it is taken for a label.
    if METADATA_FIELDS.contains(&field.name) {
        return Some(indented(field.name));
    }
    let expected = "Write letters, digits, `-`, `_` and `.`, at most 63; or use an annotation";
    Some(Violation::new("label", fault, expected))
}

/// A field of `metadata` that is taken for a label, because it is one level too deep.
pub(super) fn indented(name: &str) -> Violation {
    Violation::new(
        "label",
        "is a field of `metadata`, and is indented under `labels`",
        format!("Move it up one level, to `metadata.{name}`"),
    )
}

/// The key of a label: a name, after a domain or not.
pub(super) fn label_key(text: &str) -> Option<Violation> {
    if text.contains(['<', '{', '$', '%', '[']) {
        return None;
    }
    let (prefix, name) = text.rsplit_once('/').unwrap_or(("", text));
    let fault = if name.is_empty() {
        Some("has no name".to_owned())
    } else if prefix.contains('/') {
        Some("has two slashes".to_owned())
    } else {
        qualified(name)
            .or_else(|| too_long(name, LABEL))
            .or_else(|| {
                (!prefix.is_empty())
                    .then(|| letters(prefix, true))
                    .flatten()
            })
    };
    let expected = "Write `name` or `example.com/name`, of letters, digits, `-`, `_` and `.`";
    fault.map(|fault| Violation::new("label", fault, expected))
}

/// The name in a field, unless somebody fills it in.
fn name_of(field: Field<'_>) -> Option<&str> {
    field
        .text()
        .filter(|text| !text.is_empty() && !is_placeholder(text) && !has_capital_part(text))
}

/// Whether a part of a name in small letters is in capitals, as `HOSTNAME` in `wipe-HOSTNAME`: a script puts something else there.
fn has_capital_part(text: &str) -> bool {
    let mut parts = text.split(['-', '.']);
    parts.any(|part| {
        part.len() > 2
            && part
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    })
}

fn qualified(text: &str) -> Option<String> {
    let is_end = |byte: u8| byte.is_ascii_alphanumeric();
    if let Some(letter) = text
        .chars()
        .find(|letter| !(letter.is_ascii_alphanumeric() || "-_.".contains(*letter)))
    {
        return Some(format!("has {}", shown(letter)));
    }
    let ends = [text.bytes().next()?, text.bytes().last()?];
    (!ends.into_iter().all(is_end))
        .then(|| "does not begin and end with a letter or digit".to_owned())
}

/// What is wrong with the letters of a name in lower case.
fn letters(text: &str, may_have_dots: bool) -> Option<String> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some("has capital letters".to_owned());
    }
    let allowed = |letter: char| {
        letter.is_ascii_lowercase()
            || letter.is_ascii_digit()
            || letter == '-'
            || (may_have_dots && letter == '.')
    };
    if let Some(letter) = text.chars().find(|letter| !allowed(*letter)) {
        return Some(format!("has {}", shown(letter)));
    }
    let parts = text.split(if may_have_dots { '.' } else { '\0' });
    for part in parts {
        if part.is_empty() {
            return Some("has an empty part between dots".to_owned());
        }
        if part.starts_with('-') || part.ends_with('-') {
            return Some("begins or ends with `-`".to_owned());
        }
    }
    None
}

fn shown(letter: char) -> String {
    match letter {
        ' ' => "a space".to_owned(),
        '\n' => "a line break".to_owned(),
        '`' => "a backquote".to_owned(),
        letter => format!("`{letter}`"),
    }
}

fn too_long(text: &str, longest: usize) -> Option<String> {
    (text.len() > longest).then(|| format!("is longer than {longest} characters"))
}

/// A name that is refused, and one near it that is not.
fn invalid(text: &str, fault: String) -> Violation {
    let mut name = String::new();
    for letter in text.trim().chars() {
        if letter.is_ascii_alphanumeric() || letter == '.' {
            name.push(letter.to_ascii_lowercase());
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches(['-', '.']).to_owned();
    let expected = if name.is_empty()
        || fault.starts_with("is ")
        || fault.starts_with("contains")
        || fault.starts_with("has no")
        || name == text
    {
        "a name of lower-case letters, digits and `-`, which begins and ends with a letter"
            .to_owned()
    } else {
        format!("`{name}`")
    };
    Violation::new("name", fault, expected)
}

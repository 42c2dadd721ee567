//! Quantities, whole numbers and percentages.

use crate::model::kubernetes::container::quantity as amount;
use crate::model::kubernetes::validation::{Field, Violation, is_placeholder};
use crate::parse::yaml::scalar::{self, Reading};

/// Below this many bytes no program fits.
const FEW_BYTES: f64 = 65_536.0;

/// From this many on, CPUs were meant to be thousandths of one.
const MANY_CPUS: f64 = 1_000.0;

/// A quantity of a resource that its name tells: `memory`, `limits.cpu`, `requests.storage`.
pub(super) fn quantity(field: Field<'_>) -> Option<Violation> {
    match field.name.rsplit('.').next().unwrap_or(field.name) {
        "memory" | "storage" | "ephemeral-storage" => bytes(field),
        // A quota sums the requests of a namespace.
        "cpu" if field.kind == "ResourceQuota" => form(field),
        "cpu" => form(field).or_else(|| cpus(field)),
        _ => form(field),
    }
}

/// A quantity of memory or storage.
pub(super) fn bytes(field: Field<'_>) -> Option<Violation> {
    if let Some(violation) = form(field) {
        return Some(violation);
    }
    let text = field.text()?.trim();
    let number = text.strip_suffix('m');
    let found = amount(text)?;
    let is_whole = text.bytes().all(|byte| byte.is_ascii_digit());
    if !(found > 0.0 && found < FEW_BYTES) || !(is_whole || number.is_some()) {
        return None;
    }
    let problem = match number {
        Some(_) if found < 1.0 => "less than one byte: the unit `m` means thousandths".to_owned(),
        Some(_) => format!("{found} bytes: the unit `m` means thousandths"),
        None => format!("{found} bytes: it has no unit"),
    };
    let expected = format!("`{}Mi`", number.unwrap_or(text));
    Some(Violation::new("unit", problem, expected))
}

/// A number of CPUs that no node has.
fn cpus(field: Field<'_>) -> Option<Violation> {
    let text = field.text()?.trim();
    let found = amount(text)?;
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    (found >= MANY_CPUS).then(|| {
        let problem = format!("{found} CPUs");
        Violation::new("unit", problem, format!("`{digits}m`"))
    })
}

/// Whether it is a quantity at all.
fn form(field: Field<'_>) -> Option<Violation> {
    let scalar = field.tree.scalar(field.node)?;
    if matches!(
        scalar::kubernetes(scalar),
        Reading::Int(_) | Reading::Float(_) | Reading::Null
    ) {
        return None;
    }
    let text = field.text()?;
    if amount(text).is_some() {
        return None;
    }
    let digits: String = text
        .trim()
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || *letter == '.')
        .collect();
    if digits.is_empty() && is_placeholder(text) {
        return None;
    }
    let unit = text.trim()[digits.len()..].trim();
    if digits.is_empty() || unit.contains(['<', '{', '$', '%', '_']) {
        return (digits.is_empty() && !is_placeholder(text)).then(|| {
            let expected = "a number with a unit, such as `500m` or `128Mi`";
            Violation::new("quantity", "is not a number", expected)
        });
    }
    let unit_is = |names: &[&str]| names.iter().any(|name| unit.eq_ignore_ascii_case(name));
    let expected = if unit.is_empty()
        || text.contains(char::is_whitespace) && amount(&format!("{digits}{unit}")).is_some()
    {
        format!("`{digits}{unit}`")
    } else if unit_is(&["k", "kb", "kib", "ki"]) {
        format!("`{digits}k` or `{digits}Ki`")
    } else if unit_is(&["m", "mb", "mib", "mi", "mbi", "meg"]) {
        format!("`{digits}M` or `{digits}Mi`")
    } else if unit_is(&["g", "gb", "gib", "gi", "gig"]) {
        format!("`{digits}G` or `{digits}Gi`")
    } else if unit_is(&["t", "tb", "tib", "ti"]) {
        format!("`{digits}T` or `{digits}Ti`")
    } else if unit_is(&["b", "bytes", "cpu", "cpus", "core", "cores", "vcpu"]) {
        format!("`{digits}`")
    } else if unit_is(&["mcpu", "millicores", "mcores", "millicpu"]) {
        format!("`{digits}m`")
    } else {
        "a number with a unit such as `m`, `k`, `M`, `G`, `Ki`, `Mi` or `Gi`".to_owned()
    };
    let problem = if text.contains(char::is_whitespace) {
        "contains a space".to_owned()
    } else {
        format!("has the unit `{unit}`, which Kubernetes does not know")
    };
    Some(Violation::new("quantity", problem, expected))
}

/// A whole number of a range `from-to`.
pub(super) fn range(field: Field<'_>, range: &str) -> Option<Violation> {
    let (low, high) = range.split_once('-')?;
    let (low, high): (i64, i64) = (low.parse().ok()?, high.parse().ok()?);
    let scalar = field.tree.scalar(field.node)?;
    let text = scalar.text.text.as_str();
    let expected = match (low, high) {
        (low, high) if high > 1_000_000 => format!("a whole number from {low}"),
        (0, 511) => "permissions such as `0644`".to_owned(),
        (low, high) => format!("a whole number from {low} to {high}"),
    };
    match scalar::kubernetes(scalar) {
        Reading::Int(number) if (low..=high).contains(&number) => None,
        Reading::Int(number) if number < low => Some(Violation::new(
            "range",
            format!("is less than {low}"),
            expected,
        )),
        Reading::Int(_) => Some(Violation::new(
            "range",
            format!("is more than {high}"),
            expected,
        )),
        Reading::Float(number) if number.fract() == 0.0 => None,
        Reading::Float(_) => Some(Violation::new("range", "is not a whole number", expected)),
        Reading::Bool(_) => Some(Violation::new("range", "is a boolean", expected)),
        Reading::Text if text.parse::<i64>().is_ok() => {
            let expected = format!("`{text}`, without quotes");
            Some(Violation::new("range", "is a string", expected))
        }
        Reading::Text | Reading::Null => None,
    }
}

/// A whole number, or a percentage as text.
pub(super) fn percent_or_number(field: Field<'_>) -> Option<Violation> {
    let scalar = field.tree.scalar(field.node)?;
    let text = field.text()?;
    match scalar::kubernetes(scalar) {
        Reading::Int(number) if number < 0 => Some(Violation::new(
            "range",
            "is less than 0",
            "a whole number from 0, or a percentage",
        )),
        Reading::Text => {
            let number = text.strip_suffix('%');
            let is_percentage = number.is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            });
            if is_percentage
                || number.is_none() && text.parse::<i64>().is_err() && is_placeholder(text)
            {
                return None;
            }
            let expected = match text.parse::<i64>() {
                Ok(number) => format!("`{number}`, without quotes, or `{number}%`"),
                Err(_) => "a whole number, or a percentage such as `25%`".to_owned(),
            };
            Some(Violation::new(
                "range",
                "is neither a number nor a percentage",
                expected,
            ))
        }
        Reading::Float(_) => Some(Violation::new(
            "range",
            "is not a whole number",
            "a whole number, or a percentage such as `25%`",
        )),
        _ => None,
    }
}

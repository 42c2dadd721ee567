//! Keys of a file of values that are not what the chart calls them.

use crate::render::helm::chart::{Chart, File, values};
use crate::render::helm::limits;
use crate::render::helm::value::Value;
use crate::render::helm::value::collection::Map;
use crate::render::text::Text;
use crate::span::Span;

/// The shortest key that one slip may have changed.
const SHORTEST: usize = 4;

/// The keys with their places, and the key of the chart's values that each may be meant to be.
pub fn keys(chart: &Chart, text: &str) -> Vec<(Span, String, String)> {
    let file = File {
        name: "values".to_owned(),
        text: Text::plain(text),
        number: 1,
    };
    let mut found = Vec::new();
    if let Ok((given, _)) = values::of_file(&file) {
        let mut templates = Vec::new();
        collect(chart, &mut templates, 0);
        compare(&given, &chart.values, &templates, &mut found, 0);
    }
    found
}

fn collect(chart: &Chart, templates: &mut Vec<Text>, depth: usize) {
    if depth > limits::CHART_DEPTH {
        return;
    }
    templates.extend(chart.templates.iter().map(|file| file.text.clone()));
    for inner in &chart.dependencies {
        collect(inner, templates, depth + 1);
    }
}

fn compare(
    given: &Map,
    known: &Map,
    templates: &[Text],
    found: &mut Vec<(Span, String, String)>,
    depth: u32,
) {
    if depth > limits::VALUE_DEPTH {
        return;
    }
    for (key, entry) in given.snapshot() {
        if let Some(default) = known.get(&key) {
            if let (Value::Map(given), Value::Map(known)) = (&entry.val.value, &default.value) {
                compare(given, known, templates, found, depth + 1);
            }
            continue;
        }
        let names = known.snapshot();
        let near = names
            .iter()
            .map(|(name, _)| name)
            .find(|name| given.get(name).is_none() && is_slip(&key, name));
        let Some(near) = near else { continue };
        let is_read = templates
            .iter()
            .any(|text| memchr::memmem::find(text.bytes(), key.as_bytes()).is_some());
        if !is_read && entry.key.is_some() {
            found.push((entry.key.span, key.to_string(), near.to_string()));
        }
    }
}

/// Whether one slip of the hand lies between two keys, or the case of their letters.
fn is_slip(key: &str, name: &str) -> bool {
    let is_near =
        || key.len().abs_diff(name.len()) <= 1 && strsim::damerau_levenshtein(key, name) == 1;
    key.len() >= SHORTEST
        && name.len() >= SHORTEST
        && (key.eq_ignore_ascii_case(name) || is_near() && !differs_in_number(key, name))
}

/// Whether the keys differ in a digit, as `web1` and `web2` do.
fn differs_in_number(key: &str, name: &str) -> bool {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    digits(key) != digits(name)
}

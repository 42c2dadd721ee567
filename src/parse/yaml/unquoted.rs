//! Values that begin with a sign of YAML's own and lack the quotes around them: `*/5 * * * *`, `@daily`.

/// The longest value that help repeats.
const LONGEST: usize = 80;

/// The value that begins at a byte, to the end of its line, if it is what a key or an item is followed by.
pub(super) fn value(text: &str, at: usize) -> Option<&str> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = text[start..at].trim_end_matches([' ', '\t']);
    let begins = before.is_empty() || before.ends_with([':', '-']);
    let line = text[at..].lines().next().unwrap_or_default();
    let value = line.split(" #").next().unwrap_or_default().trim_end();
    let fits = begins && value.len() > 1 && value.len() <= LONGEST;
    // Within brackets more than the value may follow.
    (fits && !value.contains(['"', '\'', '\\', '`', '{', '}', '[', ']', ','])).then_some(value)
}

/// What to write for such a value, as a sentence.
pub(super) fn help(text: &str, at: usize) -> Option<String> {
    value(text, at).map(|value| format!("Write `\"{value}\"`, in quotes."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_with_its_line_or_a_comment() {
        let of = |text: &str| value(text, text.find(['*', '@']).unwrap_or(0)).map(str::to_owned);
        assert_eq!(
            of("schedule: */2 * * * *\nx: 1").as_deref(),
            Some("*/2 * * * *")
        );
        assert_eq!(of("- @daily # once").as_deref(), Some("@daily"));
        assert_eq!(of("on: {cron: */2 * * * *}"), None);
        assert_eq!(of("a b*c"), None);
    }
}

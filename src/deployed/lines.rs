//! What a line of YAML says around a byte: the key before a value, and the keys above it.

use crate::span::Span;

/// How many lines above are looked at.
const ABOVE: usize = 2_000;

/// The `key: value`, or the `KEY=value` of a file of variables, that a value at `at` is part of: from the key to the end of the value, if the key is on the same line.
pub(super) fn entry(text: &str, at: Span) -> Span {
    let line = line_start(text, at.start);
    let before = text.get(line..at.start as usize).unwrap_or_default();
    let indent = before.len() - before.trim_start_matches([' ', '-']).len();
    let key = &before[indent..];
    let is_variable = key.strip_suffix('=').is_some_and(|name| {
        let name = name.strip_prefix("export ").unwrap_or(name);
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
    });
    if is_variable {
        return Span {
            start: narrow(line + indent),
            end: at.end,
        };
    }
    if key.trim_end().ends_with(':') && !key.contains(['{', '#', '[']) {
        Span {
            start: narrow(line + indent),
            end: at.end,
        }
    } else if key.is_empty() && matches!(at.of(text), "{}" | "[]") {
        // On a line of its own below its key.
        parent(text, at.start).unwrap_or(at)
    } else {
        at
    }
}

/// The keys that lead to the byte `at` (of a key or of a value behind its key), innermost first; as many as are asked for.
pub(super) fn keys(text: &str, at: u32, most: usize) -> Vec<&str> {
    let mut found = Vec::new();
    let mut least = usize::MAX;
    for (start, line) in lines_above(text, at) {
        let Some((indent, key)) = key_of(line) else {
            continue;
        };
        let is_own = least == usize::MAX;
        if is_own && start + indent > at as usize {
            continue;
        }
        if indent < least {
            least = indent;
            found.push(key);
            if found.len() == most || indent == 0 {
                break;
            }
        }
    }
    found
}

/// The place of the key whose value the byte `at` begins or is in, if that key is on a line above.
pub(super) fn parent(text: &str, at: u32) -> Option<Span> {
    let mut lines = lines_above(text, at);
    let (_, own) = lines.next()?;
    let indent = own.len() - own.trim_start().len();
    for (start, line) in lines {
        if let Some((above, key)) = key_of(line)
            && (above < indent || (above == indent && own.trim_start().starts_with('-')))
        {
            return Some(Span::new(start + above, start + above + key.len()));
        }
    }
    None
}

/// The line with the byte `at`, and those above it, each with its first byte; comments and empty lines are left out.
fn lines_above(text: &str, at: u32) -> impl Iterator<Item = (usize, &str)> {
    let first = line_start(text, at);
    let end = text.get(first..).and_then(|rest| rest.find('\n'));
    let end = end.map_or(text.len(), |end| first + end);
    let mut next = Some((first, end));
    let lines = std::iter::from_fn(move || {
        let (start, end) = next?;
        next = start.checked_sub(1).map(|end| {
            let start = text.get(..end).and_then(|before| before.rfind('\n'));
            (start.map_or(0, |start| start + 1), end)
        });
        Some((start, text.get(start..end)?))
    });
    lines.take(ABOVE).filter(|(_, line)| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with('#')
    })
}

/// The indentation and the text of the key that a line begins with.
fn key_of(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches([' ', '-']);
    let indent = line.len() - rest.len();
    let end = rest.find(':')?;
    let is_key = rest[end + 1..].is_empty() || rest[end + 1..].starts_with([' ', '\r', '\t']);
    let key = rest[..end].trim_end();
    (is_key && !key.is_empty() && !key.contains(['{', '[', '#'])).then_some((indent, key))
}

fn line_start(text: &str, at: u32) -> usize {
    let before = text.get(..at as usize).unwrap_or_default();
    before.rfind('\n').map_or(0, |end| end + 1)
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: &str = "image:\n  # the name\n  tag: \"\"\nweb:\n  probe:\n    enabled: false\n  list:\n    - a: 1\n      b: {}\n";

    fn at(part: &str) -> Span {
        let start = VALUES.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    #[test]
    fn a_value_has_its_key_and_the_keys_above() {
        assert_eq!(entry(VALUES, at("\"\"")).of(VALUES), "tag: \"\"");
        assert_eq!(entry(VALUES, at("{}")).of(VALUES), "b: {}");
        assert_eq!(entry(VALUES, at("probe:")), at("probe:"));
        assert_eq!(keys(VALUES, at("\"\"").start, 3), ["tag", "image"]);
        assert_eq!(keys(VALUES, at("false").start, 2), ["enabled", "probe"]);
        assert_eq!(
            keys(VALUES, at("enabled").start, 9),
            ["enabled", "probe", "web"]
        );
        assert_eq!(keys(VALUES, at("{}").start, 9), ["b", "list", "web"]);
    }

    #[test]
    fn the_parent_of_a_mapping_is_above_its_first_key() {
        let parent = |part: &str| parent(VALUES, at(part).start).map(|span| span.of(VALUES));
        assert_eq!(parent("enabled"), Some("probe"));
        assert_eq!(parent("tag"), Some("image"));
        assert_eq!(parent("image"), None);
        assert_eq!(parent("- a"), Some("list"));
    }
}

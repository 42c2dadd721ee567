//! A rendered file becomes documents: split where lines begin with `---`.

use std::ops::Range;

/// The documents of a text, as ranges without white space around them.
pub fn documents(text: &[u8]) -> Vec<Range<usize>> {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    let start = text.iter().take_while(|byte| is_space(byte)).count();
    let mut found = Vec::new();
    let mut from = start;
    let mut at = start;
    while let Some(dashes) = memchr::memmem::find(&text[at..], b"---").map(|offset| at + offset) {
        let is_first = dashes == start;
        let is_line = dashes > from && text[dashes - 1] == b'\n';
        if !(is_first || is_line) {
            at = dashes + 1;
            continue;
        }
        found.push(from..dashes);
        let after = dashes + 3;
        from = after
            + text[after..]
                .iter()
                .take_while(|byte| is_space(byte))
                .count();
        at = from;
    }
    found.push(from..text.len());
    let trimmed = found.into_iter().map(|range| {
        let end = text[range.clone()]
            .iter()
            .rev()
            .take_while(|byte| is_space(byte))
            .count();
        range.start..range.end - end
    });
    trimmed.filter(|range| !range.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_split_as_helm_splits_them() {
        for (text, expected) in [
            ("a: 1\n", &["a: 1"][..]),
            ("---\na: 1\n--- # c\nb: 2\n---\n", &["a: 1", "# c\nb: 2"]),
            ("a: 1\n---\n---\nb: 2\n", &["a: 1", "---\nb: 2"]),
            ("f: |\n  x\n  ---\n  y\n", &["f: |\n  x\n  ---\n  y"]),
            (
                "v: \"a --- b\"\n\n---   \nc: 3\n",
                &["v: \"a --- b\"", "c: 3"],
            ),
            ("\n\n", &[]),
        ] {
            let found = documents(text.as_bytes());
            let texts: Vec<&str> = found.iter().map(|range| &text[range.clone()]).collect();
            assert_eq!(texts, expected, "{text:?}");
        }
    }
}

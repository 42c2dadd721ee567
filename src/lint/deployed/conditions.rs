//! The conditions that a line of a template is in.

/// How far into a template conditions are read, in bytes.
const LARGEST: usize = 256 << 10;

/// The longest condition that is taken apart, in bytes.
const LONGEST: usize = 1_000;

/// The paths of values that the conditions around a byte of a template read, from the outermost to the innermost: those of `if` and
/// `with` whose first branch it is in.
pub(super) fn read_around(text: &str, at: usize) -> Vec<String> {
    let mut open: Vec<Option<&str>> = Vec::new();
    let mut rest = text.get(..at).filter(|_| at < LARGEST).unwrap_or_default();
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((action, after)) = after.split_once("}}") else {
            break;
        };
        rest = after;
        let action = action.trim_start_matches('-').trim_end_matches('-').trim();
        let (word, condition) = match action.split_once(char::is_whitespace) {
            Some((word, condition)) => (word, condition),
            None => (action, ""),
        };
        match word {
            "if" | "with" => open.push(Some(condition)),
            "range" | "define" | "block" => open.push(None),
            "else" => {
                if let Some(last) = open.last_mut() {
                    *last = condition
                        .strip_prefix("if ")
                        .or_else(|| condition.strip_prefix("with "));
                }
            }
            "end" => _ = open.pop(),
            _ => {}
        }
    }
    let conditions = open.into_iter().flatten();
    conditions.flat_map(values).collect()
}

/// The paths after `.Values.` in a condition, without those in a part that asks for the contrary.
fn values(condition: &str) -> Vec<String> {
    let condition = affirmed(condition);
    let mut parts = condition.split(".Values.");
    parts.next();
    let is_of_path = |sign: char| sign.is_ascii_alphanumeric() || "_.-".contains(sign);
    let paths = parts.map(|part| {
        let end = part.find(|sign| !is_of_path(sign)).unwrap_or(part.len());
        part[..end].trim_end_matches('.').to_owned()
    });
    paths.filter(|path| !path.is_empty()).collect()
}

/// A condition without its `(not …)` and `(eq … false)`; nothing is left of one that begins with `not`.
fn affirmed(condition: &str) -> String {
    let is_contrary = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        matches!(words[..], ["not" | "empty", ..] | ["eq", .., "false"])
    };
    if condition.len() > LONGEST || is_contrary(condition) {
        return String::new();
    }
    let mut kept = String::new();
    let mut rest = condition;
    while let Some((before, after)) = rest.split_once('(') {
        kept.push_str(before);
        kept.push(' ');
        let end = closing(after);
        let inner = &after[..end];
        if !is_contrary(inner) {
            kept.push_str(&affirmed(inner));
        }
        rest = after.get(end + 1..).unwrap_or_default();
    }
    kept.push_str(rest);
    kept
}

/// Where the bracket closes that was opened before a text; its end if it does not.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::read_around;

    #[test]
    fn conditions_of_open_blocks_are_read() {
        let text = "{{- if and .Values.a.enabled (gt .Values.n 1) }}\n{{ if .Values.b }}\n{{ end }}\n{{- with $.Values.c }}\nhere: 1\n{{ end }}{{ end }}\n";
        let at = text.find("here").unwrap();
        assert_eq!(read_around(text, at), ["a.enabled", "n", "c"]);
        assert_eq!(read_around(text, text.len()), Vec::<String>::new());
        let text = "{{ if and .Values.a (not .Values.b) (or .Values.c (gt .Values.n 1)) }}here";
        let at = text.find("here").unwrap();
        assert_eq!(read_around(text, at), ["a", "c", "n"]);
        let text = "{{ if not .Values.a }}{{ if .Values.b }}x{{ else }}here{{ end }}{{ end }}";
        let at = text.find("here").unwrap();
        assert_eq!(read_around(text, at), Vec::<String>::new());
    }
}

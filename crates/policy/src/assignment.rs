//! Assignments, which the register machine passes over where there is nothing to assign.

/// An assignment that holds only if there is something to assign. The register machine goes on without, where the
/// interpreter stops; what is compared with itself stops both. A comprehension is never without.
pub fn held(line: &str) -> String {
    let statement = line.trim_start_matches('\t');
    let name = statement.split_once(" := ").filter(|(name, value)| {
        statement.len() < line.len() && is_name(name) && is_whole(value) && !value.contains(" | ")
    });
    match name {
        Some((name, _)) => format!("{line}; {name} == {name}"),
        None => line.to_owned(),
    }
}

/// Whether an expression ends on its line, and nothing but it stands there.
pub fn is_whole(value: &str) -> bool {
    let mut depth = 0_i32;
    let mut quote = None;
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some('"'), '\\') => {
                letters.next();
            }
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`') => quote = Some(letter),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, '#' | ';') => return false,
            (None, _) => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && quote.is_none() && !value.ends_with([',', '|', '+', '-', '*', '/', '&', '%'])
}

/// Whether a line assigns in a way that narrowing does not hold to a value: the register machine goes on where there is
/// none. A definition's own value is safe, and so is a comprehension.
pub fn is_crowded(line: &str) -> bool {
    let statement = line.trim_start_matches('\t');
    let (head, body) = if statement.len() < line.len() {
        ("", statement)
    } else {
        line.split_once(" if ").unwrap_or((line, ""))
    };
    let Some((name, value)) = body.split_once(" := ") else {
        return false;
    };
    let is_own_line = head.is_empty() && (is_name(name) || name.starts_with('['));
    let is_safe = is_whole(value) || value.ends_with('|') || value.contains(" | ");
    let is_given_back = head.ends_with(&format!(" := {name}"));
    value.contains(" := ") || !(is_own_line && is_safe || is_given_back)
}

/// Whether a text can be a variable's name.
pub fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_assigned_must_be_there() {
        for (line, expected) in [
            ("\tx := row.a.b", "\tx := row.a.b; x == x"),
            ("\t\tx := f(row, \"(\")", "\t\tx := f(row, \"(\"); x == x"),
            (
                "\tx := [y | some y in row.ys]",
                "\tx := [y | some y in row.ys]",
            ),
            ("\tx := {", "\tx := {"),
            ("\tx := f(row,", "\tx := f(row,"),
            ("\tx := row.a # why", "\tx := row.a # why"),
            ("_x := input.a", "_x := input.a"),
            ("\t\"x\": row.a,", "\t\"x\": row.a,"),
            ("\t[x, y] := row.a", "\t[x, y] := row.a"),
        ] {
            assert_eq!(held(line), expected);
        }
    }

    #[test]
    fn assignments_that_may_go_on_without_a_value_are_found() {
        for (line, found) in [
            ("\tx := f(row)", false),
            ("\tx := [y |", false),
            ("\tx := [y | some z in row.ys; y := f(z)]", true),
            ("\tx := f(", true),
            ("\tcount([1 | x := f(row)]) > 0", true),
            ("f(row) := x if x := {\"a\": 1}[row.b]", false),
            ("f(row) := 1 if x := g(row)", true),
            ("f(row) := {", false),
        ] {
            assert_eq!(is_crowded(line), found, "{line}");
        }
    }
}

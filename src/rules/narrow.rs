//! Loops over a whole table become lookups where a condition below them names the rows they are after. Used by
//! `build.rs` for our policies and at run time for a user's.
//!
//! A rule is written as one thinks, `some command in input.commands` and then `command.program == "sudo"`; run as it
//! stands, it would look at every command of a batch for each of a hundred rules. What is rewritten stays on its line,
//! so that the engine's messages still name the right one, and the condition stays too, so that nothing changes but
//! the number of rows.

/// The policy with its loops narrowed. What is not written in the canonical form (`opa fmt`) is left as it is.
pub fn narrow(policy: &str) -> String {
    let lines: Vec<&str> = policy.split('\n').collect();
    let mut narrowed = Vec::with_capacity(lines.len());
    for (number, line) in lines.iter().enumerate() {
        let rest = lines.get(number + 1..).unwrap_or_default();
        narrowed.push(lookup(line, rest).unwrap_or_else(|| (*line).to_owned()));
    }
    narrowed.join("\n")
}

/// The loop in `line` as a lookup, by a condition of the same body in the lines after it.
fn lookup(line: &str, after: &[&str]) -> Option<String> {
    let statement = line.trim_start_matches('\t');
    let indent = line.get(..line.len() - statement.len())?;
    if indent.is_empty() {
        return None;
    }
    let (row, table) = statement.strip_prefix("some ")?.split_once(" in input.")?;
    if !is_name(row) || !is_name(table) {
        return None;
    }
    let body = || {
        after
            .iter()
            .take_while(|line| line.starts_with(indent))
            .filter_map(|line| line.strip_prefix(indent))
            .filter_map(|line| line.strip_prefix(row)?.strip_prefix('.'))
    };
    let equal = body().find_map(|condition| {
        let (field, value) = condition.split_once(" == ")?;
        (is_name(field) && is_text(value))
            .then(|| format!("{indent}some {row} in input.index.{table}_by_{field}[{value}]"))
    });
    equal.or_else(|| {
        body().find_map(|condition| {
            let (field, values) = condition.split_once(" in ")?;
            let inner = values.strip_prefix('{')?.strip_suffix('}')?;
            (is_name(field) && inner.split(", ").all(is_text)).then(|| {
                format!(
                    "{indent}some {row}_{field} in {values}; some {row} in input.index.{table}_by_{field}[{row}_{field}]"
                )
            })
        })
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether this is one text in double quotes, nothing more and nothing escaped.
fn is_text(text: &str) -> bool {
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .is_some_and(|text| !text.contains(['"', '\\']))
}

#[cfg(test)]
mod tests {
    use super::narrow;

    #[test]
    fn an_equal_text_is_looked_up_before_one_of_several() {
        let policy = "deny contains {\"at\": command.at} if {\n\tsome command in input.commands\n\tcommand.shell in {\"sh\", \"bash\"}\n\tcommand.program == \"sudo\"\n}\n";
        assert_eq!(
            narrow(policy),
            policy.replace(
                "input.commands",
                "input.index.commands_by_program[\"sudo\"]"
            )
        );
    }

    #[test]
    fn one_of_several_texts_is_looked_up_for_each() {
        let policy = "_x if {\n\tsome row in input.rows\n\trow.kind in {\"a\", \"b\"}\n}";
        assert_eq!(
            narrow(policy),
            "_x if {\n\tsome row_kind in {\"a\", \"b\"}; some row in input.index.rows_by_kind[row_kind]\n\trow.kind in {\"a\", \"b\"}\n}"
        );
    }

    #[test]
    fn conditions_of_other_bodies_rows_and_values_do_not_count() {
        for policy in [
            "_x if {\n\tsome row in input.rows\n}\n\n_y(row) if {\n\trow.kind == \"a\"\n}",
            "_x if {\n\tsome row in input.rows\n\tnot row.kind == \"a\"\n}",
            "_x if {\n\tsome row in input.rows\n\tother.kind == \"a\"\n}",
            "_x if {\n\tsome row in input.rows\n\trow.size == 3\n}",
            "_x if {\n\tsome row in input.rows\n\trow.kind == \"a\" + \"b\"\n}",
            "_x if {\n\tsome row in input.rows\n\trow.kind in {other, \"b\"}\n}",
            "_x if {\n\tsome index, row in input.rows\n\trow.kind == \"a\"\n}",
            "_x := [row |\n\tsome row in input.rows\n] if {\n\trow.kind == \"a\"\n}",
            "_x if {\n\tsome row in input.rows\n\tevery item in items {\n\t\trow.kind == \"a\"\n\t}\n}",
        ] {
            assert_eq!(narrow(policy), policy);
        }
    }
}

//! External diagnostics: what an installed `ShellCheck` says about the scripts of a file, as rows.

use std::borrow::Cow;

use hullmark_tables::remarks;

use crate::external::{Error, ExternalDiagnostic, ShellCheck};
use crate::model::place::TextPlace;
use crate::model::row::RowBuilder;
use crate::model::{FileTables, Script};
use crate::parse::shell::Shell;

/// Adds a row for each diagnostic of the program; its first failure ends it for this file.
pub(super) fn add_rows(facts: &mut FileTables, program: &ShellCheck) -> Result<(), Error> {
    for script in std::mem::take(&mut facts.scripts) {
        let Some(dialect) = dialect(script.shell) else {
            continue;
        };
        let text = masked(&script.text.text);
        // A step's and a container's variables may come from anywhere.
        let knows_variables = matches!(script.source, "run" | "heredoc");
        for external in program.check(dialect, &text, &script.variables)? {
            let is_open = external.code == UNASSIGNED && !knows_variables;
            if !is_open && !is_about_context(&external, &script.text.text, &text) {
                add_row(facts, &script, &external);
            }
        }
    }
    Ok(())
}

/// Diagnostics that a file is not followed: it is given none but the script.
const UNFOLLOWED: &[u32] = &[1090, 1091];

/// The diagnostic that a variable has no value.
const UNASSIGNED: u32 = 2154;

/// Diagnostics that something is constant, or no number.
const CONSTANT: &[u32] = &[2043, 2050, 2078, 2157, 2170, 2193, 2194];

/// Whether a diagnostic is about what was made of the script for the program, not about the script.
fn is_about_context(external: &ExternalDiagnostic, script: &str, masked: &str) -> bool {
    let lines = || {
        // The ends of lines are at the same bytes in both.
        let start = masked[..external.range.start].rfind('\n');
        let end = masked[external.range.end..].find('\n');
        let end = end.map_or(script.len(), |end| external.range.end + end);
        script.get(start.map_or(0, |at| at + 1)..end)
    };
    UNFOLLOWED.contains(&external.code)
        || (CONSTANT.contains(&external.code) && lines().is_some_and(|lines| lines.contains("${{")))
}

fn add_row(facts: &mut FileTables, script: &Script, external: &ExternalDiagnostic) {
    let code = format!("SC{}", external.code);
    let path = format!("{}/{code}", script.path);
    let span = script.text.span(external.range.clone());
    let at = facts.text(TextPlace::new(span, path));
    let row = RowBuilder::at(at)
        .set(remarks::document, script.document)
        .set(remarks::script, script.at)
        .text(remarks::shell, script.shell.name())
        .text(remarks::source, script.source)
        .text(remarks::program, "ShellCheck")
        .text(remarks::code, &code)
        .text(remarks::level, &external.level)
        .text(remarks::remark, &external.message);
    facts.add_row(row);
}

/// What `ShellCheck` calls a shell; `None` for one that it does not know.
fn dialect(shell: Shell) -> Option<&'static str> {
    match shell {
        Shell::Sh => Some("sh"),
        Shell::Bash => Some("bash"),
        // Versions before 0.10 know no `busybox`, and it is nearest to this.
        Shell::Dash | Shell::Ash => Some("dash"),
        Shell::Ksh => Some("ksh"),
        _ => None,
    }
}

/// The script with underscores for GitHub's expressions, which are filled in before a shell sees it.
fn masked(script: &str) -> Cow<'_, str> {
    if !script.contains("${{") {
        return Cow::Borrowed(script);
    }
    let mut whole = String::with_capacity(script.len());
    let mut rest = script;
    while let Some((start, end)) = expression(rest) {
        whole.push_str(&rest[..start]);
        whole.extend(
            rest[start..end]
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { '_' }),
        );
        rest = &rest[end..];
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// The first expression of a text.
fn expression(text: &str) -> Option<(usize, usize)> {
    let start = text.find("${{")?;
    let end = text[start..].find("}}")?;
    Some((start, start + end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_masked_byte_by_byte() {
        assert_eq!(
            masked("a ${{ ä }} b\n"),
            "a ________ b\n".replace("________", "_________")
        );
        assert_eq!(masked("a ${{ b"), "a ${{ b");
        assert_eq!(masked("a $b"), "a $b");
    }

    #[test]
    fn an_expression_is_no_constant() {
        let script = "[ a = a ]\n[ ${{ ä }} = c ]\n";
        let external = |code, at: usize| ExternalDiagnostic {
            code,
            level: "warning".to_owned(),
            message: String::new(),
            range: at..at + 1,
        };
        assert!(!is_about_context(
            &external(2050, 4),
            script,
            &masked(script)
        ));
        assert!(is_about_context(
            &external(2050, 21),
            script,
            &masked(script)
        ));
        assert!(!is_about_context(
            &external(2086, 21),
            script,
            &masked(script)
        ));
        assert!(is_about_context(
            &external(1091, 4),
            script,
            &masked(script)
        ));
    }
}

//! What comments do not change in a template.

use std::ops::Range;

use crate::render::helm::template::lexer::{Kind, tokens};

/// The bytes of each action with its delimiters, in order; `None` of what is no template.
pub fn actions(text: &str) -> Option<Vec<Range<usize>>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    for token in tokens(text, 0).ok()? {
        match token.kind {
            Kind::Open => open = Some(token.start),
            Kind::Close => found.extend(open.take().map(|start| start..token.end)),
            _ => {}
        }
    }
    Some(found)
}

/// Whether two templates have the same actions and the same text between them, whatever comments they have.
pub fn same_template(before: &str, after: &str) -> bool {
    match (meaning(before), meaning(after)) {
        (Some(before), Some(after)) => before == after,
        _ => false,
    }
}

/// What a template is made of: text, joined where a comment divides it, and the tokens of actions.
fn meaning(text: &str) -> Option<Vec<(Kind, String)>> {
    let mut found: Vec<(Kind, String)> = Vec::new();
    for token in tokens(text, 0).ok()? {
        let own = &text[token.start..token.end];
        match found.last_mut() {
            Some((Kind::Text, before)) if token.kind == Kind::Text => before.push_str(own),
            _ => found.push((token.kind, own.to_owned())),
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_changes_nothing_if_its_marks_take_away_what_it_brings() {
        let before = "a: {{ .b }}\nc:\n  {{- if .d }}\n  e: 1  \n  {{- end }}\n";
        for after in [
            before.replace("e: 1  \n", "e: 1 {{- /* x */}}  \n"),
            before.replace(".b }}", ".b }} {{- /* x */}}"),
            before.replace("c:\n", "{{- /* x */}}\nc:\n"),
        ] {
            assert!(same_template(before, &after), "{after}");
        }
        for other in [
            "e: 1 {{/* x */}}  \n",
            "e: 2 {{- /* x */}}  \n",
            "e: 1 {{- /* x }}\n",
        ] {
            assert!(!same_template(before, &before.replace("e: 1  \n", other)));
        }
        let own = 2..9;
        assert_eq!(actions("a {{ b }} {{/* c */}}").unwrap(), [own]);
    }
}

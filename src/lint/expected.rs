//! Findings that are true and expected where they are: what a rule calls minor, and rights over a node or a cluster for which a comment
//! gives the reason. They are reported where their rules are selected by an id or `ALL`.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::rules::Catalogue;

/// How many words a reason has at least.
const WORDS: usize = 4;

/// How many lines of comments are read above a line.
const LINES: usize = 8;

/// Takes out the diagnostics of one file, whose path and text are given, that are expected where they are. If `is_apart` of a rule's number, its
/// diagnostics stay.
pub(super) fn leave_out(
    catalogue: &Catalogue,
    is_apart: &dyn Fn(usize) -> bool,
    (path, text): (&str, &str),
    diagnostics: &mut Diagnostics,
) {
    let is_explained_rule = |diagnostic: &Diagnostic| {
        let rule = catalogue.rule(&diagnostic.rule);
        rule.is_some_and(|rule| rule.is_explained)
    };
    let is_expected = |diagnostic: &Diagnostic| {
        diagnostic.is_minor
            || is_explained_rule(diagnostic)
                && (is_explained(text, diagnostic.primary.span.start as usize)
                    || is_named_for(path, &diagnostic.rule))
    };
    diagnostics.retain(|diagnostic| {
        let is_wanted = || catalogue.number(&diagnostic.rule).is_none_or(is_apart);
        diagnostic.suppressed.is_some() || !is_expected(diagnostic) || is_wanted()
    });
}

/// What the rules about rights over a node are about, as a file is named that is there to show it.
const SHOWN: [(&str, &str); 9] = [
    ("added-capability", "capabilit"),
    ("dangerous-capability", "capabilit"),
    ("host-ipc", "hostipc"),
    ("host-network", "hostnetwork"),
    ("host-path-volume", "hostpath"),
    ("host-pid", "hostpid"),
    ("host-port", "hostport"),
    ("privileged-container", "privileged"),
    ("recreate-strategy", "recreate"),
];

/// Whether a file, or its folder, is named for what the rule reports: `pod-with-host-network.yaml`, `recreate/app.yaml`.
fn is_named_for(path: &str, rule: &str) -> bool {
    let rule = rule.rsplit('/').next().unwrap_or(rule);
    SHOWN.iter().any(|(name, word)| {
        *name == rule && {
            let start = path.rmatch_indices('/').nth(1).map_or(0, |(at, _)| at);
            let end = path[start..].chars().filter(char::is_ascii_alphanumeric);
            let end: String = end.map(|sign| sign.to_ascii_lowercase()).collect();
            end.contains(word)
        }
    })
}

/// Whether a comment on the line of that byte, or right above it, is a sentence.
fn is_explained(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| at + end);
    let beside = text[start..end]
        .split_once(" #")
        .map(|(_, comment)| comment);
    if beside.is_some_and(|comment| words(comment) >= WORDS) {
        return true;
    }
    let above = text[..start].lines().rev().take(LINES);
    let above = above.map_while(|line| line.trim_start().strip_prefix('#'));
    let above: Vec<&str> = above.collect();
    // `key -- what it sets`: the description of a value, as helm-docs reads it.
    let describes = |comment: &str| comment.split_whitespace().take(2).any(|word| word == "--");
    !above.iter().any(|comment| describes(comment))
        && !above
            .last()
            .is_some_and(|first| is_description(first, &above))
        && above.into_iter().map(words).sum::<usize>() >= WORDS
}

/// First words of what says which setting a key is.
const DESCRIBING: &[&str] = &[
    "amount",
    "configure",
    "configures",
    "define",
    "defines",
    "desired",
    "enable",
    "enables",
    "how",
    "number",
    "specify",
    "specifies",
    "toggle",
    "total",
    "whether",
];

/// Words of a reason.
const REASONS: &[&str] = &[
    "because",
    "cannot",
    "must",
    "need",
    "needed",
    "needs",
    "only",
    "otherwise",
    "require",
    "required",
    "requires",
    "since",
    "so",
    "unless",
];

/// Whether a block of comments describes the key below it, as comments of values do, and gives no reason for its value.
fn is_description(first: &str, block: &[&str]) -> bool {
    let words = |comment: &str| -> Vec<String> {
        let words = comment.split(|sign: char| !sign.is_alphanumeric() && sign != '\'');
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_ascii_lowercase).collect()
    };
    let begins = words(first)
        .first()
        .map(|word| DESCRIBING.contains(&word.as_str()));
    let gives_reason = |comment: &&str| {
        words(comment)
            .iter()
            .any(|word| REASONS.contains(&word.as_str()))
    };
    begins == Some(true) && !block.iter().any(gives_reason)
}

/// How many words of a sentence are in a comment; none if it is YAML that is commented out, a directive of a tool, or the description of an
/// option.
fn words(comment: &str) -> usize {
    let comment = comment.trim_start_matches('#').trim();
    let mut words = comment.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_code = first.contains(':')
        || first.starts_with(['-', '@', '+'])
        || ["yamllint", "nosec", "nosemgrep"].contains(&first)
        || comment.ends_with(':') && !comment.contains(' ');
    if is_code {
        return 0;
    }
    comment
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_for_what_they_show() {
        for (path, rule) in [
            ("ch13/pod-with-host-network.yaml", "kubernetes/host-network"),
            ("a/recreate/app.yaml", "kubernetes/recreate-strategy"),
            ("15-hostNetwork-01.yaml", "kubernetes/host-network"),
        ] {
            assert!(is_named_for(path, rule), "{path}");
        }
        for (path, rule) in [
            ("recreate/apps/web/app.yaml", "kubernetes/recreate-strategy"),
            ("host-network.yaml", "kubernetes/host-pid"),
            ("app.yaml", "kubernetes/host-network"),
        ] {
            assert!(!is_named_for(path, rule), "{path}");
        }
    }

    #[test]
    fn a_sentence_beside_or_above_is_a_reason() {
        let explained = |text: &str| is_explained(text, text.find("hostPID").unwrap_or_default());
        for text in [
            "  # nsenter needs the processes of the node\n  hostPID: true\n",
            "a: b\n# The exporter reads /proc\n# of the node.\nhostPID: true\n",
            "hostPID: true # to see what the node runs\n",
            "# Enable this: nsenter needs the processes of the node\nhostPID: true\n",
        ] {
            assert!(explained(text), "{text}");
        }
        for text in [
            "hostPID: true\n",
            "# processes\nhostPID: true\n",
            "# hostNetwork: true or false or so\nhostPID: true\n",
            "# - name: a b c d e\nhostPID: true\n",
            "# hostPID -- Use the processes of the host\n# machine, not of the pod\nhostPID: true\n",
            "# trivy:ignore:KSV010 a b c d\nhostPID: true\n",
            "## Whether pods share the processes of the node\nhostPID: true\n",
            "# Nothing is said about that line here.\na: b\nhostPID: true\n",
        ] {
            assert!(!explained(text), "{text}");
        }
    }
}

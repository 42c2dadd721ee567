//! What `BuildKit` would refuse of an instruction that could be read.

use crate::parse::dockerfile::expand::bad_modifier;
use crate::parse::dockerfile::keywords::KEYWORDS;
use crate::parse::dockerfile::{Instruction, Word, flags};
use crate::parse::problem::Problem;
use crate::span::Span;
use hullmark_tables::faults::{self, FaultKind};

/// Takes a fault, its place and a message.
type Fault<'a> = dyn FnMut(FaultKind, Span, String) + 'a;

/// Says what `BuildKit` would refuse.
pub(super) fn validate(instruction: &Instruction, escape: char, problems: &mut Vec<Problem>) {
    let keyword = instruction.keyword.as_str();
    let count = instruction.words.len();
    flags::validate(instruction, problems);
    let mut fault = |kind, span: Span, message: String| {
        problems.push(Problem::new(kind, span, message));
    };
    if KEYWORDS.contains(&keyword)
        && count == 0
        && !matches!(keyword, "CMD" | "ENTRYPOINT" | "RUN")
        && !(instruction.is_exec && keyword == "VOLUME")
    {
        let kind = match keyword {
            "HEALTHCHECK" => faults::INVALID_HEALTHCHECK,
            "SHELL" => faults::MISSING_SHELL_ARGUMENT,
            _ => faults::MISSING_ARGUMENT,
        };
        fault(
            kind,
            instruction.keyword_span,
            format!("`{keyword}` needs an argument"),
        );
        return;
    }
    validate_quotes(instruction, escape, &mut fault);
    match keyword {
        "FROM" => validate_from(&instruction.words, &mut fault),
        "ENV" | "LABEL" | "ARG" => validate_pairs(instruction, &mut fault),
        "COPY" | "ADD" => validate_paths(instruction, &mut fault),
        "SHELL" if !instruction.is_exec => {
            fault(
                faults::SHELL_NOT_JSON,
                instruction.body_span(),
                "`SHELL` needs a JSON list: [\"/bin/bash\", \"-c\"]".to_owned(),
            );
        }
        "STOPSIGNAL" | "USER" if count != 1 => {
            fault(
                faults::SEVERAL_ARGUMENTS,
                instruction.words[1].span,
                format!("`{keyword}` takes one argument"),
            );
        }
        "VOLUME" => {
            let blank = |word: &&Word| word.text.trim().is_empty();
            if let Some(word) = instruction.words.iter().find(blank) {
                fault(
                    faults::BLANK_VOLUME,
                    word.span,
                    "`VOLUME` needs a path, not nothing".to_owned(),
                );
            }
        }
        "HEALTHCHECK" => validate_healthcheck(instruction, &mut fault),
        "ONBUILD" => validate_deferred(instruction, escape, problems),
        _ => {}
    }
}

fn validate_from(words: &[Word], fault: &mut Fault) {
    let is_named = words.len() == 3 && words[1].text.eq_ignore_ascii_case("as");
    if words.len() != 1 && !is_named {
        fault(
            faults::FROM_ARGUMENTS,
            words[1].span,
            "`FROM` takes an image, and `AS` with a name behind it".to_owned(),
        );
    } else if let Some(name) = words.get(2) {
        let mut letters = name.text.bytes();
        let begins = letters
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic());
        if !begins || !letters.all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
            fault(
                faults::INVALID_STAGE_NAME,
                name.span,
                "a stage's name begins with a letter, and holds letters, digits, `-`, `_` and `.`"
                    .to_owned(),
            );
        }
    }
}

fn validate_pairs(instruction: &Instruction, fault: &mut Fault) {
    for pair in &instruction.pairs {
        if pair.value.is_none() && instruction.keyword != "ARG" && instruction.swallowed.is_none() {
            fault(
                faults::MISSING_VALUE,
                pair.span,
                format!("`{}` needs a value: {}=…", instruction.keyword, pair.name),
            );
        } else if pair.name.is_empty() {
            fault(
                faults::MISSING_NAME,
                pair.span,
                format!("`{}` needs a name before `=`", instruction.keyword),
            );
        }
    }
}

fn validate_paths(instruction: &Instruction, fault: &mut Fault) {
    let keyword = &instruction.keyword;
    match &*instruction.words {
        [_, .., last] => {
            let spans = instruction.heredocs.iter().map(|heredoc| heredoc.span);
            if spans.into_iter().any(|span| span.start == last.span.start) {
                fault(
                    faults::HEREDOC_DESTINATION,
                    last.span,
                    format!("the destination of `{keyword}` cannot be a here-document"),
                );
            }
        }
        _ => fault(
            faults::MISSING_DESTINATION,
            instruction.span,
            format!("`{keyword}` needs a source and a destination"),
        ),
    }
}

fn validate_healthcheck(instruction: &Instruction, fault: &mut Fault) {
    let first = &instruction.words[0];
    let kind = first.text.to_ascii_uppercase();
    let command = instruction.inner.as_ref();
    match kind.as_str() {
        "CMD" if command.is_none_or(|command| command.words.is_empty()) => {
            fault(
                faults::INVALID_HEALTHCHECK,
                first.span,
                "`HEALTHCHECK CMD` needs a command".to_owned(),
            );
        }
        "CMD" => {}
        "NONE" => {
            if let Some(second) = instruction.words.get(1) {
                fault(
                    faults::INVALID_HEALTHCHECK,
                    second.span,
                    "`HEALTHCHECK NONE` takes no arguments".to_owned(),
                );
            }
        }
        _ => {
            let shown: String = first.text.chars().take(40).collect();
            fault(
                faults::INVALID_HEALTHCHECK,
                first.span,
                format!("`HEALTHCHECK` knows `CMD` and `NONE`, not `{shown}`"),
            );
        }
    }
}

/// Validates what is deferred; that some instructions cannot be is reported by a rule.
fn validate_deferred(instruction: &Instruction, escape: char, problems: &mut Vec<Problem>) {
    let Some(inner) = &instruction.inner else {
        return;
    };
    match inner.keyword.as_str() {
        "ONBUILD" | "FROM" | "MAINTAINER" => {}
        known if KEYWORDS.contains(&known) => validate(inner, escape, problems),
        unknown => {
            let shown: String = unknown.chars().take(40).collect();
            let message = format!("unknown instruction `{shown}`");
            problems.push(Problem::new(
                faults::UNKNOWN_INSTRUCTION,
                inner.keyword_span,
                message,
            ));
        }
    }
}

/// Says which words have a quote that nothing closes. `BuildKit` sees it when it fills in variables, which it does not do in commands.
fn validate_quotes(instruction: &Instruction, escape: char, fault: &mut Fault) {
    // One is enough: quotes around a blank leave two such words behind.
    let mut is_told = false;
    let mut check = |text: &str, span: Span| {
        if let Some(sign) = bad_modifier(text) {
            let message = format!(
                "unsupported modifier `{sign}` in a variable: Dockerfiles know `:-`, `:+`, `:?`, `-`, `+`, `?`, `#`, `%` and `/`"
            );
            fault(faults::UNKNOWN_MODIFIER, span, message);
        }
        if let Some(quote) = open_quote(text, escape).filter(|_| !is_told) {
            is_told = true;
            fault(
                faults::UNCLOSED_QUOTE,
                span,
                format!("nothing closes the quote {quote}"),
            );
        }
    };
    match instruction.keyword.as_str() {
        "ENV" | "LABEL" | "ARG" => {
            for pair in &instruction.pairs {
                check(pair.value.as_deref().unwrap_or_default(), pair.span);
            }
        }
        "WORKDIR" | "USER" | "STOPSIGNAL" => {
            check(&instruction.body.text, instruction.body_span());
        }
        "COPY" | "ADD" | "VOLUME" | "EXPOSE" | "FROM" => {
            for word in &instruction.words {
                check(&word.text, word.span);
            }
        }
        _ => {}
    }
}

/// The quote that is open at the end of a text.
fn open_quote(text: &str, escape: char) -> Option<char> {
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match quote {
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            Some(open) if open == letter => quote = None,
            _ if letter == escape && quote != Some('\'') => {
                letters.next();
            }
            _ => {}
        }
    }
    quote
}

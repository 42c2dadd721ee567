//! A Dockerfile of any shape gives a tree, and whatever is told of it lies in the text.
#![no_main]

use hullmark::parse::dockerfile::{self, Instruction, Variables};
use hullmark::span::Span;
use libfuzzer_sys::fuzz_target;

fn lies_in(text: &str, span: Span) {
    assert!(span.start <= span.end);
    assert!(text.get(span.range()).is_some());
}

fn judge(text: &str, instruction: &Instruction, variables: &mut Variables) {
    lies_in(text, instruction.span);
    lies_in(text, instruction.keyword_span);
    lies_in(text, instruction.body_span());
    for flag in &instruction.flags {
        lies_in(text, flag.span);
        lies_in(text, flag.value_span);
    }
    for word in &instruction.words {
        lies_in(text, word.span);
        let _plain = variables.expand(&word.unquoted());
    }
    for pair in &instruction.pairs {
        lies_in(text, pair.span);
        lies_in(text, pair.value_span);
        let value = pair
            .value
            .as_ref()
            .map(|value| variables.expand(value).text);
        variables.set(&pair.name, value);
    }
    for heredoc in &instruction.heredocs {
        lies_in(text, heredoc.span);
        lies_in(text, heredoc.text.span(0..heredoc.text.text.len()));
    }
    if let Some(inner) = &instruction.inner {
        judge(text, inner, variables);
    }
}

fuzz_target!(|text: &str| {
    let mut problems = Vec::new();
    let file = dockerfile::parse(text, &mut problems);
    for problem in problems {
        lies_in(text, problem.span);
    }
    for comment in file.comments {
        lies_in(text, comment);
    }
    for directive in file.directives {
        lies_in(text, directive.span);
    }
    let mut variables = Variables::default();
    for instruction in &file.instructions {
        judge(text, instruction, &mut variables);
    }
});

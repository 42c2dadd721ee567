//! Expressions of any shape are found and read, and all they name lies in the text.
#![no_main]

use hullmark::parse::expression;
use hullmark::span::LocatedText;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let located = LocatedText::verbatim(text, 0);
    let mut found = expression::find(&located);
    found.push(expression::bare(&located));
    for expression in found {
        assert!(text.get(expression.span.range()).is_some());
        for context in expression.contexts {
            assert!(text.get(context.span.range()).is_some());
        }
        if let Some(error) = expression.error {
            assert!(text.get(error.span.range()).is_some());
        }
    }
});

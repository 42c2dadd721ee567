//! YAML of any shape gives a tree, and every problem lies in the text.
#![no_main]

use hullmark::parse::yaml;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut problems = Vec::new();
    let _tree = yaml::parse(text, &mut problems);
    for problem in problems {
        assert!(problem.span.start <= problem.span.end);
        assert!(problem.span.end as usize <= text.len());
        assert!(text.get(problem.span.range()).is_some());
    }
});

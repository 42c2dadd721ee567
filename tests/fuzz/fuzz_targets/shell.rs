//! A script of any shape gives commands, and every word of them lies in the text.
#![no_main]

use hullmark::parse::shell::{self, Start};
use hullmark::span::LocatedText;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let script = shell::parse(&LocatedText::verbatim(text, 0), Start::default());
    for command in script.commands {
        assert!(text.get(command.range.clone()).is_some());
        for word in &command.words {
            assert!(text.get(word.range.clone()).is_some());
        }
    }
});

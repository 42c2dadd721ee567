//! A script of any shape gives commands, and every word of them lies in the text.
#![no_main]

use std::panic;

use hullmark::parse::shell::{self, Start};
use hullmark::span::LocatedText;
use libfuzzer_sys::fuzz_target;

// A panic of the grammar's crate is caught where it is called, so it must not end the run; our own still does.
fuzz_target!(
    init: {
        let end = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !shell::is_guarded() {
                end(panic);
            }
        }));
    },
    |text: &str| {
        let script = shell::parse(&LocatedText::verbatim(text, 0), Start::default());
        for command in script.commands {
            assert!(text.get(command.range.clone()).is_some());
            for word in &command.words {
                assert!(text.get(word.range.clone()).is_some());
            }
        }
    }
);

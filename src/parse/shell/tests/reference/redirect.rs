//! Redirections and here-documents.

use std::ops::Range;

use brush_parser::ast::{IoFileRedirectTarget, IoRedirect};

use super::Walk;
use crate::parse::shell::frame::{Context, Heredoc};
use crate::parse::shell::script::{Command, Redirect};
use crate::parse::shell::word;

impl Walk<'_, '_> {
    pub(super) fn redirect(
        &mut self,
        redirect: &IoRedirect,
        command: &mut Command,
        heredocs: &mut Vec<Heredoc>,
    ) {
        let number = |number: &Option<i32>| number.map(|n| n.to_string()).unwrap_or_default();
        let (operator, target) = match redirect {
            IoRedirect::File(descriptor, kind, target) => {
                let operator = format!("{}{kind}", number(descriptor));
                let target = match target {
                    IoFileRedirectTarget::Filename(word)
                    | IoFileRedirectTarget::Duplicate(word) => {
                        word.loc.as_ref().map(|span| self.word_range(span))
                    }
                    IoFileRedirectTarget::ProcessSubstitution(_, subshell) => {
                        let inner = self.map.range(&subshell.loc);
                        Some(inner.start.saturating_sub(1)..inner.end)
                    }
                    // No word says where it goes: it is half of a `|&`.
                    IoFileRedirectTarget::Fd(_) => {
                        let at = self.written(self.from).find("|&").map(|at| self.from + at);
                        if let Some(at) = at {
                            self.builder
                                .construct(self.frame, "piped-error", at..at + 2);
                        }
                        None
                    }
                };
                (operator, target)
            }
            IoRedirect::HereDocument(descriptor, document) => {
                if let Some(span) = &document.doc.loc {
                    let body = self.map.range(span);
                    heredocs.push(Heredoc {
                        body: without_last_line(self.frame.text.masked, body),
                        expands: document.requires_expansion,
                    });
                }
                let target = document.here_end.loc.as_ref();
                let operator = format!("{}<<", number(descriptor));
                (operator, target.map(|span| self.map.range(span)))
            }
            IoRedirect::HereString(descriptor, word) => {
                let operator = format!("{}<<<", number(descriptor));
                (
                    operator,
                    word.loc.as_ref().map(|span| self.word_range(span)),
                )
            }
            IoRedirect::OutputAndError(word, is_append) => {
                let operator = if *is_append { "&>>" } else { "&>" };
                let target = word.loc.as_ref().map(|span| self.word_range(span));
                (operator.to_owned(), target)
            }
        };
        let target = target.map(|range| word::read(self.frame.text, range));
        command.redirects.push(Redirect {
            operator,
            target: target.unwrap_or_default(),
        });
    }

    pub(super) fn loose_redirect(&mut self, redirect: &IoRedirect, context: Context) {
        let mut command = Command::default();
        self.redirect(redirect, &mut command, &mut Vec::new());
        for redirect in command.redirects {
            self.loose_word(&redirect.target, context);
        }
    }
}

/// The tree counts a heredoc's closing line as part of its body.
fn without_last_line(text: &str, body: Range<usize>) -> Range<usize> {
    let lines = text.get(body.clone()).unwrap_or_default();
    let lines = lines.strip_suffix('\n').unwrap_or(lines);
    let length = lines.rfind('\n').map_or(0, |at| at + 1);
    body.start..body.start + length
}

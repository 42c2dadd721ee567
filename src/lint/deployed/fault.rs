//! What is wrong with charts and kustomizations themselves, as diagnostics of native rules.

use std::sync::Arc;

use crate::deployed::{Fault, Files};
use crate::diagnostic::{Diagnostic, Diagnostics, Fingerprint, FingerprintKey};
use crate::lint::Linter;
use crate::span::{FileSpan, Span};

impl Linter<'_> {
    /// The diagnostics of those whose rules run: of what is asked for, and all others.
    pub(super) fn report(&self, found: &[Fault], files: &Files) -> (Diagnostics, Diagnostics) {
        let (mut asked, mut others) = (Vec::new(), Vec::new());
        for fault in found {
            let rules = &self.options.catalogue.rules;
            let mut active = self.options.active.iter().map(|number| &rules[*number]);
            let Some(rule) = active.find(|rule| *rule.id == *fault.rule) else {
                continue;
            };
            let file = files.get(fault.at.file);
            let text = file.map(|file| &*file.text).unwrap_or_default();
            let reported = if fault.is_asked {
                &mut asked
            } else {
                &mut others
            };
            reported.push(Box::new(Diagnostic {
                rule: Arc::from(fault.rule),
                severity: fault.severity.unwrap_or(rule.severity),
                message: fault.message.clone(),
                help: fault.help.as_deref().map(Into::into),
                aliases: Arc::default(),
                primary: first_line(fault.at, text),
                resource: None,
                key: FingerprintKey::of(fault.rule, &fault.name),
                related: Vec::new(),
                part: None,
                members: Box::default(),
                fingerprint: Fingerprint::default(),
                suppressed: None,
                holder: None,
                is_minor: false,
            }));
        }
        (asked, others)
    }
}

fn first_line(at: FileSpan, text: &str) -> FileSpan {
    let own = at.span.of(text);
    let length = own.find('\n').unwrap_or(own.len());
    let start = at.span.start;
    let end = start + u32::try_from(own[..length].trim_end().len()).unwrap_or(0);
    FileSpan::new(at.file, Span { start, end })
}

//! YAML: `granit-parser`'s events become our located tree.

mod build;
mod located;
pub mod scalar;
pub mod tree;

use granit_parser::{Event, Options, Parser};

use crate::parse::problem::Problem;
use crate::parse::yaml::build::Builder;
use crate::parse::yaml::tree::{Comment, Tree};
use crate::span::Span;
use hullmark_tables::faults;

/// How deep collections may nest.
const NESTING: usize = 200;
/// How many broken documents of one file are worth a problem each.
const BROKEN_DOCUMENTS: usize = 50;

/// How many nodes of one file are judged; a tenth of it is a bundle of large custom resource definitions.
const NODES: usize = 500_000;

/// Reads all documents of a file; what is broken is a problem, and reading goes on at the next document.
pub fn parse(text: &str, problems: &mut Vec<Problem>) -> Tree {
    let mut parser = Parser::new_from_str_with_options(text, options());
    let mut builder = Builder::new(text);
    let mut broken = Broken::default();
    loop {
        match parser.next_event() {
            Some(Ok((Event::StreamEnd, _))) | None => break,
            Some(Ok((Event::Comment(..), span))) => builder.comment(bytes(span)),
            Some(Ok((Event::DocumentStart(..), _))) => builder.start_document(),
            Some(Ok((Event::DocumentEnd, _))) => builder.end_document(problems),
            Some(Ok((_, span))) if builder.nodes() >= NODES => {
                let message = format!(
                    "file holds more than {NODES} values; from this document on it is not judged"
                );
                let span = builder.document_span().unwrap_or_else(|| bytes(span));
                problems.push(Problem::new(faults::YAML_SYNTAX_ERROR, span, message));
                builder.abandon_document();
                break;
            }
            Some(Ok((event, span))) => builder.event(event, bytes(span), problems),
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                broken.report(text, at, &error.info(), problems);
                builder.abandon_document();
                if !parser.proceed_next_document().unwrap_or(false) {
                    break;
                }
            }
        }
    }
    builder.finish()
}

fn options() -> Options {
    let mut options = Options::default();
    options.max_buffered_comment_events = usize::MAX;
    options.flow_nesting_limit = NESTING;
    options.block_nesting_limit = NESTING;
    options.emit_unresolved_aliases = true;
    options
}

fn bytes(span: granit_parser::Span) -> Span {
    let range = span.byte_range().unwrap_or_default();
    Span::new(range.start, range.end.max(range.start))
}

/// What was said about broken documents so far.
#[derive(Default)]
struct Broken {
    count: usize,
    is_template: bool,
}

impl Broken {
    /// A template that is not rendered yet breaks in many places; it is said once.
    fn report(&mut self, text: &str, at: usize, message: &str, problems: &mut Vec<Problem>) {
        let at = floor(text, at);
        let template = template_near(text, at);
        self.count += 1;
        if self.count > BROKEN_DOCUMENTS || (self.is_template && template.is_some()) {
            return;
        }
        if let Some(span) = template {
            self.is_template = true;
            let message = "not YAML before the template in it is rendered; check the rendered file";
            problems.push(Problem::new(faults::YAML_SYNTAX_ERROR, span, message));
            return;
        }
        let width = text[at..].chars().next().map_or(0, char::len_utf8);
        let message = message.lines().next().unwrap_or_default();
        problems.push(Problem::new(
            faults::YAML_SYNTAX_ERROR,
            Span::new(at, at + width),
            message,
        ));
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The template tag in the line of the error or shortly before it, if there is one.
fn template_near(text: &str, at: usize) -> Option<Span> {
    const LINES: usize = 3;
    let end = text[at..].find('\n').map_or(text.len(), |line| at + line);
    let start = text[..at]
        .rmatch_indices('\n')
        .nth(LINES)
        .map_or(0, |(line, _)| line + 1);
    let open = start + text[start..end].rfind("{{")?;
    let close = text[open..end]
        .find("}}")
        .map_or(end, |close| open + close + 2);
    Some(Span::new(open, close))
}

/// Whether nothing but blanks stands before `at` on its line.
fn is_own_line(text: &str, at: u32) -> bool {
    text.as_bytes()[..at as usize]
        .iter()
        .rev()
        .take_while(|byte| !matches!(byte, b'\n' | b'\r'))
        .all(|byte| matches!(byte, b' ' | b'\t'))
}

fn comment_at(text: &str, span: Span) -> Comment {
    Comment {
        span,
        own_line: is_own_line(text, span.start),
    }
}

#[cfg(test)]
mod tests;

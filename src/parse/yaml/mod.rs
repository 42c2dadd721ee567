//! YAML: `granit-parser`'s events become our located tree.

mod build;
mod duplicates;
mod located;
mod message;
pub mod scalar;
pub mod tree;
mod unquoted;

use granit_parser::{ErrorKind, Event, Options, Parser, ScanError};

use crate::parse::problem::Problem;
use crate::parse::yaml::build::Builder;
use crate::parse::yaml::tree::{Comment, Tree};
use crate::span::Span;
use hullmark_tables::faults;

/// How deep collections may nest.
const NESTING: usize = 200;
/// How many broken documents of one file are worth a problem each.
const BROKEN_DOCUMENTS: usize = 50;

/// What is said of a file that is a template of one.
pub(super) const TEMPLATE: &str =
    "not YAML before the template in it is rendered; check the rendered file";

/// What is said of a file whose variables a program fills in first, such as `envsubst`.
const VARIABLES: &str = "not YAML before the variables in it are filled in; check what comes of it";

/// Whether a file is no YAML yet, which is no fault of it.
pub fn is_unrendered(problem: &Problem) -> bool {
    problem.kind == faults::YAML_SYNTAX_ERROR
        && [TEMPLATE, VARIABLES].contains(&problem.message.as_str())
}

/// How many nodes of one file are checked; a tenth of it is a bundle of large custom resource definitions.
const NODES: usize = 500_000;

/// Reads all documents of a file; what is broken is a problem, and reading goes on at the next document.
///
/// A file that begins with `{` may hold JSON documents back to back, as kubectl accepts them: each is a document.
pub fn parse(text: &str, problems: &mut Vec<Problem>) -> Tree {
    let mut builder = Builder::new(text);
    let mut broken = Broken::default();
    let mut start = Some(0);
    while let Some(from) = start {
        start = read_from(from, text, &mut builder, &mut broken, problems);
    }
    builder.finish()
}

/// Reads the documents from a byte on; returns the byte of the next JSON document of a stream, if the parser ended before it.
fn read_from(
    from: usize,
    text: &str,
    builder: &mut Builder,
    broken: &mut Broken,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let mut parser = Parser::new_from_str_with_options(&text[from..], options());
    let bytes = |span: granit_parser::Span| {
        let range = span.byte_range().unwrap_or_default();
        Span::new(from + range.start, from + range.end.max(range.start))
    };
    loop {
        match parser.next_event() {
            Some(Ok((Event::StreamEnd, _))) | None => return None,
            Some(Ok((Event::Comment(..), span))) => builder.comment(bytes(span)),
            Some(Ok((Event::DocumentStart(..), _))) => builder.start_document(),
            Some(Ok((Event::DocumentEnd, _))) => builder.end_document(problems),
            Some(Ok((_, span))) if builder.nodes() >= NODES => {
                let message = format!(
                    "file holds more than {NODES} values; from this document on it is not checked"
                );
                let span = builder.document_span().unwrap_or_else(|| bytes(span));
                problems.push(Problem::new(faults::YAML_SYNTAX_ERROR, span, message));
                builder.abandon_document();
                return None;
            }
            Some(Ok((event, span))) => builder.event(event, bytes(span), problems),
            Some(Err(error)) => {
                let at = error
                    .marker()
                    .byte_offset()
                    .map_or(text.len(), |at| from + at);
                if let Some(next) = next_json(text, builder.finished_at(), at) {
                    return Some(next);
                }
                let at = floor(text, at);
                broken.report(text, at, &error, problems);
                builder.abandon_document_at(at);
                if !parser.proceed_next_document().unwrap_or(false) {
                    return None;
                }
            }
        }
    }
}

/// What is wrong is a control character, which the parser names, though it reports the place where its text begins.
fn control_character(error: &ScanError, text: &str, at: usize) -> Option<Problem> {
    let ErrorKind::UnexpectedCharacter { character } = error.kind() else {
        return None;
    };
    let character = *character;
    let place = at + text[at..].find(character)?;
    character.is_control().then(|| {
        let code = u32::from(character);
        let message =
            format!("control character U+{code:04X}, which YAML does not allow; remove it");
        let span = Span::new(place, place + character.len_utf8());
        Problem::new(faults::YAML_SYNTAX_ERROR, span, message)
    })
}

/// Where the next document of a JSON stream begins: behind the document that ends at `finished`, with nothing but white
/// space between. `None` if the file is no such stream.
fn next_json(text: &str, finished: Option<usize>, at: usize) -> Option<usize> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let end = finished?;
    let rest = text.get(end..)?;
    let next = end + (rest.len() - rest.trim_start().len());
    (next <= at && text[next..].starts_with('{')).then_some(next)
}

fn options() -> Options {
    let mut options = Options::default();
    options.max_buffered_comment_events = usize::MAX;
    options.flow_nesting_limit = NESTING;
    options.block_nesting_limit = NESTING;
    options.emit_unresolved_aliases = true;
    options
}

/// What was said about broken documents so far.
#[derive(Default)]
struct Broken {
    count: usize,
    is_template: bool,
}

impl Broken {
    /// Reports an error at a byte, which begins a character. A template that is not rendered yet breaks in many places; it is
    /// said once.
    fn report(&mut self, text: &str, at: usize, error: &ScanError, problems: &mut Vec<Problem>) {
        let template = template_near(text, at);
        self.count += 1;
        if self.count > BROKEN_DOCUMENTS || (self.is_template && template.is_some()) {
            return;
        }
        if let Some(problem) = control_character(error, text, at) {
            problems.push(problem);
            return;
        }
        if let Some(span) = template {
            self.is_template = true;
            problems.push(Problem::new(faults::YAML_SYNTAX_ERROR, span, TEMPLATE));
            return;
        }
        if let Some(span) = variable_near(text, at) {
            problems.push(Problem::new(faults::YAML_SYNTAX_ERROR, span, VARIABLES));
            return;
        }
        // `*/2 * * * *` was told as an alias, and breaks a second time behind it.
        if let Some(alias) = problems.last_mut().filter(|last| {
            last.kind == faults::YAML_SYNTAX_ERROR
                && last.message.starts_with("alias")
                && !text[last.span.end as usize..at.max(last.span.end as usize)].contains('\n')
        }) {
            let shown = unquoted::value(text, alias.span.start as usize);
            let shown = shown.unwrap_or_else(|| alias.span.of(text));
            alias.message = format!("`{shown}` begins with `*`, which YAML reads as an alias");
            return;
        }
        let width = text[at..].chars().next().map_or(0, char::len_utf8);
        let mut problem = Problem::new(
            faults::YAML_SYNTAX_ERROR,
            Span::new(at, at + width),
            message::of(error),
        );
        if text[at..].starts_with(['*', '&', '@', '%']) {
            problem.help = unquoted::help(text, at).map(Into::into);
        }
        problems.push(problem);
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
    let near = &text[start..end];
    let mut tags = TAGS.iter().flat_map(|(opener, closer)| {
        near.rmatch_indices(opener)
            .map(move |(at, _)| (start + at, *closer))
    });
    let (open, closer) = tags.find(|(open, _)| is_tag(text, *open))?;
    let close = text[open..end]
        .find(closer)
        .map_or(end, |close| open + close + closer.len());
    Some(Span::new(open, close))
}

/// The first `${NAME}` on the line of a byte.
fn variable_near(text: &str, at: usize) -> Option<Span> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let open = line.match_indices("${").map(|(at, _)| at).find(|open| {
        let name = &line[open + 2..];
        let end = name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        end.is_some_and(|end| end > 0 && name[end..].starts_with('}'))
    })?;
    let end = line[open..]
        .find('}')
        .map_or(line.len(), |close| open + close + 1);
    Some(Span::new(start + open, start + end))
}

/// What opens a tag of a template, and what closes it: Go, Jinja, Handlebars and their like; ERB and EJS.
const TAGS: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("<%", "%>")];

/// The contexts of GitHub's expressions: `{{ github.ref }}` has lost its `$`, and is no template.
const CONTEXTS: &[&str] = &[
    "env.", "github.", "inputs.", "job.", "matrix.", "needs.", "runner.", "secrets.", "steps.",
    "vars.",
];

/// What Prometheus fills into the text of an alert: part of a value, and no template of the file.
const ALERTS: &[&str] = &["$labels.", "$externalLabels."];

/// Whether what opens at a byte is a tag of a template of the file, and neither one of GitHub's expressions nor of an alert's text.
fn is_tag(text: &str, at: usize) -> bool {
    let inside = text[at + 2..].trim_start_matches(['{', '-', '~', '#', ' ']);
    let is_other = |names: &[&str]| names.iter().any(|name| inside.starts_with(name));
    !text[..at].ends_with('$') && !is_other(CONTEXTS) && !is_other(ALERTS)
}

/// Whether a line of a file is a tag of a template alone: `{{#if x}}`, `{% raw %}`.
pub(super) fn has_tag_line(text: &str) -> bool {
    text.lines().map(str::trim).any(|line| {
        TAGS.iter().any(|(opener, closer)| {
            line.starts_with(opener) && line.ends_with(closer) && is_tag(line, 0)
        })
    })
}

/// Whether nothing but spaces is before `at` on its line.
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

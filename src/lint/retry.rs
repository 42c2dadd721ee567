//! What is judged of a file on which hullmark failed: the documents that do not cause it.

use std::ops::Range;

use crate::sources::{Kind, Source};
use crate::span::Span;

/// A file without the documents on which hullmark fails.
#[derive(Debug)]
pub(super) struct Remainder {
    /// The file with spaces in place of those documents, so that all others keep their places.
    pub(super) source: Source,
    /// The first line of each of those documents.
    pub(super) failed: Vec<Span>,
}

/// Finds the documents of a file that `works` fails on, each tried alone; `None` if the file is one document, if no document
/// fails alone, or if all do.
pub(super) fn without_failing(
    source: &Source,
    works: impl Fn(Source) -> bool,
) -> Option<Remainder> {
    let documents = documents(source);
    let fails = |range: &&Range<usize>| !works(source.with_text(&source.text[(*range).clone()]));
    let failing: Vec<&Range<usize>> = documents.iter().filter(fails).collect();
    if failing.is_empty() || failing.len() == documents.len() {
        return None;
    }
    let mut bytes = source.text.clone().into_bytes();
    for byte in failing.iter().flat_map(|range| (*range).clone()) {
        if !matches!(bytes[byte], b'\n' | b'\r') {
            bytes[byte] = b' ';
        }
    }
    let failed = failing
        .into_iter()
        .map(|range| first_line(&source.text, range));
    Some(Remainder {
        failed: failed.collect(),
        source: source.with_text(&String::from_utf8(bytes).ok()?),
    })
}

/// The documents of a YAML file or a stream of JSON by the lines that begin them; a Dockerfile is one.
fn documents(source: &Source) -> Vec<Range<usize>> {
    let text = source.text.as_str();
    let is_json = text.trim_start().starts_with('{');
    let begins = |line: &str| {
        if is_json {
            line.starts_with('{')
        } else {
            line.starts_with("---")
        }
    };
    let mut starts = vec![0];
    if source.kind != Kind::Dockerfile {
        let lines = text.match_indices('\n').map(|(at, _)| at + 1);
        starts.extend(lines.filter(|at| begins(&text[*at..])));
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let documents = starts.iter().copied().zip(ends);
    let documents = documents.map(|(start, end)| start..end);
    documents
        .filter(|range| !text[range.clone()].trim().is_empty())
        .collect()
}

/// The first line of a document that says something.
fn first_line(text: &str, document: &Range<usize>) -> Span {
    let mut start = document.start;
    for line in text[document.clone()].split_inclusive('\n') {
        let said = line.trim();
        if !said.is_empty() && !said.starts_with("---") && !said.starts_with('#') {
            return Span::new(start, start + line.trim_end().len());
        }
        start += line.len();
    }
    Span::new(document.start, document.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::guarded;
    use crate::span::FileId;

    /// What remains if documents that hold `boom` cause a panic.
    fn remainder(kind: Kind, text: &str) -> Option<(String, Vec<String>)> {
        let source = Source::new(FileId::new(0), "a.yaml", kind, text);
        let works = |part: Source| guarded(|| assert!(!part.text.contains("boom"))).is_ok();
        let found = without_failing(&source, works)?;
        assert_eq!(found.source.text.len(), text.len());
        let failed = found.failed.iter();
        let failed = failed.map(|span| span.of(text).to_owned());
        Some((found.source.text, failed.collect()))
    }

    #[test]
    fn documents_that_cause_a_panic_are_left_out() {
        let text = "a: 1\n---\n# x\nb: ä\nc: boom\n---\nd: 1\n";
        let rest = "a: 1\n   \n   \n     \n       \n---\nd: 1\n";
        let (remains, failed) = remainder(Kind::Kubernetes, text).unwrap();
        assert_eq!(remains, rest);
        assert_eq!(failed, ["b: ä"]);
        let (remains, failed) = remainder(Kind::Kubernetes, "{\n}\n{\"boom\":1}\n{}\n").unwrap();
        assert_eq!(remains, "{\n}\n          \n{}\n");
        assert_eq!(failed, ["{\"boom\":1}"]);
        for text in ["boom: 1\n", "a: 1\n---\nb: 1\n", "boom: 1\n---\nboom: 2\n"] {
            assert_eq!(remainder(Kind::Kubernetes, text), None, "{text}");
        }
        let dockerfile = "FROM a\n--- \nRUN boom\n";
        assert_eq!(remainder(Kind::Dockerfile, dockerfile), None);
    }
}

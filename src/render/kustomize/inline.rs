//! The text of files: what separates documents, where a scalar begins, and the way from its text back to the bytes.

use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::tree::{Place, Scalar};
use crate::span::{LocatedText, Span};

/// The parser shows a block scalar from its first text on; it begins at its `|` or `>`.
pub(super) fn with_header(text: &str, span: Span) -> Span {
    let before = text[..span.start as usize].trim_end();
    let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let comments = before[line..].match_indices(" #").map(|(at, _)| line + at);
    for end in comments.chain([before.len()]) {
        let header = before[..end].trim_end();
        let header =
            header.trim_end_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
        if header.ends_with(['|', '>']) {
            return Span::new(header.len() - 1, span.end as usize);
        }
    }
    span
}

/// The text of a scalar of the file `text` with the way back to its bytes, for what is written inside it.
pub fn locate(text: &str, span: Span, scalar: &Scalar) -> LocatedText {
    let raw = span.of(text);
    let value = &*scalar.text;
    let start = span.start as usize;
    if !raw.starts_with(['|', '>']) {
        let quote = usize::from(scalar.quoted);
        let inner = raw
            .get(quote..raw.len().saturating_sub(quote))
            .unwrap_or_default();
        let at = start + if inner == value { quote } else { 0 };
        return LocatedText::verbatim(value, narrow(at));
    }
    let mut located = LocatedText::verbatim("", narrow(start));
    let mut at = start + raw.find('\n').map_or(raw.len(), |end| end + 1);
    for line in value.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        // The next line of the block whose end is this line's text.
        let mut probe = at;
        let found = loop {
            let rest = text
                .get(probe..span.end as usize)
                .filter(|rest| !rest.is_empty());
            let Some(rest) = rest else { break None };
            let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
            let written = rest[..length].trim_end_matches(['\n', '\r']);
            if written.ends_with(content) {
                break Some((probe + written.len() - content.len(), probe + length));
            }
            probe += length;
        };
        match found {
            Some((from, next)) => {
                located.push(line, narrow(from));
                at = next;
            }
            None => located.push(line, narrow(at.min(span.end as usize))),
        }
    }
    located
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Refuses text behind the `---` between two documents, which kustomize does not read.
pub fn check_separators(text: &str, file: u32) -> Outcome<()> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let rest = line
            .strip_prefix("---")
            .filter(|_| start > 0 && line.ends_with('\n'));
        let rest = rest.map_or("", str::trim);
        if !rest.is_empty() && !rest.starts_with('#') {
            let span = Span::new(start, start + line.trim_end().len());
            let message = "text behind the `---` between two documents";
            return Err(Refusal::new(Place { file, span }, message));
        }
        start += line.len();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::kustomize::read::read;

    #[test]
    fn a_text_in_a_block_finds_its_way_back() {
        let text = "p:\n- patch: |-\n    a: b\n\n    c:  d\n";
        let root = read(text, 1, None).unwrap().remove(0).root;
        let patch = root.get("p").unwrap().as_list().unwrap()[0]
            .get("patch")
            .unwrap()
            .clone();
        let located = locate(text, patch.at.span, patch.as_scalar().unwrap());
        let inner = read(&located.text, 1, Some(&located))
            .unwrap()
            .remove(0)
            .root;
        let d = inner.get("c").unwrap().at.span;
        assert_eq!(d.of(text), "d");
        assert_eq!(inner.get("a").unwrap().at.span.of(text), "b");
    }
}

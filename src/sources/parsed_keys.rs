//! The keys at the top of a file as a YAML parser reads them, where its lines do not tell: anchors, tags, escapes, merge keys,
//! `? key`, a document that begins behind its `---`. And whether what looks like a template is YAML as it stands.

use granit_parser::{Event, Options, Parser};
use rustc_hash::FxHashMap;

use crate::sources::keys::{Keys, Seen, keep};

/// How deep collections may nest.
const NESTING: usize = 200;

/// Whether a line at the top is written in a way that a scan of lines does not read.
pub(super) fn may_hide(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.any(|line| {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let is_top = !line.starts_with(b" ");
        let line = match line.strip_prefix(b"---") {
            Some(rest) if rest.starts_with(b" ") || rest.starts_with(b"\t") => rest,
            Some(_) => return false,
            None => line,
        };
        let rest = line.trim_ascii_start();
        let is_odd = match rest {
            [b'{', b'{' | b'%', ..] | [] | [b'#', ..] => false,
            [b'&' | b'!' | b'?' | b'*' | b'{', ..] | [b'<', b'<', ..] => true,
            [b'"', rest @ ..] => {
                let mut parts = rest.split(|byte| *byte == b':');
                return parts.next().is_some_and(|key| key.contains(&b'\\'));
            }
            _ => false,
        };
        is_odd && (is_top || names_key(rest))
    })
}

/// Whether an indented line may be the top of a document: only what names a key of ours matters there.
fn names_key(line: &[u8]) -> bool {
    [&b"apiVersion"[..], b"kind"]
        .iter()
        .any(|key| memchr::memmem::find(line, key).is_some())
}

/// A mapping or sequence that is open.
struct Open {
    is_mapping: bool,
    /// The key whose value comes next.
    key: Option<String>,
    anchor: usize,
    /// The keys of ours in it, if it may be the top of a document or merged into it.
    seen: Seen,
}

/// The keys of each document; empty if the file is no YAML.
pub(super) fn keys(text: &str) -> Keys {
    let mut keys = Keys::new();
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: FxHashMap<usize, Seen> = FxHashMap::default();
    let mut parser = parser(text);
    while let Some(Ok((event, _))) = parser.next_event() {
        match event {
            Event::StreamEnd => break,
            Event::DocumentStart(..) => (open, anchors) = (Vec::new(), FxHashMap::default()),
            Event::Scalar(value, ..) => child(&mut open, Some(&value), Seen::default()),
            Event::Alias(anchor) => {
                let seen = anchors.get(&anchor).copied().unwrap_or_default();
                child(&mut open, None, seen);
            }
            Event::SequenceStart(_, anchor, _) => open.push(opened(false, anchor)),
            Event::MappingStart(_, anchor, _) => open.push(opened(true, anchor)),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(closed) = open.pop() else { break };
                anchors.insert(closed.anchor, closed.seen);
                if open.is_empty() && closed.is_mapping {
                    keep(closed.seen, &mut keys);
                } else {
                    child(&mut open, None, closed.seen);
                }
            }
            _ => {}
        }
    }
    keys
}

fn opened(is_mapping: bool, anchor: usize) -> Open {
    Open {
        is_mapping,
        key: None,
        anchor,
        seen: Seen::default(),
    }
}

/// A finished node becomes a key or a value of the mapping that is open; what `<<` merges counts as its own.
fn child(open: &mut [Open], scalar: Option<&str>, seen: Seen) {
    let Some(parent) = open.last_mut() else {
        return;
    };
    if !parent.is_mapping {
        // A list of mappings may be merged.
        parent.seen = parent.seen.with(seen);
        return;
    }
    match parent.key.take() {
        None => {
            let key = scalar.unwrap_or_default();
            parent.seen.note(key.as_bytes());
            parent.key = Some(key.to_owned());
        }
        Some(key) if key == "<<" => parent.seen = parent.seen.with(seen),
        Some(_) => {}
    }
}

/// Whether a file is YAML as it stands, with no mapping as a key: `{{ x }}` as a value is one in another.
pub(super) fn is_yaml(text: &str) -> bool {
    // Whether the node that comes next is a key, for each open collection.
    let mut open: Vec<Option<bool>> = Vec::new();
    let mut parser = parser(text);
    loop {
        let is_collection = match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => return true,
            Some(Err(_)) => return false,
            Some(Ok((Event::Scalar(..) | Event::Alias(_), _))) => None,
            Some(Ok((Event::SequenceStart(..), _))) => Some(None),
            Some(Ok((Event::MappingStart(..), _))) => Some(Some(true)),
            Some(Ok((Event::SequenceEnd | Event::MappingEnd, _))) => {
                open.pop();
                continue;
            }
            Some(Ok(_)) => continue,
        };
        if let Some(Some(is_key)) = open.last_mut() {
            if *is_key && is_collection.is_some() {
                return false;
            }
            *is_key = !*is_key;
        }
        open.extend(is_collection);
    }
}

fn parser(text: &str) -> Parser<'_, granit_parser::StrInput<'_>> {
    let mut options = Options::default();
    options.max_buffered_comment_events = usize::MAX;
    options.flow_nesting_limit = NESTING;
    options.block_nesting_limit = NESTING;
    options.emit_unresolved_aliases = true;
    Parser::new_from_str_with_options(text, options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::keys::MANIFEST;

    #[test]
    fn keys_are_read_however_they_are_written() {
        for text in [
            "&a apiVersion: v1\n!!str kind: Pod\n",
            "--- {apiVersion: v1, kind: Pod}\n",
            "\"apiVersion\": v1\n\"kin\\x64\": Pod\n",
            "<<: {apiVersion: v1, kind: Pod}\nmetadata: {}\n",
            "? apiVersion\n: v1\n? kind\n: Pod\n",
            "!!map {apiVersion: v1, kind: Pod}\n",
            "x: &x {apiVersion: v1}\n<<: [*x, {kind: Pod}]\n",
        ] {
            assert!(may_hide(text.as_bytes()), "{text}");
            assert!(keys(text).iter().any(|seen| seen.has(MANIFEST)), "{text}");
        }
        for text in [
            "a: {apiVersion: v1, kind: Pod}\n",
            "- apiVersion: v1\n  kind: Pod\n",
            "apiVersion: v1\n---\nkind: Pod\n",
        ] {
            assert!(!keys(text).iter().any(|seen| seen.has(MANIFEST)), "{text}");
        }
    }

    #[test]
    fn what_is_yaml_as_it_stands_is_no_template() {
        for text in [
            "a: \"text\n  {{ a }}\n  more\"\n",
            "a: 'x\n\n  {{ b }}'\nb: {c: d}\n",
        ] {
            assert!(is_yaml(text), "{text}");
        }
        for text in [
            "a: {{ .Values.x }}\n",
            "{{- if x }}\na: b\n{{- end }}\n",
            "a: @x@\n",
        ] {
            assert!(!is_yaml(text), "{text}");
        }
    }
}

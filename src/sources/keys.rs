//! The keys at the top of a YAML file's documents, without a parser: enough to detect what a file is.

use memchr::memchr2_iter;

/// What keys are together at the top of some document.
pub(super) type Keys = Vec<Seen>;

/// The keys seen at the top of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen(u8);

/// The keys that distinguish kinds; each is a bit of [`Seen`].
const DISTINCTIVE: [&[u8]; 6] = [b"apiVersion", b"kind", b"on", b"jobs", b"runs", b"services"];

pub(super) const MANIFEST: Seen = Seen(0b00_0011);

pub(super) const WORKFLOW: Seen = Seen(0b00_1100);

pub(super) const ACTION: Seen = Seen(0b01_0000);

pub(super) const COMPOSE: Seen = Seen(0b10_0000);

impl Seen {
    pub(super) fn note(&mut self, key: &[u8]) {
        if let Some(bit) = DISTINCTIVE.iter().position(|known| *known == key) {
            self.0 |= 1 << bit;
        }
    }

    /// The keys of both.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, keys: Self) -> bool {
        self.0 & keys.0 == keys.0
    }
}

/// Remembers what a document's keys were, once.
pub(super) fn keep(seen: Seen, keys: &mut Keys) {
    if !keys.contains(&seen) {
        keys.push(seen);
    }
}

/// Scans lines: a key at the top is one that is indented as the first line of its document is. No value is understood, so the kind of a broken file is still detected.
pub(super) fn keys(bytes: &[u8]) -> Keys {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut keys = Keys::new();
    let mut seen = Seen::default();
    let mut top: Option<usize> = None;
    let mut next = 0;
    for end in memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]) {
        let start = next;
        let line = &bytes[start..end];
        next = end + 1;
        if line.starts_with(b"---") {
            keep(seen, &mut keys);
            if seen.has(MANIFEST) {
                return keys;
            }
            (seen, top) = (Seen::default(), None);
            continue;
        }
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        let rest = &line[indent..];
        match rest {
            [] | [b'#' | b'%', ..] | [b'{', b'{' | b'%', ..] => continue,
            // A line of white space, or an indented line deep below the top, which is most of a file.
            _ if top.is_some_and(|top| top != indent) => continue,
            [b'{', ..] if top.is_none() => {
                flow(&bytes[start..], &mut keys);
                return keys;
            }
            _ => top = Some(indent),
        }
        if let Some(key) = key(rest) {
            seen.note(key);
        }
    }
    keep(seen, &mut keys);
    keys
}

/// The key at the start of a line, without its quotes.
fn key(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    if !matches!(
        line.get(colon + 1),
        None | Some(b' ' | b'\t' | b'{' | b'[' | b'"')
    ) {
        return None;
    }
    let key = line[..colon].trim_ascii_end();
    let quoted = [b'"', b'\''].iter().find_map(|quote| {
        key.strip_prefix(std::slice::from_ref(quote))?
            .strip_suffix(std::slice::from_ref(quote))
    });
    Some(quoted.unwrap_or(key))
}

/// The keys at the top of JSON, or of YAML in braces.
fn flow(bytes: &[u8], keys: &mut Keys) {
    let mut seen = Seen::default();
    let mut depth = 0_usize;
    let mut word: &[u8] = b"";
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => {
                depth += 1;
                word = b"";
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    keep(seen, keys);
                    seen = Seen::default();
                }
                word = b"";
            }
            b':' if depth == 1 => seen.note(std::mem::take(&mut word)),
            b',' => word = b"",
            quote @ (b'"' | b'\'') => {
                let start = at + 1;
                at = start;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' && quote == b'"' {
                        2
                    } else {
                        1
                    };
                }
                word = bytes.get(start..at).unwrap_or_default();
            }
            byte if byte.is_ascii_alphanumeric() => {
                let rest = &bytes[at..];
                let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
                word = &rest[..length.unwrap_or(rest.len())];
                at += word.len() - 1;
            }
            _ => {}
        }
        at += 1;
    }
    keep(seen, keys);
}

//! Decoded scalars find their way back to the bytes that they were written with.

use crate::render::text::{Builder, Piece, Text};

/// The text of a scalar that says `value` and is written as the bytes `range` of `source`.
pub fn scalar(source: &Text, range: std::ops::Range<usize>, value: &str) -> Text {
    let raw = source.bytes().get(range.clone()).unwrap_or_default();
    for quote in [0, 1] {
        let inner = raw
            .get(quote..raw.len().saturating_sub(quote))
            .unwrap_or_default();
        if inner == value.as_bytes() {
            return source.cut(range.start + quote..range.start + quote + value.len());
        }
    }
    let mut aligned = Aligned {
        source,
        raw,
        start: range.start,
        at: usize::from(raw.first().is_some_and(|byte| matches!(byte, b'"' | b'\''))),
        escapes: raw.first() == Some(&b'"'),
        doubles: raw.first() == Some(&b'\''),
        out: Builder::default(),
    };
    aligned.run(value);
    aligned.out.finish()
}

struct Aligned<'a> {
    source: &'a Text,
    raw: &'a [u8],
    start: usize,
    at: usize,
    escapes: bool,
    doubles: bool,
    out: Builder,
}

impl Aligned<'_> {
    /// Walks the value and what it is written with side by side.
    fn run(&mut self, value: &str) {
        let bytes = value.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let same = self.same(&bytes[at..]);
            if same > 0 {
                let from = self.start + self.at;
                self.out.push_cut(self.source, from..from + same);
                self.at += same;
                at += same;
                continue;
            }
            let width = value[at..].chars().next().map_or(1, char::len_utf8);
            let written = self.written();
            let place = self.piece();
            self.at += written;
            let is_blank = matches!(bytes[at], b' ' | b'\n');
            if written > 0 && self.is_joined(written) && !is_blank {
                continue;
            }
            self.out.push(&bytes[at..at + width], place);
            at += width;
        }
    }

    /// How many bytes are the same here, whole characters only; what stands for something else ends them.
    fn same(&self, value: &[u8]) -> usize {
        let rest = self.raw.get(self.at..).unwrap_or_default();
        let mut count = 0;
        for (written, wanted) in rest.iter().zip(value) {
            let special = (self.escapes && *written == b'\\')
                || (self.doubles && *written == b'\'')
                || *written == b'\r';
            if written != wanted || special {
                break;
            }
            count += 1;
            if *written == b'\n' {
                break;
            }
        }
        while count > 0
            && value
                .get(count)
                .is_some_and(|byte| (0x80..0xc0).contains(byte))
        {
            count -= 1;
        }
        count
    }

    /// How many bytes stand for the next character, or for none: an escape, a doubled quote, blanks and ends of lines.
    fn written(&self) -> usize {
        let rest = self.raw.get(self.at..).unwrap_or_default();
        match rest {
            [b'\\', letter, ..] if self.escapes => match letter {
                b'x' => 4,
                b'u' => 6,
                b'U' => 10,
                b'\n' | b'\r' => 1 + blanks(&rest[1..]),
                _ => 2,
            },
            [b'\'', b'\'', ..] if self.doubles => 2,
            _ => blanks(rest),
        }
    }

    /// Whether the bytes before were blanks only, which stand for nothing by themselves.
    fn is_joined(&self, written: usize) -> bool {
        let before = self
            .raw
            .get(self.at.saturating_sub(written)..self.at)
            .unwrap_or_default();
        blanks(before) == before.len()
            || (self.escapes && matches!(before, [b'\\', b'\n' | b'\r', ..]))
    }

    fn piece(&self) -> Piece {
        let offset = u32::try_from(self.start + self.at).unwrap_or(u32::MAX);
        match self.source.origin_at(offset) {
            Some((piece, before)) => Piece {
                value: piece.place_of(before, 1),
                exact: false,
                literal: false,
                ..*piece
            },
            None => Piece::default(),
        }
    }
}

fn blanks(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::place::Place;

    #[test]
    fn each_style_leads_back_to_its_bytes() {
        for (raw, value, wanted) in [
            ("plain", "plain", "plain"),
            ("\"a\\nb\"", "a\nb", "a?b"),
            ("'it''s'", "it's", "it?s"),
            ("  one\n  two\n", "one\ntwo\n", "one\ntwo\n"),
            ("a\n    b", "a b", "a?b"),
            ("\"x\\\n  y\"", "xy", "xy"),
        ] {
            let source = Text::located(raw, Place::new(1, 0, raw.len()), true);
            let text = scalar(&source, 0..raw.len(), value);
            assert_eq!(text.to_str(), value, "{raw}");
            let shown: String = (0..text.len())
                .map(|at| {
                    let offset = u32::try_from(at).unwrap();
                    match text.origin_at(offset) {
                        Some((piece, before)) if piece.exact => {
                            let place = piece.place_of(before, 1);
                            char::from(raw.as_bytes()[place.span.start as usize])
                        }
                        _ => '?',
                    }
                })
                .collect();
            assert_eq!(shown, wanted, "{raw}");
        }
    }
}

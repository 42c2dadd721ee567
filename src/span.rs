//! Places in a text: byte spans, the lines and columns a person reads, and decoded text that knows where it came from.

use std::ops::Range;

use memchr::memchr2_iter;

/// A half-open range of bytes in a file's decoded text (after a byte order mark, if it had one).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes; offsets past 4 GiB saturate (files that large are not read).
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether `offset` lies inside.
    pub fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The same as a range of `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text it covers; empty if it does not lie on character boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// The number of a file in a run or a session. Paths do not identify a text: a template is rendered into many, and an
/// editor's buffer has the path of the file on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The file of that number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Its number as an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Some bytes of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileSpan {
    /// The file.
    pub file: FileId,
    /// Bytes of its decoded text.
    pub span: Span,
}

impl FileSpan {
    /// The bytes `span` of `file`.
    pub const fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}

/// What a column counts. Reports count Unicode scalar values; an editor's protocol counts UTF-16 units or bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PositionEncoding {
    /// Bytes of UTF-8.
    Utf8,
    /// 16-bit units of UTF-16: characters beyond the basic plane count twice.
    Utf16,
    /// Unicode scalar values (`char`).
    #[default]
    Scalar,
}

impl PositionEncoding {
    /// How many units a text has.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Scalar => text.chars().count(),
        }
    }
}

/// A place as a person reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in the units of a [`PositionEncoding`].
    pub column: u32,
    /// Counted from 0, in bytes.
    pub offset: u32,
}

/// Where each line of a text begins. A line ends with LF, CRLF or a lone CR.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<u32>,
    /// In lines that are longer than [`STRETCH`], where a column is counted from: one mark each so many bytes.
    marks: Vec<Mark>,
}

/// How many bytes of a line are counted for a column. A line may be as long as its file, and hold as many findings.
const STRETCH: usize = 1024;

/// A byte of a long line, and what is before it in the line.
#[derive(Clone, Copy, Debug)]
struct Mark {
    offset: u32,
    scalars: u32,
    /// Units of UTF-16.
    units: u32,
}

impl Lines {
    /// The line table of `text`.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        let marks = marks(text, &starts);
        Self { starts, marks }
    }

    /// The 1-based line that holds the byte `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// Line and column of the byte `offset`, columns in Unicode scalar values; an offset past the end is the end.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        self.position_in(text, offset, PositionEncoding::Scalar)
    }

    /// The same with columns in the units of `encoding`.
    pub fn position_in(&self, text: &str, offset: u32, encoding: PositionEncoding) -> Position {
        let offset = offset.min(u32::try_from(text.len()).unwrap_or(u32::MAX));
        let line = self.line(offset);
        let start = self.starts[line as usize - 1];
        let mark = self.marks.partition_point(|mark| mark.offset <= offset);
        let mark = mark.checked_sub(1).map(|before| self.marks[before]);
        let (start, counted) = match mark.filter(|mark| mark.offset > start) {
            Some(mark) => (mark.offset, mark.before(encoding, start)),
            None => (start, 0),
        };
        let before = text.get(start as usize..offset as usize);
        let column = u32::try_from(encoding.length(before.unwrap_or_default()))
            .unwrap_or(u32::MAX)
            .saturating_add(counted)
            .saturating_add(1);
        Position {
            line,
            column,
            offset,
        }
    }

    /// The bytes of the 1-based `line`, its end of line included; an empty span past the last line.
    pub fn span(&self, text: &str, line: u32) -> Span {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let at = |index: usize| self.starts.get(index).copied().unwrap_or(end);
        Span {
            start: at((line as usize).saturating_sub(1)),
            end: at(line as usize),
        }
    }

    /// How many lines there are; at least 1.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

impl Mark {
    /// How many units are before it in its line, which begins at `start`.
    fn before(self, encoding: PositionEncoding, start: u32) -> u32 {
        match encoding {
            PositionEncoding::Utf8 => self.offset - start,
            PositionEncoding::Utf16 => self.units,
            PositionEncoding::Scalar => self.scalars,
        }
    }
}

/// The marks of all long lines.
fn marks(text: &str, starts: &[u32]) -> Vec<Mark> {
    let ends = starts[1..].iter().map(|start| *start as usize);
    let ends = ends.chain([text.len()]);
    let lines = starts.iter().map(|start| *start as usize).zip(ends);
    let mut marks = Vec::new();
    for (start, end) in lines.filter(|(start, end)| end - start > STRETCH) {
        let (mut at, mut scalars, mut units) = (start, 0, 0);
        while at + STRETCH < end {
            let mut next = at + STRETCH;
            while !text.is_char_boundary(next) {
                next += 1;
            }
            let between = &text[at..next];
            scalars += u32::try_from(between.chars().count()).unwrap_or(u32::MAX);
            units += u32::try_from(between.encode_utf16().count()).unwrap_or(u32::MAX);
            at = next;
            marks.push(Mark {
                offset: u32::try_from(at).unwrap_or(u32::MAX),
                scalars,
                units,
            });
        }
    }
    marks
}

/// Text that was cut out of a file and changed on the way (a block scalar without its indentation, a `RUN` without its
/// continuations): each byte still knows where in the file it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocatedText {
    /// The decoded text.
    pub text: String,
    /// Where in the file the first byte is.
    start: u32,
    /// Ascending breaks: between two of them text and file advance byte by byte.
    breaks: Vec<Break>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Break {
    at: u32,
    file: u32,
}

impl LocatedText {
    /// A stretch of the file, unchanged, that begins at the byte `start`.
    pub fn verbatim(text: &str, start: u32) -> Self {
        Self {
            text: text.to_owned(),
            start,
            breaks: Vec::new(),
        }
    }

    /// Appends `text`, whose first byte is at the byte `file` of the file.
    pub fn push(&mut self, text: &str, file: u32) {
        if text.is_empty() {
            return;
        }
        if self.text.is_empty() {
            self.start = file;
        } else if self.locate(self.text.len()) != file {
            let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            self.breaks.push(Break { at, file });
        }
        self.text.push_str(text);
    }

    /// A stretch of the text, with the way back kept. `range` begins and ends between characters.
    #[must_use]
    pub fn cut(&self, range: Range<usize>) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        let (start, end) = (narrow(range.start), narrow(range.end));
        let from = self.breaks.partition_point(|piece| piece.at <= start);
        let to = self.breaks.partition_point(|piece| piece.at < end);
        let breaks = self.breaks.get(from..to).unwrap_or_default();
        Self {
            text: self.text[range.clone()].to_owned(),
            start: self.locate(range.start),
            breaks: breaks
                .iter()
                .map(|piece| Break {
                    at: piece.at - start,
                    file: piece.file,
                })
                .collect(),
        }
    }

    /// Its beginning, of that many bytes at most.
    #[must_use]
    pub fn head(&self, bytes: usize) -> Self {
        let mut end = self.text.len().min(bytes);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let breaks = self.breaks.iter();
        let breaks = breaks.filter(|piece| (piece.at as usize) < end);
        Self {
            text: self.text[..end].to_owned(),
            start: self.start,
            breaks: breaks.copied().collect(),
        }
    }

    /// Where in the file the byte `offset` of the text is.
    pub fn locate(&self, offset: usize) -> u32 {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let index = self.breaks.partition_point(|piece| piece.at <= offset);
        match index
            .checked_sub(1)
            .and_then(|index| self.breaks.get(index))
        {
            Some(piece) => piece.file + (offset - piece.at),
            None => self.start + offset,
        }
    }

    /// Where in the file a range of the text is, from its first byte to its last.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.locate(range.start);
        if range.end <= range.start {
            return Span { start, end: start };
        }
        Span {
            start,
            end: self.locate(range.end - 1) + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_in_three_ways() {
        let text = "a\r\nbä\u{1F600}c\rd\n";
        let lines = Lines::of(text);
        let c = u32::try_from(text.find('c').unwrap()).unwrap();
        assert_eq!(
            (lines.position(text, c).line, lines.position(text, c).column),
            (2, 4)
        );
        assert_eq!(lines.line(c + 2), 3);
        assert_eq!(lines.position(text, 99).line, 4);
    }

    #[test]
    fn columns_count_what_the_reader_counts() {
        let text = "a\nbä\u{1F600}c\n";
        let lines = Lines::of(text);
        let c = u32::try_from(text.find('c').unwrap()).unwrap();
        let column = |encoding| lines.position_in(text, c, encoding).column;
        assert_eq!(column(PositionEncoding::Scalar), 4);
        assert_eq!(column(PositionEncoding::Utf16), 5);
        assert_eq!(column(PositionEncoding::Utf8), 8);
    }

    #[test]
    fn columns_of_long_lines_are_those_of_short_ones() {
        let line = "aä\u{1F600}".repeat(1_000);
        let text = format!("{line}\nb{line}");
        let lines = Lines::of(&text);
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for at in places {
            let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let offset = u32::try_from(at).unwrap();
            for encoding in [
                PositionEncoding::Scalar,
                PositionEncoding::Utf16,
                PositionEncoding::Utf8,
            ] {
                let column = lines.position_in(&text, offset, encoding).column as usize;
                assert_eq!(column, encoding.length(&text[start..at]) + 1, "{at}");
            }
        }
    }

    #[test]
    fn located_text_finds_its_way_back() {
        let mut text = LocatedText::verbatim("apt-get update ", 4);
        text.push("&& ls", 30);
        assert_eq!(text.span(0..7), Span { start: 4, end: 11 });
        assert_eq!(text.span(15..17), Span { start: 30, end: 32 });
        assert_eq!(text.span(14..16), Span { start: 18, end: 31 });
        let cut = text.cut(8..18);
        assert_eq!(cut.text, "update && ");
        assert_eq!(cut.span(0..6), Span { start: 12, end: 18 });
        assert_eq!(cut.span(7..9), Span { start: 30, end: 32 });
        assert_eq!(text.cut(15..17), LocatedText::verbatim("&&", 30));
        assert_eq!(text.cut(0..15).breaks, []);
    }
}

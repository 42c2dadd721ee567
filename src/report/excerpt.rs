//! The few lines of a file that one diagnostic needs, clipped and made harmless, in the form that codespan draws.
//!
//! codespan would be handed the whole file otherwise: slow for 10,000 diagnostics in a large one, and a line of 100 kB would
//! be printed as it is. An excerpt costs what is shown; line and column numbers stay those of the file.

use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::diagnostic::{Label, LabelStyle};
use codespan_reporting::files::{Error, Files};

use super::location::Location;
use crate::inert::{clean, visible};
use crate::sources::Source;

/// How many bytes of a line are shown at most.
const WIDEST: usize = 200;
/// How many of them are shown before the mark, where the line is clipped.
const LEAD: usize = 60;
/// A mark over more lines than this is shown on its first line alone.
const TALLEST: u32 = 4;

/// A place to mark in a file, with a note.
pub(super) struct Mark<'a> {
    pub(super) location: Location<'a>,
    pub(super) style: LabelStyle,
    pub(super) message: String,
}

/// The excerpts of one diagnostic; codespan knows each by its number.
#[derive(Default)]
pub(super) struct Excerpts {
    files: Vec<Excerpt>,
}

struct Excerpt {
    path: String,
    text: String,
    lines: Vec<Line>,
}

struct Line {
    /// In the file, from 1.
    number: usize,
    /// Where it begins in the excerpt's text.
    start: usize,
    /// The file's column of its first character; 0 if that character is an ellipsis before the first column shown.
    first_column: usize,
}

impl Excerpts {
    /// Adds the lines of `source` that `marks` need (the first mark decides where a long line is clipped) and gives the
    /// labels that codespan draws.
    pub(super) fn add(&mut self, source: &Source, marks: &[Mark]) -> Vec<Label<usize>> {
        let mut windows = BTreeMap::new();
        for mark in marks {
            for number in mark.location.start.line..=last_line(source, &mark.location) {
                windows
                    .entry(number)
                    .or_insert_with(|| Window::around(source, &mark.location, number));
            }
        }
        let mut excerpt = Excerpt {
            path: clean(&source.path).into_owned(),
            text: String::new(),
            lines: Vec::new(),
        };
        let mut starts = BTreeMap::new();
        let mut before = None;
        for (number, window) in &windows {
            excerpt.bridge(source, before, *number);
            starts.insert(*number, excerpt.text.len());
            excerpt.push(source, *number, window);
            before = Some(*number);
        }
        let id = self.files.len();
        let labels = marks.iter().map(|mark| {
            let place = |line: u32, offset: u32| {
                let start = starts.get(&line).copied().unwrap_or_default();
                let window = windows.get(&line);
                start + window.map_or(0, |window| window.place(&source.text, offset as usize))
            };
            let first = mark.location.start.line;
            let last = last_line(source, &mark.location);
            let start = place(first, mark.location.span.start);
            let end = place(last, mark.location.span.end);
            Label::new(mark.style, id, start..end.max(start)).with_message(&mark.message)
        });
        let labels = labels.collect();
        self.files.push(excerpt);
        labels
    }

    fn file(&self, id: usize) -> Result<&Excerpt, Error> {
        self.files.get(id).ok_or(Error::FileMissing)
    }

    fn line(&self, id: usize, line: usize) -> Result<&Line, Error> {
        let lines = &self.file(id)?.lines;
        lines.get(line).ok_or(Error::LineTooLarge {
            given: line,
            max: lines.len(),
        })
    }
}

impl Excerpt {
    /// Adds for codespan what is between two shown lines: a single line is shown too, more become a gap, which codespan
    /// draws where line indices jump by more than two.
    fn bridge(&mut self, source: &Source, before: Option<u32>, number: u32) {
        let Some(before) = before else { return };
        match number - before {
            0 | 1 => {}
            2 => self.push(source, before + 1, &Window::opening(source, before + 1)),
            _ => {
                for _ in 0..2 {
                    self.lines.push(Line {
                        number: before as usize + 1,
                        start: self.text.len(),
                        first_column: 1,
                    });
                    self.text.push('\n');
                }
            }
        }
    }

    fn push(&mut self, source: &Source, number: u32, window: &Window) {
        self.lines.push(Line {
            number: number as usize,
            start: self.text.len(),
            first_column: window.first_column,
        });
        if window.is_clipped_before {
            self.text.push('…');
        }
        let shown = source.text.get(window.shown.clone()).unwrap_or_default();
        self.text.extend(shown.chars().map(visible));
        if window.is_clipped_after {
            self.text.push('…');
        }
        self.text.push('\n');
    }
}

/// The part of a line that is shown.
struct Window {
    shown: Range<usize>,
    is_clipped_before: bool,
    is_clipped_after: bool,
    first_column: usize,
}

impl Window {
    /// Of the line `number`, what is around the part of `location` that is on it.
    fn around(source: &Source, location: &Location, number: u32) -> Self {
        let line = line_range(source, number);
        if line.len() <= WIDEST || number != location.start.line {
            return Self::opening(source, number);
        }
        let mark = (location.span.start as usize).clamp(line.start, line.end);
        let text = source.text.as_str();
        let start = boundary(text, mark.saturating_sub(LEAD).max(line.start));
        let end = boundary(text, (start + WIDEST).min(line.end));
        let before = text.get(start..mark).unwrap_or_default().chars().count();
        let is_clipped_before = start > line.start;
        Self {
            first_column: (location.start.column as usize)
                .saturating_sub(before + usize::from(is_clipped_before)),
            is_clipped_before,
            is_clipped_after: end < line.end,
            shown: start..end,
        }
    }

    /// The beginning of the line `number`.
    fn opening(source: &Source, number: u32) -> Self {
        let line = line_range(source, number);
        let end = boundary(&source.text, line.end.min(line.start + WIDEST));
        Self {
            is_clipped_before: false,
            is_clipped_after: end < line.end,
            shown: line.start..end,
            first_column: 1,
        }
    }

    /// Where the byte `offset` of the file is, counted from the beginning of the line as it is shown. What is
    /// outside is moved to the nearest end.
    fn place(&self, text: &str, offset: usize) -> usize {
        let ellipsis = if self.is_clipped_before {
            '…'.len_utf8()
        } else {
            0
        };
        let offset = boundary(text, offset.clamp(self.shown.start, self.shown.end));
        let before = text.get(self.shown.start..offset).unwrap_or_default();
        ellipsis + before.chars().map(|c| visible(c).len_utf8()).sum::<usize>()
    }
}

/// The last line on which `location` is shown. A location that ends with a line's end does not reach into the next.
fn last_line(source: &Source, location: &Location) -> u32 {
    let (start, end) = (location.start, location.end);
    let past = end.column <= 1 && end.line > start.line && location.span.end > location.span.start;
    let last = if past { end.line - 1 } else { end.line };
    if last < start.line || last - start.line >= TALLEST || last as usize > source.lines.count() {
        start.line
    } else {
        last
    }
}

/// Whether a line is too long to be shown whole.
pub(super) fn is_clipped(source: &Source, number: u32) -> bool {
    line_range(source, number).len() > WIDEST
}

/// The bytes of a line without its end.
fn line_range(source: &Source, number: u32) -> Range<usize> {
    let span = source.lines.span(&source.text, number);
    let text = span.of(&source.text).trim_end_matches(['\n', '\r']);
    span.start as usize..span.start as usize + text.len()
}

/// The nearest character boundary at or before `offset`.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.file(id).map(|file| file.path.as_str())
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.file(id).map(|file| file.text.as_str())
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let lines = &self.file(id)?.lines;
        Ok(lines
            .partition_point(|line| line.start <= byte)
            .saturating_sub(1))
    }

    fn line_number(&'a self, id: usize, line: usize) -> Result<usize, Error> {
        self.line(id, line).map(|line| line.number)
    }

    fn column_number(&'a self, id: usize, line: usize, byte: usize) -> Result<usize, Error> {
        let text = &self.file(id)?.text;
        let line = self.line(id, line)?;
        let before = text.get(line.start..byte).unwrap_or_default();
        Ok(line.first_column + before.chars().count())
    }

    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, Error> {
        let file = self.file(id)?;
        let start = self.line(id, line)?.start;
        let end = file
            .lines
            .get(line + 1)
            .map_or(file.text.len(), |next| next.start);
        Ok(start..end)
    }
}

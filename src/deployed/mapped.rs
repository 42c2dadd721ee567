//! Turns the documents of a chart into one text with a map to the files of the chart.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::deployed::{Files, Rendering};
use crate::render::helm::render::Document;
use crate::render::place::{Origins, Place};
use crate::render::text::{self, Builder, Text};
use crate::sources::source_map::{Call, Mark, Piece, SourceMap};
use crate::span::{FileId, FileSpan};

/// Numbers of the files of a chart over all of its renderings.
#[derive(Debug)]
pub(super) struct Numbering {
    /// The folder of the chart, as paths are shown.
    folder: String,
    /// The working folder, which the paths of files outside the chart may be below.
    working: String,
    known: FxHashMap<Arc<str>, FileId>,
    pub(super) files: Files,
}

impl Numbering {
    pub(super) fn new(folder: &str, working: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            working: working.to_owned(),
            known: FxHashMap::default(),
            files: Files::default(),
        }
    }

    /// The number of a file by the name that it has in a rendering: relative to the chart, or absolute.
    pub(super) fn number(&mut self, name: &Arc<str>, text: &Text) -> FileId {
        let id = self.name(name);
        self.files.set_text(id, || text.to_str().into());
        id
    }

    /// The number of a file whose text nothing points into so far.
    pub(super) fn name(&mut self, name: &Arc<str>) -> FileId {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let path = match name.strip_prefix('/') {
            Some(_) => {
                let below = name.strip_prefix(self.working.as_str());
                let below = below.and_then(|rest| rest.strip_prefix('/'));
                below.unwrap_or(name).to_owned()
            }
            None if self.folder == "." || self.folder.is_empty() => name.to_string(),
            None => format!("{}/{name}", self.folder),
        };
        let id = self.files.add(&path, "");
        self.known.insert(Arc::clone(name), id);
        id
    }

    fn is_template(&self, file: FileId) -> bool {
        let file = self.files.get(file);
        file.is_some_and(|file| file.path.contains("templates/"))
    }

    /// The bytes of a file that a place is, texts that templates made followed down to files.
    pub(super) fn span(&mut self, origins: &Origins, place: Place) -> Option<FileSpan> {
        if !place.is_some() {
            return None;
        }
        let place = origins.resolve(place);
        let file = origins.file(place.file).filter(|file| !file.is_made)?;
        Some(FileSpan::new(
            self.number(&file.name, &file.text),
            place.span,
        ))
    }
}

/// One text of all documents, each after a line of dashes.
pub(super) fn rendering(
    documents: &[Document],
    origins: &Origins,
    numbering: &mut Numbering,
) -> Rendering {
    let mut builder = Builder::default();
    for document in documents {
        builder.push_plain("---\n");
        builder.push_text(&document.text);
        let end = document.text.len();
        let left = document.text.pieces().iter();
        for mark in left.filter(|piece| piece.at as usize >= end) {
            builder.mark(*mark);
        }
        builder.push_plain("\n");
    }
    let text = builder.finish();
    let map = map(&text, origins, numbering);
    Rendering {
        text: text.to_str().into_owned(),
        map: Arc::new(map),
    }
}

fn map(text: &Text, origins: &Origins, numbering: &mut Numbering) -> SourceMap {
    let mut maker = Maker {
        origins,
        numbering,
        spans: FxHashMap::default(),
    };
    let (mut pieces, mut marks) = (Vec::new(), Vec::new());
    let all = text.pieces();
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    for (index, piece) in all.iter().enumerate() {
        let next = all.get(index + 1).map_or(end, |next| next.at);
        if next > piece.at {
            pieces.push(maker.piece(piece));
        } else {
            marks.push(maker.mark(piece));
        }
    }
    let frames = origins.frames().iter().skip(1);
    let calls = frames.map(|frame| Call {
        site: maker.span(frame.site).unwrap_or_default(),
        up: frame.up.checked_sub(1),
    });
    let calls = calls.collect();
    SourceMap::new(pieces, calls).with_marks(marks)
}

struct Maker<'a> {
    origins: &'a Origins,
    numbering: &'a mut Numbering,
    /// Places that were followed before: many pieces show one value.
    spans: FxHashMap<Place, Option<FileSpan>>,
}

impl Maker<'_> {
    fn span(&mut self, place: Place) -> Option<FileSpan> {
        if !place.is_some() {
            return None;
        }
        if let Some(known) = self.spans.get(&place) {
            return *known;
        }
        let span = self.numbering.span(self.origins, place);
        self.spans.insert(place, span);
        span
    }

    fn piece(&mut self, piece: &text::Piece) -> Piece {
        let shown = self.span(piece.value);
        // Text of a template that was read as YAML is a template still, and says more than the action that wrote it again.
        let (again, value) = match shown {
            Some(at) if self.numbering.is_template(at.file) => (shown, None),
            _ => (None, shown),
        };
        Piece {
            at: piece.at,
            value,
            template: again.or_else(|| self.span(piece.template)).or(shown),
            call: piece.via.checked_sub(1),
            is_exact: if shown.is_some() {
                piece.exact
            } else {
                piece.literal
            },
            is_unknown: piece.unknown,
        }
    }

    fn mark(&mut self, piece: &text::Piece) -> Mark {
        let hole = self.origins.hole(piece.hole);
        let path = hole.map(|hole| Arc::clone(&hole.path));
        let empty = hole
            .filter(|hole| hole.path.is_empty())
            .map(|hole| hole.map);
        Mark {
            at: piece.at,
            value: self.span(piece.value.or(empty.unwrap_or(Place::NONE))),
            template: self.span(piece.template),
            call: piece.via.checked_sub(1),
            path: path.filter(|path| !path.is_empty()),
            is_unknown: piece.unknown,
        }
    }
}

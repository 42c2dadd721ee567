//! Writes what a kustomization builds as one text with a map to the files that it was built of.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::deployed::{Files, Rendering};
use crate::render::kustomize::build::{Build, Object};
use crate::render::kustomize::tree::Place;
use crate::render::kustomize::write::{self, Line};
use crate::sources::source_map::{Mark, Piece, SourceMap};
use crate::span::{FileId, FileSpan, Span};

/// The objects of a build, each after a line of dashes. Text of a base is a template, and what is put in its place a value.
pub(super) fn write(build: &Build, files: &Files) -> Rendering {
    let mut writer = Writer {
        files,
        text: String::new(),
        pieces: Vec::new(),
        marks: Vec::new(),
    };
    for object in build.objects.iter().filter(|object| is_judged(object)) {
        writer.text.push_str("---\n");
        let mut block = Block::default();
        for line in write::document(&object.root) {
            writer.line(&line, &mut block);
        }
    }
    let map = SourceMap::new(writer.pieces, Vec::new()).with_marks(writer.marks);
    Rendering {
        text: writer.text,
        map: Arc::new(map),
    }
}

/// Definitions of resources have nothing to judge, and are larger than all else.
fn is_judged(object: &Object) -> bool {
    let is =
        |key: &str, text: &str| object.root.get(key).and_then(|node| node.as_str()) == Some(text);
    !(is("kind", "CustomResourceDefinition") && is("apiVersion", "apiextensions.k8s.io/v1"))
}

struct Writer<'a> {
    files: &'a Files,
    text: String,
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
}

/// The text of several lines that is being written, and how much of it was found in its file.
#[derive(Default)]
struct Block {
    at: Place,
    next: u32,
}

impl Writer<'_> {
    fn line(&mut self, line: &Line, block: &mut Block) {
        let start = self.text.len();
        let _ = writeln!(self.text, "{}", line.text);
        let own = line.text.get(line.split..).unwrap_or_default();
        if line.is_inner {
            self.inner(line, own, start, block);
            return;
        }
        *block = Block {
            at: line.value,
            next: line.value.span.start,
        };
        let key = place(line.key).or_else(|| place(line.value));
        self.pieces.push(Piece {
            at: narrow(start),
            template: key,
            ..Piece::default()
        });
        if !own.is_empty() {
            let is_exact = self.written(line.value) == Some(own);
            self.value(start + line.split, line, place(line.value), is_exact);
        }
        for (key, by) in &line.removed {
            self.marks.push(Mark {
                at: narrow(start + line.text.len()),
                value: place(*by),
                path: Some(Arc::clone(key)),
                ..Mark::default()
            });
        }
    }

    /// A line of a text of several lines: its bytes, if they are found in the file.
    fn inner(&mut self, line: &Line, own: &str, start: usize, block: &mut Block) {
        let rest = Place {
            file: block.at.file,
            span: Span {
                start: block.next,
                end: block.at.span.end,
            },
        };
        let found = self.written(rest).filter(|_| !own.is_empty());
        let found = found.and_then(|text| text.find(own));
        let at = found.map(|offset| {
            let from = block.next + narrow(offset);
            let end = from + narrow(own.len());
            block.next = end;
            FileSpan::new(FileId::new(rest.file), Span { start: from, end })
        });
        self.value(
            start + line.split,
            line,
            at.or(place(line.value)),
            at.is_some(),
        );
    }

    fn value(&mut self, at: usize, line: &Line, from: Option<FileSpan>, is_exact: bool) {
        let was = place(line.was);
        let is_replaced = was.is_some();
        self.pieces.push(Piece {
            at: narrow(at),
            value: from.filter(|_| is_replaced),
            template: if is_replaced { was } else { from },
            is_exact,
            is_unknown: line.is_unknown,
            ..Piece::default()
        });
    }

    /// The text of a place.
    fn written(&self, at: Place) -> Option<&str> {
        let file = self
            .files
            .get(FileId::new(at.file))
            .filter(|_| at.is_some())?;
        file.text.get(at.span.range())
    }
}

fn place(at: Place) -> Option<FileSpan> {
    at.is_some()
        .then(|| FileSpan::new(FileId::new(at.file), at.span))
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

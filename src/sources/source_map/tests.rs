//! Tests of maps from rendered text to files.

use super::*;
use crate::span::FileId;

const VALUES: FileId = FileId::new(1);
const TEMPLATE: FileId = FileId::new(2);
const HELPERS: FileId = FileId::new(3);

fn place(file: FileId, start: usize, end: usize) -> FileSpan {
    FileSpan::new(file, Span::new(start, end))
}

fn piece(at: u32, value: Option<FileSpan>, template: Option<FileSpan>) -> Piece {
    Piece {
        at,
        value,
        template,
        is_exact: true,
        ..Piece::default()
    }
}

/// `image: nginx:1.27 # v9\n`: text of the template, a value, a value quoted anew by a helper, text again.
fn map() -> SourceMap {
    let text = piece(0, None, Some(place(TEMPLATE, 100, 107)));
    let name = piece(
        7,
        Some(place(VALUES, 20, 25)),
        Some(place(TEMPLATE, 107, 125)),
    );
    let tag = Piece {
        call: Some(1),
        is_exact: false,
        ..piece(12, Some(place(VALUES, 40, 46)), Some(place(HELPERS, 5, 15)))
    };
    let release = Piece {
        is_unknown: true,
        ..piece(17, None, Some(place(TEMPLATE, 130, 150)))
    };
    let calls = vec![
        Call {
            site: place(TEMPLATE, 125, 130),
            up: None,
        },
        Call {
            site: place(HELPERS, 60, 70),
            up: Some(0),
        },
    ];
    SourceMap::new(vec![tag, text, release, name], calls)
}

#[test]
fn calls_are_listed_from_the_innermost_and_end() {
    let sites: Vec<FileSpan> = map().sites(Some(1)).collect();
    assert_eq!(sites, [place(HELPERS, 60, 70), place(TEMPLATE, 125, 130)]);
    let endless = Call {
        site: place(HELPERS, 0, 1),
        up: Some(0),
    };
    let map = SourceMap::new(Vec::new(), vec![endless]);
    assert_eq!(map.sites(Some(0)).count(), 1);
}

#[test]
fn bytes_of_a_piece_are_bytes_of_its_file_where_it_is_exact() {
    let map = map();
    let parts = |start, end| {
        let pieces = map.pieces_in(Span::new(start, end)).into_iter();
        let parts = pieces.filter_map(|(piece, bytes)| Some(piece.part(piece.value?, bytes)));
        parts.collect::<Vec<_>>()
    };
    assert_eq!(parts(8, 10), [place(VALUES, 21, 23)]);
    assert_eq!(parts(0, 14), [place(VALUES, 20, 25), place(VALUES, 40, 46)]);
}

#[test]
fn only_what_is_one_stretch_of_one_file_can_be_edited() {
    let map = map();
    assert_eq!(map.editable(Span::new(7, 12)), Some(place(VALUES, 20, 25)));
    assert_eq!(map.editable(Span::new(5, 9)), None);
    assert_eq!(map.editable(Span::new(12, 14)), None);
    let halves = [
        piece(0, Some(place(VALUES, 3, 5)), None),
        piece(2, Some(place(VALUES, 5, 9)), None),
    ];
    let map = SourceMap::new(halves.to_vec(), Vec::new());
    assert_eq!(map.editable(Span::new(1, 4)), Some(place(VALUES, 4, 7)));
}

#[test]
fn what_is_known_only_later_is_unknown() {
    let map = map();
    assert!(map.is_unknown(Span::new(16, 18)));
    assert!(map.is_unknown(Span::new(17, 17)));
    assert!(!map.is_unknown(Span::new(0, 17)));
    let rest = Span {
        start: 17,
        end: u32::MAX,
    };
    assert_eq!(map.unknown(), [rest]);
}

#[test]
fn marks_are_found_from_the_first_byte_to_the_end() {
    let mark = |at| Mark {
        at,
        ..Mark::default()
    };
    let map = SourceMap::default().with_marks(vec![mark(9), mark(3), mark(5)]);
    let found = |start, end| {
        let marks = map.marks_in(Span::new(start, end)).iter();
        marks.map(|mark| mark.at).collect::<Vec<_>>()
    };
    assert_eq!(found(3, 5), [3, 5]);
    assert_eq!(found(6, 8), [0; 0]);
}

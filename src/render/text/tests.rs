//! Tests of texts with origins.

use super::*;

fn value(text: &str, start: usize) -> Text {
    Text::located(text, Place::new(1, start, start + text.len()), true)
}

/// Each byte's value offset, `-` for none.
fn map(text: &Text) -> String {
    let offsets = (0..text.len()).map(|at| {
        let (piece, before) = text.origin_at(narrow(at))?;
        let place = piece.place_of(before, 1);
        place.is_some().then_some(place.span.start)
    });
    let words = offsets.map(|at| at.map_or("-".to_owned(), |at| at.to_string()));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn cuts_and_joins_keep_the_place_of_each_byte() {
    let mut builder = Builder::default();
    builder.push_plain("a");
    builder.push_text(&value("xyz", 10));
    builder.push_cut(&value("pqrs", 20), 1..3);
    let text = builder.finish();
    assert_eq!(map(&text), "- 10 11 12 21 22");
    assert_eq!(map(&text.cut(2..5)), "11 12 21");
    assert_eq!(text.cut(2..5).to_str(), "yzq");
    assert_eq!(map(&text.cut(0..1)), "-");
    assert_eq!(map(&Text::plain("ab")), "- -");
}

#[test]
fn neighbours_become_one_piece() {
    let whole = value("abcdef", 5);
    let mut builder = Builder::default();
    builder.push_cut(&whole, 0..2);
    builder.push_cut(&whole, 2..6);
    let text = builder.finish();
    assert_eq!(text.pieces(), whole.pieces());
}

#[test]
fn marks_survive_cuts_and_have_no_bytes() {
    let mut builder = Builder::default();
    builder.push_text(&value("ab", 3));
    builder.mark(Piece::of_value(Place::new(2, 7, 9), false));
    builder.push_text(&value("cd", 5));
    let text = builder.finish();
    assert_eq!(map(&text), "3 4 5 6");
    assert_eq!(text.pieces().len(), 3);
    assert_eq!(text.cut(1..4).pieces()[1].value, Place::new(2, 7, 9));
    assert_eq!(text.pieces_in(2..3).len(), 2);
    assert_eq!(text.pieces_in(3..4).len(), 1);
}

#[test]
fn printing_fills_in_the_template_and_keeps_one_that_is_there() {
    let template = Place::new(9, 1, 5);
    let mut builder = Builder::default();
    builder.push_printed(&value("ab", 3), Piece::of_template(template, true, 4));
    let once = builder.finish();
    assert_eq!(
        (once.pieces()[0].template, once.pieces()[0].via),
        (template, 4)
    );
    let mut builder = Builder::default();
    builder.push_printed(&once, Piece::of_template(Place::new(8, 0, 1), false, 7));
    assert_eq!(builder.finish().pieces()[0].via, 4);
}

#[test]
fn bytes_need_not_be_utf_8() {
    let text = Text::plain("aé").cut(0..2);
    assert_eq!(text.bytes(), b"a\xc3");
    assert_eq!(text.to_str(), "a\u{fffd}");
    assert!(text.as_unknown().is_unknown());
}
